/** A text or archive is not in its format. Floors above turn it into an error with a code and a file name. */
export class MalformedError extends Error {
  /** Counted from 1; undefined where the format has no lines. */
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string, place: { line?: number | undefined; column?: number | undefined } = {}) {
    super(message);
    this.name = 'MalformedError';
    this.line = place.line;
    this.column = place.column;
  }
}
