/** The server refuses an archive: status, code and the words of its answer. */
export class ImportRefused extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }
}
