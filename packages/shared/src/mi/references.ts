/** What the artifacts of a project call by name, and which of it neither the project nor anything declared has. Pure. */
import { parse } from 'node:path';
import type { Element } from '../formats/xml.ts';
import { artifactName, baseName, kindOfRoot } from './artifact-kinds.ts';
import type { MiSources, SourceArtifact } from './sources.ts';

export interface Unresolved {
  /** Absolute path of the file that calls. */
  readonly file: string;
  readonly line: number;
  /** "The sequence". */
  readonly what: string;
  readonly key: string;
}

/** A place where Synapse looks something up by name. */
interface Reference {
  readonly attribute: string;
  readonly folder: string;
}

const to = (folder: string, ...attributes: string[]): Reference[] =>
  attributes.map((attribute) => ({ attribute, folder }));

/** Element → attributes that name artifacts of a folder. */
const references: ReadonlyMap<string, readonly Reference[]> = new Map([
  ['sequence', [...to('sequences', 'key', 'onError')]],
  ['endpoint', [...to('endpoints', 'key'), ...to('templates', 'template')]],
  ['call-template', to('templates', 'target')],
  ['store', [...to('message-stores', 'messageStore'), ...to('sequences', 'sequence')]],
  ['messageProcessor', [...to('message-stores', 'messageStore'), ...to('endpoints', 'targetEndpoint')]],
  ['inboundEndpoint', to('sequences', 'sequence', 'onError')],
  ['resource', to('sequences', 'inSequence', 'outSequence', 'faultSequence')],
  [
    'target',
    [...to('sequences', 'inSequence', 'outSequence', 'faultSequence', 'sequence'), ...to('endpoints', 'endpoint')],
  ],
  ['foreach', to('sequences', 'sequence')],
  ['onComplete', to('sequences', 'sequence')],
  ['throttle', to('sequences', 'onAccept', 'onReject')],
  ['dataServiceCall', to('data-services', 'serviceName')],
]);

/** Names in the text or value of <parameter name="…"> and <property name="…">, by the root of the document. */
const named: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  messageProcessor: {
    sequence: 'sequences',
    'message.processor.reply.sequence': 'sequences',
    'message.processor.fault.sequence': 'sequences',
    'message.processor.deactivate.sequence': 'sequences',
    'message.processor.failMessagesStore': 'message-stores',
  },
  messageStore: { 'store.failover.message.store.name': 'message-stores' },
  task: { sequenceName: 'sequences', proxyName: 'proxy-services' },
};

/** Elements that look a local entry up by its key. */
const localEntryUsers: ReadonlySet<string> = new Set(['xslt', 'xquery', 'schema', 'script', 'rule', 'datamapper']);

const nouns: Readonly<Record<string, string>> = {
  sequences: 'The sequence',
  endpoints: 'The endpoint',
  templates: 'The template',
  'message-stores': 'The message store',
  'proxy-services': 'The proxy service',
  'data-services': 'The data service',
  'local-entries': 'The local entry',
};

/** Elements whose content is a message, not configuration. */
const foreign: ReadonlySet<string> = new Set(['format', 'source', 'property', 'args', 'localEntry', 'message']);

/** Sequences and endpoints that the server itself brings. */
const builtIn: ReadonlySet<string> = new Set(['main', 'fault', 'anonymous']);

/**
 * Static references that neither an artifact nor a listed registry resource of the project answers, each once a file.
 * @param elsewhere names of artifacts in the other carbon applications that go with this one
 */
export function findUnresolved(sources: MiSources, elsewhere: ReadonlySet<string> = new Set()): Unresolved[] {
  const known = new Set<string>();
  const add = (folder: string, ...names: (string | undefined)[]) => {
    for (const name of names) if (name !== undefined) known.add(`${folder} ${name}`);
  };
  // A file that is there and broken, or in the wrong place, is a finding of its own.
  for (const { kind, name, file, startTag } of sources.artifacts) {
    const inside = startTag === undefined ? undefined : baseName(startTag, file);
    add(kind.folder, name ?? parse(file).name, inside);
    add(kindOfRoot(startTag?.name ?? '')?.folder ?? kind.folder, inside);
  }
  for (const { root, file } of sources.strays) {
    const kind = root === undefined ? undefined : kindOfRoot(root.name);
    if (root !== undefined && kind !== undefined) add(kind.folder, artifactName(root, file) ?? '');
  }
  const registry = [...sources.registry.items, ...sources.registry.beyond];
  const paths = new Set(registry.map(({ registryPath }) => registryPath));
  const folders = registry
    .filter(({ element }) => element.name === 'collection')
    .map(({ registryPath }) => registryPath);
  const isKnown = (folder: string, key: string) =>
    known.has(`${folder} ${key}`) || builtIn.has(key) || elsewhere.has(key) || isDynamic(key);
  return sources.artifacts.flatMap((source) => {
    const found = new Map<string, Unresolved>();
    for (const { folder, key, line } of referencesOf(source)) {
      if (folder === 'registry') {
        const path = absolutePath(key);
        if (isDynamic(key) || paths.has(path) || folders.some((above) => path.startsWith(`${above}/`))) continue;
        found.set(key, { file: source.file, line, what: 'The registry resource', key });
      } else if (!isKnown(folder, key)) {
        found.set(`${folder} ${key}`, { file: source.file, line, what: nouns[folder] ?? folder, key });
      }
    }
    return [...found.values()];
  });
}

interface Call {
  readonly folder: string;
  readonly key: string;
  readonly line: number;
}

function referencesOf({ root }: SourceArtifact): Call[] {
  if (root === undefined) return [];
  const calls: Call[] = [];
  const byParameter = named[root.name];
  const call = (folder: string, key: string, line: number) => {
    if (key !== '') calls.push({ folder: isRegistryPath(key) ? 'registry' : folder, key, line });
  };
  const visit = (element: Element) => {
    const { name, attributes, line } = element;
    for (const { attribute, folder } of references.get(name) ?? []) {
      const key = attributes[attribute];
      // The root has the attributes of the artifact itself: a sequence's key is no call there.
      if (key !== undefined && (element !== root || attribute !== 'key')) call(folder, key, line);
    }
    const { key } = attributes;
    if (key !== undefined && localEntryUsers.has(name)) call('local-entries', key, line);
    if (attributes.configKey !== undefined) call('local-entries', attributes.configKey, line);
    for (const attribute in attributes) {
      const value = attributes[attribute] ?? '';
      if (isRegistryPath(value)) call('registry', value, line);
    }
    if (byParameter !== undefined && (name === 'parameter' || name === 'property')) {
      const folder = byParameter[attributes.name ?? ''];
      if (folder !== undefined) call(folder, attributes.value ?? element.text.trim(), line);
    }
    if (!foreign.has(name)) element.children.forEach(visit);
  };
  visit(root);
  return calls;
}

/** An expression that only the server can evaluate. */
function isDynamic(key: string): boolean {
  return /[{}$]/.test(key);
}

function isRegistryPath(key: string): boolean {
  return key.startsWith('gov:') || key.startsWith('conf:');
}

function absolutePath(key: string): string {
  return key.replace(/^gov:\/*/, '/_system/governance/').replace(/^conf:\/*/, '/_system/config/');
}
