import type { ExportWish, ImportFlags } from './apictl.ts';
import type { ApimEnvironment } from './environments.ts';
import type { ProjectKind } from './project-kind.ts';

/** The requests that apictl sends for an export or an import, held to recordings of it. */
export interface RestCall {
  readonly url: string;
  readonly accept: string;
}

/** The folders of the REST APIs; versions 4 and 3 from API Manager 4.2 on. */
const places: Readonly<Record<ProjectKind, (environment: ApimEnvironment) => string>> = {
  api: ({ publisher }) => `${publisher}/api/am/publisher/v4/apis`,
  'api-product': ({ publisher }) => `${publisher}/api/am/publisher/v4/api-products`,
  application: ({ devportal }) => `${devportal}/api/am/devportal/v3/applications`,
};

export interface ExportQuestion extends ExportWish {
  /** With the passwords of an API's endpoints (where the server's version can): a secret. Default: without. */
  readonly credentials?: boolean;
}

/** GET: the archive of a project. */
export function exportCall(wish: ExportQuestion, environment: ApimEnvironment): RestCall {
  const query = new URLSearchParams(wish.kind === 'application' ? applicationPairs(wish) : publisherPairs(wish));
  return { url: `${places[wish.kind ?? 'api'](environment)}/export?${query.toString()}`, accept: 'application/zip' };
}

/** POST: a form with the archive as its part "file". */
export function importCall(flags: ImportFlags, environment: ApimEnvironment): RestCall {
  const { kind = 'api', update, preserveProvider } = flags;
  const pairs: Readonly<Record<ProjectKind, [string, string][]>> = {
    api: [
      ...only(update, ['overwrite', 'true']),
      ['preserveProvider', String(preserveProvider)],
      ['rotateRevision', 'false'],
    ],
    'api-product': [
      ['preserveProvider', String(preserveProvider)],
      ['rotateRevision', 'false'],
      ...only(update, ['overwriteAPIProduct', 'true']),
    ],
    application: [
      ['appOwner', ''],
      ['preserveOwner', String(preserveProvider)],
      ['skipSubscriptions', String(flags.skipSubscriptions === true)],
      ['skipApplicationKeys', String(flags.skipKeys === true)],
      ['update', String(update)],
    ],
  };
  const query = new URLSearchParams(pairs[kind]);
  const accept = kind === 'application' ? '*/*' : 'application/json';
  return { url: `${places[kind](environment)}/import?${query.toString()}`, accept };
}

/** What apictl adds to an export: its own flags for the next import. */
export function metaOf({ kind = 'api', name, version: given }: ExportWish): { file: string; data: object } {
  const provider = { preserveProvider: true, rotateRevision: false };
  switch (kind) {
    case 'api':
      return { file: 'api_meta.yaml', data: meta({ ...provider, update: true }, { name, version: given }) };
    case 'api-product': {
      const flags = { importApis: true, ...provider, updateApiProduct: true };
      return { file: 'api_product_meta.yaml', data: meta(flags, { name, version: given }) };
    }
    case 'application': {
      const flags = { preserveOwner: true, skipKeys: true, skipSubscriptions: false, update: true };
      return { file: 'application_meta.yaml', data: meta(flags, { name, owner: given }) };
    }
  }
}

function meta(flags: object, identity: object): object {
  return { deploy: { import: flags }, ...identity };
}

function publisherPairs(wish: ExportQuestion): [string, string][] {
  const { kind = 'api', name, version: given, revision, credentials = false } = wish;
  const which: [string, string][] =
    revision === 'latest'
      ? [['latestRevision', 'true']]
      : revision === 'working-copy'
        ? []
        : [['revisionNumber', String(revision)]];
  const isApi = kind === 'api';
  return [
    ['name', name],
    ['version', given],
    ['providerName', ''],
    ['preserveStatus', 'true'],
    ...only(isApi || credentials, ['preserveCredentials', String(credentials)]),
    ...(isApi ? [] : which),
    ['format', 'YAML'],
    ...(isApi ? which : []),
  ];
}

function applicationPairs({ name, version: owner, withKeys }: ExportQuestion): [string, string][] {
  return [['appName', name], ['appOwner', owner], ['format', 'YAML'], ...only(withKeys === true, ['withKeys', 'true'])];
}

function only(wanted: boolean, pair: [string, string]): [string, string][] {
  return wanted ? [pair] : [];
}
