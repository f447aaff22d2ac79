/** What the artifacts of a project call by name, and which of it the project does not have. */
import { parse } from 'node:path';
import type { Element } from '../formats/xml.ts';
import { artifactName, kindOfRoot } from './artifact-kinds.ts';
import type { MiSources } from './sources.ts';

export interface Unresolved {
  /** Absolute path of the file that calls. */
  readonly file: string;
  readonly line: number;
  /** "The sequence". */
  readonly what: string;
  readonly key: string;
}

/** Element, attribute, folder of what it names. */
const references: readonly (readonly [element: string, attribute: string, folder: string])[] = [
  ['sequence', 'key', 'sequences'],
  ['endpoint', 'key', 'endpoints'],
  ['call-template', 'target', 'templates'],
  ['store', 'messageStore', 'message-stores'],
  ['messageProcessor', 'messageStore', 'message-stores'],
  ['inboundEndpoint', 'sequence', 'sequences'],
  ['inboundEndpoint', 'onError', 'sequences'],
];

const nouns: Readonly<Record<string, string>> = {
  sequences: 'The sequence',
  endpoints: 'The endpoint',
  templates: 'The template',
  'message-stores': 'The message store',
};

/** Sequences that the server itself brings. */
const builtIn: ReadonlySet<string> = new Set(['main', 'fault']);

/** Static references that neither an artifact nor a listed registry resource of the project answers, each once a file. */
export function findUnresolved(sources: MiSources): Unresolved[] {
  const known = new Set([
    // A file that is there and broken, or in the wrong place, is a finding of its own.
    ...sources.artifacts.map(({ kind, name, file }) => `${kind.folder} ${name ?? parse(file).name}`),
    ...sources.strays.flatMap(({ root, file }) => {
      const kind = root === undefined ? undefined : kindOfRoot(root.name);
      return root === undefined || kind === undefined ? [] : [`${kind.folder} ${artifactName(root, file) ?? ''}`];
    }),
  ]);
  const registry = new Set(sources.registry.items.map(({ registryPath }) => registryPath));
  return sources.artifacts.flatMap(({ file, root }) => {
    if (root === undefined) return [];
    const found = new Map<string, Unresolved>();
    for (const element of walk(root)) {
      for (const [name, attribute, folder] of references) {
        const key = element.name === name ? element.attributes[attribute] : undefined;
        if (key === undefined || isDynamic(key) || builtIn.has(key) || known.has(`${folder} ${key}`)) continue;
        if (isRegistryPath(key)) continue;
        found.set(`${folder} ${key}`, { file, line: element.line, what: nouns[folder] ?? folder, key });
      }
      for (const key of Object.values(element.attributes).filter(isRegistryPath)) {
        if (isDynamic(key) || registry.has(absolutePath(key))) continue;
        found.set(key, { file, line: element.line, what: 'The registry resource', key });
      }
    }
    return [...found.values()];
  });
}

function* walk(element: Element): Generator<Element> {
  yield element;
  for (const child of element.children) yield* walk(child);
}

/** An expression that only the server can evaluate. */
function isDynamic(key: string): boolean {
  return /[{}$]/.test(key);
}

function isRegistryPath(key: string): boolean {
  return /^(?:gov|conf):/.test(key);
}

function absolutePath(key: string): string {
  return key.replace(/^gov:\/*/, '/_system/governance/').replace(/^conf:\/*/, '/_system/config/');
}
