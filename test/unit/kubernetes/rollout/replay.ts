/** Plays recordings of real rollouts to the reducer, at virtual time. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ClusterObject, WorkloadKind } from '@wso2-delivery/shared/kubernetes/rollout/objects';
import type { Policy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import { defaultPolicy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import type { Observation, RolloutState, Target } from '@wso2-delivery/shared/kubernetes/rollout/state';
import { beginRollout, observe } from '@wso2-delivery/shared/kubernetes/rollout/state';
import type { Verdict } from '@wso2-delivery/shared/kubernetes/rollout/verdict';
import { verdictOf } from '@wso2-delivery/shared/kubernetes/rollout/verdict';

const folder = new URL('../../../fixtures/kubernetes/', import.meta.url);

export interface Row {
  readonly t: number;
  readonly kind: string;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: ClusterObject;
}

interface Change {
  readonly t: number;
  readonly command: string;
  readonly endMs: number;
}

export interface Recording {
  readonly name: string;
  readonly expected: string;
  readonly target: Target;
  readonly changes: readonly Change[];
  readonly rows: readonly Row[];
  readonly acceptedMs: number;
  readonly firstCauseMs: number | null;
}

const kinds: Readonly<Record<string, WorkloadKind>> = {
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  job: 'Job',
};

export const recordingNames: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/events.jsonl.gz`, folder)))
  .map((entry) => entry.name)
  .sort();

const loaded = new Map<string, Recording>();

export function recording(name: string): Recording {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const file = (path: string): Buffer => readFileSync(new URL(`${name}/${path}`, folder));
  const meta = JSON.parse(file('meta.json').toString()) as {
    expected: string;
    target: string;
    namespace: string;
    changes: Change[];
    acceptedMs: number | null;
    firstCauseMs?: number | null;
  };
  const [kind = '', workload = ''] = meta.target.split('/');
  const result: Recording = {
    name,
    expected: meta.expected,
    target: { kind: kinds[kind] ?? 'Deployment', namespace: meta.namespace, name: workload },
    changes: meta.changes,
    acceptedMs: meta.acceptedMs ?? meta.changes[0]?.endMs ?? 0,
    firstCauseMs: meta.firstCauseMs ?? null,
    rows: gunzipSync(file('events.jsonl.gz'))
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Row),
  };
  loaded.set(name, result);
  return result;
}

/** Everything that exists at a time, as the first list of a watch would show it. */
export function listed(rows: readonly Row[], until: number): readonly Row[] {
  const present = new Map<string, Row>();
  for (const row of rows) {
    if (row.t > until) break;
    const key = `${row.kind}/${row.object.metadata.uid}`;
    if (row.type === 'DELETED') present.delete(key);
    else present.set(key, { ...row, t: until, type: 'ADDED' });
  }
  return [...present.values()];
}

export interface Step {
  readonly t: number;
  readonly observation: Observation;
}

export interface Replay {
  /** When the watch begins: what is there then comes as a list. */
  readonly from?: number;
  readonly policy?: Policy;
  /** The generation of the change that is waited for, when it is known beforehand. */
  readonly generation?: number;
  /** What happens to the rows on their way, after the first list. */
  readonly disturb?: (rows: readonly Row[]) => readonly Step[];
  /** Containers' logs that the watcher reads, by time. */
  readonly logs?: readonly Step[];
}

export interface Outcome {
  readonly verdict: Verdict;
  /** When the verdict fell, in ms of the recording. */
  readonly at: number;
  readonly state: RolloutState;
  /** When a cause was said to be suspected first, by cause. */
  readonly suspectedAt: ReadonlyMap<string, number>;
}

/** Watches a recording from the acceptance of its first change on until there is a verdict. */
export function replay({ target, rows, acceptedMs }: Recording, options: Replay = {}): Outcome {
  const policy = options.policy ?? defaultPolicy;
  const from = options.from ?? acceptedMs;
  const start = listed(rows, from);
  const later = rows.filter((row) => row.t > from);
  const steps: Step[] = [
    ...start.map((row) => ({ t: from, observation: row })),
    ...(options.disturb?.(later) ?? later.map((row) => ({ t: row.t, observation: row }))),
    ...(options.logs ?? []),
  ].sort((a, b) => a.t - b.t);
  const suspectedAt = new Map<string, number>();
  let state = beginRollout({ target, at: from, generation: options.generation, required: policy.required });
  let now = from;
  let verdict = verdictOf(state, now, policy);
  const due = (): number => (verdict.verdict === 'watching' ? verdict.nextAt : Infinity);
  for (const { t, observation } of steps) {
    while (due() <= t) verdict = verdictOf(state, (now = due()), policy);
    if (verdict.verdict !== 'watching') return { verdict, at: now, state, suspectedAt };
    state = observe(state, observation, (now = t));
    verdict = verdictOf(state, now, policy);
    for (const { finding } of state.suspected.values()) {
      if ((!finding.ordinary || finding.early) && !suspectedAt.has(finding.cause)) suspectedAt.set(finding.cause, t);
    }
    if (verdict.verdict !== 'watching') return { verdict, at: now, state, suspectedAt };
  }
  while (verdict.verdict === 'watching') verdict = verdictOf(state, (now = verdict.nextAt), policy);
  return { verdict, at: now, state, suspectedAt };
}

/** In short: `failed: image-not-found`. */
export function inShort(verdict: Verdict): string {
  return 'cause' in verdict ? `${verdict.verdict}: ${verdict.cause ?? 'no cause'}` : verdict.verdict;
}
