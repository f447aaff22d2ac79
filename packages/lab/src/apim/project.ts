import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MalformedError } from '@wso2-delivery/shared/formats/malformed';
import { formatYaml, parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { readZip, writeZip, type ZipEntry } from '@wso2-delivery/shared/formats/zip';
import { ImportRefused } from './import-refused.ts';
import { injectParams, injectProductParams, type Deployment, type Table } from './params-injection.ts';

/** What a publisher manages: APIs, and API products made of operations of APIs. */
export type Kind = 'api' | 'api-product';

/** The type that the main document of an archive has; also the name of its file. */
export function documentType(kind: Kind): 'api' | 'api_product' {
  return kind === 'api' ? 'api' : 'api_product';
}

/** A project as it lies in an archive: the files below its one root folder, and what its main document says. */
export interface Project {
  readonly files: ReadonlyMap<string, Buffer>;
  /** The `data:` of api.yaml or api_product.yaml. */
  readonly api: Table;
  /** Where a revision is to be deployed; empty when the archive names no gateway environment. */
  readonly deployments: readonly Deployment[];
  /** Of a product: parameters for the APIs in its archive, by the name of their folder. */
  readonly dependentParams?: Readonly<Record<string, Table>>;
}

/**
 * Reads what apictl uploads: a plain project archive, or one that wraps it as SourceArchive.zip beside
 * intermediate_params.yaml (`--params FILE`) or Deployment/intermediate_params.yaml (`--params FOLDER`).
 */
export async function readUpload(zip: Buffer, kind: Kind = 'api'): Promise<Project> {
  const outer = await filesBelowRoot(zip);
  const wrapped = outer.get('SourceArchive.zip');
  if (wrapped === undefined) return toProject(outer, kind);
  const text = outer.get('intermediate_params.yaml') ?? outer.get('Deployment/intermediate_params.yaml');
  const project = toProject(await filesBelowRoot(wrapped), kind);
  if (text === undefined) return project;
  const params = (parseYaml(text.toString('utf8')) ?? {}) as Table;
  return kind === 'api' ? injectParams(project, params) : injectProductParams(project, params);
}

/** Reads a plain project archive. */
export async function readProject(zip: Buffer, kind: Kind = 'api'): Promise<Project> {
  return toProject(await filesBelowRoot(zip), kind);
}

/** The APIs that lie in the archive of a product, below APIs/, by the name of their folder. */
export function dependentProjects(product: Project): ReadonlyMap<string, Project> {
  const folders = new Map<string, Map<string, Buffer>>();
  for (const [name, data] of product.files) {
    const [, folder, rest] = /^APIs\/([^/]+)\/(.+)$/.exec(name) ?? [];
    if (folder === undefined || rest === undefined) continue;
    const files = folders.get(folder) ?? new Map<string, Buffer>();
    folders.set(folder, files.set(rest, data));
  }
  return new Map([...folders].map(([folder, files]) => [folder, toProject(files, 'api')]));
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

export async function filesBelowRoot(zip: Buffer): Promise<Map<string, Buffer>> {
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

function toProject(files: ReadonlyMap<string, Buffer>, kind: Kind): Project {
  const file = documentType(kind);
  const source = files.get(`${file}.yaml`) ?? files.get(`${file}.json`);
  if (source === undefined)
    throw new ImportRefused(500, 900967, `Error while importing API: no ${file}.yaml in the archive`);
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
