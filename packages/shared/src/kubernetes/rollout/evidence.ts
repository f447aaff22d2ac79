/** What proves a verdict: taken from what was watched, and from the cluster while the broken pods are still there. */
import { neutralise, tail } from '../../base/text.ts';
import type { KubernetesClient } from '../client.ts';
import { at, textAt } from '../objects.ts';
import { formatWorkload } from '../workload.ts';
import { refused } from './existence.ts';
import type { EvidenceKind, Finding } from './finding.ts';
import type { Container, ContainerState, ContainerStatus, Pod } from './objects.ts';
import { containerStatuses, lastHappened, timesHappened } from './objects.ts';
import { nodesExhibit } from './node-evidence.ts';
import { revisionOf } from './revision.ts';
import type { RolloutState } from './state.ts';

/** A piece of evidence: foreign text, neutralised and bounded. */
export interface Exhibit {
  readonly title: string;
  readonly text: string;
}

export interface EvidenceOptions {
  readonly logLines: number;
  /** How many pods of one finding are shown. */
  readonly podsShown?: number;
}

const mostEvents = 40;

/** Collects the evidence for findings. Never throws for what the cluster refuses: that is evidence, too. */
export async function collectEvidence(
  client: KubernetesClient,
  state: RolloutState,
  findings: readonly Finding[],
  { logLines, podsShown = 2 }: EvidenceOptions,
): Promise<readonly Exhibit[]> {
  const wanted = new Set<EvidenceKind>(findings.flatMap((finding) => finding.evidence));
  const shown = new Set(findings.flatMap((finding) => finding.pods.slice(0, podsShown)));
  const pods = revisionOf(state).pods.filter((pod) => shown.has(pod.metadata.name));
  const has = (kind: EvidenceKind): boolean => wanted.has(kind);
  const exhibits: (Exhibit | undefined)[] = [
    ...(has('conditions') ? [conditions(state)] : []),
    ...pods.flatMap((pod) => podExhibits(pod, findings, wanted)),
    ...(has('probe') ? pods.flatMap((pod) => answersOf(state, pod)) : []),
    ...(has('logs')
      ? (await Promise.all(pods.map((pod) => logsOf(client, state, pod, findings, logLines)))).flat()
      : []),
    ...(has('quota') ? [await quotas(client, state)] : []),
    ...(has('nodes') ? [await nodesExhibit(client, state.workload)] : []),
    events(state),
  ];
  return exhibits
    .filter((exhibit) => exhibit !== undefined)
    .map(({ title, text }) => ({ title, text: neutralise(text) }));
}

function podExhibits(pod: Pod, findings: readonly Finding[], wanted: ReadonlySet<EvidenceKind>): readonly Exhibit[] {
  const { name } = pod.metadata;
  const lines = containersOf(pod, findings).flatMap(({ spec, status }) => [
    `${spec.name}: image ${spec.image ?? '?'}`,
    ...(status === undefined ? [] : [`  ${describeState(status)}`]),
    ...(wanted.has('probe') ? probes(spec).map((line) => `  ${line}`) : []),
    ...(wanted.has('pod-spec') ? podSpec(spec).map((line) => `  ${line}`) : []),
  ]);
  return [{ title: `Containers of ${name}`, text: lines.join('\n') }];
}

interface ContainerOfPod {
  readonly spec: Container;
  readonly status: ContainerStatus | undefined;
}

/** The containers that the findings name; all of them when a finding is about the whole pod. */
function containersOf(pod: Pod, findings: readonly Finding[]): readonly ContainerOfPod[] {
  const about = findings.filter((finding) => finding.pods.includes(pod.metadata.name));
  const named = new Set(about.map((finding) => finding.container));
  return [...(pod.spec.initContainers ?? []), ...pod.spec.containers]
    .filter((container) => named.has(undefined) || named.has(container.name))
    .map((spec) => ({ spec, status: containerStatuses(pod).find((status) => status.name === spec.name) }));
}

function describeState({ ready, restartCount = 0, state, lastState }: ContainerStatus): string {
  const before = lastState?.terminated === undefined ? '' : `; before: ${oneState(lastState)}`;
  return `${oneState(state ?? {})}, ${ready === true ? 'ready' : 'not ready'}, restarts: ${restartCount}${before}`;
}

function oneState({ waiting, running, terminated }: ContainerState): string {
  if (waiting !== undefined) return `waiting (${waiting.reason ?? ''}) ${waiting.message ?? ''}`.trim();
  if (running !== undefined) return `running since ${running.startedAt ?? '?'}`;
  if (terminated === undefined) return 'not started';
  const { exitCode, reason = '', message = '' } = terminated;
  return `ended with exit code ${exitCode} (${reason}) ${message}`.trim();
}

function probes(container: Container): readonly string[] {
  const defined = [
    ['startup', container.startupProbe],
    ['readiness', container.readinessProbe],
    ['liveness', container.livenessProbe],
  ] as const;
  return defined.flatMap(([name, probe]) => (probe === undefined ? [] : [`${name} probe: ${JSON.stringify(probe)}`]));
}

function podSpec(container: Container): readonly string[] {
  return [
    `command: ${container.command === undefined ? "the image's own" : JSON.stringify(container.command)}`,
    `resources: ${JSON.stringify(container.resources ?? {})}`,
  ];
}

function answersOf(state: RolloutState, { metadata: { uid, name }, spec }: Pod): readonly Exhibit[] {
  return spec.containers.flatMap((container) => {
    const answer = state.answers.get(`${uid}/${container.name}`);
    const title = `Answer of ${name}, container ${container.name}, to its readiness probe`;
    return answer === undefined ? [] : [{ title, text: answer }];
  });
}

/** The logs of what ended (previous) and of what runs now, of every container that a finding is about. */
async function logsOf(
  client: KubernetesClient,
  state: RolloutState,
  pod: Pod,
  findings: readonly Finding[],
  logLines: number,
): Promise<readonly Exhibit[]> {
  const { name } = pod.metadata;
  const exhibits: Exhibit[] = [];
  for (const { spec, status } of containersOf(pod, findings)) {
    const current = await readLog(client, state, name, spec.name, false, logLines);
    const restarted = (status?.restartCount ?? 0) > 0;
    const previous = restarted ? await readLog(client, state, name, spec.name, true, logLines) : undefined;
    const kept = state.logs.get(`${pod.metadata.uid}/${spec.name}`);
    const title = `Log of ${name}, container ${spec.name}`;
    if (previous !== undefined && previous !== current)
      exhibits.push({ title: `${title}, before the last restart`, text: previous });
    if (current !== undefined) exhibits.push({ title, text: current });
    if (previous === undefined && current === undefined && kept !== undefined) {
      exhibits.push({ title: `${title}, read when it ended`, text: tail(kept, logLines) });
    }
  }
  return exhibits;
}

async function readLog(
  client: KubernetesClient,
  { target: { namespace } }: RolloutState,
  pod: string,
  container: string,
  previous: boolean,
  tailLines: number,
): Promise<string | undefined> {
  try {
    const text = await client.logs(pod, { namespace, container, previous, tailLines });
    return text === undefined || text.trim() === '' ? undefined : tail(text, tailLines);
  } catch (error) {
    return refused('log', error);
  }
}

function conditions({ workload, target }: RolloutState): Exhibit | undefined {
  const all = [...(workload?.status?.conditions ?? [])];
  if (all.length === 0) return undefined;
  const lines = all.map(({ type, status, reason = '', message = '' }) => `${type}=${status} ${reason}: ${message}`);
  return { title: `Conditions of ${formatWorkload(target)}`, text: lines.join('\n') };
}

async function quotas(client: KubernetesClient, { target: { namespace } }: RolloutState): Promise<Exhibit> {
  try {
    const { items } = await client.list('ResourceQuota', { namespace });
    const lines = items.flatMap((quota) => {
      const hard = at(quota, 'status', 'hard');
      const names = typeof hard === 'object' && hard !== null ? Object.keys(hard) : [];
      return names.map((name) => {
        const used = textAt(quota, 'status', 'used', name) ?? '0';
        return `${quota.metadata.name}: ${name} used ${used} of ${textAt(quota, 'status', 'hard', name) ?? '?'}`;
      });
    });
    return { title: `Quota of namespace ${namespace}`, text: lines.join('\n') };
  } catch (error) {
    return { title: `Quota of namespace ${namespace}`, text: refused('quota', error) };
  }
}

/** The events of the revision's own objects, oldest first. */
function events(state: RolloutState): Exhibit | undefined {
  const { pods, maker } = revisionOf(state);
  const uids = new Set([state.workload?.metadata.uid, maker?.metadata.uid, ...pods.map((pod) => pod.metadata.uid)]);
  const own = [...state.events.values()]
    .filter((event) => uids.has(event.involvedObject.uid))
    .sort((a, b) => lastHappened(a) - lastHappened(b))
    .slice(-mostEvents);
  if (own.length === 0) return undefined;
  const lines = own.map((event) => {
    const time = new Date(lastHappened(event)).toISOString().slice(11, 19);
    const times = timesHappened(event) > 1 ? ` ×${timesHappened(event)}` : '';
    const { kind = '', name = '' } = event.involvedObject;
    return `${time} ${event.type ?? ''} ${kind}/${name} ${event.reason ?? ''}${times}: ${(event.message ?? '').slice(0, 500)}`;
  });
  return { title: 'Events', text: lines.join('\n') };
}
