/** Scripts say how a container behaves: how its image is pulled, how it starts, serves, logs and ends. */
import type { Container, Pod } from './objects.ts';

export interface PodRequest {
  readonly method: string;
  /** Path with query, beginning with a slash. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface PodResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Real milliseconds until the answer: longer than a probe's timeout makes the probe fail. */
  readonly afterMs?: number;
}

export type PodHandler = (request: PodRequest) => PodResponse | Promise<PodResponse>;

export interface PodPort {
  readonly handle: PodHandler;
  /** The port speaks HTTPS: plain HTTP gets no answer. */
  readonly tls?: boolean;
}

export type PullOutcome =
  | { readonly pulled: true; readonly afterMs?: number; readonly imageId?: string; readonly bytes?: number }
  | { readonly pulled: false; readonly afterMs?: number; readonly message: string };

export interface LogLine {
  /** Real milliseconds after the start. */
  readonly afterMs: number;
  readonly text: string;
}

/** One life of a container, from its start to its end. All times in real milliseconds. */
export interface Run {
  /** The runtime cannot start the process: its message. Nothing else of the run counts then. */
  readonly startError?: string;
  /** When and how the process ends by itself; absent: it runs until it is stopped. */
  readonly exit?: {
    readonly afterMs: number;
    readonly code: number;
    /** `OOMKilled`; without it Completed (code 0) or Error. */
    readonly reason?: string;
    /** The termination message. */
    readonly message?: string;
  };
  /** Lines without a time are written at the start. */
  readonly logs?: readonly (string | LogLine)[];
  readonly ports?: Readonly<Record<number, PodHandler | PodPort>>;
  /** Until then connections to the ports are refused (default 0). */
  readonly listenAfterMs?: number;
  /** What SIGTERM does (default: the process ends with code 0 at once). */
  readonly onTerminate?: { readonly code: number; readonly afterMs?: number } | 'ignored';
  /** What a command run in the container answers: for exec probes (default: exit code 0). */
  readonly exec?: (command: readonly string[]) => { readonly code: number; readonly output: string };
}

export interface ContainerScript {
  /** The outcome of each attempt to pull the image, counted from 0; absent: pulled at once. */
  readonly pull?: (attempt: number) => PullOutcome | Promise<PullOutcome>;
  /** Each life of the container, counted from 0. */
  readonly run: (restart: number) => Run | Promise<Run>;
}

export interface ScriptContext {
  /** Credentials (`user:password`) of the pod's pull secrets for a registry host. */
  pullCredentials(host: string): string | undefined;
}

/** Chooses the script of a container. */
export type ContainerScripts = (
  pod: Pod,
  container: Container,
  context: ScriptContext,
) => ContainerScript | Promise<ContainerScript>;

/** A script with one behaviour for every life. */
export function always(run: Run, pull?: ContainerScript['pull']): ContainerScript {
  return { run: () => run, ...(pull === undefined ? {} : { pull }) };
}

/** Behaviours in turn; the last one stays. */
export function inTurn<T>(first: T, ...more: readonly T[]): (index: number) => T {
  const all = [first, ...more];
  return (index) => all[Math.min(index, all.length - 1)] ?? first;
}

/** A container that serves `handler` on every given port. */
export function serving(ports: Readonly<Record<number, PodHandler | PodPort>>, more: Omit<Run, 'ports'> = {}): Run {
  return { ...more, ports };
}

/** A process that ends with `code` after `afterMs`, leaving `logs`. */
export function crashing(code: number, afterMs: number, logs: readonly string[] = []): Run {
  return { exit: { afterMs, code }, logs };
}

/** Killed by the kernel for its memory. */
export function outOfMemory(afterMs: number, logs: readonly string[] = []): Run {
  return { exit: { afterMs, code: 137, reason: 'OOMKilled' }, logs };
}

const failedToPull = (image: string): string => `failed to pull and unpack image "${image}": failed to resolve image: `;

/** What containerd 2.1 says when pulls fail (measured). */
export const pullFailures = {
  notFound: (image: string): PullOutcome => ({
    pulled: false,
    message: `rpc error: code = NotFound desc = ${failedToPull(image)}${image}: not found`,
  }),
  noPlatform: (image: string): PullOutcome => ({
    pulled: false,
    message: `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": no match for platform in manifest: not found`,
  }),
  unauthorized: (image: string): PullOutcome => ({
    pulled: false,
    message: `${failedToPull(image)}pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`,
  }),
  status: (image: string, url: string, status: string): PullOutcome => ({
    pulled: false,
    message: `${failedToPull(image)}unexpected status from HEAD request to ${url}: ${status}`,
  }),
  unreachable: (image: string, url: string, host: string): PullOutcome => ({
    pulled: false,
    message: `${failedToPull(image)}failed to do request: Head "${url}": dial tcp ${host}: connect: connection refused`,
  }),
} as const;

/** What runc says about a command that is not in the image. */
export function commandNotFound(command: string): Run {
  return {
    startError: `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "${command}": stat ${command}: no such file or directory`,
  };
}
