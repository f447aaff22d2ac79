import { digestOf } from '../formats/digest.ts';
import { canonical, type ApiProject, type Deployment } from './archive.ts';
import { factsOfCertificates } from './state-certificates.ts';
import { withDefaults } from './state-defaults.ts';
import { factsOfDefinitions } from './state-definitions.ts';
import { plainEndpoints } from './state-endpoints.ts';
import { FactList, type Fact, type NameOf } from './state-facts.ts';
import { factsOfFiles } from './state-files.ts';
import { mergeApiParams, mergeProductParams, type MergeWish } from './state-merge.ts';
import { effectiveOperations, operationName } from './state-operations.ts';
import { HiddenSecrets } from './state-secrets.ts';
import { dataIn, isTable, textOr, type Table } from './table.ts';

/** The kinds of project that a promotion knows. */
export type StateKind = 'api' | 'api-product' | 'application';

/** What an API (product, application) is, as far as anyone may notice: without noise, in a form that compares. */
export interface ApiState {
  readonly kind: StateKind;
  readonly name: string;
  readonly version: string;
  /** Of all that is not secret: equal when two states differ in secrets at most. */
  readonly digest: string;
  /** By key: every value that matters, secret ones without their value. */
  readonly facts: ReadonlyMap<string, Fact>;
  /** Paths that the project says something about, be it nothing. */
  readonly stated: ReadonlySet<string>;
  /** Values that are never printed and are in no JSON. */
  readonly secrets: HiddenSecrets;
}

/** What an import would be given beside the project. */
export interface StateWish extends MergeWish {
  /** The life cycle state that is to be; undefined: the project's own. */
  readonly lifecycle?: string | undefined;
  /** Where the revision is to be deployed; undefined: what params or the project say. */
  readonly deployments?: readonly Deployment[] | undefined;
  /** Whether the provider counts. */
  readonly preserveProvider?: boolean | undefined;
}

/** The part of a project that its state is made of. */
export type StateSource = Pick<ApiProject, 'name' | 'version' | 'files' | 'deployments'>;

const mainFiles: Readonly<Record<StateKind, readonly string[]>> = {
  api: ['api.yaml', 'api.json'],
  'api-product': ['api_product.yaml', 'api_product.json'],
  application: ['application.yaml', 'application.json'],
};

/** The state that an import of this project with these settings would make; of an export, without any: what it is. */
export function stateOf(project: StateSource, wish: StateWish = {}): ApiState {
  const kind = kindOf(project);
  const list = new FactList();
  const { name, version } = project;
  const given = dataIn(project.files, mainFiles[kind]);
  const merge = { api: mergeApiParams, 'api-product': mergeProductParams, application: keep }[kind];
  const merged = merge(
    { data: isTable(given) ? { ...given } : {}, files: project.files, deployments: project.deployments },
    wish,
  );
  const data = plainData(merged.data, version, wish);
  if (kind === 'api') factsOfApi(data, merged.files, list);
  else list.flatten(data, { pattern: kind === 'api-product' ? 'product' : 'application' });
  factsOfDefinitions(merged.files, list);
  factsOfCertificates(merged.files, list);
  factsOfFiles(merged.files, list);
  factsOfDeployments(wish.deployments ?? merged.deployments, list);
  const facts = list.sorted();
  return { kind, name, version, digest: digestOfFacts(kind, facts), facts, stated: list.stated, secrets: list.secrets };
}

function keep<T>(project: T): T {
  return project;
}

function kindOf({ files }: StateSource): StateKind {
  const kinds = ['api', 'api-product', 'application'] as const;
  return kinds.find((kind) => mainFiles[kind].some((name) => files.has(name))) ?? 'api';
}

/** The data with one spelling for each thing that has several. */
function plainData(given: Table, version: string, { lifecycle, preserveProvider }: StateWish): Table {
  const data: Table = { ...given };
  if (preserveProvider !== true) delete data.provider;
  if (typeof data.context === 'string') data.context = plainContext(data.context, version);
  if (lifecycle !== undefined) data.lifeCycleStatus = lifecycle;
  if ('endpointConfig' in data) data.endpointConfig = plainEndpoints(data.endpointConfig);
  return data;
}

/** The context as api.yaml has it: the server puts the tenant before it and the version behind it. */
export function plainContext(context: string, version: string): string {
  const slashed = context.startsWith('/') ? context : `/${context}`;
  const own = slashed.replace(/^\/t\/[^/]+(?=\/)/, '').replaceAll('{version}', version);
  return own.endsWith(`/${version}`) && own.length > version.length + 1 ? own.slice(0, -version.length - 1) : own;
}

const nameOf: NameOf = ({ name }) => (typeof name === 'string' ? name : undefined);

/** Lists of api.yaml whose entries have names, so that their order means nothing. */
const apiNames: Readonly<Record<string, NameOf>> = {
  'api.operations': (entry) => operationName(entry),
  'api.additionalProperties': nameOf,
  'api.scopes': ({ scope }) => (isTable(scope) ? nameOf(scope) : undefined),
  'api.mediationPolicies': (entry) => `${textOr(entry.type, '')}:${textOr(entry.name, '')}`,
};
const apiMaps: ReadonlySet<string> = new Set(['customParameters', 'parameters']);

function factsOfApi(data: Table, files: ReadonlyMap<string, Buffer>, list: FactList): void {
  const { operations, filled } = effectiveOperations(data, files);
  const defaults = withDefaults(data);
  list.flatten({ ...defaults.data, operations }, { pattern: 'api', names: apiNames, maps: apiMaps });
  for (const path of [...filled, ...defaults.filled]) list.stated.delete(path);
}

function factsOfDeployments(deployments: readonly Deployment[], list: FactList): void {
  for (const { gateway, vhost, displayOnDevportal } of deployments) {
    const key = `deployedOn[${gateway}]`;
    list.add('deployment', 'deployedOn', gateway, { member: gateway });
    list.add('deployment', `${key}.displayOnDevportal`, String(displayOnDevportal), { within: key });
    // Archives do not say it (deployment_environments.yaml has no virtual host): the publisher does.
    if (vhost !== undefined) list.add('deployment', `${key}.vhost`, vhost, { within: key, onlyIfBoth: true });
  }
}

function digestOfFacts(kind: StateKind, facts: ReadonlyMap<string, Fact>): string {
  const lines = [...facts].filter(([, { onlyIfBoth }]) => !onlyIfBoth).map(([key, { value }]) => [key, value]);
  return digestOf(canonical([kind, ...lines]));
}
