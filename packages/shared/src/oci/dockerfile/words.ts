/** Words of a Dockerfile: quotes, escapes and variables. */
import type { Escape } from './syntax.ts';

/** A word that cannot be read; the message completes "line 3 …". */
export class WordError extends Error {}

/** What only a real shell-like engine knows (pattern removal, replacement): left to docker. */
export class WordNeedsDocker extends Error {}

export type Variables = ReadonlyMap<string, string>;

/**
 * A word with its variables filled in, its quotes and escapes removed. Unknown variables are empty.
 * @throws WordError, WordNeedsDocker
 */
export function expandWord(text: string, variables: Variables, escape: Escape): string {
  const reader = new Reader(text, variables, escape);
  const result = reader.read(undefined);
  return result;
}

class Reader {
  readonly #text: string;
  readonly #variables: Variables;
  readonly #escape: Escape;
  #at = 0;

  constructor(text: string, variables: Variables, escape: Escape) {
    this.#text = text;
    this.#variables = variables;
    this.#escape = escape;
  }

  /** Up to `stop`, which is consumed, or to the end of the text. */
  read(stop: '}' | undefined): string {
    let result = '';
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) {
        if (stop !== undefined) throw new WordError(`has a \${ without its }: ${this.#text}`);
        return result;
      }
      if (char === stop) {
        this.#at += 1;
        return result;
      }
      if (char === "'") result += this.#single();
      else if (char === '"') result += this.#double();
      else if (char === '$') result += this.#variable();
      else if (char === this.#escape) {
        result += this.#text[this.#at + 1] ?? this.#escape;
        this.#at += 2;
      } else {
        result += char;
        this.#at += 1;
      }
    }
  }

  #single(): string {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) throw new WordError(`has a ' without its end: ${this.#text}`);
    const inside = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return inside;
  }

  #double(): string {
    let result = '';
    this.#at += 1;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) throw new WordError(`has a " without its end: ${this.#text}`);
      if (char === '"') {
        this.#at += 1;
        return result;
      }
      if (char === '$') {
        result += this.#variable();
        continue;
      }
      const next = this.#text[this.#at + 1];
      if (char === this.#escape && (next === '"' || next === '$' || next === this.#escape)) {
        result += next;
        this.#at += 2;
      } else {
        result += char;
        this.#at += 1;
      }
    }
  }

  #variable(): string {
    this.#at += 1;
    if (this.#text[this.#at] !== '{') {
      const name = this.#name();
      return name === '' ? '$' : (this.#variables.get(name) ?? '');
    }
    this.#at += 1;
    const name = this.#name();
    if (name === '') throw new WordError(`has a variable without a name: ${this.#text}`);
    const value = this.#variables.get(name);
    const modifier = this.#text[this.#at];
    if (modifier === '}') {
      this.#at += 1;
      return value ?? '';
    }
    const colon = modifier === ':';
    if (colon) this.#at += 1;
    const operator = this.#text[this.#at];
    if (operator === undefined) throw new WordError(`has a \${ without its }: ${this.#text}`);
    if (operator !== '-' && operator !== '+' && operator !== '?') {
      throw new WordNeedsDocker(`uses \${${name}${colon ? ':' : ''}${operator}…}`);
    }
    this.#at += 1;
    const word = this.read('}');
    const given = value !== undefined && !(colon && value === '');
    if (operator === '-') return given ? value : word;
    if (operator === '+') return given ? word : '';
    if (!given) throw new WordError(`needs a value for ${name}${word === '' ? '' : `: ${word}`}`);
    return value;
  }

  #name(): string {
    const [name = ''] = /^(?:[a-zA-Z_][a-zA-Z0-9_]*|[0-9]+|[@*#?!-])/.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += name.length;
    return name;
  }
}

/** Splits at blanks that are neither quoted nor escaped; quotes and escapes stay in the words. */
export function splitQuoted(text: string, escape: Escape): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote === undefined && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word = (word ?? '') + char;
    if (char === escape && quote !== "'") {
      at += 1;
      word += text.charAt(at);
    } else if (quote === undefined && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = undefined;
  }
  return word === undefined ? words : [...words, word];
}

/** Splits at blanks alone, as the argument lists of COPY, EXPOSE and VOLUME are. */
export function splitBlanks(text: string): string[] {
  return text.split(/[\t\v\f\r ]+/).filter((word) => word !== '');
}

/**
 * The pairs of ENV and LABEL, not yet expanded: `a=1 b="2 3"`, or the old form `a 1 and the rest`.
 * @throws WordError
 */
export function pairsOf(rest: string, escape: Escape): (readonly [string, string])[] {
  const words = splitQuoted(rest, escape);
  const [first = ''] = words;
  if (!first.includes('=')) {
    const [, name = '', value] = /^(\S+)\s+([\s\S]+)$/.exec(rest) ?? [];
    if (value === undefined) throw new WordError(`has ${first} without a value`);
    return [[name, value]];
  }
  return words.map((word) => {
    const equals = word.indexOf('=');
    if (equals < 1) throw new WordError(`has ${word}, which is not name=value`);
    return [word.slice(0, equals), word.slice(equals + 1)] as const;
  });
}
