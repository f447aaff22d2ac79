import { ServiceError } from '../base/errors.ts';
import type { Secrets } from '../base/ports.ts';
import type { KubernetesClient } from './client.ts';
import { codes } from './codes.ts';
import { at, isRecord, recordsAt, textAt } from './objects.ts';

/** Credentials for one registry, as a pull secret of the cluster holds them. */
export interface PullCredentials {
  /** Host and port, `docker.io` for Docker Hub. */
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** What the pull secrets of some pods came to. */
export interface PullSecrets {
  readonly credentials: readonly PullCredentials[];
  /** Named by a pod and not in the namespace: the kubelet goes on without them. */
  readonly absent: readonly string[];
  /** True when Secrets may not be read, so that nothing is known about them. */
  readonly hidden: boolean;
}

/**
 * Reads the pull secrets that pods of these templates will use: their own, and those of their service accounts. The
 * passwords are registered as secrets.
 */
export async function readPullSecrets(
  client: KubernetesClient,
  secrets: Secrets,
  templates: readonly unknown[],
): Promise<PullSecrets> {
  const names = new Set<string>();
  for (const template of templates) {
    const own = namesIn(template, 'spec', 'imagePullSecrets');
    own.forEach((name) => names.add(name));
    if (own.length > 0) continue;
    const account = textAt(template, 'spec', 'serviceAccountName') ?? 'default';
    const found = await permitted(() => client.find('ServiceAccount', account));
    namesIn(found === 'forbidden' ? undefined : found, 'imagePullSecrets').forEach((name) => names.add(name));
  }
  const credentials: PullCredentials[] = [];
  const absent: string[] = [];
  for (const name of names) {
    const secret = await permitted(() => client.find('Secret', name));
    if (secret === 'forbidden') return { credentials, absent, hidden: true };
    if (secret === undefined) absent.push(name);
    else credentials.push(...credentialsOf(secret));
  }
  for (const { password } of credentials) secrets.register(password);
  return { credentials, absent, hidden: false };
}

/** Reads a Secret of type kubernetes.io/dockerconfigjson (or the older dockercfg); empty for any other. */
export function credentialsOf(secret: unknown): PullCredentials[] {
  const current = textAt(secret, 'data', '.dockerconfigjson');
  const older = textAt(secret, 'data', '.dockercfg');
  let config: unknown;
  try {
    config = JSON.parse(Buffer.from(current ?? older ?? '', 'base64').toString('utf8'));
  } catch {
    return [];
  }
  const entries = current === undefined ? config : at(config, 'auths');
  return Object.entries(isRecord(entries) ? entries : {}).flatMap(([key, entry]) => {
    const [user, ...rest] = Buffer.from(textAt(entry, 'auth') ?? '', 'base64')
      .toString('utf8')
      .split(':');
    const username = textAt(entry, 'username') ?? user ?? '';
    const password = textAt(entry, 'password') ?? rest.join(':');
    return username === '' || password === '' ? [] : [{ registry: registryOf(key), username, password }];
  });
}

/** The keys of a docker configuration are hosts or URLs. */
function registryOf(key: string): string {
  const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return host === 'index.docker.io' || host === 'registry-1.docker.io' ? 'docker.io' : host;
}

function namesIn(value: unknown, ...path: string[]): string[] {
  return recordsAt(value, ...path).flatMap((reference) => textAt(reference, 'name') ?? []);
}

async function permitted<T>(read: () => Promise<T>): Promise<T | 'forbidden'> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ServiceError && error.code === codes.KUBERNETES_FORBIDDEN.code) return 'forbidden';
    throw error;
  }
}
