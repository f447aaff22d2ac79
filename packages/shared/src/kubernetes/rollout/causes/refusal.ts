/** Causes for which the API server refuses to create the pods. */
import type { RefusalView } from '../views.ts';
import type { Cause } from './row.ts';
import { inRefusal, read } from './row.ts';

const exceeded =
  /exceeded quota: (?<quota>[^,]+), requested: (?<requested>.+), used: (?<used>.+), limited: (?<limited>.+?)$/;
const withoutRequests = /failed quota: (?<quota>[^:]+): must specify (?<what>.+)/;

type QuotaFacts = Record<'quota' | 'requested' | 'used' | 'limited', string>;

const quota = (view: RefusalView): QuotaFacts | undefined => read(view.message, exceeded);

function quotaSays({ quota: name, requested, used, limited }: QuotaFacts): string {
  return `quota ${name} is used up (requested ${requested}, used ${used}, limit ${limited})`;
}

/** The last sentence of a refusal, without the name of the pod that was to be. */
function refusal(view: RefusalView): string {
  return view.message.replace(/^pods "[^"]*" is forbidden: /, '').slice(0, 300);
}

export const refusalCauses: readonly Cause[] = [
  inRefusal('service-account-missing', {
    heals: 'if-something-else-changes',
    seen: (view) =>
      read<'name'>(view.message, /error looking up service account \S+: serviceaccount "(?<name>[^"]+)" not found/),
    subject: ({ name }) => name,
    needs: ({ name }) => ({ kind: 'ServiceAccount', name }),
    says: ({ name }) => `ServiceAccount ${name} does not exist, so no pod can be created.`,
    remedy: ({ name }, { namespace }) =>
      `Create it (kubectl -n ${namespace} create serviceaccount ${name}) or correct serviceAccountName.`,
    evidence: ['events', 'conditions'],
  }),
  inRefusal('quota', {
    heals: 'if-something-else-changes',
    seen: (view) => (view.hard ? quota(view) : undefined),
    says: (facts) => `No pod can be created: ${quotaSays(facts)}.`,
    remedy: (_, { oldPods }) =>
      oldPods
        ? 'Raise the quota, lower the requests, or let the rollout remove an old pod first (maxSurge 0, maxUnavailable 1).'
        : 'Raise the quota, or lower the requests.',
    evidence: ['quota', 'events', 'conditions'],
  }),
  inRefusal('quota-surge', {
    heals: 'by-itself',
    seen: quota,
    says: (facts) => `The rollout goes on without its extra pods: ${quotaSays(facts)}.`,
    remedy: (_, { maker, namespace }) =>
      `Free some of the quota. The controller waits longer after each refusal; if quota is free and nothing happens, make it try at once (kubectl -n ${namespace} annotate ${maker.replace(' ', '/').toLowerCase()} retry=1 --overwrite).`,
    evidence: ['quota', 'events', 'conditions'],
  }),
  inRefusal('quota-without-requests', {
    heals: 'if-something-else-changes',
    seen: (view) => read<'quota' | 'what'>(view.message, withoutRequests),
    says: ({ quota: name, what }) => `No pod can be created: quota ${name} wants every container to specify ${what}.`,
    remedy: ({ what }) => `Set resources (${what}) on every container, or a LimitRange with defaults.`,
    evidence: ['quota', 'events'],
  }),
  inRefusal('limit-range', {
    heals: 'if-something-else-changes',
    seen: (view) =>
      read<'rule'>(
        view.message,
        /(?<rule>(?:maximum|minimum) \S+ usage per \w+ is .*|\S+ max limit to request ratio .*)/,
      ),
    says: ({ rule }) => `No pod can be created: the namespace's LimitRange forbids it (${rule.slice(0, 200)}).`,
    remedy: () => 'Bring the requests and limits of the containers within the LimitRange.',
    evidence: ['events', 'pod-spec'],
  }),
  inRefusal('pod-security', {
    heals: 'if-something-else-changes',
    seen: (view) => read<'rule'>(view.message, /violates PodSecurity (?<rule>.*)/),
    says: ({ rule }) => `No pod can be created: it violates Pod Security ${rule.slice(0, 300)}.`,
    remedy: () => 'Set the securityContext fields that the message names.',
    evidence: ['events', 'pod-spec'],
  }),
  inRefusal('admission-unreachable', {
    heals: 'by-itself',
    seen: (view) => read<'webhook' | 'why'>(view.message, /failed calling webhook "(?<webhook>[^"]+)": (?<why>.*)/),
    subject: ({ webhook }) => webhook,
    says: ({ webhook, why }) =>
      `No pod can be created: the admission webhook ${webhook} does not answer (${why.slice(0, 200)}).`,
    remedy: ({ webhook }) =>
      `Look at the service behind ${webhook}. Until it answers, nothing that it guards can be created.`,
    evidence: ['events', 'conditions'],
  }),
  inRefusal('webhook-denied', {
    heals: 'if-something-else-changes',
    seen: (view) =>
      read<'webhook' | 'why'>(view.message, /admission webhook "(?<webhook>[^"]+)" denied the request: ?(?<why>.*)/),
    subject: ({ webhook }) => webhook,
    says: ({ webhook, why }) => `No pod can be created: admission webhook ${webhook} denies it: ${why.slice(0, 300)}.`,
    remedy: () => 'Do what the policy asks for, or ask its owner for an exception.',
    evidence: ['events', 'pod-spec'],
  }),
  inRefusal('policy-denied', {
    heals: 'if-something-else-changes',
    seen: (view) =>
      read<'policy' | 'why'>(
        view.message,
        /ValidatingAdmissionPolicy '(?<policy>[^']+)'.* denied request: ?(?<why>.*)/,
      ),
    subject: ({ policy }) => policy,
    says: ({ policy, why }) => `No pod can be created: admission policy ${policy} denies it: ${why.slice(0, 300)}.`,
    remedy: () => 'Do what the policy asks for, or ask its owner for an exception.',
    evidence: ['events', 'pod-spec'],
  }),
  inRefusal('pod-forbidden', {
    heals: 'if-something-else-changes',
    seen: (view) => (/ is (forbidden|invalid)\b/.test(view.message) ? { why: refusal(view) } : undefined),
    says: ({ why }) => `The API server refuses to create pods: ${why}.`,
    remedy: () => "Correct what the API server's message names.",
    evidence: ['events', 'conditions', 'pod-spec'],
  }),
  inRefusal('pod-not-created', {
    heals: 'by-itself',
    seen: (view) => ({ why: refusal(view) }),
    says: ({ why }) => `Pods cannot be created: ${why}.`,
    remedy: () => "The controller tries again. If it goes on, look at the API server's words in the evidence.",
    evidence: ['events', 'conditions'],
  }),
];
