import { randomUUID } from 'node:crypto';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import type { Api, Catalogue } from './catalogue.ts';
import { ImportRefused } from './import-refused.ts';
import type { Table } from './params-injection.ts';
import { filesBelowRoot, packProject, projectDocument } from './project.ts';

/** One pair of keys of an application. The secret is kept in clear; archives have it in base64. */
export interface ApplicationKey {
  readonly keyType: 'PRODUCTION' | 'SANDBOX';
  readonly keyManager: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly supportedGrantTypes: readonly string[];
  readonly callbackUrl: string;
}

export interface Subscription {
  readonly id: string;
  readonly api: Api;
  throttlingPolicy: string;
}

export interface Application {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  /** Description, throttling policy, attributes and so on. */
  info: Table;
  keys: ApplicationKey[];
  subscriptions: Subscription[];
}

export interface ApplicationImportOptions {
  /** The owner that the caller asks for; wins over all else. */
  readonly owner: string;
  readonly preserveOwner: boolean;
  readonly skipSubscriptions: boolean;
  readonly skipKeys: boolean;
  readonly update: boolean;
  readonly user: string;
}

/** An API or product that an application could not be subscribed to. */
export interface SkippedApi {
  readonly name: string;
  readonly version: string;
  readonly provider: string;
}

/**
 * The applications of one API Manager, imported as carbon-apimgt does it (ApplicationServiceImpl, ImportUtils of the
 * devportal): one that exists is changed with or without `update`; subscriptions are added and never taken away nor
 * moved to another policy; what is not published or lacks the policy is skipped, which makes the answer a 207.
 */
export class Applications {
  readonly all: Application[] = [];
  readonly #catalogues: readonly Catalogue[];

  constructor(catalogues: readonly Catalogue[]) {
    this.#catalogues = catalogues;
  }

  named(name: string, owner: string): Application | undefined {
    return this.all.find((each) => each.name === name && each.owner === owner);
  }

  find(id: string): Application | undefined {
    return this.all.find((each) => each.id === id);
  }

  remove(application: Application): void {
    this.all.splice(this.all.indexOf(application), 1);
  }

  subscribers(api: Api): Application[] {
    return this.all.filter(({ subscriptions }) => subscriptions.some((each) => each.api === api));
  }

  /** @throws ImportRefused */
  async import(
    archive: Buffer,
    options: ApplicationImportOptions,
  ): Promise<{ application: Application; skipped: SkippedApi[] }> {
    const { info, keys, subscribed } = await readApplication(archive);
    const name = String(info.name);
    const owner = ownerOf(options, info);
    if (typeof info.throttlingPolicy !== 'string') {
      throw new ImportRefused(400, 900441, 'Throttling tier cannot be null');
    }
    const existing = this.named(name, owner);
    const application = existing ?? { id: randomUUID(), name, owner, info, keys: [], subscriptions: [] };
    application.info = info;
    if (existing === undefined) this.all.push(application);
    const update = options.update && existing !== undefined;
    const skipped = options.skipSubscriptions ? [] : this.#subscribe(application, subscribed, update);
    if (!options.skipKeys && keys.length > 0 && (update || application.keys.length === 0)) application.keys = keys;
    return { application, skipped };
  }

  /** The archive of an application. */
  async export(application: Application, options: { withKeys: boolean; json: boolean }): Promise<Buffer> {
    const { id, name, owner, info, keys, subscriptions } = application;
    const data = {
      applicationInfo: {
        ...info,
        applicationId: id,
        name,
        owner,
        status: 'APPROVED',
        subscriptionCount: subscriptions.length,
        keys: options.withKeys ? keys.map(written) : [],
      },
      subscribedAPIs: subscriptions.map(({ api, throttlingPolicy }) => ({
        apiId: { providerName: api.provider, apiName: api.name, version: api.version },
        throttlingPolicy,
      })),
    };
    const file = options.json ? 'application.json' : 'application.yaml';
    const document = options.json
      ? Buffer.from(JSON.stringify({ type: 'application', version: 'v4.7.0', data }))
      : projectDocument('application', data);
    return packProject(`${owner.replaceAll('/', '#')}-${name}`, new Map([[file, document]]));
  }

  #subscribe(application: Application, wanted: readonly WantedSubscription[], update: boolean): SkippedApi[] {
    const skipped: SkippedApi[] = [];
    for (const { name, version, provider, throttlingPolicy } of wanted) {
      const api = this.#catalogues
        .map((catalogue) => catalogue.named(name, version))
        .find((each) => each !== undefined);
      const policies = api?.working.api.policies;
      const offered = Array.isArray(policies) && policies.includes(throttlingPolicy);
      if (api?.lifeCycleStatus !== 'PUBLISHED' || !offered) {
        skipped.push({ name, version, provider });
        continue;
      }
      if (!application.subscriptions.some((each) => each.api === api)) {
        application.subscriptions.push({ id: randomUUID(), api, throttlingPolicy });
      } else if (!update) {
        const said = `Subscription already exists for API/API Product ${name} in Application ${application.name}`;
        throw new ImportRefused(409, 900437, said);
      }
    }
    return skipped;
  }
}

interface WantedSubscription extends SkippedApi {
  readonly throttlingPolicy: string;
}

async function readApplication(
  archive: Buffer,
): Promise<{ info: Table; keys: ApplicationKey[]; subscribed: WantedSubscription[] }> {
  const files = await filesBelowRoot(archive);
  const source = files.get('application.yaml') ?? files.get('application.json');
  const document = source === undefined ? undefined : (parseYaml(source.toString('utf8')) as { data?: Table } | null);
  const data = document?.data;
  const given = data?.applicationInfo as Table | undefined;
  if (data === undefined || given === undefined || typeof given.name !== 'string') {
    const needed = 'Cannot find Application definition. application.yaml or application.json should present';
    throw new ImportRefused(500, 900850, needed);
  }
  // The server keeps them in applicationInfo; recorded archives of apictl's mock have them beside it.
  const { keys = data.applicationKeys, ...info } = given;
  return {
    info,
    keys: list(keys).map(read),
    subscribed: list(data.subscribedAPIs).map((each) => {
      const api = each.apiId as Table;
      return {
        name: String(api.apiName),
        version: String(api.version),
        provider: String(api.providerName),
        throttlingPolicy: String(each.throttlingPolicy),
      };
    }),
  };
}

function ownerOf({ owner, preserveOwner, user }: ApplicationImportOptions, info: Table): string {
  if (owner !== '') return owner;
  return preserveOwner && typeof info.owner === 'string' ? info.owner : user;
}

function read(key: Table): ApplicationKey {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    keyType: key.keyType === 'SANDBOX' ? 'SANDBOX' : 'PRODUCTION',
    keyManager: text(key.keyManager) || 'Resident Key Manager',
    consumerKey: text(key.consumerKey),
    consumerSecret: Buffer.from(text(key.consumerSecret), 'base64').toString('utf8'),
    supportedGrantTypes: list(key.supportedGrantTypes) as unknown as string[],
    callbackUrl: text(key.callbackUrl),
  };
}

function written({ consumerSecret, ...key }: ApplicationKey): Table {
  return { ...key, consumerSecret: Buffer.from(consumerSecret, 'utf8').toString('base64'), keyState: 'COMPLETED' };
}

function list(value: unknown): Table[] {
  return Array.isArray(value) ? (value as Table[]) : [];
}
