/** Child processes of steps: streamed output, cancellation as the runner does it, and no orphans at the end of a job. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';

export interface Grace {
  /** Milliseconds between SIGINT and SIGTERM. */
  readonly interruptMs: number;
  /** Milliseconds between SIGTERM and SIGKILL to the whole group. */
  readonly terminateMs: number;
}

/** GitHub's times. */
export const GITHUB_GRACE: Grace = { interruptMs: 7500, terminateMs: 2500 };

/** How long streams that a background process keeps open may delay the end of a step. */
const STREAM_GRACE_MS = 1000;

export interface ProcessRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly onOutput: (chunk: Buffer, stream: 'stdout' | 'stderr') => void;
  /** On abort: SIGINT to the process, then SIGTERM, then SIGKILL to its group. */
  readonly signal: AbortSignal;
  readonly grace: Grace;
}

/** Groups that are running: they end with this process, also when it fails. */
const running = new Set<number>();
process.on('exit', () => running.forEach(killGroup));

/** Runs a process to its end and yields its exit code (128 + n after signal n). @throws Error when it cannot start. */
export async function runProcess(request: ProcessRequest): Promise<number> {
  const child = spawn(request.command, [...request.args], {
    cwd: request.cwd,
    env: request.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdout.on('data', (chunk: Buffer) => request.onOutput(chunk, 'stdout'));
  child.stderr.on('data', (chunk: Buffer) => request.onOutput(chunk, 'stderr'));
  const timers: NodeJS.Timeout[] = [];
  const end = (): void => {
    child.kill('SIGINT');
    timers.push(setTimeout(() => child.kill('SIGTERM'), request.grace.interruptMs));
    timers.push(setTimeout(() => killGroup(child.pid), request.grace.interruptMs + request.grace.terminateMs));
  };
  return new Promise<number>((resolve, reject) => {
    const finish = (code: number | null, signal: NodeJS.Signals | null): void => {
      if (child.pid !== undefined) running.delete(child.pid);
      timers.forEach(clearTimeout);
      request.signal.removeEventListener('abort', end);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    };
    child.once('error', reject);
    child.once('spawn', () => {
      if (child.pid !== undefined) running.add(child.pid);
      if (request.signal.aborted) end();
      else request.signal.addEventListener('abort', end, { once: true });
    });
    child.once('exit', (code, signal) => {
      // What a killed step has started does not outlive it.
      if (request.signal.aborted) killGroup(child.pid);
      const late = setTimeout(() => finish(code, signal), STREAM_GRACE_MS);
      child.once('close', () => {
        clearTimeout(late);
        finish(code, signal);
      });
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

/**
 * Ends the processes that steps of a job left behind: those whose environment holds the job's RUNNER_TRACKING_ID, as
 * the real runner finds them. Linux only; elsewhere nothing is found. Yields "name (pid)" of each.
 */
export function endOrphans(trackingId: string): string[] {
  const ended: string[] = [];
  for (const pid of listPids()) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`RUNNER_TRACKING_ID=${trackingId}`))
        continue;
      const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
      process.kill(pid, 'SIGKILL');
      ended.push(`${name} (${pid})`);
    } catch {
      // Not ours to read, or gone meanwhile.
    }
  }
  return ended;
}

function listPids(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}
