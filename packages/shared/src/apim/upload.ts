import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../base/errors.ts';
import { MalformedError } from '../formats/malformed.ts';
import { formatYaml, parseYaml } from '../formats/yaml.ts';
import { readZip, writeZip, type ZipEntry } from '../formats/zip.ts';
import { codes } from './codes.ts';

export interface UploadSource {
  /** Path of a project archive. */
  readonly archive: string;
  /** What it is, for messages. */
  readonly shown: string;
  /** A params file (".yaml" stands in its path) or a deployment folder, as the import flags have it. */
  readonly params: string | undefined;
  /** Whose settings of the params are sent. */
  readonly environment: string;
}

/**
 * Writes the archive that apictl uploads: the project with every folder listed; with params, the project as
 * SourceArchive.zip beside (of a folder: below Deployment/, with all its files) intermediate_params.yaml.
 * @param scratch an empty private folder
 * @returns the path of the archive
 * @throws InputError ARCHIVE_INVALID, PARAMS_INVALID
 */
export async function writeUpload(source: UploadSource, scratch: string): Promise<string> {
  const { root, entries } = await readProjectEntries(source);
  const upload = join(scratch, 'upload.zip');
  if (source.params === undefined) {
    await writeZip(upload, withFolders(root, entries));
    return upload;
  }
  const inner = join(scratch, 'SourceArchive.zip');
  await writeZip(inner, withFolders('SourceArchive', entries));
  const isFile = source.params.includes('.yaml');
  const beside = isFile ? [] : entriesBelow(source.params, 'Deployment/');
  const configs = configsOf(isFile ? source.params : join(source.params, 'params.yaml'), source);
  await writeZip(
    upload,
    withFolders(root, [
      { name: 'SourceArchive.zip', data: await readFile(inner) },
      ...beside,
      {
        name: `${isFile ? '' : 'Deployment/'}intermediate_params.yaml`,
        data: Buffer.from(formatYaml(sorted(configs)), 'utf8'),
      },
    ]),
  );
  return upload;
}

/** The files of an archive, names below its one root. */
async function readProjectEntries({ archive, shown }: UploadSource): Promise<{ root: string; entries: ZipEntry[] }> {
  const invalid = (problem: string) => new InputError(codes.ARCHIVE_INVALID, [{ subject: shown, problem }]);
  let entries: ZipEntry[];
  try {
    entries = await readZip(archive);
  } catch (error) {
    if (error instanceof MalformedError) throw invalid(error.message);
    throw error;
  }
  const root = entries[0]?.name.split('/')[0] ?? '';
  if (root === '' || entries.some(({ name }) => !name.startsWith(`${root}/`))) throw invalid('needs one root folder');
  return {
    root,
    entries: entries.map(({ name, data }) => ({ name: name.slice(root.length + 1), data })),
  };
}

/** The entries below a root, with one for each folder on the way. */
function withFolders(root: string, entries: readonly ZipEntry[]): ZipEntry[] {
  const found = new Map<string, ZipEntry>();
  const addFolder = (folder: string): void => {
    if (folder === '.' || found.has(`${folder}/`)) return;
    found.set(`${folder}/`, { name: `${folder}/`, data: Buffer.alloc(0) });
    addFolder(dirname(folder));
  };
  addFolder(root);
  for (const { name, data } of entries) {
    const path = `${root}/${name}`;
    if (name.endsWith('/') || name === '') addFolder(path.slice(0, -1));
    else {
      addFolder(dirname(path));
      found.set(path, { name: path, data });
    }
  }
  return [...found.values()];
}

function entriesBelow(folder: string, prefix: string): ZipEntry[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): ZipEntry[] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const name = `${prefix}${entry.name}/`;
      return [{ name, data: Buffer.alloc(0) }, ...entriesBelow(path, name)];
    }
    return [{ name: `${prefix}${entry.name}`, data: readFileSync(path) }];
  });
}

/** The settings of the one environment. The file is one that we have rendered: what it lacks was checked before. */
function configsOf(file: string, { environment, shown }: UploadSource): unknown {
  const document = parseYaml(readFileSync(file, 'utf8')) as { environments?: { name?: string; configs?: object }[] };
  const configs = document.environments?.find(({ name }) => name === environment)?.configs;
  if (configs !== undefined && Object.keys(configs).length > 0) return configs;
  const problem = `holds no settings for ${environment}, to which ${shown} is imported`;
  throw new InputError(codes.PARAMS_INVALID, [{ subject: 'params', problem }]);
}

/** The same with the keys of every table in order, as Go writes them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(pairs.map(([key, inner]) => [key, sorted(inner)]));
}
