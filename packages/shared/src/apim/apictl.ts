import type { ApimEnvironment } from './environments.ts';
import type { ProjectKind } from './project-kind.ts';

/**
 * apictl's command lines, and what each prints when it has worked: exit code 0 alone says nothing. Secrets are never
 * among the arguments.
 */
export interface ApictlCommand {
  readonly args: readonly string[];
  /** Must be found in standard output. */
  readonly success: RegExp;
  /** For messages: "export EmployeeAPI:1.0.0 from dev". */
  readonly doing: string;
}

export const version: ApictlCommand = { args: ['version'], success: /Version: \S+/, doing: 'tell its version' };

/** apictl's own limit for every request, in milliseconds. */
export function limitRequests(timeoutMs: number): ApictlCommand {
  return {
    args: ['set', '--http-request-timeout', String(timeoutMs)],
    success: /Http Request Timeout is set to/,
    doing: 'set the request timeout',
  };
}

export function addEnvironment(environment: ApimEnvironment): ApictlCommand {
  const { name, apim, registration, publisher, devportal, admin, token } = environment;
  const all = { registration, publisher, devportal, admin };
  const single = apim !== undefined && Object.values(all).every((url) => url === apim);
  const urls = single ? ['--apim', apim] : Object.entries(all).flatMap(([part, url]) => [`--${part}`, url]);
  return {
    args: ['add', 'env', name, ...urls, '--token', token],
    success: /Successfully added environment/,
    doing: `add the environment ${name}`,
  };
}

/** The password goes to standard input. */
export function login(environment: string, username: string): ApictlCommand {
  return {
    args: ['login', environment, '--username', username, '--password-stdin'],
    success: /Logged into APIM in +\S+ environment/,
    doing: `log in to ${environment}`,
  };
}

/** Which state of an API is exported: its working copy, its latest revision, or one by number. */
export type RevisionChoice = 'working-copy' | 'latest' | number;

/** What of a kind is exported; default: an API. */
export interface ExportedKind {
  readonly kind?: ProjectKind;
  /** An application with its consumer keys and secrets. */
  readonly withKeys?: boolean;
}

/** What is exported: of an application `version` is the owner, and it has no revisions. */
export interface ExportWish extends ExportedKind {
  readonly name: string;
  readonly version: string;
  readonly revision: RevisionChoice;
}

/** @param knowsProductVersion false for apictl up to 4.2.2, which refuses `--version` for a product */
export function exportProject(wish: ExportWish, environment: string, knowsProductVersion = true): ApictlCommand {
  const { kind = 'api', name, version: given, revision } = wish;
  const { command, noun } = words[kind];
  const which = revision === 'working-copy' ? [] : revision === 'latest' ? ['--latest'] : ['--rev', String(revision)];
  const identity =
    kind === 'application'
      ? [`--owner=${given}`]
      : kind === 'api-product' && !knowsProductVersion
        ? []
        : [`--version=${given}`];
  const choice = kind === 'application' ? (wish.withKeys === true ? ['--with-keys'] : []) : which;
  return {
    args: ['export', command, `--name=${name}`, ...identity, '--environment', environment, ...choice],
    success: new RegExp(`Successfully exported ${noun}!`),
    doing: `export ${name}:${given} from ${environment}`,
  };
}

/** Where apictl puts an export, below its folder of exports. */
export function exportedFile({ kind = 'api', name, version: given }: ExportWish, environment: string): string {
  const { folder } = words[kind];
  const file = kind === 'application' ? `${given.replaceAll('/', '#')}_${name}` : `${name}_${given}`;
  return `${folder}/${environment}/${file}.zip`;
}

export interface ImportFlags {
  /** Default: api. */
  readonly kind?: ProjectKind;
  readonly update: boolean;
  /** Of an application: keep its owner. */
  readonly preserveProvider: boolean;
  /** A params file whose name ends in .yaml, or a deployment folder whose path does not hold ".yaml". */
  readonly params: string | undefined;
  /** Of an application. */
  readonly skipSubscriptions?: boolean;
  readonly skipKeys?: boolean;
}

export function importProject(archive: string, shown: string, environment: string, flags: ImportFlags): ApictlCommand {
  const { kind = 'api' } = flags;
  const { command, noun } = words[kind];
  const own = kind === 'application' ? applicationFlags(flags) : publisherFlags(kind, flags);
  return {
    args: ['import', command, '--file', archive, '--environment', environment, ...own],
    success: new RegExp(`Successfully imported ${noun}\\.`),
    doing: `import ${shown} into ${environment}`,
  };
}

function publisherFlags(kind: ProjectKind, flags: ImportFlags): string[] {
  const update = kind === 'api' ? '--update' : '--update-api-product';
  return [
    `--preserve-provider=${flags.preserveProvider}`,
    ...(flags.update ? [update] : []),
    ...(flags.params === undefined ? [] : ['--params', flags.params]),
  ];
}

function applicationFlags({ preserveProvider, update, skipSubscriptions, skipKeys }: ImportFlags): string[] {
  return [
    ...(preserveProvider ? ['--preserve-owner'] : []),
    ...(skipSubscriptions === true ? ['--skip-subscriptions'] : []),
    ...(skipKeys === true ? ['--skip-keys'] : []),
    ...(update ? ['--update'] : []),
  ];
}

/** apictl's words for each kind. */
const words: Readonly<Record<ProjectKind, { command: string; noun: string; folder: string }>> = {
  api: { command: 'api', noun: 'API', folder: 'apis' },
  'api-product': { command: 'api-product', noun: 'API Product', folder: 'api-products' },
  application: { command: 'app', noun: 'Application', folder: 'apps' },
};
