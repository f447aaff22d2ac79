/** Objects as they were before an apply, and the way back when it stops half-way. */
import { CancelledError, messageOf, ServiceError } from '../base/errors.ts';
import type { AnyKind, ObjectName } from './any-kind.ts';
import { inApplyOrder } from './apply-order.ts';
import { fieldManager } from './kubectl.ts';
import type { ManifestDocument } from './manifests.ts';
import { at, isRecord, recordsAt, textAt } from './objects.ts';
import type { KubernetesObject } from './objects.ts';
import { formatWorkload } from './workload.ts';

/** An object of the manifests as the cluster held it before. */
export interface Snapshot {
  readonly name: ObjectName;
  /** undefined: it did not exist. */
  readonly before: KubernetesObject | undefined;
}

/** What to do with objects that are new: leave them, leave them without pods, or remove them. */
export type Created = 'keep' | 'scale-to-zero' | 'remove';

/** What became of one object. */
export interface PutBack {
  /** "configmap/settings" */
  readonly what: string;
  readonly name: ObjectName;
  /**
   * - `untouched`: the apply did not get to it, or changed nothing in it.
   * - `put-back`: as it was.
   * - `created`: it is new, and stays: what else may use it by now is not known.
   * - `scaled-to-zero`: it is new, stays, and runs nothing.
   * - `removed`: it was new, and is gone again.
   * - `refused`: somebody else has changed it meanwhile.
   * - `failed`: the server did not let it.
   */
  readonly state: 'untouched' | 'put-back' | 'created' | 'scaled-to-zero' | 'removed' | 'refused' | 'failed';
  readonly why?: string;
  /** Its specification was put back: of a workload that is a rollout. */
  readonly spec?: true;
}

/**
 * Reads what the documents are about to change, in the order of their apply.
 * @param readable the others cannot exist yet: their namespace or definition comes with them
 * @throws ServiceError
 */
export async function takeSnapshots(
  anyKind: AnyKind,
  documents: readonly ManifestDocument[],
  readable: readonly ManifestDocument[] = documents,
): Promise<Snapshot[]> {
  return Promise.all(
    inApplyOrder(documents).map(async (document) => {
      const { apiVersion = '', kind = '', metadata } = document.object;
      const name = { apiVersion, kind, name: metadata.name, namespace: metadata.namespace };
      return { name, before: readable.includes(document) ? await anyKind.find(name) : undefined };
    }),
  );
}

/**
 * Puts back what differs from its snapshot, in the order of the apply: a workload's old pods start with the old ConfigMap.
 * After that what is new is dealt with, last applied first. Never throws for what the cluster refuses.
 * @returns what became of each, in the order of the snapshots
 */
export async function putBackAll(
  anyKind: AnyKind,
  snapshots: readonly Snapshot[],
  options: { readonly created: Created },
): Promise<PutBack[]> {
  const results = new Map<Snapshot, PutBack>();
  const existed = snapshots.filter(({ before }) => before !== undefined);
  const fresh = snapshots.filter(({ before }) => before === undefined).reverse();
  for (const snapshot of [...existed, ...fresh]) {
    const { name, before } = snapshot;
    const what = formatWorkload(name);
    try {
      const became = await settled(() =>
        before === undefined ? undo(anyKind, name, options.created) : restore(anyKind, name, before),
      );
      results.set(snapshot, { what, name, ...became });
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      results.set(snapshot, { what, name, state: 'failed', why: messageOf(error) });
    }
  }
  return snapshots.flatMap((snapshot) => results.get(snapshot) ?? []);
}

type Became = Pick<PutBack, 'state' | 'why' | 'spec'>;

const attempts = 6;

/** A status moves all the time: when something has changed on the way, looks again whether anything else has. */
async function settled(work: () => Promise<Became>): Promise<Became> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const raced = error instanceof ServiceError && (error.status === 409 || error.status === 422);
      if (!raced || attempt === attempts) throw error;
    }
  }
}

async function restore(anyKind: AnyKind, name: ObjectName, before: KubernetesObject): Promise<Became> {
  const now = await anyKind.find(name);
  if (now === undefined) return { state: 'refused', why: 'it was deleted meanwhile' };
  if (before.metadata.uid !== now.metadata.uid) return { state: 'refused', why: 'somebody has made it anew' };
  if (isSame(before, now)) return { state: 'untouched' };
  const other = otherManager(before, now);
  if (other !== undefined) return { state: 'refused', why: `${other} has changed it meanwhile` };
  const operations = restoringPatch(before, now);
  await anyKind.patch(name, now.metadata.resourceVersion ?? '', operations);
  return operations.some(({ path }) => path === '/spec') ? { state: 'put-back', spec: true } : { state: 'put-back' };
}

/** Kinds that hold what others have put there by now, or data: they are never removed. */
const holdsMore: Readonly<Record<string, string>> = {
  Namespace: 'everything in it would go with it',
  CustomResourceDefinition: 'all objects of its kind would go with it',
  PersistentVolumeClaim: 'its data would go with it',
  PersistentVolume: 'its data would go with it',
};

/** Deals with an object that was not there before. Only what this tool alone has made is removed, by its uid. */
async function undo(anyKind: AnyKind, name: ObjectName, created: Created): Promise<Became> {
  const now = await anyKind.find(name);
  if (now === undefined) return { state: 'untouched' };
  const version = now.metadata.resourceVersion ?? '';
  switch (created) {
    case 'keep':
      return { state: 'created' };
    case 'scale-to-zero':
      if (!/^(Deployment|StatefulSet)$/.test(name.kind)) return { state: 'created' };
      await anyKind.patch(name, version, [{ op: 'replace', path: '/spec/replicas', value: 0 }]);
      return { state: 'scaled-to-zero' };
    case 'remove': {
      const loss = holdsMore[name.kind];
      if (loss !== undefined) return { state: 'created', why: `${loss}, so it is not removed` };
      const other = otherManager(undefined, now);
      if (other !== undefined) return { state: 'created', why: `${other} has a part in it, so it is not removed` };
      await anyKind.remove(name, now.metadata.uid ?? '', version);
      return { state: 'removed' };
    }
  }
}

/** The Deployment controller counts on in it; a change of the template back gets the next number. */
const revisionAnnotation = 'deployment.kubernetes.io/revision';
/** The parts of the metadata that a manifest may say. */
const ownMetadata = ['labels', 'annotations', 'finalizers', 'ownerReferences'] as const;
const notCompared: readonly string[] = ['apiVersion', 'kind', 'metadata', 'status'];

/** What a person would call the object: without status, versions and who owns which field. */
function partsOf(object: KubernetesObject): Readonly<Record<string, unknown>> {
  const parts: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) if (!notCompared.includes(key)) parts[`/${key}`] = value;
  for (const key of ownMetadata) {
    const value: unknown = at(object, 'metadata', key);
    const kept =
      key === 'annotations' && isRecord(value)
        ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== revisionAnnotation))
        : value;
    const empty = kept === undefined || (isRecord(kept) && Object.keys(kept).length === 0);
    if (!empty) parts[`/metadata/${key}`] = kept;
  }
  return parts;
}

function isSame(one: KubernetesObject, other: KubernetesObject): boolean {
  return canonical(partsOf(one)) === canonical(partsOf(other));
}

/** The RFC 6902 operations that make `now` what `before` was, in whole parts: a merge would leave added fields behind. */
export function restoringPatch(
  before: KubernetesObject,
  now: KubernetesObject,
): readonly { readonly op: string; readonly path: string; readonly value?: unknown }[] {
  const [wanted, present] = [partsOf(before), partsOf(now)];
  const revision = textAt(now, 'metadata', 'annotations', revisionAnnotation);
  const operations: { op: string; path: string; value?: unknown }[] = [];
  for (const path of new Set([...Object.keys(wanted), ...Object.keys(present)])) {
    if (canonical(wanted[path]) === canonical(present[path])) continue;
    const annotations = path === '/metadata/annotations' && revision !== undefined;
    const value = annotations
      ? { ...(wanted[path] as object | undefined), [revisionAnnotation]: revision }
      : wanted[path];
    if (value === undefined) operations.push({ op: 'remove', path });
    else operations.push({ op: path in present || annotations ? 'replace' : 'add', path, value });
  }
  return operations;
}

/** Who else has set fields of it since, by the server's own books; controllers do so for everybody. */
function otherManager(before: KubernetesObject | undefined, now: KubernetesObject): string | undefined {
  const known = new Set(before === undefined ? [] : entriesOf(before).map(canonical));
  const other = entriesOf(now).find(
    (entry) =>
      !known.has(canonical(entry)) &&
      entry.manager !== fieldManager &&
      entry.manager !== 'kube-controller-manager' &&
      entry.subresource !== 'status',
  );
  return typeof other?.manager === 'string' ? other.manager : undefined;
}

/**
 * What each manager owns and when it last said so. Fields that an apply has taken over from a manager leave its entry:
 * that is no change of its own, so an entry counts by its manager, operation and time.
 */
function entriesOf(object: KubernetesObject): Record<string, unknown>[] {
  return recordsAt(object, 'metadata', 'managedFields').map(({ manager, operation, time, subresource }) => ({
    manager,
    operation,
    time,
    ...(subresource === undefined || subresource === '' ? {} : { subresource }),
  }));
}

/** The same text for the same value, whatever the order of its keys. */
function canonical(value: unknown): string {
  if (value === undefined) return '';
  return JSON.stringify(value, (_key, part: unknown) =>
    isRecord(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

/** One sentence about what is as it was, and what is not. Empty when nothing had been changed. */
export function describePutBack(results: readonly PutBack[]): string {
  const of = (state: PutBack['state']) => results.filter((result) => result.state === state);
  const list = (some: readonly PutBack[]) =>
    some.map(({ what, why }) => (why === undefined ? what : `${what} (${why})`)).join(', ');
  const created = [...of('created'), ...of('scaled-to-zero')];
  const parts: readonly (readonly [readonly PutBack[], (names: string) => string])[] = [
    [of('put-back'), (names) => `put back as before: ${names}`],
    [
      created,
      (names) =>
        `new, and left there: ${names} (to remove: kubectl delete ${created.map(({ what }) => what).join(' ')})`,
    ],
    [of('scaled-to-zero'), (names) => `scaled to zero: ${names}`],
    [of('removed'), (names) => `new, and removed again: ${names}`],
    [of('refused'), (names) => `not put back: ${names}`],
    [of('failed'), (names) => `could not be put back: ${names}`],
  ];
  return parts.flatMap(([some, says]) => (some.length === 0 ? [] : [says(list(some))])).join('; ');
}
