/** Back to the revision before: which one, and the change that does it. */
import { ServiceError, VerificationError } from '../../base/errors.ts';
import type { KubernetesClient } from '../client.ts';
import { selectorText } from '../objects.ts';
import { formatWorkload } from '../workload.ts';
import { codes } from './codes.ts';
import type { ControllerRevision, Pod, PodTemplate, ReplicaSet, Workload } from './objects.ts';
import { controllerOf, isReady } from './objects.ts';
import { newReplicaSet, podTemplateHash, revisionOf, sameTemplate } from './revision.ts';
import type { RolloutState, Target } from './state.ts';

/** Where a workload goes back to. */
export interface RollbackPlan {
  readonly target: Target;
  /** The revision's number (Deployment) or name (StatefulSet, DaemonSet). */
  readonly revision: string;
  /** The images of that revision, by container. */
  readonly images: Readonly<Record<string, string>>;
  /** The template that is to be there still, as it was judged. */
  readonly from: PodTemplate;
  /** What is sent: the whole template of a ReplicaSet, or the patch that a ControllerRevision holds. */
  readonly change:
    { readonly type: 'template'; readonly template: PodTemplate } | { readonly type: 'patch'; readonly patch: unknown };
  /** Broken pods that a StatefulSet would wait for for ever. */
  readonly stuck: readonly Pod[];
}

export type RollbackDecision =
  | RollbackPlan
  | {
      readonly impossible: string;
      /** True when there is no earlier revision. */
      readonly first?: true;
    };

const nothingBefore = {
  impossible: 'this is its first revision: there is nothing to go back to',
  first: true,
} as const;

/** Chooses the revision to go back to. Reads the revisions of a StatefulSet or DaemonSet from the cluster. */
export async function planRollback(client: KubernetesClient, state: RolloutState): Promise<RollbackDecision> {
  const { workload, target } = state;
  if (workload === undefined || state.deleted) return { impossible: 'it does not exist any more' };
  switch (target.kind) {
    case 'Deployment':
      // Without the right to read them nobody knows whether there was one before.
      return state.unreadable.has('ReplicaSet')
        ? { impossible: 'the ReplicaSets may not be read, so the revision before is not known' }
        : toReplicaSet(state, workload);
    case 'Job':
      return { impossible: 'a Job has no revisions' };
    default: {
      const labels = selectorText(workload.spec.selector);
      const { items } = await client.list('ControllerRevision', { namespace: target.namespace, labels });
      return toControllerRevision(state, workload, items as unknown as readonly ControllerRevision[]);
    }
  }
}

const revisionAnnotation = 'deployment.kubernetes.io/revision';

function numberOf(replicaSet: ReplicaSet): number {
  return Number(replicaSet.metadata.annotations?.[revisionAnnotation] ?? 0);
}

function toReplicaSet(state: RolloutState, workload: Workload): RollbackDecision {
  const present = newReplicaSet(workload, state.replicaSets.values());
  const previous = [...state.replicaSets.values()]
    .filter((replicaSet) => controllerOf(replicaSet) === workload.metadata.uid)
    .filter((replicaSet) => replicaSet.metadata.uid !== present?.metadata.uid)
    .sort((a, b) => numberOf(b) - numberOf(a))[0];
  if (previous === undefined) return nothingBefore;
  const template = withoutHash(previous.spec.template);
  return {
    target: state.target,
    revision: String(numberOf(previous)),
    images: imagesOf(template),
    from: workload.spec.template,
    change: { type: 'template', template },
    stuck: [],
  };
}

function toControllerRevision(
  state: RolloutState,
  workload: Workload,
  revisions: readonly ControllerRevision[],
): RollbackDecision {
  const own = revisions.filter((revision) => controllerOf(revision) === workload.metadata.uid);
  const present = revisionOf(state).name ?? newest(own)?.metadata.name;
  const previous = newest(own.filter((revision) => revision.metadata.name !== present));
  const template = previous?.data?.spec?.template;
  if (previous === undefined || template === undefined) {
    return nothingBefore;
  }
  const broken = state.target.kind === 'StatefulSet' ? revisionOf(state).pods.filter((pod) => !isReady(pod)) : [];
  return {
    target: state.target,
    revision: previous.metadata.name,
    images: imagesOf(template),
    from: workload.spec.template,
    change: { type: 'patch', patch: previous.data },
    stuck: broken,
  };
}

function newest(revisions: readonly ControllerRevision[]): ControllerRevision | undefined {
  return [...revisions].sort((a, b) => b.revision - a.revision)[0];
}

function withoutHash(template: PodTemplate): PodTemplate {
  const labels = Object.entries(template.metadata?.labels ?? {}).filter(([label]) => label !== podTemplateHash);
  return { ...template, metadata: { ...template.metadata, labels: Object.fromEntries(labels) } };
}

function imagesOf(template: PodTemplate): Readonly<Record<string, string>> {
  return Object.fromEntries(template.spec.containers.map(({ name, image = '' }) => [name, image]));
}

const attempts = 5;

/** A workload after its way back. */
export interface RolledBack {
  readonly workload: Workload;
  /** Broken pods that could not be deleted, so that the StatefulSet goes on waiting for them, and why. */
  readonly left: string | undefined;
}

/**
 * Carries a plan out. The change is bound to the version that was looked at, so nobody else's change is undone with it.
 * @throws VerificationError ROLLBACK_REFUSED when its template is no longer the one that was judged; ServiceError.
 */
export async function rollBack(client: KubernetesClient, plan: RollbackPlan): Promise<RolledBack> {
  const { kind, namespace, name } = plan.target;
  const where = formatWorkload(plan.target);
  for (let attempt = 1; ; attempt++) {
    const present = (await client.get(kind, name, { namespace })) as unknown as Workload;
    if (!sameTemplate(present.spec.template, plan.from)) {
      throw new VerificationError(
        codes.ROLLBACK_REFUSED,
        `${where} was changed by somebody else meanwhile: it is not rolled back`,
      );
    }
    const { resourceVersion } = present.metadata;
    try {
      const changed =
        plan.change.type === 'template'
          ? await client.patch(kind, name, [{ op: 'replace', path: '/spec/template', value: plan.change.template }], {
              namespace,
              resourceVersion,
              type: 'json',
            })
          : await client.patch(kind, name, plan.change.patch, { namespace, resourceVersion, type: 'strategic' });
      return { workload: changed as unknown as Workload, left: await deleteStuck(client, plan.stuck) };
    } catch (error) {
      // Its status changes all the time: look again whether its template has.
      const raced = error instanceof ServiceError && (error.status === 409 || error.status === 422);
      if (!raced || attempt === attempts) throw error;
    }
  }
}

/**
 * Deletes broken pods that a StatefulSet would wait for for ever, these very ones.
 * @returns which the cluster does not let go, and why
 */
export async function deleteStuck(client: KubernetesClient, stuck: readonly Pod[]): Promise<string | undefined> {
  const left: string[] = [];
  for (const { metadata } of stuck) {
    try {
      const namespace = metadata.namespace ?? client.namespace;
      await client.delete('Pod', metadata.name, { namespace, uid: metadata.uid });
    } catch (error) {
      // The template is back all the same: whether that is enough is for the verdict to say.
      if (!(error instanceof ServiceError)) throw error;
      left.push(`${metadata.name} could not be deleted: ${error.message}. ${error.remedy}`);
    }
  }
  return left.length === 0 ? undefined : left.join(' ');
}
