/** The kinds of artifacts of the project layout src/main/wso2mi, and what the Maven plugin makes of each. */
import { basename } from 'node:path';
import type { Element } from '../formats/xml.ts';

export interface ArtifactKind {
  /** Folder below src/main/wso2mi/artifacts. */
  readonly folder: string;
  /** `type` in the CAR's artifact.xml. */
  readonly type: string;
  /** Name of the document's root element. */
  readonly root: string;
  /** For people: "sequence". */
  readonly noun: string;
}

/** In the order in which the plugin packs them. */
export const artifactKinds: readonly ArtifactKind[] = [
  { folder: 'apis', type: 'synapse/api', root: 'api', noun: 'API' },
  { folder: 'endpoints', type: 'synapse/endpoint', root: 'endpoint', noun: 'endpoint' },
  { folder: 'inbound-endpoints', type: 'synapse/inbound-endpoint', root: 'inboundEndpoint', noun: 'inbound endpoint' },
  { folder: 'local-entries', type: 'synapse/local-entry', root: 'localEntry', noun: 'local entry' },
  {
    folder: 'message-processors',
    type: 'synapse/message-processors',
    root: 'messageProcessor',
    noun: 'message processor',
  },
  { folder: 'message-stores', type: 'synapse/message-store', root: 'messageStore', noun: 'message store' },
  { folder: 'proxy-services', type: 'synapse/proxy-service', root: 'proxy', noun: 'proxy service' },
  { folder: 'sequences', type: 'synapse/sequence', root: 'sequence', noun: 'sequence' },
  { folder: 'tasks', type: 'synapse/task', root: 'task', noun: 'task' },
  { folder: 'templates', type: 'synapse/template', root: 'template', noun: 'template' },
  { folder: 'data-sources', type: 'datasource/datasource', root: 'datasource', noun: 'data source' },
  { folder: 'data-services', type: 'service/dataservice', root: 'data', noun: 'data service' },
];

export function kindOfFolder(folder: string): ArtifactKind | undefined {
  return artifactKinds.find((kind) => kind.folder === folder);
}

export function kindOfRoot(root: string): ArtifactKind | undefined {
  return artifactKinds.find((kind) => kind.root === root);
}

const otherNouns: Readonly<Record<string, string>> = {
  'registry/resource': 'registry resource',
  'config/property': 'properties',
  'synapse/lib': 'connector',
};

/** What people call an artifact of a type of artifact.xml. */
export function nounOf(type: string): string {
  return artifactKinds.find((kind) => kind.type === type)?.noun ?? otherNouns[type] ?? type;
}

/**
 * The name of an artifact in the CAR, as the plugin finds it (CAppHandler of vscode-car-plugin 5.4.12): a data source is
 * called after its file, a local entry by its key, and a version in the document becomes part of the name.
 * @returns undefined when the document gives no name
 */
export function artifactName(root: Element, file: string): string | undefined {
  const { version } = root.attributes;
  const name = baseName(root, file);
  return name === undefined || version === undefined ? name : `${name}_${version}`;
}

/** The same without a version. */
export function baseName({ name: root, attributes }: Element, file: string): string | undefined {
  if (root === 'datasource') return basename(file).slice(0, -4);
  return root === 'localEntry' ? attributes.key : attributes.name;
}
