/** Runs commands as whole processes and measures them from outside. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Run {
  readonly wallMs: number;
  /** Of the command and of every process that it waited for. */
  readonly cpuMs: number;
  readonly exitCode: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment. Default: that of the bench. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default three minutes; then the command and what it started is killed. */
  readonly timeoutMs?: number;
}

/** The shell's own clock: it sees the CPU of all descendants that were waited for, which Node does not tell. */
const script = 'TIMEFORMAT="%3R %3U %3S"; time "$@" 2>&1';

/** Runs a command to its end. A failure is a result: look at `exitCode`. */
export function timed(command: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { cwd, env = process.env, timeoutMs = 180_000 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', script, 'time', ...command], {
      cwd,
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const [out, times]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => times.push(chunk));
    const deadline = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), timeoutMs);
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(deadline);
      const [wall = NaN, user = NaN, system = NaN] = Buffer.concat(times).toString().trim().split(' ').map(Number);
      const output = Buffer.concat(out).toString();
      resolve({ wallMs: wall * 1000, cpuMs: (user + system) * 1000, exitCode, output });
    });
  });
}

/** As `timed`, and throws with the command's own words when it fails. */
export async function succeeding(command: readonly string[], options: RunOptions = {}): Promise<Run> {
  const run = await timed(command, options);
  if (run.exitCode === 0) return run;
  throw new Error(`${command.join(' ')} ended with ${run.exitCode ?? 'a signal'}:\n${run.output.slice(-2000)}`);
}

export interface Watched {
  readonly wallMs: number;
  /** The largest resident size of the one process, as the kernel kept it (VmHWM). */
  readonly peakBytes: number;
  readonly cpuMs: number;
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs one process and looks at its memory and CPU while it lives. Linux only. */
export function watched(command: readonly string[], options: RunOptions = {}): Promise<Watched> {
  const [program = '', ...args] = command;
  const { cwd, env = process.env, timeoutMs = 180_000 } = options;
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => out.push(chunk));
    let [peakBytes, cpuMs] = [0, 0];
    const look = setInterval(() => {
      peakBytes = Math.max(peakBytes, peakOf(child.pid ?? 0));
      cpuMs = Math.max(cpuMs, cpuOf(child.pid ?? 0));
    }, 20);
    const deadline = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearInterval(look);
      clearTimeout(deadline);
      const wallMs = performance.now() - started;
      resolve({ wallMs, peakBytes, cpuMs, exitCode, output: Buffer.concat(out).toString() });
    });
  });
}

/** VmHWM of a process in bytes; 0 when it is gone. */
export function peakOf(pid: number): number {
  try {
    const kB = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kB ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** User and system time of a process in milliseconds, in the kernel's ticks of ten; 0 when it is gone. */
export function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

/** One of the ways that are compared. */
export interface Way<T> {
  readonly name: string;
  /** Not measured: brings everything back to the same start. */
  readonly prepare?: (round: number) => Promise<void> | void;
  readonly run: (round: number) => Promise<T>;
}

export interface Rounds {
  readonly rounds: number;
  /** Rounds before them that do not count. */
  readonly warmUps: number;
}

/** The ways in turn, A B C A B C …: what disturbs the machine for a while disturbs all of them. */
export async function interleaved<T>(
  ways: readonly Way<T>[],
  { rounds, warmUps }: Rounds,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const results = new Map<string, T[]>(ways.map(({ name }) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const way of ways) {
      await way.prepare?.(round);
      const result = await way.run(round);
      if (round >= 0) results.get(way.name)?.push(result);
    }
  }
  return results;
}

/** Smallest, middle and largest of the values. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return { min: sorted[0] ?? NaN, median: (low + high) / 2, max: sorted.at(-1) ?? NaN };
}

export function median(values: readonly number[]): number {
  return spread(values).median;
}
