import { randomUUID } from 'node:crypto';
import { ImportRefused } from './import-refused.ts';
import type { Deployment, Table } from './params-injection.ts';
import { openApiIn, writtenData, writtenDefinition } from './server-writes.ts';
import { contextIn, superTenant, tenantOf } from './tenants.ts';
import { documentType, packProject, projectDocument, type Kind, type Project } from './project.ts';

/** API Manager keeps this many revisions of an API and no more. */
const REVISION_LIMIT = 5;

export interface DeployedTo {
  readonly name: string;
  readonly vhost: string;
  readonly displayOnDevportal: boolean;
  readonly deployedTime: number;
}

export interface Revision {
  readonly id: string;
  readonly number: number;
  readonly createdTime: number;
  readonly description: string;
  readonly snapshot: Project;
  deployments: DeployedTo[];
}

export interface Api {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** As api.yaml has it, without the version. */
  context: string;
  provider: string;
  lifeCycleStatus: string;
  working: Project;
  revisions: Revision[];
  lastRevisionNumber: number;
  readonly createdTime: number;
  updatedTime: number;
}

export interface ImportOptions {
  readonly overwrite: boolean;
  readonly rotateRevision: boolean;
  readonly preserveProvider: boolean;
  readonly user: string;
}

export interface ExportOptions {
  readonly revision: Revision | undefined;
  readonly preserveStatus: boolean;
  readonly preserveCredentials: boolean;
  readonly json: boolean;
}

const transitions: Readonly<Record<string, readonly [from: readonly string[], to: string]>> = {
  Publish: [['CREATED', 'PROTOTYPED', 'BLOCKED', 'DEPRECATED'], 'PUBLISHED'],
  'Deploy as a Prototype': [['CREATED', 'PUBLISHED'], 'PROTOTYPED'],
  'Demote to Created': [['PUBLISHED', 'PROTOTYPED'], 'CREATED'],
  Block: [['PUBLISHED'], 'BLOCKED'],
  'Re-Publish': [['BLOCKED'], 'PUBLISHED'],
  Deprecate: [['PUBLISHED', 'BLOCKED'], 'DEPRECATED'],
  Retire: [['DEPRECATED'], 'RETIRED'],
};

/** Gateway environment → its virtual hosts. */
export type Gateways = Readonly<Record<string, readonly string[]>>;

/** The APIs (or API products) of one API Manager, with their revisions and where these are deployed. */
export class Catalogue {
  readonly kind: Kind;
  readonly apis: Api[] = [];
  readonly #gateways: Gateways;

  constructor(gateways: Gateways, kind: Kind = 'api') {
    this.#gateways = gateways;
    this.kind = kind;
  }

  /** Where the main document keeps the life cycle state. */
  get stateKey(): 'lifeCycleStatus' | 'state' {
    return this.kind === 'api' ? 'lifeCycleStatus' : 'state';
  }

  find(id: string): Api | undefined {
    return this.apis.find((api) => api.id === id);
  }

  named(name: string, version: string): Api | undefined {
    return this.apis.find((api) => api.name === name && api.version === version);
  }

  /** Creates or updates an API, and deploys a revision where the project says so. @throws ImportRefused */
  import(project: Project, options: ImportOptions): Api {
    const name = word(project.api.name, '');
    const version = word(project.api.version, '');
    const tenant = tenantOf(options.user);
    const asked = word(project.api.provider, options.user);
    if (options.preserveProvider && tenantOf(asked) !== tenant) {
      const said = 'Tenant mismatch! Please enable preserveProvider property for cross tenant API Import.';
      throw new ImportRefused(403, 900908, said);
    }
    const context = contextIn(tenant, word(project.api.context, `/${name.toLowerCase()}`));
    const existing = this.named(name, version);
    const rival = this.apis.find((api) => api !== existing && api.context === context && api.version === version);
    if (rival !== undefined) {
      throw new ImportRefused(409, 900251, `Error while importing API: The API context already exists. ${context}`);
    }
    if (existing !== undefined && !options.overwrite) {
      throw new ImportRefused(409, 900250, `Error while importing API: The API already exists. ${name}-${version}`);
    }
    const provider = options.preserveProvider ? asked : options.user;
    if (options.preserveProvider && existing !== undefined && existing.provider !== provider) {
      throw new ImportRefused(403, 900908, `Provider ${provider} does not match the provider of the API in the server`);
    }
    const api = existing ?? this.#create(name, version, provider);
    api.context = context;
    api.working = tenant === superTenant ? project : { ...project, api: { ...project.api, context } };
    api.updatedTime = Date.now();
    api.lifeCycleStatus = word(project.api[this.stateKey], api.lifeCycleStatus);
    if (project.deployments.length > 0) this.#deployNew(api, project.deployments, options.rotateRevision);
    return api;
  }

  remove(id: string): void {
    const at = this.apis.findIndex((api) => api.id === id);
    if (at !== -1) this.apis.splice(at, 1);
  }

  /** @throws ImportRefused at the limit */
  addRevision(api: Api, description: string): Revision {
    if (api.revisions.length >= REVISION_LIMIT) {
      throw new ImportRefused(400, 900975, 'Maximum number of revisions per API has been reached: remove one first');
    }
    const revision: Revision = {
      id: randomUUID(),
      number: ++api.lastRevisionNumber,
      createdTime: Date.now(),
      description,
      snapshot: api.working,
      deployments: [],
    };
    api.revisions.push(revision);
    return revision;
  }

  /**
   * Gateway environments that the server does not know are passed over without a word, as the real one does. Without a
   * virtual host the first of the gateway environment is meant.
   */
  deploy(api: Api, revision: Revision, deployments: readonly Deployment[]): void {
    for (const { deploymentEnvironment: name, deploymentVhost, displayOnDevportal = true } of deployments) {
      const [first] = this.#gateways[name] ?? [];
      if (first === undefined) continue;
      for (const other of api.revisions) this.undeploy(other, [name]);
      revision.deployments.push({
        name,
        vhost: deploymentVhost ?? first,
        displayOnDevportal,
        deployedTime: Date.now(),
      });
    }
  }

  /** @param names gateway environments, or undefined for all of them */
  undeploy(revision: Revision, names: readonly string[] | undefined): void {
    revision.deployments = names === undefined ? [] : revision.deployments.filter(({ name }) => !names.includes(name));
  }

  restore(api: Api, revision: Revision): void {
    api.working = revision.snapshot;
  }

  /** False when the action is not allowed in the present state. */
  changeLifecycle(api: Api, action: string): boolean {
    const transition = transitions[action];
    if (transition?.[0].includes(api.lifeCycleStatus) !== true) return false;
    api.lifeCycleStatus = transition[1];
    return true;
  }

  /** The files of an archive of the working copy or of one revision. */
  files(api: Api, options: ExportOptions): Map<string, Buffer> {
    const project = options.revision?.snapshot ?? api.working;
    const files = new Map(project.files);
    const type = documentType(this.kind);
    for (const name of [`${type}.yaml`, `${type}.json`, `${type}_meta.yaml`, 'deployment_environments.yaml']) {
      files.delete(name);
    }
    const openApi = this.kind === 'api' ? openApiIn(files) : undefined;
    const hasImage = [...files.keys()].some((name) => name.startsWith('Image/'));
    const written = this.kind === 'api' ? writtenData(api, project.api, openApi?.definition, hasImage) : project.api;
    if (openApi !== undefined) files.set(openApi.name, writtenDefinition(api, openApi.definition, written));
    const data: Table = {
      ...written,
      id: api.id,
      name: api.name,
      version: api.version,
      provider: api.provider,
      [this.stateKey]: options.preserveStatus ? api.lifeCycleStatus : 'CREATED',
      isRevision: options.revision !== undefined,
      revisionId: options.revision?.number ?? 0,
    };
    if (!options.preserveCredentials && data.endpointConfig !== undefined) {
      data.endpointConfig = withoutPasswords(data.endpointConfig);
    }
    if (options.json) files.set(`${type}.json`, Buffer.from(JSON.stringify({ type, version: 'v4.7.0', data })));
    else files.set(`${type}.yaml`, projectDocument(type, data));
    const deployments = options.revision?.deployments ?? [];
    if (deployments.length > 0) {
      const listed = deployments.map(({ name, displayOnDevportal }) => ({
        displayOnDevportal,
        deploymentEnvironment: name,
      }));
      files.set('deployment_environments.yaml', projectDocument('deployment_environments', listed));
    }
    return files;
  }

  /** The archive of a working copy or of one revision. */
  async export(api: Api, options: ExportOptions): Promise<Buffer> {
    return packProject(`${api.name}-${api.version}`, this.files(api, options));
  }

  #create(name: string, version: string, provider: string): Api {
    const empty: Project = { files: new Map(), api: {}, deployments: [] };
    const api: Api = {
      id: randomUUID(),
      name,
      version,
      context: '',
      provider,
      lifeCycleStatus: 'CREATED',
      working: empty,
      revisions: [],
      lastRevisionNumber: 0,
      createdTime: Date.now(),
      updatedTime: Date.now(),
    };
    this.apis.push(api);
    return api;
  }

  #deployNew(api: Api, deployments: readonly Deployment[], rotate: boolean): void {
    if (rotate && api.revisions.length >= REVISION_LIMIT) api.revisions.shift();
    this.deploy(api, this.addRevision(api, 'Revision created by an import'), deployments);
  }
}

function withoutPasswords(endpointConfig: unknown): unknown {
  const config = endpointConfig as Table | undefined;
  const security = config?.endpoint_security as Record<string, Table> | undefined;
  if (security === undefined) return endpointConfig;
  const cleaned = Object.entries(security).map(([kind, details]) => [
    kind,
    'password' in details ? { ...details, password: '' } : details,
  ]);
  return { ...config, endpoint_security: Object.fromEntries(cleaned) as unknown };
}

function word(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
