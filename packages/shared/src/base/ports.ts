/**
 * The ports through which everything below run/ reaches the world. run/ has the real ones, tests pass their own.
 */
import type { Location } from './errors.ts';

export interface ExecRequest {
  /** A program name looked up on PATH, or an absolute path. Never a shell line. */
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to (and winning over) the inherited environment. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * `job` (default): the job's environment without INPUT_*, ACTIONS_* and the runner's command files.
   * `private`: only PATH, HOME, language, proxy and certificate variables.
   */
  readonly inherit?: 'job' | 'private';
  /** Written to standard input, which is then closed. Without it the child reads from the null device. */
  readonly stdin?: string | Uint8Array;
  /** Deadline in milliseconds: then SIGTERM, and SIGKILL to the whole process group after a grace of some seconds. */
  readonly timeoutMs: number;
  /** Called for each complete, redacted line as it arrives. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** How much of each stream is kept, in bytes (default 16 MiB): head and tail stay, the middle goes. */
  readonly keepBytes?: number;
  /** File creation mask for the child, for example 0o077. */
  readonly umask?: number;
  /**
   * The result is handed on to a program and never shown: stdout and stderr come as they are, also where they hold
   * secrets. Lines given to onLine are masked all the same.
   */
  readonly unmasked?: true;
}

export interface ExecResult {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Masked (unless the request says otherwise) and bounded. */
  readonly stdout: string;
  readonly stderr: string;
  /** True when a stream was longer than keepBytes. */
  readonly truncated: boolean;
  readonly durationMs: number;
}

export interface RunningProcess {
  readonly pid: number;
  /** Resolves when the process ends, however it ends; never rejects. */
  readonly exited: Promise<ExecResult>;
  /** Ends the process group (SIGTERM, then SIGKILL) and waits for it. */
  stop(): Promise<void>;
}

export interface Exec {
  /**
   * Runs a program to its end. A non-zero exit code is a result, not an exception.
   * @throws ToolError TOOL_MISSING, TOOL_TIMEOUT; CancelledError when the run is cancelled.
   */
  run(request: ExecRequest): Promise<ExecResult>;
  /** Starts a program that serves until it is stopped. @throws ToolError TOOL_MISSING. */
  start(request: Omit<ExecRequest, 'timeoutMs' | 'umask'>): Promise<RunningProcess>;
}

export type Body = string | Uint8Array | { readonly length: number; open(): AsyncIterable<Uint8Array> };

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
  /** Time to the first byte of the answer and between two chunks of it, per attempt, in milliseconds (default 30 s). */
  readonly timeoutMs?: number;
  /** Attempts in all for GET, HEAD, PUT and DELETE on refused and reset connections, 429, 502, 503, 504 (default 4). */
  readonly attempts?: number;
  /** Also try POST and PATCH again: only where the caller knows that a repetition does no harm. */
  readonly repeatable?: boolean;
  /** Answers that are worth another attempt from this server, beside those that are from any. */
  readonly alsoTransient?: readonly number[];
  /** A unix socket to connect to instead of the URL's host. */
  readonly socketPath?: string;
  /** Additional certificate authorities, PEM. */
  readonly ca?: string;
  /** GET and HEAD follow up to 5 redirects by default; credentials are not sent to another origin. */
  readonly redirect?: 'follow' | 'manual';
  /** Largest body accepted, in bytes (default 64 MiB). */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; repeated headers joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** The URL that answered, after redirects. */
  readonly url: string;
}

export interface HttpResponse extends HttpAnswer {
  readonly body: Buffer;
  text(): string;
  /** @throws SyntaxError when the body is not JSON. */
  json(): unknown;
}

export interface HttpStream extends HttpAnswer {
  readonly body: AsyncIterable<Buffer>;
  /** Drops the connection. */
  close(): void;
}

export interface Http {
  /** Any status is an answer, not an exception. @throws ServiceError SERVICE_UNREACHABLE, SERVICE_TIMEOUT, SERVICE_TLS, SERVICE_TOO_LARGE. */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** The answer as soon as its headers are there: for watches, logs and blobs. */
  stream(request: HttpRequest): Promise<HttpStream>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when that aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export type Level = 'notice' | 'warning' | 'error';

export interface Annotation extends Partial<Location> {
  readonly level: Level;
  readonly message: string;
  readonly title?: string;
}

export interface Log {
  /** One or more lines. Foreign control sequences and workflow commands in it are neutralised, secrets masked. */
  info(text: string): void;
  debug(text: string): void;
  warning(text: string): void;
  annotate(annotation: Annotation): void;
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
}

export interface Secrets {
  /** Masks the value and its derived forms (base64, URL-encoded, JSON-escaped, each line) from now on. */
  register(value: string): void;
  redact(text: string): string;
  holds(text: string): boolean;
}

export interface Files {
  /** The checked-out repository, absolute. */
  readonly workspace: string;
  /** A new folder, mode 0700, outside the workspace, removed at the end of the action, also on failure and cancel. */
  privateFolder(name: string): Promise<string>;
  /** A path as the user should read it: relative to the workspace where it is inside. */
  display(path: string): string;
}

export interface Summary {
  /** Adds a block of Markdown to the job summary. Escape foreign text first (formats/markdown). */
  add(markdown: string): void;
}

/** Facts about the job: read once, at the start. */
export interface Job {
  readonly repository: string | undefined;
  readonly sha: string | undefined;
  readonly ref: string | undefined;
  readonly runId: string | undefined;
  readonly serverUrl: string;
  readonly platform: string;
  readonly arch: string;
  /** A variable of the job's environment; empty counts as absent. */
  variable(name: string): string | undefined;
}

/** Everything an action may use. */
export interface Ports {
  readonly exec: Exec;
  readonly http: Http;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly summary: Summary;
  readonly job: Job;
  /** Aborts when the run is cancelled. */
  readonly cancelled: AbortSignal;
}
