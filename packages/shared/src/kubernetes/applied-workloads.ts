import type { Ports } from '../base/ports.ts';
import { hasOwnAnnotation } from './apply.ts';
import type { KubernetesClient } from './client.ts';
import type { ManifestDocument } from './manifests.ts';
import { at } from './objects.ts';
import { changeCauseAnnotation } from './plan.ts';
import { observed, revisionNumber } from './revision.ts';
import { imagesOf } from './set-image.ts';
import type { ChangedWorkload } from './set-image.ts';
import { templatePath, workloadKinds, workloadOf } from './workload.ts';
import type { Workload, WorkloadKind, WorkloadName } from './workload.ts';

/** A workload that manifests describe, as it was before they were applied. */
export interface DescribedWorkload extends WorkloadName {
  readonly namespace: string;
  readonly document: ManifestDocument;
  /** undefined: it does not exist yet. */
  readonly before: Workload | undefined;
  readonly previousRevision: number | undefined;
}

/** The workloads among the documents, with what the cluster holds of them now. */
export async function describedWorkloads(
  client: KubernetesClient,
  documents: readonly ManifestDocument[],
): Promise<DescribedWorkload[]> {
  const described = documents.filter(({ object }) => (workloadKinds as readonly string[]).includes(object.kind ?? ''));
  return Promise.all(
    described.map(async (document) => {
      const kind = document.object.kind as WorkloadKind;
      const { name, namespace = client.namespace } = document.object.metadata;
      const object = await client.find(kind, name, { namespace });
      const before = object === undefined ? undefined : workloadOf(kind, object);
      const previousRevision = before === undefined ? undefined : await revisionNumber(client, before);
      return { kind, name, namespace, document, before, previousRevision };
    }),
  );
}

/**
 * Reads back what an apply made of the workloads: those whose specification it changed, with their new revisions.
 * Records the change cause with them, unless their manifest has one itself.
 */
export async function changedWorkloads(
  client: KubernetesClient,
  ports: Pick<Ports, 'clock' | 'log'>,
  described: readonly DescribedWorkload[],
  changeCause: string | undefined,
): Promise<ChangedWorkload[]> {
  const changed = await Promise.all(
    described.map(
      async ({ kind, name, namespace, document, before, previousRevision }): Promise<ChangedWorkload | undefined> => {
        let now = workloadOf(kind, await client.get(kind, name, { namespace }));
        if (before?.uid === now.uid && before.generation === now.generation) return undefined;
        if (changeCause !== undefined && !hasOwnAnnotation(document, changeCauseAnnotation)) {
          const metadata = { annotations: { [changeCauseAnnotation]: changeCause } };
          now = workloadOf(kind, await client.patch(kind, name, { metadata }, { namespace }));
        }
        const after = await observed(client, ports, now);
        return {
          kind,
          name,
          namespace,
          previousRevision,
          revision: await revisionNumber(client, after),
          previousImages: before === undefined ? {} : imagesOf(before),
          images: imagesOf(after),
          generation: now.generation,
          template: at(now.object, ...templatePath(kind)),
        };
      },
    ),
  );
  return changed.filter((workload) => workload !== undefined);
}
