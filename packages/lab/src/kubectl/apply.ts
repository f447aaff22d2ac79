import { formatYaml, parseYamlDocuments } from '@wso2-delivery/shared/formats/yaml';
import { accepted, call, KubectlError, type Cluster } from './cluster.ts';
import type { CommandLine } from './flags.ts';
import { lineDifference } from './line-difference.ts';
import { ResourceMap, type Manifest } from './resource-map.ts';
import { writeQuery } from './workload-commands.ts';

/** `kubectl apply --server-side --output=name --filename=-`. What fails does not keep the rest from being applied. */
export async function apply(
  cluster: Cluster,
  { flags }: CommandLine,
  input: string,
): Promise<{ out: string; errors: string[] }> {
  const map = new ResourceMap(cluster);
  const errors: string[] = [];
  let out = '';
  for (const manifest of manifestsOf(input)) {
    try {
      const { path, printed } = await map.locate(manifest);
      accepted(await applyOne(cluster, path, manifest, writeQuery(flags)));
      out += `${printed}\n`;
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      errors.push(error.message);
    }
  }
  return { out, errors };
}

/** `kubectl diff --server-side --filename=-`: the difference, empty when there is none. */
export async function diff(cluster: Cluster, { flags }: CommandLine, input: string): Promise<string> {
  const map = new ResourceMap(cluster);
  const rehearsal = writeQuery(new Map([...flags, ['dry-run', 'server']]));
  let text = '';
  for (const manifest of manifestsOf(input)) {
    const { path, printed } = await map.locate(manifest);
    const live = await call(cluster, 'GET', path);
    const before = live.status === 404 ? '' : shown(accepted(live));
    const after = shown(accepted(await applyOne(cluster, path, manifest, rehearsal)));
    if (before !== after) text += `--- LIVE ${printed}\n+++ MERGED ${printed}\n${lineDifference(before, after)}`;
  }
  return text;
}

function applyOne(cluster: Cluster, path: string, manifest: Manifest, query: string) {
  return call(cluster, 'PATCH', `${path}?${query}`, {
    type: 'application/apply-patch+yaml',
    text: JSON.stringify(manifest),
  });
}

/** As kubectl diff shows an object: without the book-keeping of field managers. */
function shown(object: Record<string, unknown>): string {
  const { metadata, ...rest } = object as { metadata: Record<string, unknown> };
  const kept = Object.fromEntries(Object.entries(metadata).filter(([key]) => key !== 'managedFields'));
  return formatYaml({ ...rest, metadata: kept });
}

function manifestsOf(input: string): Manifest[] {
  return parseYamlDocuments(input)
    .filter((document) => document !== null)
    .flatMap((document) => {
      const { kind, items } = document as { kind: string; items?: Manifest[] };
      return kind === 'List' ? (items ?? []) : [document as Manifest];
    });
}
