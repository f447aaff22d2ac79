import { digestOf } from '../formats/digest.ts';
import { canonical, type ApiProject, type Deployment } from './archive.ts';
import { factsOfCertificates } from './state-certificates.ts';
import { withDefaults } from './state-defaults.ts';
import { factsOfDefinitions } from './state-definitions.ts';
import { FactList, type Fact } from './state-facts.ts';
import { factsOfFiles } from './state-files.ts';
import { mergeApiParams, mergeProductParams, type Merged, type MergeWish } from './state-merge.ts';
import { dataLists, dataMaps, dataOrders } from './state-names.ts';
import { effectiveOperations } from './state-operations.ts';
import { plainData } from './state-plain.ts';
import type { HiddenSecrets } from './state-secrets.ts';
import { dataIn, isTable, type Table } from './table.ts';

/** The kinds of project that a promotion knows. */
export type StateKind = 'api' | 'api-product' | 'application';

/** What an API (product, application) is, as far as anyone may notice: without noise, in a form that compares. */
export interface ApiState {
  readonly kind: StateKind;
  readonly name: string;
  /** Empty for an application, which has none. */
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
  /** Whether the provider (of an application: the owner) counts. */
  readonly preserveProvider?: boolean | undefined;
  /** Whether the APIs in the archive of a product are imported with it, and so belong to its state. */
  readonly dependentApis?: boolean | undefined;
}

/** The part of a project that its state is made of. */
export type StateSource = Pick<ApiProject, 'name' | 'version' | 'files' | 'deployments'>;

const mainFiles: Readonly<Record<StateKind, readonly string[]>> = {
  api: ['api.yaml', 'api.json'],
  'api-product': ['api_product.yaml', 'api_product.json'],
  application: ['application.yaml', 'application.json'],
};
const patterns: Readonly<Record<StateKind, string>> = {
  api: 'api',
  'api-product': 'product',
  application: 'application',
};

/** The state that an import of this project with these settings would make; of an export, without any: what it is. */
export function stateOf(project: StateSource, wish: StateWish = {}): ApiState {
  const kind = kindOf(project);
  const list = new FactList();
  const given = dataIn(project.files, mainFiles[kind]);
  const { name, version, deployments } = project;
  // An application has both inside, and its owner in place of a version.
  const identity = kind === 'application' ? {} : { name, version };
  const data = isTable(given) ? { ...given, ...identity } : identity;
  const merged = mergeParams(kind, { data, files: project.files, deployments }, wish);
  factsOfData(kind, merged, version, wish, list);
  factsOfDefinitions(merged.files, list);
  factsOfCertificates(merged.files, list);
  factsOfFiles(merged.files, list);
  if (kind !== 'application') factsOfDeployments(wish.deployments ?? merged.deployments, list);
  if (wish.dependentApis === true) addDependentApis(project.files, wish, list);
  const facts = list.sorted();
  return { kind, name, version, digest: digestOfFacts(kind, facts), facts, stated: list.stated, secrets: list.secrets };
}

function kindOf({ files }: StateSource): StateKind {
  const kinds = ['api', 'api-product', 'application'] as const;
  return kinds.find((kind) => mainFiles[kind].some((name) => files.has(name))) ?? 'api';
}

function mergeParams(kind: StateKind, project: Merged, wish: StateWish): Merged {
  if (kind === 'api') return mergeApiParams(project, wish);
  return kind === 'api-product' ? mergeProductParams(project, wish) : project;
}

function factsOfData(kind: StateKind, { data, files }: Merged, version: string, wish: StateWish, list: FactList): void {
  const how = { pattern: patterns[kind], names: dataLists, maps: dataMaps, ordered: dataOrders };
  if (kind === 'application') {
    list.flatten(wish.preserveProvider === true ? data : withoutOwner(data), how);
    return;
  }
  const own: Table = { ...data };
  if (wish.preserveProvider !== true) delete own.provider;
  if (wish.lifecycle !== undefined) own[kind === 'api' ? 'lifeCycleStatus' : 'state'] = wish.lifecycle;
  const whole = withDefaults(kind, own);
  const plain = plainData(whole.data, version);
  const filled = [...whole.filled];
  if (kind === 'api') {
    const effective = effectiveOperations(plain, files);
    plain.operations = effective.operations;
    filled.push(...effective.filled);
  }
  list.flatten(plain, how);
  for (const path of filled) list.stated.delete(path);
}

function withoutOwner(data: Table): Table {
  const { applicationInfo: info } = data;
  return isTable(info) ? { ...data, applicationInfo: { ...info, owner: undefined } } : data;
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

/** The APIs in a product's archive, each with its own params (`dependentAPIs`). */
function addDependentApis(files: ReadonlyMap<string, Buffer>, { configs }: StateWish, list: FactList): void {
  const folders = new Map<string, Map<string, Buffer>>();
  for (const [path, data] of files) {
    const [, folder, name] = /^APIs\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (folder === undefined || name === undefined) continue;
    const inner = folders.get(folder) ?? new Map<string, Buffer>();
    folders.set(folder, inner.set(name, data));
  }
  const settings = isTable(configs?.dependentAPIs) ? configs.dependentAPIs : {};
  for (const [folder, inner] of folders) {
    const at = folder.lastIndexOf('-');
    const source = { name: folder.slice(0, at), version: folder.slice(at + 1), files: inner, deployments: [] };
    const given = settings[folder];
    list.addAll(`APIs[${folder}]`, stateOf(source, isTable(given) ? { configs: given } : {}));
  }
}

function digestOfFacts(kind: StateKind, facts: ReadonlyMap<string, Fact>): string {
  const lines = [...facts].filter(([, { onlyIfBoth }]) => !onlyIfBoth).map(([key, { value }]) => [key, value]);
  return digestOf(canonical([kind, ...lines]));
}
