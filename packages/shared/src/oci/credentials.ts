/** Registry credentials: what the step was given, else what docker login left behind. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, messageOf, ToolError } from '../base/errors.ts';
import type { Ports, Secrets } from '../base/ports.ts';
import { oneLine } from '../base/text.ts';
import { codes } from './codes.ts';
import { credentialKey } from './reference.ts';

export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** A refresh token for the registry's token service. */
  | { readonly kind: 'identity-token'; readonly token: string }
  /** Sent to the registry as it is. */
  | { readonly kind: 'registry-token'; readonly token: string };

/** Credentials that the workflow gives for one registry. */
export interface Login {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

export type CredentialPorts = Pick<Ports, 'exec' | 'job' | 'secrets'>;

interface DockerConfig {
  readonly auths?: Readonly<Record<string, DockerAuth>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

interface DockerAuth {
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
}

const HELPER_TIMEOUT_MS = 30_000;

/**
 * The credentials for a registry: an explicit login, else from docker's configuration the registry's own helper, its
 * stored entry, the general store; undefined means anonymous.
 * @throws InputError REGISTRY_CREDENTIALS_UNREADABLE; ToolError REGISTRY_CREDENTIAL_HELPER, TOOL_TIMEOUT
 */
export async function findCredentials(
  registry: string,
  logins: readonly Login[],
  ports: CredentialPorts,
): Promise<Credentials | undefined> {
  const login = logins.find((candidate) => candidate.registry === registry);
  const found =
    login === undefined
      ? await fromDockerConfig(registry, ports)
      : { kind: 'password' as const, username: login.username, password: login.password };
  if (found?.kind === 'password') {
    ports.secrets.register(found.password);
    // In base64 this is the Authorization header.
    ports.secrets.register(`${found.username}:${found.password}`);
  } else if (found !== undefined) {
    ports.secrets.register(found.token);
  }
  return found;
}

async function fromDockerConfig(registry: string, ports: CredentialPorts): Promise<Credentials | undefined> {
  const path = configPath(ports);
  const config = path === undefined ? undefined : await readConfig(path);
  if (path === undefined || config === undefined) return undefined;
  const key = credentialKey(registry);
  const helper = byRegistry(config.credHelpers, registry);
  if (helper !== undefined) return askHelper(helper, key, ports);
  const stored = fromEntry(byRegistry(config.auths, registry), registry, path);
  if (stored !== undefined) return stored;
  return config.credsStore === undefined || config.credsStore === ''
    ? undefined
    : askHelper(config.credsStore, key, ports);
}

function configPath({ job }: CredentialPorts): string | undefined {
  const folder = job.variable('DOCKER_CONFIG');
  if (folder !== undefined) return join(folder, 'config.json');
  const home = job.variable('HOME') ?? job.variable('USERPROFILE');
  return home === undefined ? undefined : join(home, '.docker', 'config.json');
}

async function readConfig(path: string): Promise<DockerConfig | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(path, `cannot be read: ${messageOf(cause)}`);
  }
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null) return document;
  } catch {
    // The parser's message quotes the file, which holds passwords: it is not passed on.
  }
  throw unreadable(path, 'is not a JSON object');
}

/** The entry for a registry, under any of the spellings that docker login has used over the years. */
function byRegistry<T>(entries: Readonly<Record<string, T>> | undefined, registry: string): T | undefined {
  if (entries === undefined) return undefined;
  const wanted = hostOf(credentialKey(registry));
  const exact = entries[credentialKey(registry)] ?? entries[registry];
  return exact ?? Object.entries(entries).find(([key]) => hostOf(key) === wanted)?.[1];
}

function hostOf(key: string): string {
  const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return host === 'docker.io' || host === 'registry-1.docker.io' ? 'index.docker.io' : host;
}

function fromEntry(entry: DockerAuth | undefined, registry: string, path: string): Credentials | undefined {
  if (entry === undefined) return undefined;
  if (entry.registrytoken) return { kind: 'registry-token', token: entry.registrytoken };
  if (entry.identitytoken) return { kind: 'identity-token', token: entry.identitytoken };
  if (entry.username && entry.password !== undefined) {
    return { kind: 'password', username: entry.username, password: entry.password };
  }
  if (!entry.auth) return undefined;
  const pair = Buffer.from(entry.auth, 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = pair.indexOf(':');
  if (colon < 1) throw unreadable(path, `has an auth entry for ${registry} that is not user:password in base64`);
  return { kind: 'password', username: pair.slice(0, colon), password: pair.slice(colon + 1) };
}

/** What helpers have answered in this run. Asked once: a second answer would come back with its secret masked. */
const helperAnswers = new WeakMap<Secrets, Map<string, Promise<Credentials | undefined>>>();

function askHelper(name: string, key: string, ports: CredentialPorts): Promise<Credentials | undefined> {
  const answers = helperAnswers.get(ports.secrets) ?? new Map<string, Promise<Credentials | undefined>>();
  helperAnswers.set(ports.secrets, answers);
  const question = `${name} ${key}`;
  const answer = answers.get(question) ?? callHelper(name, key, ports);
  answers.set(question, answer);
  return answer;
}

/** The protocol of docker-credential-helpers: the server's name on stdin, a JSON object on stdout. */
async function callHelper(
  name: string,
  key: string,
  { exec, secrets }: CredentialPorts,
): Promise<Credentials | undefined> {
  const command = `docker-credential-${name}`;
  const result = await exec.run({ command, args: ['get'], stdin: key, timeoutMs: HELPER_TIMEOUT_MS });
  const fail = (problem: string) =>
    new ToolError(codes.REGISTRY_CREDENTIAL_HELPER, `${command} gave no credentials for ${key}: ${problem}`, {
      command: [command, 'get'],
      exitCode: result.exitCode,
    });
  if (result.exitCode !== 0) {
    const words = oneLine(`${result.stdout} ${result.stderr}`);
    if (/credentials not found/i.test(words)) return undefined;
    throw fail(words === '' ? `exit code ${String(result.exitCode)}` : words);
  }
  let answer: unknown;
  try {
    answer = JSON.parse(result.stdout);
  } catch {
    throw fail('its output is not JSON');
  }
  const { Username: username, Secret: secret } = (answer ?? {}) as { Username?: unknown; Secret?: unknown };
  if (typeof username !== 'string' || typeof secret !== 'string') throw fail('its output lacks Username or Secret');
  secrets.register(secret);
  if (username === '' && secret === '') return undefined;
  return username === '<token>'
    ? { kind: 'identity-token', token: secret }
    : { kind: 'password', username, password: secret };
}

function unreadable(path: string, problem: string): InputError {
  return new InputError(codes.REGISTRY_CREDENTIALS_UNREADABLE, [{ subject: path, problem }]);
}
