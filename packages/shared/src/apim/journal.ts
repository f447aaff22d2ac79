import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { InputError, messageOf } from '../base/errors.ts';
import { codes } from './codes.ts';
import { broughtByBoth, type Brought, type FormerApplication } from './former-application.ts';
import type { ProjectKind } from './project-kind.ts';
import type { ApiRevision } from './publisher.ts';

/**
 * What a promotion journal says of an API before it was touched: ids and digests, never content (but of an application,
 * which has no revision that would hold it), never a secret.
 */
export interface Before {
  /** Undefined: the API did not exist. */
  readonly id?: string | undefined;
  readonly lifeCycleStatus?: string | undefined;
  readonly revisions: readonly ApiRevision[];
  /** Of the working copy: its state, and its secrets (slow to guess, salted with the run's salt). */
  readonly working?: { readonly state: string; readonly secrets?: string | undefined } | undefined;
  /** The number of the revision that holds the same as the working copy did; undefined: none does. */
  readonly workingRevision?: number | undefined;
  /** What an application was: attributes, subscriptions; no key, no secret. */
  readonly application?: FormerApplication | undefined;
}

/** The effects of a promotion, each told before it is tried. */
export type Step = 'remove-revision' | 'import' | 'deploy-revision' | 'change-lifecycle' | 'undo';

interface RunRecord {
  readonly record: 'run';
  readonly schema: string;
  readonly run: string;
  readonly kind: 'apply' | 'rollback';
  readonly from?: string | undefined;
  readonly to: string;
  readonly at: string;
  readonly salt: string;
}
interface ApiRecord {
  readonly record: 'api';
  readonly run: string;
  /** Absent: an API. */
  readonly kind?: ProjectKind;
  readonly name: string;
  readonly version: string;
  readonly action: string;
  readonly before: Before;
  /** What an application that was there gets and did not have. */
  readonly brings?: Brought | undefined;
}
interface StepRecord {
  /** `step` stands before the effect, `done` after it. */
  readonly record: 'step' | 'done';
  readonly run: string;
  readonly name: string;
  readonly version: string;
  readonly step: Step;
  readonly at: string;
  /** What the step concerns: a revision's number, a state. */
  readonly what?: string | undefined;
  /** The id of the API, and of the revision that came to be. */
  readonly id?: string | undefined;
  readonly revision?: string | undefined;
}
interface ResultRecord {
  readonly record: 'result';
  readonly run: string;
  readonly name: string;
  readonly version: string;
  readonly result: string;
  readonly at: string;
}
interface EndRecord {
  readonly record: 'end';
  readonly run: string;
  readonly verdict: string;
  readonly at: string;
}

/** One line of a journal. */
export type JournalRecord = RunRecord | ApiRecord | StepRecord | ResultRecord | EndRecord;

const schema = 'https://wso2-delivery.dev/promotion-journal/v1';
const records: ReadonlySet<string> = new Set(['run', 'api', 'step', 'done', 'result', 'end']);

type Told<R> = R extends { readonly run: string } ? Omit<R, 'run' | 'at'> : never;

/** The journal of one run: JSON lines, each on the disk before what it announces begins. */
export class Journal {
  readonly path: string;
  readonly salt: string;
  readonly #run: RunRecord;
  readonly #now: () => number;
  #descriptor: number | undefined;

  /**
   * Nothing is written before the first line is told.
   * @param now milliseconds since the epoch
   */
  constructor(
    path: string,
    run: {
      readonly id: string;
      readonly kind: RunRecord['kind'];
      readonly from: string | undefined;
      readonly to: string;
      readonly salt: string;
    },
    now: () => number,
  ) {
    this.path = path;
    this.salt = run.salt;
    this.#now = now;
    const { id, kind, from, to, salt } = run;
    this.#run = { record: 'run', schema, run: id, kind, from, to, salt, at: this.#time() };
  }

  /** True once something was told. */
  get begun(): boolean {
    return this.#descriptor !== undefined;
  }

  /** Returns when the line is on the disk. @throws InputError JOURNAL_INVALID, and what the file system says */
  tell(record: Told<ApiRecord | StepRecord | ResultRecord | EndRecord>): void {
    if (this.#descriptor === undefined) {
      this.#descriptor = opened(this.path);
      // A run that was killed may have left half a line.
      if (endsInMidLine(this.path)) writeSync(this.#descriptor, '\n');
      this.#write(this.#run);
    }
    this.#write({ ...record, run: this.#run.run, at: this.#time() } as JournalRecord);
  }

  /** Ends the run, when there was anything to tell. */
  end(verdict: string): void {
    if (this.#descriptor === undefined) return;
    this.tell({ record: 'end', verdict });
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #write(record: JournalRecord): void {
    if (this.#descriptor === undefined) return;
    writeSync(this.#descriptor, `${JSON.stringify(record)}\n`);
    fsyncSync(this.#descriptor);
  }

  #time(): string {
    return new Date(this.#now()).toISOString();
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'a', 0o600);
  } catch (error) {
    throw invalid('journal', `${path} cannot be written: ${messageOf(error)}`);
  }
}

function endsInMidLine(path: string): boolean {
  if (!existsSync(path)) return false;
  const text = readFileSync(path);
  return text.length > 0 && text.at(-1) !== 10;
}

/**
 * Reads a journal. A line that was cut when its run was killed is left out.
 * @param shown the path as the user knows it
 * @throws InputError JOURNAL_INVALID
 */
export function readJournal(text: string, shown: string): JournalRecord[] {
  const lines = text.split('\n');
  const found: JournalRecord[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const record = recordIn(line);
    if (record !== undefined) {
      found.push(record);
      continue;
    }
    const next = lines.slice(index + 1).find((each) => each.trim() !== '');
    const cut = next === undefined || recordIn(next)?.record === 'run';
    if (!cut || found.length === 0) throw invalid(shown, `line ${index + 1} is no line of a promotion journal`);
  }
  const [first] = found;
  if (first?.record !== 'run' || first.schema !== schema) throw invalid(shown, 'is not a promotion journal');
  return found;
}

function recordIn(line: string): JournalRecord | undefined {
  try {
    const value = JSON.parse(line) as { record?: unknown } | null;
    return typeof value?.record === 'string' && records.has(value.record) ? (value as JournalRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** What a journal says that a promotion has done to one API. */
export interface JournaledApi {
  readonly kind: ProjectKind;
  readonly name: string;
  readonly version: string;
  readonly before: Before;
  readonly brings?: Brought | undefined;
  /** Salts `before.working.secrets`. */
  readonly salt: string;
  /** Steps that were begun, done or not. */
  readonly steps: ReadonlySet<Step>;
  /** Ids of APIs and revisions that are known to be of the promotion. */
  readonly made: ReadonlySet<string>;
  /** Revisions that were removed for room: their numbers. */
  readonly removed: readonly string[];
  /** True when an effect was begun of which the journal does not know the end. */
  readonly open: boolean;
}

/**
 * The last promotion into an environment: its last run, together with the runs right before it that did not succeed
 * (killed, failed), since those were attempts at the same. In the order in which APIs were first touched.
 * @throws InputError JOURNAL_INVALID when it holds none
 */
export function lastPromotion(journal: readonly JournalRecord[], to: string, shown: string): JournaledApi[] {
  const runs = journal.filter((each): each is RunRecord => each.record === 'run' && each.kind === 'apply');
  const known = [...new Set(runs.map((each) => each.to))];
  const ours = runs.filter((each) => each.to === to);
  if (ours.length === 0) throw invalid(shown, `holds no promotion into ${to}, only into ${known.join(', ') || 'none'}`);
  const verdictOf = ({ run }: RunRecord) =>
    journal.find((each): each is EndRecord => each.record === 'end' && each.run === run)?.verdict;
  let first = ours.length - 1;
  while (first > 0) {
    const earlier = ours[first - 1];
    if (earlier === undefined || verdictOf(earlier) === 'succeeded') break;
    first--;
  }
  const chosen = ours.slice(first);
  const apis = new Map<string, JournaledApi>();
  for (const run of chosen) collect(journal, run, apis);
  return [...apis.values()];
}

function collect(journal: readonly JournalRecord[], run: RunRecord, apis: Map<string, JournaledApi>): void {
  for (const record of journal) {
    if (record.run !== run.run || record.record === 'run' || record.record === 'end') continue;
    const key = `${record.name}:${record.version}`;
    const known = apis.get(key);
    if (record.record === 'api') {
      const { kind = 'api', name, version, before, brings } = record;
      if (known === undefined) {
        const nothing = { steps: new Set<Step>(), made: new Set<string>(), removed: [], open: false };
        apis.set(key, { kind, name, version, before, brings, salt: run.salt, ...nothing });
      } else {
        // An attempt after one that was killed: what that one made is there now, and of the same promotion.
        const ids = [before.id, ...before.revisions.map(({ id }) => id)].filter((id) => id !== undefined);
        const made = new Set([...known.made, ...notBefore(ids, known.before)]);
        apis.set(key, { ...known, brings: broughtByBoth(known.brings, brings), made, open: false });
      }
    } else if (known !== undefined && record.record !== 'result') {
      apis.set(key, withStep(known, record));
    }
  }
}

function withStep(api: JournaledApi, { record, step, what, id, revision }: StepRecord): JournaledApi {
  if (record === 'step') return { ...api, steps: new Set([...api.steps, step]), open: true };
  const ids = [id, revision].filter((each) => each !== undefined);
  return {
    ...api,
    open: false,
    made: new Set([...api.made, ...notBefore(ids, api.before)]),
    removed: step === 'remove-revision' && what !== undefined ? [...api.removed, what] : api.removed,
  };
}

function notBefore(ids: readonly string[], before: Before): string[] {
  const there = new Set([before.id, ...before.revisions.map(({ id }) => id)]);
  return ids.filter((id) => !there.has(id));
}

function invalid(shown: string, problem: string): InputError {
  return new InputError(codes.JOURNAL_INVALID, [
    { subject: shown, problem, example: 'journal: promotion-journal.jsonl' },
  ]);
}
