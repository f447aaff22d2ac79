/** A place in a file of the workspace, as GitHub annotations want it: path relative to the workspace, counted from 1. */
export interface Location {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** A stable, documented kind of failure. Every code stands in docs/errors.md under an anchor of its own name. */
export interface ErrorCode {
  /** SCREAMING_SNAKE_CASE, never renamed once released. */
  readonly code: string;
  /** A heading for the documentation. */
  readonly title: string;
  /** What has happened, in two sentences at most. */
  readonly meaning: string;
  /** What to do about it. Used as the error's remedy unless the thrower knows better. */
  readonly remedy: string;
}

/** Declares the error codes of one room: the keys are the codes. */
export function defineCodes<const T extends Record<string, Omit<ErrorCode, 'code'>>>(
  codes: T,
): { readonly [K in keyof T]: ErrorCode } {
  return Object.fromEntries(Object.entries(codes).map(([code, text]) => [code, { code, ...text }])) as {
    [K in keyof T]: ErrorCode;
  };
}

export interface ErrorOptions {
  /** What the user should do, when more is known than the code's general remedy. */
  readonly remedy?: string;
  readonly location?: Location | undefined;
  /** Foreign text that proves the cause (tool output, logs): shown in the summary and the report, not in the one line. */
  readonly evidence?: string | undefined;
  readonly cause?: unknown;
}

/** What every failure of an action is: a documented code, a one-line message, a remedy. */
export abstract class DeliveryError extends Error {
  abstract readonly kind: 'input' | 'tool' | 'service' | 'verification' | 'cancelled';
  readonly code: string;
  readonly remedy: string;
  readonly location: Location | undefined;
  readonly evidence: string | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = new.target.name;
    this.code = code.code;
    this.remedy = options.remedy ?? code.remedy;
    this.location = options.location;
    this.evidence = options.evidence;
  }
}

/** One thing wrong with what the user gave. */
export interface Problem {
  /** The input, file or key that is wrong. */
  readonly subject: string;
  readonly problem: string;
  /** A valid example, as the user would write it. */
  readonly example?: string;
  readonly location?: Location;
}

/** The workflow or a file it names has to be changed. Holds every problem found, not the first one alone. */
export class InputError extends DeliveryError {
  readonly kind = 'input';
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, problems: readonly Problem[], options: ErrorOptions = {}) {
    const [first] = problems;
    const message =
      problems.length === 1 && first !== undefined
        ? `${first.subject}: ${first.problem}`
        : `${problems.length} problems: ${problems.map((p) => `${p.subject}: ${p.problem}`).join('; ')}`;
    super(code, message, { location: first?.location, ...options });
    this.problems = problems;
  }
}

export interface ToolFailure extends ErrorOptions {
  /** Program and arguments, already redacted. */
  readonly command: readonly string[];
  /** null when the process was killed or never started. */
  readonly exitCode: number | null;
}

/** A command line tool failed, lied, hung or is absent. */
export class ToolError extends DeliveryError {
  readonly kind = 'tool';
  readonly command: readonly string[];
  readonly exitCode: number | null;

  constructor(code: ErrorCode, message: string, failure: ToolFailure) {
    super(code, message, failure);
    this.command = failure.command;
    this.exitCode = failure.exitCode;
  }
}

export interface ServiceFailure extends ErrorOptions {
  readonly method: string;
  /** Without credentials and without a query that may hold some. */
  readonly url: string;
  /** undefined when no answer came. */
  readonly status?: number | undefined;
}

/** A service (registry, API server, API Manager) refused, failed or did not answer. */
export class ServiceError extends DeliveryError {
  readonly kind = 'service';
  readonly method: string;
  readonly url: string;
  readonly status: number | undefined;

  constructor(code: ErrorCode, message: string, failure: ServiceFailure) {
    super(code, message, failure);
    this.method = failure.method;
    this.url = failure.url;
    this.status = failure.status;
  }
}

/** Everything answered, and what runs (or was built) is not what was asked for. */
export class VerificationError extends DeliveryError {
  readonly kind = 'verification';
}

/** The run was cancelled (SIGTERM or SIGINT). */
export class CancelledError extends DeliveryError {
  readonly kind = 'cancelled';
}

/** The message of whatever was thrown, with its causes, on one line. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError) {
    const inner = thrown.errors.map(messageOf).join('; ');
    return thrown.message === '' ? inner : `${thrown.message}: ${inner}`;
  }
  if (thrown instanceof Error) {
    const own = thrown.message === '' ? thrown.name : thrown.message;
    return thrown.cause === undefined ? own : `${own}: ${messageOf(thrown.cause)}`;
  }
  return String(thrown);
}
