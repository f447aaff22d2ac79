/** Artifacts of a project that claim the same address: MI gives it to one of them. Pure. */
import { childrenNamed } from '../formats/xml.ts';
import { finding, type Finding } from './finding.ts';
import type { MiSources, SourceArtifact } from './sources.ts';

/** Ports of an MI that nobody configured (offset 10). */
const serverPorts: Readonly<Record<string, string>> = {
  '8290': 'HTTP listener',
  '8253': 'HTTPS listener',
  '9164': 'management API',
  '9201': 'health checks',
};

/** @param display turns an absolute path into the one for annotations */
export function collisionFindings({ artifacts }: MiSources, display: (path: string) => string): Finding[] {
  return [
    ...twice(artifacts, contextOf).map(({ source, other, claim }) => {
      const message = `The API '${source.name ?? ''}' has the context ${claim}, which ${display(other.file)} has too.`;
      return finding('context-collision', source.name ?? '', message, placeOf(source, display));
    }),
    ...twice(artifacts, portOf).map(({ source, other, claim }) => {
      const message = `The inbound endpoint '${source.name ?? ''}' listens on port ${claim}, as ${display(other.file)} does.`;
      return finding('port-collision', source.name ?? '', message, placeOf(source, display));
    }),
    ...artifacts.flatMap((source) => {
      const listener = serverPorts[portOf(source) ?? ''];
      if (listener === undefined) return [];
      const message = `The inbound endpoint '${source.name ?? ''}' listens on port ${portOf(source) ?? ''}, where MI has its ${listener} unless deployment.toml moves it.`;
      return [finding('port-collision', source.name ?? '', message, placeOf(source, display), 'warning')];
    }),
  ];
}

interface Claimed {
  readonly source: SourceArtifact;
  readonly other: SourceArtifact;
  readonly claim: string;
}

/** Everything whose claim an earlier artifact of another name makes too. */
function twice(
  artifacts: readonly SourceArtifact[],
  claimOf: (source: SourceArtifact) => string | undefined,
): Claimed[] {
  const first = new Map<string, SourceArtifact>();
  return artifacts.flatMap((source) => {
    const claim = claimOf(source);
    if (claim === undefined) return [];
    const other = first.get(claim);
    if (other === undefined) first.set(claim, source);
    return other === undefined || other.name === source.name ? [] : [{ source, other, claim }];
  });
}

/** Context and version, as Synapse compares them (SynapseConfiguration.addAPI): host names are no part of it. */
function contextOf({ root }: SourceArtifact): string | undefined {
  const { context, version = '' } = root?.attributes ?? {};
  if (root?.name !== 'api' || context === undefined || context.includes('${')) return undefined;
  return `${context}${version === '' ? '' : ` (version ${version})`}`;
}

function portOf({ root }: SourceArtifact): string | undefined {
  if (root?.name !== 'inboundEndpoint' || root.attributes.suspend === 'true') return undefined;
  return childrenNamed(root, 'parameters')
    .flatMap((list) => childrenNamed(list, 'parameter'))
    .filter(({ attributes }) => /^inbound\.(?:http|ws|hl7|rabbitmq)\.port$/i.test(attributes.name ?? ''))
    .map(({ text }) => text.trim())
    .find((text) => /^\d+$/.test(text));
}

function placeOf({ file, root }: SourceArtifact, display: (path: string) => string): { file: string; line?: number } {
  return { file: display(file), ...(root !== undefined && { line: root.line }) };
}
