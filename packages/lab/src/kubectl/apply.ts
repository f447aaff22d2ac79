import { hunksOf, lineDifference } from '@wso2-delivery/shared/formats/line-difference';
import { formatYaml, parseYamlDocuments } from '@wso2-delivery/shared/formats/yaml';
import { accepted, call, KubectlError, type Cluster } from './cluster.ts';
import type { CommandLine } from './flags.ts';
import { ResourceMap, type Manifest } from './resource-map.ts';

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
      requireNamespace(manifest, flags);
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
    requireNamespace(manifest, flags);
    const { path, printed } = await map.locate(manifest);
    const live = await call(cluster, 'GET', path);
    const there = live.status === 404 ? undefined : accepted(live);
    const [old, now] = masked(there, accepted(await applyOne(cluster, path, manifest, rehearsal)));
    const [before, after] = [shown(old), shown(now)];
    const lines = hunksOf(lineDifference(before, after)).flat();
    if (before === after) continue;
    text += `--- LIVE ${printed}\n+++ MERGED ${printed}\n${lines.map(({ mark, text: line }) => mark + line).join('')}`;
  }
  return text;
}

/** What is for another namespace than the command line says is refused. @throws KubectlError */
function requireNamespace({ metadata }: Manifest, flags: ReadonlyMap<string, string>): void {
  const [own, wanted] = [metadata.namespace, flags.get('namespace')];
  if (own === undefined || wanted === undefined || own === wanted) return;
  throw new KubectlError(
    `error: the namespace from the provided object "${own}" does not match the namespace "${wanted}". You must pass '--namespace=${own}' to perform this operation.`,
  );
}

function applyOne(cluster: Cluster, path: string, manifest: Manifest, query: string) {
  return call(cluster, 'PATCH', `${path}?${query}`, {
    type: 'application/apply-patch+yaml',
    text: JSON.stringify(manifest),
  });
}

/** As kubectl diff shows an object: without the book-keeping of field managers, sorted. */
function shown(object: Record<string, unknown> | undefined): string {
  if (object === undefined) return '';
  const { metadata, ...rest } = object as { metadata: Record<string, unknown> };
  const kept = Object.fromEntries(Object.entries(metadata).filter(([key]) => key !== 'managedFields'));
  return formatYaml(sorted({ ...rest, metadata: kept }));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

type Live = Record<string, unknown> | undefined;

/** Never shows what is in a Secret, and yet that it changes (kubectl pkg/cmd/diff, Masker). */
function masked(before: Live, after: Live): readonly [Live, Live] {
  if ((before ?? after)?.kind !== 'Secret') return [before, after];
  const [old, now] = [before, after].map((object) => (object?.data ?? {}) as Record<string, unknown>);
  const hide = (own: Record<string, unknown> = {}, other: Record<string, unknown> = {}, which: string) =>
    Object.fromEntries(
      Object.entries(own).map(([key, value]) => [key, key in other && other[key] !== value ? `*** (${which})` : '***']),
    );
  return [
    before?.data === undefined ? before : { ...before, data: hide(old, now, 'before') },
    after?.data === undefined ? after : { ...after, data: hide(now, old, 'after') },
  ];
}

/** The query of a write: who owns the fields, and whether it is a rehearsal. */
function writeQuery(flags: ReadonlyMap<string, string>): string {
  return new URLSearchParams({
    fieldManager: flags.get('field-manager') ?? 'kubectl',
    ...(flags.get('dry-run') === 'server' ? { dryRun: 'All' } : {}),
    ...(flags.get('force-conflicts') === 'true' ? { force: 'true' } : {}),
  }).toString();
}

function manifestsOf(input: string): Manifest[] {
  return parseYamlDocuments(input)
    .filter((document) => document !== null)
    .flatMap((document) => {
      const { kind, items } = document as { kind: string; items?: Manifest[] };
      return kind === 'List' ? (items ?? []) : [document as Manifest];
    });
}
