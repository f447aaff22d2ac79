import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../base/errors.ts';
import { digestOf } from '../formats/digest.ts';
import { MalformedError } from '../formats/malformed.ts';
import { formatYaml, parseYaml } from '../formats/yaml.ts';
import { readZip, writeZip, type ZipEntry } from '../formats/zip.ts';
import { nameProblem } from './api-names.ts';
import { codes } from './codes.ts';
import { kindOfFiles, mainDocuments, type ProjectKind } from './project-kind.ts';

/** One deployment of a revision, as archives and params files list them. */
export interface Deployment {
  readonly gateway: string;
  readonly vhost: string | undefined;
  readonly displayOnDevportal: boolean;
}

/** A project: what an export holds, or a folder of the repository. */
export interface ApiProject {
  readonly kind: ProjectKind;
  readonly name: string;
  /** Of an application: its owner, which is what tells it from others of its name. */
  readonly version: string;
  /** As api.yaml has it: with or without the version, or with {version} in it. Empty for an application. */
  readonly context: string;
  /** The one root folder of the archive. */
  readonly root: string;
  /** Files below the root. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly deployments: readonly Deployment[];
  /** Of everything in it that matters: see `fingerprintOf`. */
  readonly fingerprint: string;
}

const limits = { maxEntries: 5000, maxBytes: 128 * 1024 * 1024 };

/**
 * Reads the archive of an API, a product or an application, bounded.
 * @param shown the path as the user knows it
 * @throws InputError ARCHIVE_INVALID
 */
export async function readArchive(source: string | Buffer, shown: string): Promise<ApiProject> {
  let entries: ZipEntry[];
  try {
    entries = await readZip(source, limits);
  } catch (error) {
    if (error instanceof MalformedError) throw invalid(shown, error.message);
    throw error;
  }
  const roots = new Set(entries.map(({ name }) => (name.includes('/') ? name.slice(0, name.indexOf('/')) : '')));
  const [root = ''] = roots;
  if (entries.length === 0) throw invalid(shown, 'holds nothing');
  if (roots.size > 1 || root === '') {
    throw invalid(
      shown,
      `needs one root folder; found ${[...roots].map((each) => each || 'files at the top').join(', ')}`,
    );
  }
  const files = new Map<string, Buffer>();
  for (const { name, data } of entries) if (!name.endsWith('/')) files.set(name.slice(root.length + 1), data);
  return projectOf(root, files, shown);
}

/** Reads a project folder of the repository. @throws InputError ARCHIVE_INVALID */
export function readProjectFolder(folder: string, shown: string): ApiProject {
  const files = new Map<string, Buffer>();
  let bytes = 0;
  const walk = (path: string, prefix: string) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inner = join(path, entry.name);
      if (entry.isSymbolicLink()) throw invalid(shown, `holds a symbolic link: ${prefix}${entry.name}`);
      if (entry.isDirectory()) {
        walk(inner, `${prefix}${entry.name}/`);
        continue;
      }
      bytes += statSync(inner).size;
      if (files.size >= limits.maxEntries || bytes > limits.maxBytes)
        throw invalid(shown, 'is too large for an API project');
      files.set(`${prefix}${entry.name}`, readFileSync(inner));
    }
  };
  walk(folder, '');
  return projectOf(basename(folder), files, shown);
}

/** Refuses a project that is not what was asked for. @throws InputError ARCHIVE_INVALID */
export function requireApi(
  project: ApiProject,
  name: string,
  version: string,
  shown: string,
  kind: ProjectKind = 'api',
): void {
  if (project.kind !== kind) throw invalid(shown, `holds an ${project.kind} instead of an ${kind}`);
  if (project.name === name && project.version === version) return;
  throw invalid(shown, `holds ${project.name}:${project.version} instead of ${name}:${version}`);
}

/** The project with these deployments in place of its own: an import then makes and deploys a revision. */
export function withDeployments(project: ApiProject, deployments: readonly Deployment[]): ApiProject {
  const data = deployments.map(({ gateway, vhost, displayOnDevportal }) => ({
    displayOnDevportal,
    deploymentEnvironment: gateway,
    // Without it API Manager takes the first virtual host of the gateway environment.
    ...(vhost === undefined ? {} : { deploymentVhost: vhost }),
  }));
  const files = new Map(project.files);
  const document = formatYaml({ type: 'deployment_environments', version: 'v4.0.0', data });
  files.set('deployment_environments.yaml', Buffer.from(document, 'utf8'));
  return { ...project, files, deployments };
}

/** The project with another life cycle state in its main document: an import takes the API there. */
export function withLifecycle(project: ApiProject, state: string): ApiProject {
  const files = new Map(project.files);
  const { names, stateKey } = mainDocuments[project.kind];
  for (const name of names) {
    const text = files.get(name)?.toString('utf8');
    if (text === undefined || stateKey === undefined) continue;
    const found = [...text.matchAll(new RegExp(`^([ \\t]*)("?${stateKey}"?:[ \\t]*"?)\\w+`, 'gm'))];
    // Other tables have a key of that name too: the outermost one is meant.
    const [outermost] = found.sort(([, a = ''], [, b = '']) => a.length - b.length);
    if (outermost === undefined) continue;
    const [whole, indent = '', key = ''] = outermost;
    const rest = text.slice(outermost.index + whole.length);
    files.set(name, Buffer.from(`${text.slice(0, outermost.index)}${indent}${key}${state}${rest}`, 'utf8'));
  }
  return { ...project, files };
}

/** The project without any deployment: an import then changes the working copy alone. */
export function withoutDeployments(project: ApiProject): ApiProject {
  const files = new Map(project.files);
  for (const ending of ['yaml', 'json']) files.delete(`deployment_environments.${ending}`);
  return { ...project, files, deployments: [] };
}

/** Writes a project as an archive, the same bytes each time. */
export async function writeArchive(path: string, project: ApiProject): Promise<void> {
  const entries = [...project.files].map(([name, data]) => ({ name: `${project.root}/${name}`, data }));
  await writeZip(path, [{ name: `${project.root}/`, data: Buffer.alloc(0) }, ...entries]);
}

/** Keys of api.yaml that differ between two exports of the same API. */
const volatile = [
  'id',
  'createdTime',
  'lastUpdatedTime',
  'lastUpdatedTimestamp',
  'isRevision',
  'revisionId',
  'revisionedApiId',
];

/** A digest of all files, without what differs between two exports of the same API. */
function fingerprintOf(files: ReadonlyMap<string, Buffer>, api: Record<string, unknown>): string {
  const kept = Object.fromEntries(Object.entries(api).filter(([key]) => !volatile.includes(key)));
  const lines = [...files]
    .filter(([name]) => !/^(api|api_product|application)(\.(yaml|json)|_meta\.yaml)$/.test(name))
    .map(([name, data]) => `${name} ${digestOf(data)}`)
    .sort();
  return digestOf([`api ${digestOf(canonical(kept))}`, ...lines].join('\n'));
}

/** JSON with the keys of every table in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isTable(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function projectOf(root: string, files: Map<string, Buffer>, shown: string): ApiProject {
  const kind = kindOfFiles(files);
  if (kind === undefined) {
    throw invalid(shown, 'has no api.yaml, api_product.yaml or application.yaml (or .json) in its root folder');
  }
  return projectOfKind(kind, root, files, shown);
}

/** The project that these files are. @throws InputError ARCHIVE_INVALID */
export function projectOfKind(
  kind: ProjectKind,
  root: string,
  files: ReadonlyMap<string, Buffer>,
  shown: string,
): ApiProject {
  const { names } = mainDocuments[kind];
  const document = parsedFile(files, names, shown);
  const data = isTable(document) && isTable(document.data) ? document.data : {};
  const { name, version } = identityOf(kind, data, files);
  if (name === undefined || version === undefined) {
    const needed = kind === 'application' ? 'data.applicationInfo with name and owner' : 'data.name and data.version';
    throw invalid(shown, `has an ${names[0]} without ${needed}`);
  }
  const context = kind === 'application' ? '' : contextOf(data, name);
  const problem = nameProblem(kind, { name, version, context });
  if (problem !== undefined) throw invalid(shown, `cannot be promoted: ${problem}`);
  return {
    kind,
    name,
    version,
    context,
    root,
    files,
    deployments: deploymentsOf(
      parsedFile(files, ['deployment_environments.yaml', 'deployment_environments.json'], shown),
    ),
    fingerprint: fingerprintOf(files, data),
  };
}

function identityOf(
  kind: ProjectKind,
  data: Record<string, unknown>,
  files: ReadonlyMap<string, Buffer>,
): { name: string | undefined; version: string | undefined } {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  if (kind === 'application') {
    const info = isTable(data.applicationInfo) ? data.applicationInfo : {};
    return { name: text(info.name), version: text(info.owner) };
  }
  const version = typeof data.version === 'number' ? writtenVersion(kind, files) : text(data.version);
  // Products had no versions before 4.3: all are of this one (carbon-apimgt, DEFAULT_API_PRODUCT_VERSION).
  return { name: text(data.name), version: version ?? (kind === 'api-product' ? '1.0.0' : undefined) };
}

function contextOf({ context }: Record<string, unknown>, name: string): string {
  return typeof context === 'string' ? context : `/${name.toLowerCase()}`;
}

function deploymentsOf(document: unknown): Deployment[] {
  const data = isTable(document) ? document.data : undefined;
  return Array.isArray(data) ? readDeployments(data) : [];
}

/** The entries of `deploymentEnvironments` or of deployment_environments.yaml; what has no name is left out. */
export function readDeployments(list: readonly unknown[]): Deployment[] {
  return list.filter(isTable).flatMap((entry) => {
    const { deploymentEnvironment: gateway, deploymentVhost: vhost, displayOnDevportal: display } = entry;
    if (typeof gateway !== 'string') return [];
    return [{ gateway, vhost: typeof vhost === 'string' ? vhost : undefined, displayOnDevportal: display !== false }];
  });
}

function parsedFile(files: ReadonlyMap<string, Buffer>, names: readonly string[], shown: string): unknown {
  const name = names.find((each) => files.has(each));
  if (name === undefined) return undefined;
  try {
    return parseYaml(files.get(name)?.toString('utf8') ?? '');
  } catch (error) {
    if (error instanceof MalformedError) throw invalid(shown, `${name} is not valid: ${error.message}`);
    throw error;
  }
}

/** The version as it is written: YAML reads an unquoted 1.0 as the number 1. */
function writtenVersion(kind: ProjectKind, files: ReadonlyMap<string, Buffer>): string | undefined {
  const name = mainDocuments[kind].names.find((each) => files.has(each)) ?? '';
  const text = files.get(name)?.toString('utf8') ?? '';
  return /^[ \t]+"?version"?:\s*([\d.]+)/m.exec(text)?.[1];
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(shown: string, problem: string): InputError {
  return new InputError(codes.ARCHIVE_INVALID, [{ subject: shown, problem, example: 'exports/EmployeeAPI_1.0.0.zip' }]);
}
