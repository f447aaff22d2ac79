import { dataOf, keyTypesOf, subscriptionsOf } from './applications.ts';
import { projectOfKind, type ApiProject } from './archive.ts';
import { isSecretKey } from './state-secrets.ts';
import { isTable, type Table } from './table.ts';

/**
 * What an application is, as a journal may keep it: an application has no revision that would hold its former state.
 * Without keys, and without any value under a name that means a secret.
 */
export interface FormerApplication {
  /** As in an archive: description, throttling policy, attributes, groups … */
  readonly info: Table;
  readonly subscriptions: readonly ApiOfSubscription[];
}

/** An API or product that an application is subscribed to. */
interface ApiOfSubscription {
  readonly name: string;
  readonly version: string;
}

/** What a promotion gives to an application that was there before. */
export interface Brought {
  readonly subscriptions: readonly ApiOfSubscription[];
  /** `PRODUCTION`, `SANDBOX` */
  readonly keys: readonly string[];
}

/** What is to be remembered of an application. */
export function formerOf(application: Pick<ApiProject, 'files'>): FormerApplication {
  const { applicationInfo } = dataOf(application);
  const info = { ...(isTable(applicationInfo) ? applicationInfo : {}) };
  delete info.keys;
  return { info: open(info) as Table, subscriptions: subscriptionsOf(application).map(identity) };
}

/** The project that an import makes an application from again: without keys, and without subscriptions. */
export function projectOfFormer(former: FormerApplication, name: string, owner: string): ApiProject {
  const data = { applicationInfo: { ...former.info, name, owner, keys: [] }, subscribedAPIs: [] };
  const text = JSON.stringify({ type: 'application', version: 'v4.0.0', data });
  const root = `${owner}-${name}`.replaceAll('/', '#');
  const files = new Map([['application.json', Buffer.from(text, 'utf8')]]);
  return projectOfKind('application', root, files, `the former ${name} of ${owner}`);
}

/** What an import adds to an application. @param present what it is now */
export function broughtBy(application: Pick<ApiProject, 'files'>, present: Pick<ApiProject, 'files'>): Brought {
  const there = new Set(subscriptionsOf(present).map(nameOf));
  const added = subscriptionsOf(application).filter((each) => !there.has(nameOf(each)));
  return { subscriptions: added.map(identity), keys: keyTypesOf(application) };
}

/** What two attempts at the same promotion have brought. */
export function broughtByBoth(first: Brought | undefined, second: Brought | undefined): Brought | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  const all = [...first.subscriptions, ...second.subscriptions];
  return {
    subscriptions: [...new Map(all.map((each) => [nameOf(each), each])).values()],
    keys: [...new Set([...first.keys, ...second.keys])],
  };
}

function identity({ name, version }: ApiOfSubscription): ApiOfSubscription {
  return { name, version };
}

function nameOf({ name, version }: ApiOfSubscription): string {
  return `${name}:${version}`;
}

/** Without what a secret's name says of it. */
function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (!isTable(value)) return value;
  const shown = Object.entries(value).filter(([key]) => !isSecretKey(key));
  return Object.fromEntries(shown.map(([key, inner]) => [key, open(inner)]));
}
