import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MalformedError } from '@wso2-delivery/shared/formats/malformed';
import { formatYaml, parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { readZip, writeZip, type ZipEntry } from '@wso2-delivery/shared/formats/zip';
import { ImportRefused } from './import-refused.ts';
import { injectParams, type Deployment, type Table } from './params-injection.ts';

/** An API project as it lies in an archive: the files below its one root folder, and what api.yaml says. */
export interface Project {
  readonly files: ReadonlyMap<string, Buffer>;
  /** The `data:` of api.yaml. */
  readonly api: Table;
  /** Where a revision is to be deployed; empty when the archive names no gateway environment. */
  readonly deployments: readonly Deployment[];
}

/**
 * Reads what apictl uploads: a plain project archive, or one that wraps it as SourceArchive.zip beside
 * intermediate_params.yaml (`--params FILE`) or Deployment/intermediate_params.yaml (`--params FOLDER`).
 */
export async function readUpload(zip: Buffer): Promise<Project> {
  const outer = await filesBelowRoot(zip);
  const wrapped = outer.get('SourceArchive.zip');
  if (wrapped === undefined) return toProject(outer);
  const params = outer.get('intermediate_params.yaml') ?? outer.get('Deployment/intermediate_params.yaml');
  const project = toProject(await filesBelowRoot(wrapped));
  if (params === undefined) return project;
  return injectParams(project, (parseYaml(params.toString('utf8')) ?? {}) as Table);
}

/** Reads a plain project archive. */
export async function readProject(zip: Buffer): Promise<Project> {
  return toProject(await filesBelowRoot(zip));
}

/** Packs a project the way an export does: one root folder, api.yaml rewritten from `api`. */
export async function packProject(root: string, files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-apim-'));
  try {
    const path = join(folder, 'export.zip');
    const entries: ZipEntry[] = [{ name: `${root}/`, data: Buffer.alloc(0) }];
    for (const [name, data] of files) entries.push({ name: `${root}/${name}`, data });
    await writeZip(path, entries);
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A document in the shape of every file of an API project: type, version, data. */
export function projectDocument(type: string, data: unknown): Buffer {
  return Buffer.from(formatYaml({ type, version: 'v4.7.0', data }), 'utf8');
}

async function filesBelowRoot(zip: Buffer): Promise<Map<string, Buffer>> {
  let entries: ZipEntry[];
  try {
    entries = await readZip(zip, { maxEntries: 5000, maxBytes: 64 * 1024 * 1024 });
  } catch (error) {
    if (error instanceof MalformedError) throw new ImportRefused(400, 900905, `The uploaded archive ${error.message}`);
    throw error;
  }
  const root = entries[0]?.name.split('/')[0];
  const files = new Map<string, Buffer>();
  for (const { name, data } of entries) {
    if (!name.endsWith('/') && name.startsWith(`${root}/`)) files.set(name.slice((root?.length ?? 0) + 1), data);
  }
  return files;
}

function toProject(files: Map<string, Buffer>): Project {
  const source = files.get('api.yaml') ?? files.get('api.json');
  if (source === undefined)
    throw new ImportRefused(500, 900967, 'Error while importing API: no api.yaml in the archive');
  const document = parseYaml(source.toString('utf8')) as { data?: Table } | null;
  const api = document?.data;
  if (api === undefined || typeof api.name !== 'string' || typeof api.version !== 'string') {
    throw new ImportRefused(400, 900750, 'Error while importing API: name and version are required');
  }
  const environments = files.get('deployment_environments.yaml');
  const listed =
    environments === undefined ? undefined : (parseYaml(environments.toString('utf8')) as { data?: unknown });
  return { files, api, deployments: Array.isArray(listed?.data) ? (listed.data as Deployment[]) : [] };
}
