/** A way through a document: names of keys, and numbers of list entries. */
export type KeyPath = readonly (string | number)[];

interface Level {
  readonly indent: number;
  /** The key that this level is at, or the number of the list entry. */
  key: string | number;
}

/**
 * Finds the lines of keys in block-style YAML, for messages. What it cannot find (flow style, anchors) has the line of
 * the nearest key above it.
 */
export class KeyLines {
  readonly #lines = new Map<string, number>();

  constructor(text: string) {
    const stack: Level[] = [];
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      if (/^\s*(#|$)/.test(line) || /^(---|\.\.\.)/.test(line)) continue;
      this.#read(line, index + 1, stack);
    }
  }

  /** The line of a key, counted from 1. */
  of(path: KeyPath): number | undefined {
    for (let length = path.length; length > 0; length--) {
      const line = this.#lines.get(JSON.stringify(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return undefined;
  }

  #read(line: string, number: number, stack: Level[]): void {
    let indent = line.length - line.trimStart().length;
    let rest = line.slice(indent);
    while (/^-(\s|$)/.test(rest)) {
      this.#leave(stack, indent, true);
      const top = stack.at(-1);
      if (top?.indent === indent && typeof top.key === 'number') top.key++;
      else stack.push({ indent, key: 0 });
      this.#keep(stack, number);
      const blanks = /^-\s*/.exec(rest)?.[0].length ?? 1;
      indent += blanks;
      rest = rest.slice(blanks);
    }
    const key = /^(?:"([^"]*)"|'([^']*)'|([^\s#:][^:#]*?))\s*:(?:\s|$)/.exec(rest);
    if (key === null) return;
    this.#leave(stack, indent, false);
    const name = key[1] ?? key[2] ?? key[3] ?? '';
    const top = stack.at(-1);
    if (top?.indent === indent && typeof top.key === 'string') top.key = name;
    else stack.push({ indent, key: name });
    this.#keep(stack, number);
  }

  /** Levels that ended: deeper ones, and for a list entry the keys of the entry before it. */
  #leave(stack: Level[], indent: number, isEntry: boolean): void {
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const sameListAsKey = !isEntry && top.indent === indent && typeof top.key === 'number';
      if (top.indent <= indent && !sameListAsKey) return;
      stack.pop();
    }
  }

  #keep(stack: readonly Level[], line: number): void {
    const path = JSON.stringify(stack.map(({ key }) => key));
    if (!this.#lines.has(path)) this.#lines.set(path, line);
  }
}
