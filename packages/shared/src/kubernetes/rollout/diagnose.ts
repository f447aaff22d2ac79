/** From what is known to findings: the rows of the table applied to every pod, the first cause before its consequences. */
import { causes } from './causes.ts';
import type { Cause, Match } from './causes/row.ts';
import type { Finding } from './finding.ts';
import { existenceSays, needKey } from './need.ts';
import type { Maker } from './need.ts';
import { maxUnavailable } from './progress.ts';
import type { Revision } from './revision.ts';
import { revisionOf } from './revision.ts';
import type { RolloutState } from './state.ts';
import type { ContainerView, PodView } from './views.ts';
import { containerViews, podViews, refusalView } from './views.ts';

interface Sighting {
  readonly cause: Cause;
  readonly match: Match;
  readonly pod?: string;
  readonly container?: string;
}

/** Everything that is wrong now, in the table's order; pods with the same cause are one finding. */
export function diagnose(state: RolloutState): readonly Finding[] {
  const { workload } = state;
  if (workload === undefined) return [];
  const sightings = [...sightingsOfRefusal(state), ...podViews(state).flatMap((pod) => sightingsOfPod(state, pod))];
  const revision = revisionOf(state);
  const explained = sightings.some(({ cause }) => !cause.ordinary);
  for (const cause of causes) {
    if (cause.of !== 'workload') continue;
    const match = cause.seen({ kind: state.target.kind, workload, state, revision, explained });
    if (match !== undefined) sightings.push({ cause, match });
  }
  return group(state, sightings);
}

function sightingsOfRefusal(state: RolloutState): readonly Sighting[] {
  const view = refusalView(state, (revision) => canCreateNothing(state, revision));
  if (view === undefined) return [];
  for (const cause of causes) {
    const match = cause.of === 'refusal' ? cause.seen(view) : undefined;
    if (match !== undefined) return [{ cause, match }];
  }
  return [];
}

/** Without a pod of the revision, and with no old pod that may make room: only a change elsewhere helps. */
function canCreateNothing(state: RolloutState, revision: Revision): boolean {
  if (revision.pods.length > 0) return false;
  if (state.target.kind !== 'Deployment' || state.workload === undefined) return true;
  return revision.otherPods.length === 0 || maxUnavailable(state.workload) === 0;
}

function sightingsOfPod(state: RolloutState, pod: PodView): readonly Sighting[] {
  const { name } = pod.pod.metadata;
  for (const cause of causes) {
    const match = cause.of === 'pod' ? cause.seen(pod) : undefined;
    if (match !== undefined && !cause.ordinary) return [{ cause, match, pod: name }];
  }
  const found = containerViews(state, pod).flatMap((view) => sightingOfContainer(view, name));
  const serious = found.filter(({ cause }) => !cause.ordinary);
  if (serious.length > 0) return serious;
  if (found.length > 0) return found;
  for (const cause of causes) {
    const match = cause.of === 'pod' && cause.ordinary ? cause.seen(pod) : undefined;
    if (match !== undefined) return [{ cause, match, pod: name }];
  }
  return [];
}

function sightingOfContainer(view: ContainerView, pod: string): readonly Sighting[] {
  for (const cause of causes) {
    const match = cause.of === 'container' ? cause.seen(view) : undefined;
    if (match !== undefined) return [{ cause, match, pod, container: view.name }];
  }
  return [];
}

function lookAt({ target: { namespace } }: RolloutState, { kind, name }: Maker): string {
  return `Look at what makes it: kubectl -n ${namespace} describe ${kind.toLowerCase()} ${name}.`;
}

/**
 * What exists by now, or what an operator is making, passes by itself; what could not be asked is said, and the tolerance
 * stays.
 */
function informed(state: RolloutState, finding: Finding): Finding {
  const { needs, heals, message } = finding;
  // Whether the image exists does not mend credentials.
  if (needs === undefined || (finding.cause === 'image-unauthorized' && needs.kind === 'Image')) return finding;
  const existence = state.existing.get(needKey(needs));
  const maker = existence?.state === 'absent' ? existence.maker : undefined;
  const comes = existence?.state === 'present' || (maker !== undefined && maker.stuck === undefined);
  return {
    ...finding,
    message: `${message}${existenceSays(needs, existence)}`,
    ...(comes && heals !== 'never' ? { heals: 'by-itself', tolerance: 'deadline' } : {}),
    ...(maker === undefined ? {} : { remedy: lookAt(state, maker) }),
  };
}

function group(state: RolloutState, sightings: readonly Sighting[]): readonly Finding[] {
  const groups = new Map<string, Finding>();
  for (const { cause, match, pod, container } of sightings) {
    const key = `${cause.id}/${container ?? ''}/${match.subject}`;
    const known = groups.get(key);
    groups.set(key, {
      cause: cause.id,
      key,
      heals: cause.heals,
      tolerance: cause.tolerance,
      ordinary: cause.ordinary,
      early: match.early || known?.early === true,
      container,
      pods: [...(known?.pods ?? []), ...(pod === undefined ? [] : [pod])],
      occurrences: Math.max(known?.occurrences ?? 1, match.occurrences),
      message: known?.message ?? match.message,
      remedy: known?.remedy ?? match.remedy,
      evidence: cause.evidence,
      needs: known?.needs ?? match.needs,
    });
  }
  const order = new Map(causes.map((cause, index) => [cause.id, index]));
  return [...groups.values()]
    .map((finding) => informed(state, finding))
    .sort((a, b) => (order.get(a.cause) ?? 0) - (order.get(b.cause) ?? 0));
}
