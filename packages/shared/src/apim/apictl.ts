import type { ApimEnvironment } from './environments.ts';

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

export function exportApi(
  name: string,
  apiVersion: string,
  environment: string,
  revision: RevisionChoice,
): ApictlCommand {
  const which = revision === 'working-copy' ? [] : revision === 'latest' ? ['--latest'] : ['--rev', String(revision)];
  return {
    args: ['export', 'api', `--name=${name}`, `--version=${apiVersion}`, '--environment', environment, ...which],
    success: /Successfully exported API!/,
    doing: `export ${name}:${apiVersion} from ${environment}`,
  };
}

export interface ImportFlags {
  readonly update: boolean;
  readonly preserveProvider: boolean;
  /** A params file whose name ends in .yaml, or a deployment folder whose path does not hold ".yaml". */
  readonly params: string | undefined;
}

export function importApi(archive: string, shown: string, environment: string, flags: ImportFlags): ApictlCommand {
  return {
    args: [
      'import',
      'api',
      '--file',
      archive,
      '--environment',
      environment,
      `--preserve-provider=${flags.preserveProvider}`,
      ...(flags.update ? ['--update'] : []),
      ...(flags.params === undefined ? [] : ['--params', flags.params]),
    ],
    success: /Successfully imported API\./,
    doing: `import ${shown} into ${environment}`,
  };
}
