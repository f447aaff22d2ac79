import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Files } from '../base/ports.ts';
import type { ApiProject } from './archive.ts';

/** A project that is kept for later, wherever it is. */
export interface KeptProject {
  readonly name: string;
  readonly version: string;
  /** Of its files, unpacked. */
  readonly bytes: number;
  /** The project, as it was kept. */
  load(): Promise<ApiProject>;
  /** Forgets it. */
  release(): Promise<void>;
}

/** What is held in memory unless told otherwise: a hundred small APIs. */
const defaultBudget = 64 * 1024 * 1024;

/**
 * The projects of a run between its plan and their turn: in memory up to a budget, the others in files of a private
 * folder, so that the memory of a run does not grow with the number of its APIs.
 */
export class ProjectStore {
  readonly #folder: string;
  readonly #budgetBytes: number;
  #held = 0;
  #files = 0;

  private constructor(folder: string, budgetBytes: number) {
    this.#folder = folder;
    this.#budgetBytes = budgetBytes;
  }

  static async open({ files }: { readonly files: Files }, budgetBytes = defaultBudget): Promise<ProjectStore> {
    return new ProjectStore(await files.privateFolder('projects'), budgetBytes);
  }

  /** Bytes of the projects that are in memory. */
  get heldBytes(): number {
    return this.#held;
  }

  /** Takes a project over: nobody else should hold it, or nothing is won. */
  async keep(project: ApiProject): Promise<KeptProject> {
    const { name, version } = project;
    const bytes = [...project.files.values()].reduce((sum, data) => sum + data.length, 0);
    if (this.#held + bytes <= this.#budgetBytes) {
      this.#held += bytes;
      let held: ApiProject | undefined = project;
      const release = () => {
        if (held !== undefined) this.#held -= bytes;
        held = undefined;
        return Promise.resolve();
      };
      const load = () =>
        held === undefined ? Promise.reject(new Error(`${name}:${version} was released`)) : Promise.resolve(held);
      return { name, version, bytes, load, release };
    }
    const path = join(this.#folder, String(++this.#files));
    await writeFile(path, serialize(project), { mode: 0o600 });
    return {
      name,
      version,
      bytes,
      load: async () => asProject(deserialize(await readFile(path))),
      release: () => rm(path, { force: true }),
    };
  }
}

/** What was written, with files that are buffers of their own again: the reader gives views into the whole. */
function asProject(read: unknown): ApiProject {
  const project = read as ApiProject;
  return { ...project, files: new Map([...project.files].map(([name, data]) => [name, Buffer.from(data)])) };
}
