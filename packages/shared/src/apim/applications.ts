import { VerificationError } from '../base/errors.ts';
import type { Secrets } from '../base/ports.ts';
import { formatYaml } from '../formats/yaml.ts';
import type { ApiProject } from './archive.ts';
import { codes } from './codes.ts';
import { mainDocuments } from './project-kind.ts';
import type { Change } from './state-compare.ts';
import { dataIn, documentIn, isTable, tablesOf, textOr, type Table } from './table.ts';

/** One subscription of an application. */
export interface Subscription {
  readonly name: string;
  readonly version: string;
  readonly throttlingPolicy: string;
}

/** The subscriptions in an application's archive. */
export function subscriptionsOf(application: Pick<ApiProject, 'files'>): Subscription[] {
  return tablesOf(dataOf(application).subscribedAPIs).flatMap((entry) => {
    const { apiId } = entry;
    if (!isTable(apiId)) return [];
    const name = textOr(apiId.apiName, '');
    const version = textOr(apiId.version, '');
    return name === '' ? [] : [{ name, version, throttlingPolicy: textOr(entry.throttlingPolicy, '') }];
  });
}

/** The kinds of keys in an application's archive: `PRODUCTION`, `SANDBOX`. Not the keys. */
export function keyTypesOf(application: Pick<ApiProject, 'files'>): string[] {
  return keysIn(dataOf(application)).map((key) => textOr(key.keyType, ''));
}

/** Has the runner mask the consumer keys and secrets of an archive, as they stand there and decoded. */
export function maskKeys(application: Pick<ApiProject, 'files'>, secrets: Pick<Secrets, 'register'>): void {
  for (const key of keysIn(dataOf(application))) {
    for (const value of [textOr(key.consumerKey, ''), textOr(key.consumerSecret, '')]) {
      if (value === '') continue;
      secrets.register(value);
      const decoded = Buffer.from(value, 'base64');
      // The server writes secrets in base64 (carbon-apimgt, ExportUtils of the devportal).
      if (decoded.toString('base64') === value && decoded.length > 0) secrets.register(decoded.toString('utf8'));
    }
  }
}

/**
 * The application without its keys or its subscriptions: an import then brings none, and a plan compares none.
 * @param parts of keys `untold`: only those whose key or secret the archive lacks, which an import would empty
 */
export function withoutParts(
  application: ApiProject,
  parts: { readonly keys: boolean | 'untold'; readonly subscriptions: boolean },
): ApiProject {
  const name = mainDocuments.application.names.find((each) => application.files.has(each));
  const document = name === undefined ? undefined : documentIn(application.files, name);
  if (name === undefined || !isTable(document) || !isTable(document.data)) return application;
  if (parts.keys === false && !parts.subscriptions) return application;
  const data: Table = { ...document.data };
  if (parts.subscriptions) data.subscribedAPIs = [];
  if (parts.keys !== false) {
    const keys = parts.keys === 'untold' ? keysIn(data).filter(isWhole) : [];
    delete data.applicationKeys;
    if (isTable(data.applicationInfo)) data.applicationInfo = { ...data.applicationInfo, keys };
  }
  const changed = { ...document, data };
  const text = name.endsWith('.json') ? JSON.stringify(changed) : formatYaml(changed);
  return { ...application, files: new Map(application.files).set(name, Buffer.from(text, 'utf8')) };
}

function isWhole(key: Table): boolean {
  return textOr(key.consumerKey, '') !== '' && textOr(key.consumerSecret, '') !== '';
}

/** Where a server puts keys: in applicationInfo (carbon-apimgt, ApplicationDTO); beside it in archives of old releases. */
function keysIn(data: Table): readonly Table[] {
  const info = isTable(data.applicationInfo) ? data.applicationInfo : {};
  return [...tablesOf(info.keys), ...tablesOf(data.applicationKeys)];
}

/** The `data:` of an application's main document. */
export function dataOf({ files }: Pick<ApiProject, 'files'>): Table {
  const data = dataIn(files, mainDocuments.application.names);
  return isTable(data) ? data : {};
}

/**
 * Subscriptions that would have to move to another policy: an import leaves those that exist as they are (carbon-apimgt,
 * ImportUtils of the devportal).
 * @param changes of an application, from the target to what is wanted
 * @returns in words
 */
export function policyMoves(changes: readonly Pick<Change, 'path' | 'kind' | 'before' | 'after'>[]): string[] {
  return changes.flatMap(({ path, kind, before = '', after = '' }) => {
    const [, api] = /^subscribedAPIs\[(.+)\]\.throttlingPolicy$/.exec(path) ?? [];
    if (api === undefined || kind !== 'changed') return [];
    return [`is subscribed to ${api} with the policy ${before}, and an import does not change that to ${after}`];
  });
}

/**
 * An application was imported and some of its subscriptions were not (status 207): the API is not there, not published,
 * or does not offer the policy. Undefined for any other answer.
 * @param output the answer, or apictl's words with the answer in them
 */
export function skippedIn(output: string, shown: string): VerificationError | undefined {
  if (!output.includes('207 Multi-Status')) return undefined;
  const names = [...output.matchAll(/\{.*\}/g)].flatMap(([json]) => skippedNames(json));
  const list = names.length === 0 ? 'the server does not say which' : names.join(', ');
  const message = `${shown} was imported without some of its subscriptions: ${list}`;
  return new VerificationError(codes.SUBSCRIPTIONS_SKIPPED, message);
}

function skippedNames(json: string): string[] {
  try {
    const { list } = JSON.parse(json) as { list?: unknown };
    return tablesOf(list).map(({ name, version }) => `${textOr(name, '?')}:${textOr(version, '?')}`);
  } catch {
    return [];
  }
}
