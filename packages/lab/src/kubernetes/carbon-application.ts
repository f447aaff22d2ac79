/** Reads carbon application archives (CAR) as a Micro Integrator does when it deploys them. */
import { messageOf } from '@wso2-delivery/shared/base/errors';
import { childrenNamed, parseXml, type Element } from '@wso2-delivery/shared/formats/xml';
import { readZip } from '@wso2-delivery/shared/formats/zip';

/** An API that a carbon application brings. */
export interface SynapseApi {
  readonly name: string;
  /** The path it answers on, with its version where that is part of it. */
  readonly context: string;
}

export interface DeployedArtifact {
  readonly name: string;
  readonly type: string;
}

export interface CarbonApplication {
  readonly file: string;
  readonly name: string;
  readonly version: string;
  readonly artifacts: readonly DeployedArtifact[];
  readonly apis: readonly SynapseApi[];
  /** Why its deployment failed: a faulty application. */
  readonly fault?: string;
}

/** A file that never becomes an application: the server only logs why. */
export interface RejectedArchive {
  readonly file: string;
  readonly rejected: string;
}

/** Reads one archive. */
export async function readCarbonApplication(
  file: string,
  archive: Buffer,
): Promise<CarbonApplication | RejectedArchive> {
  let entries: ReadonlyMap<string, string>;
  try {
    const read = await readZip(archive);
    entries = new Map(read.map((entry) => [entry.name, entry.data.toString()]));
  } catch (thrown) {
    return { file, rejected: messageOf(thrown) };
  }
  const descriptor = entries.get('artifacts.xml');
  if (descriptor === undefined) return { file, rejected: 'artifacts.xml not found' };
  let application: Element | undefined;
  try {
    application = childrenNamed(parseXml(descriptor), 'artifact').find(
      ({ attributes }) => attributes.type === 'carbon/application',
    );
  } catch (thrown) {
    return { file, rejected: `artifacts.xml: ${messageOf(thrown)}` };
  }
  if (application === undefined) return { file, rejected: 'artifacts.xml names no carbon application' };
  const { name = '', version = '' } = application.attributes;
  const artifacts: DeployedArtifact[] = [];
  const apis: SynapseApi[] = [];
  const dependencies = childrenNamed(application, 'dependency');
  if (dependencies.length === 0) return { file, rejected: 'No dependencies found in the carbon application' };
  for (const { attributes } of dependencies) {
    const { artifact = '', version: artifactVersion = '' } = attributes;
    const folder = `${artifact}_${artifactVersion}`;
    const own = entries.get(`${folder}/artifact.xml`);
    // Measured gap: an unsatisfied dependency is logged only, and the application is not in the faulty list.
    if (own === undefined)
      return { file, rejected: `Dependent artifact ${artifact} ${artifactVersion} is not in the archive` };
    try {
      const root = parseXml(own);
      const payload = (childrenNamed(root, 'file')[0]?.text ?? '').trim();
      const type = root.attributes.type ?? '';
      const text = entries.get(`${folder}/${payload}`);
      if (text === undefined) throw new Error(`${folder}/${payload} does not exist`);
      if (payload.endsWith('.xml')) {
        const content = parseXml(text);
        if (type === 'synapse/api') apis.push(apiOf(content));
      }
      artifacts.push({ name: artifact, type: type.replace(/^synapse\//, '') });
    } catch (thrown) {
      return { file, name, version, artifacts, apis: [], fault: `${artifact}: ${messageOf(thrown)}` };
    }
  }
  return { file, name, version, artifacts, apis };
}

function apiOf({ attributes }: Element): SynapseApi {
  const { name = '', context = '/', version, 'version-type': versionType } = attributes;
  const path = context.startsWith('/') ? context : `/${context}`;
  const versioned = version !== undefined && (versionType === 'context' || versionType === 'url');
  return { name, context: versioned ? `${path.replace(/\/$/, '')}/${version}` : path };
}
