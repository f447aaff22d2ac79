/** Causes that lie in the workload itself. */
import type { Pod } from '../objects.ts';
import { conditionOf, disruptionOf, isReady, isTerminating } from '../objects.ts';
import { isComplete } from '../progress.ts';
import { observed } from '../revision.ts';
import type { WorkloadView } from '../views.ts';
import type { Cause } from './row.ts';
import { inWorkload } from './row.ts';

/** Who takes a pod's place, by the reason of its DisruptionTarget condition. */
const takenBy: Readonly<Record<string, string>> = {
  PreemptionByScheduler: 'a pod of higher priority needs its place',
  DeletionByTaintManager: 'its node is tainted, for example lost',
  EvictionByEvictionAPI: 'its node is drained',
  DeletionByPodGC: 'its node is gone',
  TerminationByKubelet: 'its node is short of something, or shuts down',
};

const unfinished = (view: WorkloadView): boolean => !isComplete(view.state);

/** A pod of an older revision that is broken: an ordered StatefulSet waits for it for ever before it touches it. */
function stuckPod({ kind, workload, revision }: WorkloadView): Pod | undefined {
  if (kind !== 'StatefulSet' || workload.spec.podManagementPolicy === 'Parallel' || !observed(workload))
    return undefined;
  const waitsForNone = revision.pods.every(isReady);
  return waitsForNone ? revision.otherPods.find((pod) => !isReady(pod) && !isTerminating(pod)) : undefined;
}

/** An old pod on its way out that everything else waits for: a rolling Deployment does not. */
function leavingPod({ revision, kind, workload }: WorkloadView): Pod | undefined {
  const waits = kind !== 'Deployment' || workload.spec.strategy?.type === 'Recreate';
  return waits && revision.pods.every(isReady) ? revision.otherPods.find(isTerminating) : undefined;
}

/** The node of a pod that cannot be ended, because its kubelet has gone silent (node lifecycle controller's event). */
function lostNodeOf({ state }: WorkloadView, { metadata: { uid }, spec: { nodeName } }: Pod): string | undefined {
  const events = [...state.events.values()].filter(({ involvedObject }) => involvedObject.uid === uid);
  return events.some(({ reason }) => reason === 'NodeNotReady') ? nodeName : undefined;
}

export const workloadCauses: readonly Cause[] = [
  inWorkload('deleted', {
    heals: 'never',
    seen: ({ state }) => (state.deleted ? {} : undefined),
    says: (_, { kind, state }) => `${kind} ${state.target.name} was deleted during the rollout.`,
    remedy: () => 'Find out who deleted it, and deploy again.',
    evidence: ['events'],
  }),
  inWorkload('paused', {
    heals: 'if-something-else-changes',
    seen: (view) =>
      (view.workload.spec.paused === true || view.workload.spec.suspend === true) && unfinished(view) ? {} : undefined,
    says: (_, { kind, state }) => `${kind} ${state.target.name} is paused, so the change is not rolled out.`,
    remedy: (_, { kind, state: { target } }) =>
      kind === 'Job'
        ? `Set spec.suspend to false (kubectl -n ${target.namespace} patch job/${target.name} -p '{"spec":{"suspend":false}}').`
        : `Resume it (kubectl -n ${target.namespace} rollout resume ${kind.toLowerCase()}/${target.name}).`,
    evidence: ['conditions'],
  }),
  inWorkload('on-delete', {
    heals: 'if-something-else-changes',
    seen: (view) => (view.workload.spec.updateStrategy?.type === 'OnDelete' && unfinished(view) ? {} : undefined),
    says: (_, { kind, state }) =>
      `${kind} ${state.target.name} has updateStrategy OnDelete: its pods keep the old revision until somebody deletes them.`,
    remedy: (_, { state: { target } }) =>
      `Delete its pods (kubectl -n ${target.namespace} delete pod …), or set updateStrategy to RollingUpdate.`,
    evidence: ['conditions'],
  }),
  inWorkload('statefulset-stuck', {
    heals: 'if-something-else-changes',
    seen: (view) => {
      const pod = stuckPod(view);
      return pod === undefined ? undefined : { pod: pod.metadata.name };
    },
    subject: ({ pod }) => pod,
    says: ({ pod }, { state }) =>
      `StatefulSet ${state.target.name} waits for ${pod}, a broken pod of an older revision, before it replaces it: it would wait for ever.`,
    remedy: ({ pod }, { state: { target } }) =>
      `Delete that pod (kubectl -n ${target.namespace} delete pod ${pod}); the StatefulSet makes it anew from the present template.`,
    evidence: ['container-state', 'events'],
  }),
  inWorkload('replicaset-refused', {
    heals: 'if-something-else-changes',
    seen: ({ workload }) => {
      const progressing = conditionOf(workload.status?.conditions, 'Progressing');
      return progressing?.status === 'False' && /^(ReplicaSetCreateError|FailedCreate)$/.test(progressing.reason ?? '')
        ? { why: progressing.message ?? '' }
        : undefined;
    },
    says: ({ why }) => `The new ReplicaSet cannot be created: ${why.slice(0, 300)}.`,
    remedy: () => 'Correct what the message names (a quota on ReplicaSets, a name that is too long).',
    evidence: ['conditions', 'events'],
  }),
  inWorkload('job-failed', {
    heals: 'never',
    seen: ({ kind, workload, revision }) => {
      const failed = conditionOf(workload.status?.conditions, 'Failed');
      if (kind !== 'Job' || failed?.status !== 'True') return undefined;
      const ends = revision.pods.flatMap((pod) => pod.status?.containerStatuses ?? []);
      const code = ends.find((status) => (status.state?.terminated?.exitCode ?? 0) !== 0)?.state?.terminated?.exitCode;
      return { why: failed.message ?? failed.reason ?? '', code };
    },
    says: ({ why, code }, { state }) =>
      `Job ${state.target.name} has failed${code === undefined ? '' : ` (exit code ${code})`}: ${why}.`,
    remedy: () =>
      'The last lines of its log are in the evidence. A Job cannot be started again: delete it and create it anew.',
    evidence: ['logs', 'container-state', 'events'],
  }),
  inWorkload('progress-deadline', {
    heals: 'by-itself',
    ordinary: true,
    // kubectl gives up here. It is said at once, and no more than that: what is merely slow completes all the same.
    early: () => true,
    seen: (view) => {
      const progressing = conditionOf(view.workload.status?.conditions, 'Progressing');
      // A deadline is a symptom: where a pod shows the cause, the cause is told.
      if (view.explained || progressing?.reason !== 'ProgressDeadlineExceeded' || !unfinished(view)) return undefined;
      return { why: progressing.message ?? '' };
    },
    says: ({ why }) =>
      `Kubernetes has seen no progress for progressDeadlineSeconds, and no pod says why: ${why.replace(/\.$/, '')}.`,
    remedy: () =>
      'If it is merely slow, raise progressDeadlineSeconds; otherwise look at the conditions and events of the workload and its ReplicaSet.',
    evidence: ['conditions', 'events'],
  }),
  inWorkload('old-pods-remain', {
    heals: 'by-itself',
    ordinary: true,
    seen: (view) => {
      const pod = unfinished(view) ? leavingPod(view) : undefined;
      if (pod === undefined) return undefined;
      const finalizers = (pod.metadata.finalizers ?? []).join(', ');
      return { pod: pod.metadata.name, finalizers, lostNode: lostNodeOf(view, pod) };
    },
    says: ({ pod, finalizers, lostNode }) =>
      `The rollout waits until ${pod}, an old pod, has gone${finalizers === '' ? '' : ` (finalizers ${finalizers})`}${
        lostNode === undefined ? '' : `, and its node ${lostNode} does not answer any more`
      }.`,
    remedy: ({ finalizers, lostNode }) =>
      lostNode !== undefined
        ? `Look at the node (kubectl describe node ${lostNode}). Nobody else can end the pod; when the node is gone for good, delete it (kubectl delete node ${lostNode}).`
        : finalizers === ''
          ? 'It may take its terminationGracePeriodSeconds, preStop hook included.'
          : 'Whoever set the finalizers has to remove them.',
    evidence: ['events', 'nodes'],
  }),
  inWorkload('pods-taken-away', {
    heals: 'by-itself',
    ordinary: true,
    early: () => true,
    seen: (view) => {
      if (!unfinished(view)) return undefined;
      const taken = view.revision.otherPods.filter((pod) => isTerminating(pod) && disruptionOf(pod) !== undefined);
      const [first] = taken;
      const why = first === undefined ? undefined : disruptionOf(first);
      return first === undefined ? undefined : { pod: first.metadata.name, count: taken.length, why };
    },
    subject: ({ pod }) => pod,
    says: ({ pod, count, why }) =>
      `${pod}${count > 1 ? ` and ${count - 1} more` : ''} ${count > 1 ? 'are' : 'is'} taken away by others (${takenBy[why?.reason ?? ''] ?? why?.reason ?? 'disruption'}${
        why?.message === undefined ? '' : `: ${why.message.trim().replace(/\.$/, '').slice(0, 200)}`
      }). That is not the workload's fault.`,
    remedy: () => 'It is made anew. A PodDisruptionBudget or a priority class says how many may be taken at a time.',
    evidence: ['events', 'nodes'],
  }),
  inWorkload('not-taken-up', {
    heals: 'by-itself',
    ordinary: true,
    seen: (view) => {
      if (!observed(view.workload)) return {};
      // Recreate makes the new ReplicaSet only when the old pods have gone.
      return view.revision.maker === undefined && leavingPod(view) === undefined ? {} : undefined;
    },
    says: (_, { kind }) => `The ${kind} controller has not taken up the change yet.`,
    remedy: () => 'If it goes on, look at the controller manager of the cluster.',
    evidence: ['conditions'],
  }),
];
