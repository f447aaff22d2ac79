/** The APIs to promote: exported, or read from the repository. */
import { statSync } from 'node:fs';
import { readArchive, readProjectFolder, withLifecycle, type ApiProject } from '@wso2-delivery/shared/apim/archive';
import { maskKeys, withoutParts } from '@wso2-delivery/shared/apim/applications';
import { mainDocuments, type ProjectKind } from '@wso2-delivery/shared/apim/project-kind';
import { withPolicyVariables } from '@wso2-delivery/shared/apim/policy-variables';
import type { ApiName } from '@wso2-delivery/shared/apim/selection';
import { stateOf } from '@wso2-delivery/shared/apim/state';
import { codes } from '@wso2-delivery/shared/base/codes';
import { InputError, type Problem } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { formatYaml, parseYaml } from '@wso2-delivery/shared/formats/yaml';
import type { Inputs, Request } from './request.ts';
import { selectAmong, selectAt } from './selecting.ts';
import type { Session } from './session.ts';

/** An API (product, application) to promote, its project obtained when it is needed: hundreds of them are not in memory at once. */
export interface Source extends ApiName {
  readonly kind: ProjectKind;
  /** Of an API that comes with a product: its folder there, and the product's params are about it. */
  readonly inside?: string;
  /** Variables of its policies are replaced. @throws what a failing export means, InputError ARCHIVE_INVALID */
  load(): Promise<ApiProject>;
}

/**
 * Names the APIs asked for.
 * @throws InputError INPUT_INVALID, ARCHIVE_INVALID, and what failing calls mean
 */
export async function findSources(request: Request, inputs: Inputs, session: Session, ports: Ports): Promise<Source[]> {
  const { from, apis, revision } = request;
  const { kind } = inputs;
  const prepared = (project: ApiProject) => asPromoted(project, inputs, ports);
  const listing = session.listing(kind);
  if (from === undefined || listing === undefined) {
    const found = await projectsIn(request, kind, ports);
    return found.map(({ name, version, read }) => ({ kind, name, version, load: async () => prepared(await read()) }));
  }
  const engine = await session.exporting();
  const names = await selectAt(listing, apis, kind);
  const of = { kind, withKeys: inputs.keys === 'include' };
  return names.map(({ name, version }) => ({
    kind,
    name,
    version,
    load: async () => prepared(await engine.export(name, version, from.environment.name, revision, of)),
  }));
}

interface Found extends ApiName {
  readonly read: () => Promise<ApiProject>;
}

async function projectsIn({ apis, archives }: Request, kind: ProjectKind, { files }: Ports): Promise<Found[]> {
  const projects: (Found & { tags: readonly string[] })[] = [];
  for (const path of archives) {
    const shown = files.display(path);
    const read = async () =>
      statSync(path).isDirectory() ? readProjectFolder(path, shown) : await readArchive(path, shown);
    const project = await read();
    if (project.kind !== kind) {
      const problem = `${shown} holds an ${project.kind}, and kind is ${kind}`;
      throw new InputError(codes.INPUT_INVALID, [{ subject: 'archives', problem, example: `kind: ${project.kind}` }]);
    }
    projects.push({ name: project.name, version: project.version, tags: tagsOf(project), read });
  }
  const nameOf = ({ name, version }: ApiName) => `${name}:${version}`;
  const found = projects.map(nameOf);
  const problems: Problem[] = [
    ...apis
      .filter((selector) => selector.kind === 'exact' && !found.includes(nameOf(selector)))
      .map(({ line }) => ({ subject: 'archives', problem: `none holds ${line}, only ${found.join(', ')}` })),
    ...found
      .filter((name, index) => found.indexOf(name) !== index)
      .map((name) => ({ subject: 'archives', problem: `${name} is in more than one` })),
  ];
  if (problems.length > 0) throw new InputError(codes.INPUT_INVALID, problems);
  if (apis.length === 0) return projects;
  const wanted = new Set(selectAmong(projects, apis, kind).map(nameOf));
  return projects.filter((project) => wanted.has(nameOf(project)));
}

function tagsOf(project: ApiProject): string[] {
  const { tags } = dataOf(project);
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

/** The `data:` of the main document. */
function dataOf({ files, kind }: ApiProject): Record<string, unknown> {
  const name = mainDocuments[kind].names.find((each) => files.has(each));
  const text = name === undefined ? undefined : files.get(name)?.toString('utf8');
  const document = (text === undefined ? {} : parseYaml(text)) as { data?: Record<string, unknown> } | null;
  return document?.data ?? {};
}

/** The project as it is promoted: variables of its policies replaced, of an application what stays behind taken out. */
export function asPromoted(project: ApiProject, { keys, subscriptions }: Inputs, { job, secrets }: Ports): ApiProject {
  if (project.kind !== 'application') return withPolicyVariables(project, (name) => job.variable(name));
  maskKeys(project, secrets);
  return withoutParts(project, { keys: keys === 'skip', subscriptions: subscriptions === 'skip' });
}

/** What a project says of itself, as far as a plan depends on it. */
export function ownWords(project: ApiProject): { provider: string | undefined; lifecycle: string | undefined } {
  const { provider, lifeCycleStatus, state } = dataOf(project);
  const lifecycle = project.kind === 'api' ? lifeCycleStatus : state;
  return {
    provider: typeof provider === 'string' ? provider : undefined,
    lifecycle: typeof lifecycle === 'string' ? lifecycle : undefined,
  };
}

/**
 * The state that the API is to have in the target.
 * @param own of the project @param present in the target now
 */
export function plannedLifecycle(
  choice: Inputs['lifecycle'],
  own: string | undefined,
  present: string | undefined,
): string | undefined {
  if (choice === 'publish') return 'PUBLISHED';
  return choice === 'keep' ? (present ?? own) : (own ?? present);
}

/** The project in the life cycle state that it is to have in the target. */
export function inLifecycle(project: ApiProject, state: string | undefined): ApiProject {
  const { stateKey, names } = mainDocuments[project.kind];
  if (state === undefined || stateKey === undefined) return project;
  if (ownWords(project).lifecycle !== undefined) return withLifecycle(project, state);
  const files = new Map(project.files);
  const name = names.find((each) => files.has(each)) ?? 'api.yaml';
  const document = parseYaml(files.get(name)?.toString('utf8') ?? '') as Record<string, unknown>;
  const data = { ...dataOf(project), [stateKey]: state };
  const text = name.endsWith('.json') ? JSON.stringify({ ...document, data }) : formatYaml({ ...document, data });
  files.set(name, Buffer.from(text, 'utf8'));
  return { ...project, files };
}

/** Digest of a project as it is at its source, without secrets and noise. */
export function sourceDigest(project: ApiProject, preserveProvider: boolean): string {
  return stateOf(project, { preserveProvider }).digest;
}
