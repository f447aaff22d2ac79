import { canonical } from './archive.ts';
import { groupOf, type ChangeGroup } from './state-groups.ts';
import { isNoise } from './state-noise.ts';
import { HiddenSecrets, isSecretKey, withoutUrlPassword } from './state-secrets.ts';
import { isTable, type Table } from './table.ts';

/** One value of a state. */
export interface Fact {
  readonly group: ChangeGroup;
  /** Where it stands, for people: `endpointConfig.production_endpoints.url`, `operations[POST /order].scopes`. */
  readonly path: string;
  /** For a secret always the same text. */
  readonly value: string;
  readonly secret: boolean;
  /** For a member of a set: the path is the set's, the value is the member. */
  readonly member: boolean;
  /** The key of the entry that it is a part of: comes and goes with it. */
  readonly within: string | undefined;
  /** Not shown by every export: it counts only where both states have it. */
  readonly onlyIfBoth: boolean;
  /** The order of the entries that the path has: it says something only when these are the same. */
  readonly order: boolean;
}

export interface FactOptions {
  readonly member?: string;
  readonly within?: string | undefined;
  readonly onlyIfBoth?: boolean;
  readonly secret?: boolean;
  readonly order?: boolean;
}

/** What an entry of a list is called; undefined: its place in the list, since the order means something. */
export type NameOf = (entry: Readonly<Table>) => string | undefined;

/** How a tree becomes facts. */
export interface Flattening {
  /** What noise and groups know the tree as: `api`, `definition`, `document` … */
  readonly pattern: string;
  /** Put before every path. */
  readonly path?: string;
  readonly within?: string | undefined;
  /** Lists whose entries have names, by pattern or, with `*.` before it, by key. */
  readonly names?: Readonly<Record<string, NameOf>>;
  /** Keys of tables whose own keys are names that users choose. */
  readonly maps?: ReadonlySet<string>;
  /** Keys whose value is one fact, whatever is in it. */
  readonly whole?: ReadonlySet<string>;
  /** Keys of lists whose entries have names and an order that means something. */
  readonly ordered?: ReadonlySet<string>;
  /** False: no key makes its value a secret (a schema has properties called password). */
  readonly secrets?: boolean;
}

/** Where a walk is. */
interface Place {
  readonly path: string;
  readonly pattern: string;
  /** The key that leads here; '' inside a list and under a key that a user chose. */
  readonly key: string;
  /** The last key as it is written. */
  readonly name: string;
  readonly within: string | undefined;
}

const hidden = '•••';

/** Collects the facts of one state. */
export class FactList {
  readonly #facts = new Map<string, Fact>();
  /** Paths that the project says something about, be it nothing. */
  readonly stated = new Set<string>();
  readonly secrets = new HiddenSecrets();

  add(group: ChangeGroup, path: string, value: string, options: FactOptions = {}): void {
    const { member, within, onlyIfBoth = false, secret = false, order = false } = options;
    const key = member === undefined ? `${path}${order ? ' (order)' : ''}` : `${path}[${member}]`;
    if (secret) this.secrets.set(key, value);
    this.stated.add(path);
    this.#facts.set(key, {
      group,
      path,
      value: secret ? hidden : value,
      secret,
      member: member !== undefined,
      within,
      onlyIfBoth,
      order,
    });
  }

  /** The facts of a part that has a state of its own, below a name for it. */
  addAll(
    prefix: string,
    state: { facts: ReadonlyMap<string, Fact>; stated: ReadonlySet<string>; secrets: HiddenSecrets },
  ): void {
    for (const [key, fact] of state.facts) {
      const within = fact.within === undefined ? undefined : `${prefix}.${fact.within}`;
      this.#facts.set(`${prefix}.${key}`, { ...fact, path: `${prefix}.${fact.path}`, within });
    }
    for (const path of state.stated) this.stated.add(`${prefix}.${path}`);
    this.secrets.takeAll(prefix, state.secrets);
  }

  has(key: string): boolean {
    return this.#facts.has(key);
  }

  /** Every value in a tree, without noise and without what is empty. */
  flatten(value: unknown, how: Flattening): void {
    const { path = '', pattern, within } = how;
    this.#walk(value, { path, pattern, key: '', name: '', within }, how);
  }

  sorted(): ReadonlyMap<string, Fact> {
    return new Map([...this.#facts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #walk(value: unknown, place: Place, how: Flattening): void {
    const { path, pattern, key, name, within } = place;
    if (isNoise(pattern)) return;
    this.stated.add(path);
    if (how.whole?.has(key) === true) {
      if (!isEmpty(value)) this.add(groupOf(pattern), path, textOf(value), { within });
    } else if (Array.isArray(value)) {
      this.#list(value, place, how);
    } else if (isTable(value)) {
      if (how.maps?.has(key) === true) this.#map(value, place, how);
      else {
        for (const [inner, each] of Object.entries(value)) {
          const below = { path: joined(path, inner), pattern: `${pattern}.${inner}`, key: inner, name: inner, within };
          this.#walk(each, below, how);
        }
      }
    } else if (how.secrets !== false && isSecretKey(name)) {
      if (value !== null && value !== undefined)
        this.add(groupOf(pattern), path, textOf(value), { within, secret: true });
    } else if (!isEmpty(value)) {
      const { shown, password } = withoutUrlPassword(textOf(value));
      this.add(groupOf(pattern), path, shown, { within });
      if (password !== undefined) this.add(groupOf(pattern), `${path} (password)`, password, { within, secret: true });
    }
  }

  /** A table whose keys are names: its entries come and go as a whole. */
  #map(table: Table, { path, pattern, within }: Place, how: Flattening): void {
    for (const [name, each] of Object.entries(table)) {
      const isEntry = typeof each === 'object' && each !== null;
      const entry = isEntry ? `${path}[${name}]` : joined(path, name);
      if (isEntry) this.add(groupOf(pattern), path, name, { member: name, within });
      const below = { path: entry, pattern: `${pattern}[]`, key: '', name };
      this.#walk(each, { ...below, within: isEntry ? entry : within }, how);
    }
  }

  #list(list: readonly unknown[], { path, pattern, key, within }: Place, how: Flattening): void {
    const nameOf = how.names?.[pattern] ?? how.names?.[`*.${key}`];
    const isSet = list.every((each) => typeof each !== 'object' || each === null);
    if (isSet) {
      for (const each of list) {
        if (!isEmpty(each)) this.add(groupOf(pattern), path, textOf(each), { member: textOf(each), within });
      }
      return;
    }
    const seen = new Map<string, number>();
    const labels: string[] = [];
    list.forEach((each, at) => {
      const name = isTable(each) ? nameOf?.(each) : undefined;
      const times = (seen.get(name ?? '') ?? 0) + 1;
      seen.set(name ?? '', times);
      const label = name === undefined ? String(at + 1) : times === 1 ? name : `${name} (${times})`;
      const entry = `${path}[${label}]`;
      labels.push(label);
      if (name !== undefined) this.add(groupOf(pattern), path, label, { member: label, within });
      const below = { path: entry, pattern: `${pattern}[]`, key: '', name: '' };
      this.#walk(each, { ...below, within: name === undefined ? within : entry }, how);
    });
    if (how.ordered?.has(key) === true && labels.length > 1) {
      this.add(groupOf(pattern), path, labels.join(' → '), { within, order: true });
    }
  }
}

/** Nothing in it: API Manager writes null, '', [] and {} for what is not there, each release another way. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isTable(value) && Object.keys(value).length === 0;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : canonical(value);
}

function joined(path: string, name: string): string {
  const safe = /[.[\]]/.test(name) ? JSON.stringify(name) : name;
  return path === '' ? safe : `${path}.${safe}`;
}
