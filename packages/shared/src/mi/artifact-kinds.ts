/** The kinds of artifacts of the project layout src/main/wso2mi, and what the Maven plugin makes of each. */
import { childrenNamed, type Element } from '../formats/xml.ts';

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
  { folder: 'data-services', type: 'service/dataservice', root: 'data', noun: 'data service' },
  { folder: 'data-sources', type: 'datasource/datasource', root: 'datasource', noun: 'data source' },
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

/** The name that a document gives its artifact, as the plugin puts it into the CAR; undefined when it gives none. */
export function artifactName(root: Element): string | undefined {
  const { name, key, version } = root.attributes;
  if (root.name === 'datasource') return childrenNamed(root, 'name')[0]?.text.trim();
  if (root.name === 'localEntry') return key;
  // An API with a version becomes an artifact of its own beside the other versions.
  return root.name === 'api' && name !== undefined && version ? `${name}_${version}` : name;
}
