/** What is known about a base image without reading its layers; everything else has to be asked of them. */
import { type BaseFiles, BaseUnknown, type Owner, type TreeEntry } from './tree.ts';

export interface KnownFiles {
  readonly directories: Readonly<Record<string, Owner & { readonly mode: number }>>;
  /** Directories that the base leaves to the user: a path right below one of them is new, unless it is listed here. */
  readonly open: readonly string[];
  readonly files: Readonly<Record<string, Owner & { readonly mode: number }>>;
  readonly users: Readonly<Record<string, Owner>>;
  readonly groups: Readonly<Record<string, number>>;
}

export function knownBaseFiles(known: KnownFiles): BaseFiles {
  return {
    entry(path): TreeEntry | undefined {
      const directory = known.directories[path];
      if (directory !== undefined) return { type: 'directory', ...directory };
      const file = known.files[path];
      if (file !== undefined) return { type: 'file', ...file };
      if (known.open.some((folder) => path.startsWith(`${folder}/`))) return undefined;
      throw new BaseUnknown(path);
    },
    user: (name) => known.users[name] ?? unknown(`the user ${name}`),
    group: (name) => known.groups[name] ?? unknown(`the group ${name}`),
  };
}

function unknown(asked: string): never {
  throw new BaseUnknown(asked);
}
