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

/** What is wrong with lines that should be such as `deployment/mi-service`; a name alone is a Deployment. */
export function workloadProblems(lines: readonly string[], input = 'workloads'): readonly Problem[] {
  return lines.flatMap((line) => {
    const read = readLine(line);
    return typeof read === 'string' ? [{ subject: input, problem: read, example: 'deployment/mi-service' }] : [];
  });
}

/**
 * Reads the lines; the same workload twice is one.
 * @throws InputError WORKLOAD_KIND_UNSUPPORTED with every line that is none
 */
export function parseWorkloads(lines: readonly string[], namespace: string, input = 'workloads'): readonly Target[] {
  const problems = workloadProblems(lines, input);
  if (problems.length > 0) throw new InputError(codes.WORKLOAD_KIND_UNSUPPORTED, problems);
  const targets = new Map<string, Target>();
  for (const line of lines) {
    const read = readLine(line);
    if (typeof read !== 'string') targets.set(`${read.kind}/${read.name}`, { ...read, namespace });
  }
  return [...targets.values()];
}

/** The workload that a line names, or what is wrong with it. */
function readLine(line: string): { readonly kind: WorkloadKind; readonly name: string } | string {
  const [first = '', second, ...rest] = line.split('/');
  const [type, name] = second === undefined ? ['deployment', first] : [first, second];
  const kind = kinds.find((candidate) => candidate === kindNamed(type));
  if (kind === undefined) return `"${line}": "${type}" is not a kind that has a rollout (${kinds.join(', ')})`;
  const named = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) && rest.length === 0;
  return named ? { kind, name } : `"${line}" is not kind/name`;
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
