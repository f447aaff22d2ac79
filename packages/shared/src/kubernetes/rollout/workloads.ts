/** The workloads that a user names: read, looked up, and when absent, told what there is instead. */
import { InputError, type Problem } from '../../base/errors.ts';
import { didYouMean } from '../../base/suggest.ts';
import type { KubernetesClient } from '../client.ts';
import { kindNamed } from '../kinds.ts';
import { codes as kubernetesCodes } from '../codes.ts';
import { formatWorkload } from '../workload.ts';
import { codes } from './codes.ts';
import type { Workload, WorkloadKind } from './objects.ts';
import type { Target } from './state.ts';

const kinds: readonly WorkloadKind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];

/** A workload with what the cluster holds of it. */
export interface FoundWorkload extends Target {
  readonly workload: Workload;
}

/**
 * Reads lines such as `deployment/mi-service`; a name alone is a Deployment.
 * @throws InputError WORKLOAD_KIND_UNSUPPORTED with every line that is none
 */
export function parseWorkloads(lines: readonly string[], namespace: string, input = 'workloads'): readonly Target[] {
  const problems: Problem[] = [];
  const targets = new Map<string, Target>();
  for (const line of lines) {
    const [first = '', second, ...rest] = line.split('/');
    const [type, name] = second === undefined ? ['deployment', first] : [first, second];
    const kind = kinds.find((candidate) => candidate === kindNamed(type));
    if (kind !== undefined && /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) && rest.length === 0) {
      targets.set(`${kind}/${name}`, { kind, namespace, name });
      continue;
    }
    const problem =
      kind === undefined
        ? `"${line}": "${type}" is not a kind that has a rollout (${kinds.join(', ')})`
        : `"${line}" is not kind/name`;
    problems.push({ subject: input, problem, example: 'deployment/mi-service' });
  }
  if (problems.length > 0) throw new InputError(codes.WORKLOAD_KIND_UNSUPPORTED, problems);
  return [...targets.values()];
}

/**
 * Reads the workloads from the cluster.
 * @throws InputError WORKLOAD_NOT_FOUND with all that are absent, and what exists; ServiceError.
 */
export async function findWorkloads(
  client: KubernetesClient,
  targets: readonly Target[],
  input = 'workloads',
): Promise<readonly FoundWorkload[]> {
  const found = await Promise.all(
    targets.map(async (target) => ({
      target,
      workload: (await client.find(target.kind, target.name, target)) as unknown as Workload | undefined,
    })),
  );
  const problems = await Promise.all(
    found
      .filter(({ workload }) => workload === undefined)
      .map(async ({ target }): Promise<Problem> => {
        const { kind, namespace } = target;
        const names = await namesOf(client, kind, namespace);
        const there =
          names.length === 0 ? `the namespace has no ${kind}` : `there are ${names.slice(0, 20).join(', ')}`;
        return {
          subject: input,
          problem: `${formatWorkload(target)} does not exist in namespace ${namespace}: ${there}.${didYouMean(target.name, names)}`,
          ...(names[0] === undefined ? {} : { example: formatWorkload({ kind, name: names[0] }) }),
        };
      }),
  );
  if (problems.length > 0) throw new InputError(kubernetesCodes.WORKLOAD_NOT_FOUND, problems);
  return found.flatMap(({ target, workload }) => (workload === undefined ? [] : [{ ...target, workload }]));
}

/** Names for a better message; none when they may not be listed. */
async function namesOf(client: KubernetesClient, kind: WorkloadKind, namespace: string): Promise<readonly string[]> {
  try {
    return (await client.list(kind, { namespace })).items.map((item) => item.metadata.name).sort();
  } catch {
    return [];
  }
}
