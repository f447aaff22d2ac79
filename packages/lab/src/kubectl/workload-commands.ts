import { accepted, call, KubectlError, type Cluster } from './cluster.ts';
import type { CommandLine } from './flags.ts';
import { workloadPath } from './resource-map.ts';

interface Template {
  readonly spec: {
    readonly template: {
      readonly spec: Readonly<Record<'containers' | 'initContainers', readonly { name: string }[] | undefined>>;
    };
  };
}

/** `kubectl set image WORKLOAD container=image … --output=json`. */
export async function setImage(cluster: Cluster, { words, flags }: CommandLine): Promise<string> {
  const [, , workload = '', ...settings] = words;
  const { path } = workloadPath(cluster, workload);
  const { template } = (accepted(await call(cluster, 'GET', path)) as unknown as Template).spec;
  const change: Record<string, { name: string; image: string }[]> = {};
  for (const setting of settings) {
    const name = setting.slice(0, setting.indexOf('='));
    const image = setting.slice(name.length + 1);
    const list = (['containers', 'initContainers'] as const).find((one) =>
      template.spec[one]?.some((container) => container.name === name),
    );
    if (list === undefined) throw new KubectlError(`error: unable to find container named "${name}"`);
    (change[list] ??= []).push({ name, image });
  }
  const answer = await call(cluster, 'PATCH', `${path}?${writeQuery(flags)}`, {
    type: 'application/strategic-merge-patch+json',
    text: JSON.stringify({ spec: { template: { spec: change } } }),
  });
  return `${JSON.stringify(accepted(answer), null, 4)}\n`;
}

/** `kubectl annotate WORKLOAD key=value … --overwrite --output=name`. */
export async function annotate(cluster: Cluster, { words, flags }: CommandLine): Promise<string> {
  const [, workload = '', ...pairs] = words;
  const { path, printed } = workloadPath(cluster, workload);
  const annotations = Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  const answer = await call(cluster, 'PATCH', `${path}?${writeQuery(flags)}`, {
    type: 'application/merge-patch+json',
    text: JSON.stringify({ metadata: { annotations } }),
  });
  accepted(answer);
  return `${printed}\n`;
}

/** The query of a write: who owns the fields, and whether it is a rehearsal. */
export function writeQuery(flags: ReadonlyMap<string, string>): string {
  return new URLSearchParams({
    fieldManager: flags.get('field-manager') ?? 'kubectl',
    ...(flags.get('dry-run') === 'server' ? { dryRun: 'All' } : {}),
    ...(flags.get('force-conflicts') === 'true' ? { force: 'true' } : {}),
  }).toString();
}
