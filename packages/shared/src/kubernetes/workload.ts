import { InputError } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import { count } from '../base/text.ts';
import { didYouMean } from '../base/suggest.ts';
import type { KubernetesClient } from './client.ts';
import { codes } from './codes.ts';
import { kindNamed, resourceType } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { at, numberAt, recordsAt, selectorText, textAt } from './objects.ts';
import type { KubernetesObject } from './objects.ts';

/** Kinds with a pod template of their own whose images can be changed in place. */
export const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'] as const;
export type WorkloadKind = (typeof workloadKinds)[number];

/** Which workload is meant. */
export interface WorkloadName {
  readonly kind: WorkloadKind;
  readonly name: string;
}

export interface WorkloadContainer {
  readonly name: string;
  readonly image: string;
  readonly init: boolean;
}

/** A workload as it is in the cluster. */
export interface Workload extends WorkloadName {
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Counts the changes of the specification. */
  readonly generation: number;
  readonly observedGeneration: number | undefined;
  readonly containers: readonly WorkloadContainer[];
  /** As a query for its pods. */
  readonly selector: string | undefined;
  readonly paused: boolean;
  readonly object: KubernetesObject;
}

/** "deployment/mi-service", as kubectl and our inputs and outputs write it. */
export function formatWorkload({ kind, name }: { kind: string; name: string }): string {
  return `${kind.toLowerCase()}/${name}`;
}

/** A DNS subdomain (apimachinery validation.IsDNS1123Subdomain). */
const objectName = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/**
 * Reads "deployment/mi-service" with all names of kinds that kubectl takes; a name alone is a Deployment.
 * Gives what is wrong as a text.
 */
export function parseWorkload(text: string): WorkloadName | string {
  const slash = text.indexOf('/');
  const kindText = slash < 0 ? 'deployment' : text.slice(0, slash);
  const name = text.slice(slash + 1);
  const kind = kindNamed(kindText);
  const known = workloadKinds.map((each) => each.toLowerCase());
  if (kind === undefined || !(workloadKinds as readonly string[]).includes(kind)) {
    const hint = kind === undefined ? didYouMean(kindText, known) : '';
    return `'${text}': '${kindText}' is no kind of workload that can be changed (${known.join(', ')}).${hint}`;
  }
  if (!objectName.test(name) || name.length > 253) return `'${text}': '${name}' is not a name of an object`;
  return { kind: kind as WorkloadKind, name };
}

/** The pod template's place in the object. */
export function templatePath(kind: WorkloadKind): readonly string[] {
  return kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template'];
}

/** Reads the facts of a workload out of its object. */
export function workloadOf(kind: WorkloadKind, object: KubernetesObject): Workload {
  const { metadata } = object;
  return {
    kind,
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    generation: metadata.generation ?? 0,
    observedGeneration: numberAt(object, 'status', 'observedGeneration'),
    containers: containersOf(at(object, ...templatePath(kind))),
    selector: selectorText(at(object, 'spec', 'selector')),
    paused: at(object, 'spec', 'paused') === true,
    object,
  };
}

/** The containers of a pod template, init containers first, as they run. */
export function containersOf(template: unknown): WorkloadContainer[] {
  const read = (list: string, init: boolean) =>
    recordsAt(template, 'spec', list).map((container) => ({
      name: textAt(container, 'name') ?? '',
      image: textAt(container, 'image') ?? '',
      init,
    }));
  return [...read('initContainers', true), ...read('containers', false)];
}

/**
 * Reads workloads from the cluster. Absent ones are reported together, each with what exists in its place.
 * @throws InputError WORKLOAD_NOT_FOUND; ServiceError
 */
export async function readWorkloads(client: KubernetesClient, names: readonly WorkloadName[]): Promise<Workload[]> {
  const found = await Promise.all(names.map(({ kind, name }) => client.find(kind, name)));
  const workloads: Workload[] = [];
  const problems: Problem[] = [];
  for (const [index, wanted] of names.entries()) {
    const object = found[index];
    if (object === undefined) problems.push(await absent(client, wanted));
    else workloads.push(workloadOf(wanted.kind, object));
  }
  if (problems.length > 0) throw new InputError(codes.WORKLOAD_NOT_FOUND, problems);
  return workloads;
}

async function absent(client: KubernetesClient, wanted: WorkloadName): Promise<Problem> {
  const where = `${formatWorkload(wanted)} does not exist in namespace ${client.namespace}`;
  const same = await namesOf(client, wanted.kind);
  const subject = 'workload';
  if (same.length > 0) {
    const shown = same.slice(0, 20).join(', ') + (same.length > 20 ? ` and ${same.length - 20} more` : '');
    const problem = `${where}. There ${same.length === 1 ? 'is' : 'are'} ${count(same.length, resourceType(wanted.kind).kind)}: ${shown}.${didYouMean(wanted.name, same)}`;
    return { subject, problem, example: formatWorkload({ kind: wanted.kind, name: same[0] ?? '' }) };
  }
  for (const kind of workloadKinds) {
    if (kind === wanted.kind || !(await namesOf(client, kind)).includes(wanted.name)) continue;
    return {
      subject,
      problem: `${where}; a ${kind} of this name does`,
      example: formatWorkload({ kind, name: wanted.name }),
    };
  }
  const namespaceExists = await client.find('Namespace', client.namespace).then(
    (object) => object !== undefined,
    () => true,
  );
  return {
    subject: namespaceExists ? subject : 'namespace',
    problem: namespaceExists
      ? `${where}, nor does any other ${wanted.kind}. A first deployment needs manifests`
      : `the namespace ${client.namespace} does not exist`,
    example: namespaceExists ? formatWorkload(wanted) : 'staging',
  };
}

/** Names in the client's namespace; none when they may not be listed, for this only makes a message better. */
async function namesOf(client: KubernetesClient, kind: Kind): Promise<string[]> {
  try {
    return (await client.list(kind)).items.map(({ metadata }) => metadata.name).sort();
  } catch {
    return [];
  }
}
