/** The history of a StatefulSet's or DaemonSet's pod template, kept as ControllerRevisions. */
import { templateHash } from './names.ts';
import { canonical, controllerOf, isObject, type KubeObject, type PodTemplate } from './objects.ts';
import { controlledBy } from './owned-pods.ts';
import { controllerRevisions } from './resources.ts';
import type { Store } from './store.ts';
import type { ControllerRevision } from './workload-objects.ts';

export const revisionHashKey = 'controller-revision-hash';

type Owner = KubeObject & { spec: { template: PodTemplate; revisionHistoryLimit?: number } };

export function revisionsOf(store: Store, owner: KubeObject): ControllerRevision[] {
  return store
    .list(controllerRevisions, owner.metadata.namespace)
    .filter((revision) => controllerOf(revision)?.uid === owner.metadata.uid)
    .sort((a, b) => a.revision - b.revision);
}

/** The revision of the owner's present template: found, made the newest again, or created. */
export function presentRevision(
  store: Store,
  owner: Owner,
  label: (name: string, hash: string) => string,
): ControllerRevision {
  const data = dataOf(owner.spec.template);
  const known = revisionsOf(store, owner);
  const newest = known.at(-1);
  const same = known.find((revision) => canonical(revision.data) === canonical(data));
  if (same !== undefined) {
    if (same === newest) return same;
    const { namespace, name } = same.metadata;
    const next = (newest?.revision ?? 0) + 1;
    return store.update(controllerRevisions, namespace, name, (copy) => void (copy.revision = next)) ?? same;
  }
  const hash = templateHash(owner.spec.template);
  const name = `${owner.metadata.name}-${hash}`;
  const { namespace, annotations } = owner.metadata;
  return store.create(controllerRevisions, {
    kind: 'ControllerRevision',
    apiVersion: 'apps/v1',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
      labels: { ...owner.spec.template.metadata.labels, [revisionHashKey]: label(name, hash) },
      ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
      ownerReferences: [controlledBy(owner)],
    },
    data,
    revision: (newest?.revision ?? 0) + 1,
  });
}

/** Drops the oldest revisions beyond the limit that no pod and no status needs. */
export function dropOldRevisions(store: Store, owner: Owner, needed: ReadonlySet<string>): void {
  const spare = revisionsOf(store, owner).filter(({ metadata }) => !needed.has(metadata.name));
  const surplus = Math.max(spare.length - (owner.spec.revisionHistoryLimit ?? 10), 0);
  for (const { metadata } of spare.slice(0, surplus))
    store.delete(controllerRevisions, metadata.namespace, metadata.name);
}

/** The template that a revision holds. */
export function templateOf(revision: ControllerRevision): PodTemplate {
  const template: Record<string, unknown> = { ...revision.data.spec.template };
  delete template.$patch;
  return template as unknown as PodTemplate;
}

/** A strategic merge patch that replaces the template. Keys in order: kubectl compares it byte by byte. */
function dataOf(template: PodTemplate): ControllerRevision['data'] {
  return sorted({ spec: { template: { ...template, $patch: 'replace' } } }) as ControllerRevision['data'];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, held]) => [key, sorted(held)]));
}
