/** The service metadata that the CAR plugin adds for APIs, proxy services and data services. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceArtifact } from '../sources.ts';
import { integratorRole, type Part } from './part.ts';

/** Metadata in three steps, in the order in which metadata.xml lists them. */
export interface Metadata {
  /** Made up from the artifacts. */
  readonly generated: readonly Part[];
  /** API definitions, and metadata that the project brings itself. */
  readonly brought: readonly Part[];
}

const hosts = 'https://{MI_HOST}:{MI_PORT}';

/** @param version of the project without -SNAPSHOT */
export function metadataOf(artifacts: readonly SourceArtifact[], resources: string, version: string): Metadata {
  const generated: Part[] = [];
  const definitions: Part[] = [];
  const brought: Part[] = [];
  for (const { kind, startTag } of artifacts) {
    const {
      name = '',
      version: own,
      context = '',
      description,
      'version-type': versionType,
    } = startTag?.attributes ?? {};
    const at = own ?? version;
    const file = (path: string) => join(resources, path);
    const versioned = own === undefined ? name : `${name}_${own}`;
    if (kind.root === 'api') {
      const url = `${hosts}${context}${versionType === 'url' ? `/${own ?? ''}` : ''}`;
      if (!existsSync(file(`metadata/${versioned}_metadata.yaml`))) {
        const text = yaml({ key: `${name}-${at}`, name, description, version: at, url, definition: 'OAS3' });
        generated.push(part(`${versioned}_metadata`, at, text));
      } else {
        brought.push(part(`${versioned}_metadata`, at, readFileSync(file(`metadata/${versioned}_metadata.yaml`))));
      }
      const definition = file(`api-definitions/${own === undefined ? name : `${name}_v${own}`}.yaml`);
      const swagger = file(`metadata/${versioned}_swagger.yaml`);
      if (existsSync(definition)) definitions.push(part(`${versioned}_swagger`, at, readFileSync(definition)));
      else if (existsSync(swagger)) brought.push(part(`${versioned}_swagger`, at, readFileSync(swagger)));
    }
    if (kind.root === 'proxy') {
      // Asked for under the versioned name, and taken under the plain one.
      if (!existsSync(file(`metadata/${versioned}_proxy_metadata.yaml`))) {
        const url = `${hosts}/services/${name}`;
        const text = yaml({ key: `${name}_proxy-${version}`, name, description, version, url, definition: 'WSDL1' });
        generated.push(part(own === undefined ? `${name}_proxy_metadata` : `${versioned}_metadata`, at, text));
      }
      const given = file(`metadata/${name}_proxy_metadata.yaml`);
      if (existsSync(given)) brought.push(part(`${name}_proxy_metadata`, at, readFileSync(given)));
    }
    if (kind.root === 'data' && !existsSync(file(`metadata/${name}_${at}_data_service_metadata.yaml`))) {
      const url = `${hosts}/services/${name}`;
      const text = yaml({ key: `${name}_proxy-${at}`, name, description, version: at, url, definition: 'OAS3' });
      generated.push(part(own === undefined ? `${name}_data_service_metadata` : `${versioned}_metadata`, at, text));
    }
  }
  return { generated, brought: [...definitions, ...brought] };
}

function part(name: string, version: string, content: Buffer): Part {
  return {
    name,
    version,
    type: 'synapse/metadata',
    serverRole: integratorRole,
    folder: `metadata/${name}_${version}`,
    fileName: `${name}-${version}.yaml`,
    content,
  };
}

interface Service {
  readonly key: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly version: string;
  readonly url: string;
  readonly definition: string;
}

/** Values go in as they are: a quotation mark breaks the YAML here as it does in the plugin. */
function yaml({ key, name, description, version, url, definition }: Service): Buffer {
  const lines = [
    '---',
    `key: "${key}"`,
    `name: "${name}"`,
    `displayName: "${name}"`,
    ...(description === undefined ? [] : [`description: "${description}"`]),
    `version: "${version}"`,
    `serviceUrl: "${url}"`,
    `definitionType: "${definition}"`,
    'securityType: "BASIC"',
    'mutualSSLEnabled: false',
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}
