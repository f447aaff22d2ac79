import type { ChildProcess } from 'node:child_process';
import { codes } from '../base/codes.ts';
import { formatDuration } from '../base/duration.ts';
import { CancelledError, ToolError } from '../base/errors.ts';
import { neutralise, tail } from '../base/text.ts';
import type { Exec, ExecRequest, ExecResult, RunningProcess, Secrets } from '../base/ports.ts';
import { OutputKeeper } from './output-keeper.ts';

/** After SIGTERM a child has this long to end by itself. */
const graceMs = 5000;

const privateVariables =
  /^(PATH|HOME|USER|LANG|LC_.*|TZ|SYSTEMROOT|WINDIR|PATHEXT|(HTTPS?|NO|ALL)_PROXY|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS)$/i;
const runnerVariables = /^(INPUT_|ACTIONS_|STATE_|GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$)/;

interface Surroundings {
  readonly secrets: Secrets;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly cancelled: AbortSignal;
}

/** The one place where child processes are started. */
export function createExec({ secrets, variables, cancelled }: Surroundings): Exec {
  const redactedCommand = (request: Pick<ExecRequest, 'command' | 'args'>) =>
    [request.command, ...request.args].map((part) => secrets.redact(part));

  const launch = async (request: Omit<ExecRequest, 'timeoutMs'>): Promise<Launched> => {
    if (cancelled.aborted) throw new CancelledError(codes.CANCELLED, `Cancelled before ${request.command} was started`);
    const started = Date.now();
    const withMask = request.umask !== undefined && process.platform !== 'win32';
    // The mask of this process is shared by all its threads and by concurrent file writes: set it in the child's shell.
    const [command, args] = withMask
      ? [
          '/bin/sh',
          [
            '-c',
            'umask "$1"; shift; exec "$@"',
            'sh',
            `0${(request.umask ?? 0).toString(8)}`,
            request.command,
            ...request.args,
          ],
        ]
      : [request.command, [...request.args]];
    // Loaded with the first process: not every run starts one.
    const child = process.getBuiltinModule('node:child_process').spawn(command, args, {
      cwd: request.cwd,
      env: { ...inherited(variables, request.inherit ?? 'job'), ...request.env },
      stdio: [request.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      // A group of its own, so that the deadline reaches grandchildren too.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const keepers = { stdout: new OutputKeeper(request.keepBytes), stderr: new OutputKeeper(request.keepBytes) };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream]?.on('data', (chunk: Buffer) => {
        for (const line of keepers[stream].add(chunk)) request.onLine?.(secrets.redact(line), stream);
      });
    }
    // A child that ends without reading its input makes this pipe fail; its exit code tells the story.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(request.stdin);
    const exited = new Promise<ExecResult>((resolve) => {
      child.once('close', (exitCode, signal) => {
        for (const stream of ['stdout', 'stderr'] as const) {
          for (const line of keepers[stream].end()) request.onLine?.(secrets.redact(line), stream);
        }
        const shown = (text: string) => (request.unmasked === true ? text : secrets.redact(text));
        resolve({
          exitCode,
          signal,
          stdout: shown(keepers.stdout.text()),
          stderr: shown(keepers.stderr.text()),
          truncated: keepers.stdout.truncated || keepers.stderr.truncated,
          durationMs: Date.now() - started,
        });
      });
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(missing(request.command, redactedCommand(request), error)));
    });
    const launched: Launched = { child, exited, stop: () => stop(child, exited) };
    const onCancel = () => void launched.stop();
    cancelled.addEventListener('abort', onCancel, { once: true });
    void exited.then(() => cancelled.removeEventListener('abort', onCancel));
    return launched;
  };

  return {
    async run(request) {
      const { exited, stop: end } = await launch(request);
      const deadlinePassed = new AbortController();
      const deadline = setTimeout(() => {
        deadlinePassed.abort();
        void end();
      }, request.timeoutMs);
      const result = await exited;
      clearTimeout(deadline);
      if (cancelled.aborted)
        throw new CancelledError(codes.CANCELLED, `${request.command} was ended: the run was cancelled`);
      if (deadlinePassed.signal.aborted) {
        throw new ToolError(
          codes.TOOL_TIMEOUT,
          `${request.command} did not end within ${formatDuration(request.timeoutMs)} and was ended`,
          { command: redactedCommand(request), exitCode: null, evidence: lastWords(result) },
        );
      }
      // /bin/sh stands in front of the program where a mask is set: its 127 is our "not found".
      if (request.umask !== undefined && result.exitCode === 127 && result.stderr.includes('not found')) {
        throw missing(request.command, redactedCommand(request), new Error(result.stderr.trim()));
      }
      return result;
    },
    async start(request) {
      const { child, exited, stop: end } = await launch(request);
      return { pid: child.pid ?? 0, exited, stop: end } satisfies RunningProcess;
    },
  };
}

interface Launched {
  readonly child: ChildProcess;
  readonly exited: Promise<ExecResult>;
  readonly stop: () => Promise<void>;
}

function inherited(
  variables: Readonly<Record<string, string | undefined>>,
  inherit: 'job' | 'private',
): Record<string, string> {
  const keep =
    inherit === 'private' ? (n: string) => privateVariables.test(n) : (n: string) => !runnerVariables.test(n);
  return Object.fromEntries(
    Object.entries(variables).filter((pair): pair is [string, string] => pair[1] !== undefined && keep(pair[0])),
  );
}

async function stop(child: ChildProcess, exited: Promise<ExecResult>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const hardEnd = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  await exited;
  clearTimeout(hardEnd);
  // Grandchildren that outlived their parent.
  signalGroup(child, 'SIGKILL');
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function missing(name: string, command: readonly string[], error: Error): ToolError {
  const { code } = error as NodeJS.ErrnoException;
  const reason = code === 'EACCES' ? 'is not executable' : 'was not found on the PATH';
  return new ToolError(codes.TOOL_MISSING, `${name} ${reason}`, { command, exitCode: null, cause: error });
}

function lastWords(result: ExecResult): string {
  return tail(neutralise([result.stdout, result.stderr].filter((text) => text !== '').join('\n')), 40);
}
