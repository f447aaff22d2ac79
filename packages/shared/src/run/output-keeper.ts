import { StringDecoder } from 'node:string_decoder';

/** What is kept of a stream unless told otherwise. */
const defaultKeepBytes = 16 * 1024 * 1024;

/** A line longer than this is passed on in pieces, so that a stream without newlines cannot fill the memory. */
const longestLine = 64 * 1024;

/** Collects a stream of bytes: complete lines as they come, and head and tail of the whole within a bound. */
export class OutputKeeper {
  truncated = false;
  readonly #half: number;
  readonly #decoder = new StringDecoder('utf8');
  #head = '';
  #tail = '';
  #partial = '';

  constructor(keepBytes = defaultKeepBytes) {
    this.#half = Math.floor(keepBytes / 2);
  }

  /** Takes a chunk and gives the lines that it completed. */
  add(chunk: Buffer): string[] {
    return this.#take(this.#decoder.write(chunk));
  }

  /** The stream has ended: gives the last line if it had no newline. */
  end(): string[] {
    const lines = this.#take(this.#decoder.end());
    const last = this.#partial;
    this.#partial = '';
    return last === '' ? lines : [...lines, last];
  }

  /** The whole stream, or its head and tail with a note between them. */
  text(): string {
    return this.truncated ? `${this.#head}\n… output left out …\n${this.#tail}` : this.#head + this.#tail;
  }

  #take(text: string): string[] {
    this.#keep(text);
    const lines = (this.#partial + text).split(/\r?\n/);
    this.#partial = lines.pop() ?? '';
    while (this.#partial.length > longestLine) {
      lines.push(this.#partial.slice(0, longestLine));
      this.#partial = this.#partial.slice(longestLine);
    }
    return lines;
  }

  #keep(text: string): void {
    const room = Math.max(0, this.#half - this.#head.length);
    this.#head += text.slice(0, room);
    this.#tail += text.slice(room);
    if (this.#tail.length > 2 * this.#half) {
      this.#tail = this.#tail.slice(-this.#half);
      this.truncated = true;
    }
  }
}
