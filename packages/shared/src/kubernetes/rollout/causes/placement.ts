/** Causes for which a pod has no place, no volume, or lost its node. */
import { kindOfNeed } from '../need.ts';
import type { PodView } from '../views.ts';
import { disruptionOf, lastHappened } from '../objects.ts';
import type { Cause } from './row.ts';
import { inPod, read } from './row.ts';

/** What the kubelet said about a volume, as long as nothing shows that it has got past it. */
function mountFailure(pod: PodView): string | undefined {
  if (!pod.beforeStart) return undefined;
  const failed = pod.event(/^(FailedMount|FailedAttachVolume|FailedMapVolume)$/);
  const later = pod.event(/^(Pulling|Pulled|Created|Started)$/);
  if (failed === undefined || (later !== undefined && lastHappened(later) > lastHappened(failed))) return undefined;
  return failed.message;
}

/** What the kubelet said when it could not set the pod up (network, runtime), as long as nothing shows that it has. */
function sandboxFailure(pod: PodView): string | undefined {
  if (!pod.beforeStart) return undefined;
  const failed = pod.event(/^FailedCreatePodSandBox$/);
  const later = pod.event(/^(Pulling|Pulled|Created|Started)$/);
  if (failed === undefined || (later !== undefined && lastHappened(later) >= lastHappened(failed))) return undefined;
  return (failed.message ?? '').replace(/^Failed to create pod sandbox: (?:rpc error: code = \w+ desc = )?/, '');
}

/** Why no node is good enough, in the order in which a person would want to know. */
const placeReasons: readonly (readonly [RegExp, (match: RegExpExecArray) => string, string])[] = [
  [
    /persistentvolumeclaim "([^"]+)" not found/,
    (m) => `its volume claim ${m[1] ?? ''} does not exist`,
    'Create the PersistentVolumeClaim, or correct claimName.',
  ],
  [
    /unbound immediate PersistentVolumeClaims|didn't find available persistent volumes/,
    () => 'its volume claim has no volume',
    'Look at the claim (kubectl describe pvc): its storage class must exist and be able to make a volume of that size and mode.',
  ],
  [
    /volume node affinity conflict/,
    () => 'its volume is bound to another node or zone',
    'Let the pod run where the volume is, or use a storage class with WaitForFirstConsumer.',
  ],
  [
    /Insufficient ([\w/-]+(?:\.[\w/-]+)*)/,
    (m) => `no node has enough ${m[1] ?? 'room'} left for its requests`,
    'Lower resources.requests, free capacity, or add nodes.',
  ],
  [
    /didn't match Pod's node affinity\/selector/,
    () => 'no node matches its nodeSelector or node affinity',
    'Correct nodeSelector or affinity, or label a node accordingly (kubectl get nodes --show-labels).',
  ],
  [
    /didn't match pod anti-affinity rules/,
    () => 'its anti-affinity forbids every node that is left',
    'Add nodes, make the anti-affinity preferred instead of required, or set maxSurge to 0 and maxUnavailable to 1.',
  ],
  [
    /had untolerated taint(?:\(s\)|s)?(?: (\{[^}]*\}))?/,
    (m) => `no node is without a taint that it does not tolerate${m[1] === undefined ? '' : ` ${m[1]}`}`,
    'Add a toleration, or free a node of its taint.',
  ],
  [
    /didn't have free ports/,
    () => 'its host port is taken on every node',
    'Do without hostPort, or set maxSurge to 0.',
  ],
  [
    /topology spread constraints/,
    () => 'its topology spread constraints cannot be met',
    'Relax maxSkew or whenUnsatisfiable.',
  ],
  [/Too many pods/, () => 'every node is full (pods per node)', 'Add nodes.'],
  [/node\(s\) were unschedulable/, () => 'the nodes are cordoned', 'Uncordon a node (kubectl uncordon).'],
];

interface PlaceFacts {
  readonly why: string;
  readonly remedy: string;
  readonly text: string;
}

function withoutPlace(pod: PodView): PlaceFacts | undefined {
  if (pod.pod.spec.nodeName !== undefined) return undefined;
  const text = pod.unschedulable ?? pod.event(/^FailedScheduling$/)?.message;
  if (text === undefined) return undefined;
  const found = placeReasons.flatMap(([pattern, says, remedy]) => {
    const match = pattern.exec(text);
    return match === null ? [] : [{ why: says(match), remedy }];
  });
  const [first] = found;
  return {
    why: found.length === 0 ? text.slice(0, 200) : found.map(({ why }) => why).join('; '),
    remedy: first?.remedy ?? "Look at the scheduler's words in the evidence.",
    text,
  };
}

const scalingUp = (pod: PodView): boolean => pod.event(/^(TriggeredScaleUp|Nominated)$/) !== undefined;

/** Reasons of a failed pod (kubelet, node lifecycle controller): somebody took its place away, or it was never given one. */
const hasLostItsPlace =
  /^(Evicted|Preempting|NodeLost|NodeShutdown|Terminated|Shutdown|NodeAffinity|UnexpectedAdmissionError|OutOf\w+)$/;

/** Its own use of storage is the one reason for which the kubelet evicts a pod that is the pod's own doing. */
const ownStorage =
  /(?:ephemeral local storage usage exceeds|exceeds its local ephemeral storage limit|EmptyDir volume "[^"]*" exceeds)/i;

export const placementCauses: readonly Cause[] = [
  inPod('node-scaling', {
    heals: 'by-itself',
    seen: (pod) => (scalingUp(pod) ? withoutPlace(pod) : undefined),
    says: ({ why }) => `The pod waits for a new node: ${why}, and the autoscaler is adding one.`,
    remedy: () => 'If no node comes, look at the autoscaler.',
    evidence: ['events', 'nodes'],
  }),
  inPod('unschedulable', {
    heals: 'if-something-else-changes',
    tolerance: 'unschedulable-grace',
    seen: withoutPlace,
    needs: ({ text }) => {
      const name = /persistentvolumeclaim "([^"]+)" not found/.exec(text)?.[1];
      return name === undefined ? undefined : { kind: 'PersistentVolumeClaim', name };
    },
    says: ({ why, text }) => `The pod finds no node: ${why} (${text.split('. ')[0] ?? ''}).`,
    remedy: ({ remedy }) => remedy,
    evidence: ['events', 'nodes', 'pod-spec'],
  }),
  inPod('mount-missing', {
    heals: 'if-something-else-changes',
    seen: (pod) => {
      const text = mountFailure(pod);
      const key = read<'volume' | 'name'>(
        text,
        /volume "(?<volume>[^"]+)".*references non-existent (?:config|secret) key: (?<name>\S+)/,
      );
      if (key !== undefined) return { ...key, kind: 'key' };
      return read<'volume' | 'kind' | 'name'>(
        text,
        /volume "(?<volume>[^"]+)".* (?<kind>configmap|secret|persistentvolumeclaim) "(?<name>[^"]+)" (?:is )?not found/i,
      );
    },
    subject: ({ kind, name }) => `${kind}/${name}`,
    needs: ({ kind: word, name }) => {
      const kind = kindOfNeed(word);
      return kind === undefined ? undefined : { kind, name };
    },
    says: ({ kind, name, volume }) =>
      kind === 'key'
        ? `The key ${name} does not exist, so volume ${volume} cannot be mounted.`
        : `${kindName(kind)} ${name} does not exist, so volume ${volume} cannot be mounted.`,
    remedy: ({ kind, name }, { namespace }) =>
      kind === 'key'
        ? `Add the key ${name} to what the volume is made of, or mark it optional.`
        : `Create it (kubectl -n ${namespace} create ${kind === 'secret' ? 'secret generic' : kind} ${name} …) or mark the volume optional.`,
    evidence: ['events', 'pod-spec'],
  }),
  inPod('mount-failed', {
    heals: 'by-itself',
    seen: (pod) => {
      const text = mountFailure(pod);
      // The kubelet's caches are a moment behind after a start: it tries again at once.
      return text === undefined || /failed to sync .* cache/.test(text) ? undefined : { text };
    },
    says: ({ text }) => `A volume cannot be mounted: ${text.slice(0, 300)}.`,
    remedy: () =>
      'If it goes on: look at the volume (kubectl describe pvc), at its driver, and whether another node still holds it.',
    evidence: ['events', 'pod-spec'],
  }),
  inPod('sandbox-failed', {
    heals: 'by-itself',
    seen: (pod) => {
      const text = sandboxFailure(pod);
      return text === undefined ? undefined : { text, node: pod.pod.spec.nodeName ?? '' };
    },
    subject: ({ node }) => node,
    says: ({ text, node }) => `Node ${node} cannot set the pod up: ${withoutEnd(text)}.`,
    remedy: ({ node }) =>
      `The kubelet tries again. If it goes on: the network plugin of node ${node} (does it run there, has it addresses left?) or its container runtime is in trouble.`,
    evidence: ['events', 'nodes'],
  }),
  inPod('storage-exceeded', {
    heals: 'by-itself',
    seen: ({ pod }) => {
      const { phase, reason, message = '' } = pod.status ?? {};
      return phase === 'Failed' && reason === 'Evicted' && ownStorage.test(message) ? { message } : undefined;
    },
    says: ({ message }) =>
      `The pod is evicted because it writes more to its node's disk than it may: ${withoutEnd(message)}.`,
    remedy: () =>
      'Raise the limit (resources.limits.ephemeral-storage, sizeLimit of the emptyDir), or let the program write less: logs to standard output, not to files.',
    evidence: ['events', 'pod-spec', 'logs'],
  }),
  inPod('pod-lost', {
    heals: 'by-itself',
    seen: ({ pod }) => {
      const { phase, reason = '', message = '' } = pod.status ?? {};
      if (phase !== 'Failed') return undefined;
      if (hasLostItsPlace.test(reason)) return { reason, message };
      const taken = disruptionOf(pod);
      return taken === undefined ? undefined : { reason: taken.reason ?? '', message: taken.message ?? '' };
    },
    says: ({ reason, message }) =>
      `The pod lost its place on the node (${reason})${message === '' ? '' : `: ${withoutEnd(message)}`}. That is not the workload's fault.`,
    remedy: ({ reason }) =>
      reason === 'Evicted'
        ? 'It is replaced. If it happens again: the node is short of what the message names; requests near what the program really takes keep it from being the first to go.'
        : 'It is replaced. If it happens again, look at the node and at what the pod requests.',
    evidence: ['events', 'nodes'],
  }),
  inPod('node-lost', {
    heals: 'by-itself',
    seen: (view) => {
      const { pod, ready } = view;
      if (pod.status?.reason === 'NodeLost') return { node: pod.spec.nodeName ?? '' };
      const lost = view.event(/^NodeNotReady$/);
      // The event stays after the node is back; a ready pod says that it is.
      return ready || lost === undefined || pod.status?.phase !== 'Running'
        ? undefined
        : { node: pod.spec.nodeName ?? '' };
    },
    subject: ({ node }) => node,
    says: ({ node }) =>
      `Node ${node} does not answer any more, so nobody knows how its pods are. That is not the workload's fault.`,
    remedy: ({ node }) =>
      `Look at the node (kubectl describe node ${node}). If it stays away, Kubernetes makes the pod anew elsewhere after five minutes.`,
    evidence: ['events', 'nodes'],
  }),
];

const withoutEnd = (text: string): string => text.trim().replace(/\.$/, '').slice(0, 250);

function kindName(kind: string): string {
  return kind === 'secret' ? 'Secret' : kind === 'configmap' ? 'ConfigMap' : 'PersistentVolumeClaim';
}
