import type { Before, Journal, JournaledApi, Step } from './journal.ts';
import type { Brought } from './former-application.ts';
import type { ProjectKind } from './project-kind.ts';

/** What is done to one API, told to the journal before it is tried, and kept for an undo in the same run. */
export class Trail {
  readonly #journal: Journal;
  readonly #kind: ProjectKind;
  readonly #name: string;
  readonly #version: string;
  readonly #before: Before;
  readonly #brings: Brought | undefined;
  readonly #steps = new Set<Step>();
  readonly #made = new Set<string>();
  readonly #removed: string[] = [];
  #open: Step | undefined;

  constructor(
    journal: Journal,
    api: { readonly kind: ProjectKind; readonly name: string; readonly version: string; readonly action: string },
    before: Before,
    brings?: Brought,
  ) {
    this.#journal = journal;
    this.#kind = api.kind;
    this.#name = api.name;
    this.#version = api.version;
    this.#before = before;
    this.#brings = brings;
    const { kind, name, version, action } = api;
    journal.tell({ record: 'api', kind, name, version, action, before, brings });
  }

  /**
   * Tells the journal, tries the effect, and tells what came of it.
   * @param what a revision's number, a state
   * @param made names the ids of what came to be
   */
  async step<T>(
    step: Step,
    what: string | undefined,
    effect: () => Promise<T>,
    made: (result: T) => { readonly id?: string; readonly revision?: string } = () => ({}),
  ): Promise<T> {
    const base = { name: this.#name, version: this.#version, step, what };
    this.#journal.tell({ record: 'step', ...base });
    this.#steps.add(step);
    this.#open = step;
    const result = await effect();
    const ids = made(result);
    this.#journal.tell({ record: 'done', ...base, ...ids });
    this.#open = undefined;
    for (const id of [ids.id, ids.revision]) if (id !== undefined && id !== this.#before.id) this.#made.add(id);
    if (step === 'remove-revision' && what !== undefined) this.#removed.push(what);
    return result;
  }

  result(result: string): void {
    this.#journal.tell({ record: 'result', name: this.#name, version: this.#version, result });
  }

  /** The step that was begun and has not ended. */
  get pending(): Step | undefined {
    return this.#open;
  }

  /** As a journal would tell it. */
  soFar(): JournaledApi {
    return {
      kind: this.#kind,
      name: this.#name,
      version: this.#version,
      before: this.#before,
      brings: this.#brings,
      salt: this.#journal.salt,
      steps: new Set(this.#steps),
      made: new Set(this.#made),
      removed: [...this.#removed],
      open: this.#open !== undefined,
    };
  }
}
