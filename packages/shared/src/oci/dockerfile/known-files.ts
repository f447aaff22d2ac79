/** What is known about a base image without reading its layers; everything else has to be asked of them. */
import { posix } from 'node:path';
import { type BaseFiles, BaseUnknown, type Owner, type TreeEntry } from './tree.ts';

export interface KnownFiles {
  readonly directories: Readonly<Record<string, Owner & { readonly mode: number }>>;
  /** Directories for single files: a name with a dot right below one of them is no folder of the base. */
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
      if (known.open.includes(posix.dirname(path)) && posix.basename(path).includes('.')) return undefined;
      throw new BaseUnknown(path);
    },
    user: (name) => known.users[name] ?? unknown(`the user ${name}`),
    group: (name) => known.groups[name] ?? unknown(`the group ${name}`),
  };
}

function unknown(asked: string): never {
  throw new BaseUnknown(asked);
}
