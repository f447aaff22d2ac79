/** A docker configuration of our own, so that the step's password is in no argument and in nobody else's file. */
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../base/errors.ts';
import type { Job } from '../../base/ports.ts';
import { codes } from '../codes.ts';
import type { Login } from '../credentials.ts';
import { credentialKey } from '../reference.ts';

/** Where docker keeps what is no credential, but is needed: builders, contexts, the buildx program. */
const SHARED = ['cli-plugins', 'buildx', 'contexts'];

/**
 * Writes the configuration into a private folder: what there is already, with these logins in it.
 * @returns the folder for DOCKER_CONFIG; undefined when there is nothing to add
 * @throws InputError REGISTRY_CREDENTIALS_UNREADABLE
 */
export function writeClientConfig(logins: readonly Login[], folder: string, job: Job): string | undefined {
  if (logins.length === 0) return undefined;
  const own = job.variable('DOCKER_CONFIG') ?? join(job.variable('HOME') ?? homedir(), '.docker');
  const config = readConfig(join(own, 'config.json'));
  const auths = { ...record(config.auths) };
  const helpers = { ...record(config.credHelpers) };
  for (const { registry, username, password } of logins) {
    const key = credentialKey(registry);
    auths[key] = { auth: Buffer.from(`${username}:${password}`).toString('base64') };
    // A helper for the same registry would win.
    Reflect.deleteProperty(helpers, key);
  }
  // A general store wins over entries, too; its other registries are asked for by name instead.
  const { credsStore, ...rest } = config;
  const stored = typeof credsStore === 'string' ? Object.keys(record(config.auths)) : [];
  for (const key of stored) if (!(key in helpers) && !hasAuth(auths[key])) helpers[key] = credsStore;
  const content = { ...rest, auths, credHelpers: helpers };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(content), { mode: 0o600 });
  for (const name of SHARED) {
    if (existsSync(join(own, name))) symlinkSync(join(own, name), join(folder, name));
  }
  return folder;
}

function hasAuth(entry: unknown): boolean {
  return typeof record(entry).auth === 'string';
}

function readConfig(path: string): Record<string, unknown> {
  if (!existsSync(path)) return {};
  try {
    return record(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const problem = 'is not readable JSON';
    throw new InputError(codes.REGISTRY_CREDENTIALS_UNREADABLE, [{ subject: path, problem }], { cause });
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
