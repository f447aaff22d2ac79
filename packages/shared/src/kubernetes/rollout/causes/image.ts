/** Causes for which an image does not come. They rest on the kubelet's reasons and on HTTP codes before they rest on words. */
import type { Need } from '../need.ts';
import { lastHappened } from '../objects.ts';
import type { ContainerView } from '../views.ts';
import type { Cause } from './row.ts';
import { inContainer } from './row.ts';

const pullReasons = /^(ErrImagePull|ImagePullBackOff|ImageInspectError|RegistryUnavailable|SignatureValidationFailed)$/;
const notStarted = /^(|ContainerCreating|PodInitializing)$/;

/** What the runtime said when it could not pull the image, or undefined when pulling is not the trouble. */
function pullFailure(view: ContainerView): string | undefined {
  const failed = view.event(/^Failed$/, /^Failed to pull image/);
  const reason = view.waiting?.reason ?? '';
  if (pullReasons.test(reason)) {
    const message = view.waiting?.message ?? '';
    // Before Kubernetes 1.32 the back-off's message does not repeat the error: the event has it.
    return reason === 'ImagePullBackOff' && !message.includes('ErrImagePull') ? (failed?.message ?? message) : message;
  }
  // The event is some hundred milliseconds ahead of the pod's status.
  if (failed === undefined || view.ended !== undefined || view.running || !notStarted.test(reason)) return undefined;
  const pulled = view.event(/^(Pulled|Created|Started)$/);
  return pulled !== undefined && lastHappened(pulled) >= lastHappened(failed) ? undefined : failed.message;
}

const platform = /no match for platform|no matching manifest for/i;
const unauthorized =
  /\b40[13]\b|unauthorized|forbidden|access denied|authorization failed|authentication required|no basic auth/i;
const busy = /\b(?:429|5\d\d) [A-Z]|: (?:429|50\d)\b|toomanyrequests|too many requests/i;
const untrusted =
  /x509:|certificate (?:signed by unknown|has expired|is not valid)|server gave HTTP response to HTTPS/i;
const network =
  /connection (?:refused|reset)|no such host|i\/o timeout|deadline exceeded|unexpected EOF|\bEOF\b|short read|unreachable|TLS handshake|temporary failure|cut off|failed to read expected/i;
const absent = /code = NotFound|not found|manifest unknown|name unknown|\b404\b/i;

/** The kubelet's own reason for it (CRI ErrSignatureValidationFailed), repeated by the back-off. */
const unsigned = /SignatureValidationFailed|signature validation failed/i;

type PullClass = 'unsigned' | 'platform' | 'unauthorized' | 'busy' | 'untrusted' | 'absent' | 'network' | 'other';

/** Kinds of refusal, the more telling first: one text can match several. */
const classes: readonly (readonly [PullClass, RegExp])[] = [
  ['unsigned', unsigned],
  ['platform', platform],
  ['untrusted', untrusted],
  ['unauthorized', unauthorized],
  ['busy', busy],
  ['network', network],
  ['absent', absent],
];

interface PullFacts {
  readonly image: string;
  readonly text: string;
}

function pull(...wanted: readonly PullClass[]): (view: ContainerView) => PullFacts | undefined {
  return (view) => {
    const text = pullFailure(view);
    if (text === undefined) return undefined;
    const image = view.spec.image ?? '';
    // The image's own name must not be mistaken for an answer (a tag may be called 404).
    const reason = view.waiting?.reason === 'SignatureValidationFailed' ? `${view.waiting.reason}: ` : '';
    const answer = `${reason}${image === '' ? text : text.replaceAll(image, 'IMAGE')}`;
    const words = classes.find(([, pattern]) => pattern.test(answer))?.[0] ?? 'other';
    const found = registryDecides(words, view) ?? words;
    return wanted.includes(found) ? { image, text: answer.replaceAll('IMAGE', image) } : undefined;
  };
}

/** What the registry itself answered goes before words that leave it open ("does not exist or may require authorization"). */
function registryDecides(words: PullClass, { registry }: ContainerView): PullClass | undefined {
  return registry?.state === 'absent' && (words === 'unauthorized' || words === 'other') ? 'absent' : undefined;
}

const itsImage = (_: unknown, view: ContainerView): Need => ({ kind: 'Image', name: view.spec.image ?? '' });

/** The registry's answer: the HTTP status, or the end of the runtime's message. What comes before it repeats the image. */
function answerOf(text: string): string {
  const status = /\b[45]\d\d [A-Z][A-Za-z ]+$/.exec(text)?.[0];
  if (status !== undefined) return status;
  const parts = text.split(': ').filter((part) => !/^(failed to|back-off|ErrImagePull$|rpc error|code =)/i.test(part));
  return parts.slice(-2).join(': ').slice(0, 200);
}

export const imageCauses: readonly Cause[] = [
  inContainer('image-name-invalid', {
    heals: 'never',
    seen: (view) => {
      const event = view.event(/^InspectFailed$/, /invalid reference format|couldn't parse image/);
      const waiting = view.waiting?.reason === 'InvalidImageName' ? view.waiting : undefined;
      if (waiting === undefined && (event === undefined || !notStarted.test(view.waiting?.reason ?? '')))
        return undefined;
      const text = waiting?.message ?? event?.message ?? '';
      return { image: view.spec.image ?? '', why: /invalid reference format:? ?(.*)$/.exec(text)?.[1] ?? '' };
    },
    says: ({ image, why }) => `"${image}" is not a valid image name${why === '' ? '' : `: ${why}`}.`,
    remedy: () => 'Write it as registry/repository:tag or registry/repository@sha256:…, the repository in lower case.',
    evidence: ['events', 'pod-spec'],
  }),
  inContainer('image-never-pull', {
    heals: 'if-something-else-changes',
    seen: (view) =>
      view.waiting?.reason === 'ErrImageNeverPull' ||
      (view.event(/^ErrImageNeverPull$/) !== undefined && notStarted.test(view.waiting?.reason ?? '') && !view.running)
        ? { image: view.spec.image ?? '' }
        : undefined,
    says: ({ image }) => `Image ${image} is not on the node, and imagePullPolicy Never forbids to pull it.`,
    remedy: () => 'Set imagePullPolicy to IfNotPresent, or load the image on every node that may run the pod.',
    evidence: ['events', 'pod-spec'],
  }),
  inContainer('image-platform', {
    heals: 'never',
    seen: pull('platform'),
    says: ({ image }) => `Image ${image} exists, but not for the platform of the node.`,
    remedy: () =>
      'Build it for that platform too (input platforms of build-mi), or choose nodes of its platform with a nodeSelector on kubernetes.io/arch.',
    evidence: ['events', 'nodes'],
  }),
  inContainer('image-signature', {
    heals: 'if-something-else-changes',
    seen: pull('unsigned'),
    says: ({ image }) =>
      `The node refuses ${image}: its signature is missing, or not one that the node's policy accepts.`,
    remedy: () =>
      "Sign the image with a key that the policy of the nodes' container runtime accepts, or add its key to that policy.",
    evidence: ['events', 'pod-spec'],
  }),
  inContainer('image-unauthorized', {
    heals: 'if-something-else-changes',
    seen: (view) => {
      const facts = pull('unauthorized')(view);
      if (facts === undefined) return undefined;
      const missing = view.pod.event(/^FailedToRetrieveImagePullSecret$/)?.message;
      return {
        ...facts,
        missing: /pull secrets \((?<names>[^)]+)\)/.exec(missing ?? '')?.groups?.names,
        secrets: (view.pod.pod.spec.imagePullSecrets ?? []).map((secret) => secret.name).join(', '),
        exists: view.registry?.state === 'present',
      };
    },
    needs: ({ missing, exists }, view) =>
      exists || missing === undefined || missing.includes(',')
        ? itsImage(undefined, view)
        : { kind: 'Secret', name: missing },
    says: ({ image, missing, secrets, text, exists }) =>
      `The registry refuses to give ${image} (${answerOf(text)}): ` +
      (missing !== undefined
        ? `the pull secret ${missing} does not exist.`
        : secrets === ''
          ? `the pod has no pull secret${exists ? '' : ', or the image does not exist'}.`
          : `the pull secret ${secrets} does not give access to it${exists ? '' : ', or the image does not exist'}.`) +
      (exists ? ' The registry has the image: asked with the credentials of this step, it answers.' : ''),
    remedy: ({ missing, secrets }, { pod }) =>
      `Create ${missing ?? (secrets === '' ? 'a pull secret' : secrets)} with credentials that may pull it (kubectl -n ${pod.namespace} create secret docker-registry ${missing ?? (secrets === '' ? 'NAME' : secrets)} …) and name it in imagePullSecrets of the pod or of its ServiceAccount.`,
    evidence: ['events', 'pod-spec'],
  }),
  inContainer('image-not-found', {
    heals: 'if-something-else-changes',
    seen: pull('absent'),
    needs: itsImage,
    says: ({ image }) => `Image ${image} does not exist in its registry.`,
    remedy: () => 'Push it before the deployment, or correct its name, tag or digest.',
    evidence: ['events'],
  }),
  inContainer('image-registry-untrusted', {
    heals: 'if-something-else-changes',
    seen: pull('untrusted'),
    says: ({ image, text }) => `The node does not trust the registry of ${image}: ${answerOf(text)}.`,
    remedy: () =>
      "Give the registry a certificate of an authority that the nodes trust, or add its authority to the nodes' container runtime.",
    evidence: ['events'],
  }),
  inContainer('image-pull-transient', {
    heals: 'by-itself',
    seen: pull('busy', 'network'),
    says: ({ image, text }) => `The registry of ${image} does not deliver now: ${answerOf(text)}.`,
    remedy: () =>
      'The kubelet tries again on its own. If it goes on, look at the registry, its rate limits and the network between the nodes and it.',
    evidence: ['events'],
  }),
  inContainer('image-pull-failed', {
    heals: 'by-itself',
    seen: pull('other'),
    needs: itsImage,
    says: ({ image, text }) => `Image ${image} cannot be pulled: ${answerOf(text)}.`,
    remedy: () => "Look at the registry's answer in the evidence.",
    evidence: ['events'],
  }),
];
