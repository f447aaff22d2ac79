/** Image references: the grammar of the distribution project, with Docker Hub's habits. */
import { InputError } from '../base/errors.ts';
import { isDigest } from '../formats/digest.ts';
import { codes } from './codes.ts';

export interface ImageReference {
  /** Host and port as written; `docker.io` for Docker Hub. */
  readonly registry: string;
  /** `library/alpine`, `wso2/wso2mi`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const DOCKER_HUB = 'docker.io';
const EXAMPLE = 'ghcr.io/acme/employee-service:1.4.0';

const HOST =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::\d{1,5})?$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;

/**
 * Reads a reference. A missing registry means Docker Hub, there a single name means `library/name`; a missing tag
 * stays missing.
 * @param subject the input or file that the reference comes from, for the error
 * @throws InputError IMAGE_REFERENCE_INVALID
 */
export function parseReference(text: string, subject = 'image'): ImageReference {
  const reference = read(text);
  if (typeof reference === 'string') {
    throw new InputError(codes.IMAGE_REFERENCE_INVALID, [{ subject, problem: reference, example: EXAMPLE }]);
  }
  return reference;
}

function read(text: string): ImageReference | string {
  const shown = JSON.stringify(text);
  if (text === '') return 'is empty';
  if (/\s/.test(text)) return `${shown} contains white space`;
  if (/^[a-z]+:\/\//i.test(text)) return `${shown} is a URL; leave out the scheme`;
  if (text.includes('${') || text.includes('{{')) return `${shown} contains a placeholder that was not replaced`;

  const [beforeDigest = '', digest, ...more] = text.split('@');
  if (more.length > 0) return `${shown} has more than one @`;
  if (digest !== undefined && !isDigest(digest)) {
    return `${shown} has a malformed digest; it is sha256: and 64 hexadecimal digits in lower case`;
  }

  const slash = beforeDigest.indexOf('/');
  const first = slash < 0 ? undefined : beforeDigest.slice(0, slash);
  const explicit =
    first !== undefined && (/[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const registry = explicit ? first : DOCKER_HUB;
  const rest = explicit ? beforeDigest.slice(slash + 1) : beforeDigest;
  if (!HOST.test(registry)) return `${shown} has a malformed registry host ${JSON.stringify(registry)}`;

  const colon = rest.lastIndexOf(':');
  const name = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  const problem = repositoryProblem(name) ?? (tag === undefined ? undefined : tagProblem(tag));
  if (problem !== undefined) return `${shown} ${problem}`;

  const canonical = registry === 'index.docker.io' || registry === 'registry-1.docker.io' ? DOCKER_HUB : registry;
  const repository = canonical === DOCKER_HUB && !name.includes('/') ? `library/${name}` : name;
  return {
    registry: canonical,
    repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

function repositoryProblem(name: string): string | undefined {
  if (name === '') return 'has no repository name';
  if (name.length > 255) return 'has a repository name longer than 255 characters';
  if (name !== name.toLowerCase()) return `has capital letters in the repository name; write ${name.toLowerCase()}`;
  const wrong = name.split('/').find((component) => !COMPONENT.test(component));
  if (wrong === '') return 'has an empty part in the repository name (a slash too many)';
  return wrong === undefined
    ? undefined
    : `has a malformed part ${JSON.stringify(wrong)} in the repository name; allowed are a-z, 0-9 and single . _ - between them`;
}

/** What is wrong with a tag, or undefined. */
export function tagProblem(tag: string): string | undefined {
  if (TAG.test(tag)) return undefined;
  if (tag === '') return 'has an empty tag';
  return tag.length > 128
    ? 'has a tag longer than 128 characters'
    : `has a malformed tag ${JSON.stringify(tag)}; allowed are letters, digits, _ . - and it starts with a letter, digit or _`;
}

/** The reference in full: always with the registry, tag and digest where it has them. */
export function formatReference(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${reference.registry}/${reference.repository}${tag}${digest}`;
}

/** What to ask the registry for: the digest where there is one, else the tag, else `latest`. */
export function manifestName(reference: ImageReference): string {
  return reference.digest ?? reference.tag ?? 'latest';
}

/** The host that serves a registry's API: Docker Hub's is not the one in the references. */
export function apiHost(registry: string): string {
  return registry === DOCKER_HUB ? 'registry-1.docker.io' : registry;
}

/** The name under which docker stores a registry's credentials. */
export function credentialKey(registry: string): string {
  return registry === DOCKER_HUB ? 'https://index.docker.io/v1/' : registry;
}

/** http for registries on this machine, https for all others: the rule every client follows. */
export function defaultScheme(registry: string): 'http' | 'https' {
  const host = registry.replace(/:\d+$/, '');
  return host === 'localhost' || host.endsWith('.localhost') || /^127\.\d+\.\d+\.\d+$/.test(host) || host === '[::1]'
    ? 'http'
    : 'https';
}
