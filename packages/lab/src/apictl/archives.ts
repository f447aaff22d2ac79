import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readZip, writeZip, type ZipEntry } from '@wso2-delivery/shared/formats/zip';
import { MalformedError } from '@wso2-delivery/shared/formats/malformed';
import { Reason } from './outcome.ts';

/** A new folder `apim<digits>`, as Go's MkdirTemp names it. */
export function temporaryFolder(base: string): string {
  const folder = join(base, `apim${Math.floor(Math.random() * 1e10)}`);
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

/**
 * Unpacks an archive and gives the name of its first entry's root; an empty text when it holds nothing or is no zip.
 * @throws Reason for an entry that would leave the folder
 */
export async function unpack(zip: Buffer, folder: string): Promise<{ root: string; valid: boolean }> {
  let entries: ZipEntry[];
  try {
    entries = await readZip(zip);
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    const escaping = /would leave its folder: (.+)$/.exec(error.message)?.[1];
    if (escaping !== undefined) throw new Reason(`${join(folder, escaping)}: illegal file path`);
    return { root: '', valid: false };
  }
  for (const { name, data } of entries) {
    const path = join(folder, name);
    if (name.endsWith('/')) {
      mkdirSync(path, { recursive: true });
    } else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, data);
    }
  }
  return { root: entries[0]?.name.split('/')[0] ?? '', valid: true };
}

/** Packs a folder with itself as the one root, folders listed as entries. */
export async function pack(folder: string, root: string, target: string): Promise<void> {
  await writeZip(target, [{ name: `${root}/`, data: Buffer.alloc(0) }, ...entriesBelow(folder, root)]);
}

/** A zip without entries: 22 bytes. */
export function emptyZip(): Buffer {
  return Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(18)]);
}

/** Copies a folder's files. */
export function copyFolder(source: string, target: string): void {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source)) {
    const from = join(source, name);
    if (statSync(from).isDirectory()) copyFolder(from, join(target, name));
    else writeFileSync(join(target, name), readFileSync(from));
  }
}

/** A folder made by mkdtemp, for what the real tool builds in memory. */
export function scratch(base: string): string {
  return mkdtempSync(join(base, 'apictl-scratch-'));
}

function entriesBelow(folder: string, prefix: string): ZipEntry[] {
  return readdirSync(folder).flatMap((name): ZipEntry[] => {
    const path = join(folder, name);
    const entry = `${prefix}/${name}`;
    if (!statSync(path).isDirectory()) return [{ name: entry, data: readFileSync(path) }];
    return [{ name: `${entry}/`, data: Buffer.alloc(0) }, ...entriesBelow(path, entry)];
  });
}
