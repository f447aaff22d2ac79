/** Ends the command with an exit code, after what was printed. */
export class Exit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** What a command prints, and how it ends. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** The usual failure: the reason on stderr, "Exit status 1" on stdout, exit code 1. */
export function fail(terminal: Terminal, message: string, reason?: string): never {
  terminal.err(reason === undefined ? `apictl: ${message}\n` : `apictl: ${message} Reason: ${reason}\n`);
  terminal.out('Exit status 1\n');
  throw new Exit(1);
}

/** A mistake in the arguments: Go's cobra prints it twice, with the usage, and leaves with 255. */
export function misused(terminal: Terminal, problem: string, command: string): never {
  terminal.err(`Error: ${problem}\nUsage:\n  apictl ${command} [flags]\n`);
  terminal.out(`${problem}\n`);
  throw new Exit(255);
}

/** An error whose message is the reason that `fail` prints. */
export class Reason extends Error {}
