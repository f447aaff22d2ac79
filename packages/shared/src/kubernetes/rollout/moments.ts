/** What becomes of the pods of a rollout, as a person wants to see it afterwards. */
import type { Pod } from './objects.ts';
import { containerStatuses, isReady } from './objects.ts';

/** A moment of the rollout that a person wants to see afterwards. */
export interface Moment {
  readonly at: number;
  readonly text: string;
  /** What became of a pod then. */
  readonly pod?: { readonly name: string; readonly became: 'made' | 'ready' | 'unready' | 'restarted' };
}

const words = { made: 'is made', ready: 'becomes ready', unready: 'is no longer ready' } as const;

/** The moments between two looks at the pods of the revision. */
export function podMoments(before: readonly Pod[], after: readonly Pod[], at: number): readonly Moment[] {
  const known = new Map(before.map((pod) => [pod.metadata.uid, pod]));
  return after.flatMap((pod): readonly Moment[] => {
    const { uid, name } = pod.metadata;
    const earlier = known.get(uid);
    const restarts = earlier === undefined ? [] : restartsSince(earlier, pod);
    const moments = restarts.map((text): Moment => ({
      at,
      text: `${name}: ${text}`,
      pod: { name, became: 'restarted' },
    }));
    const [was, is] = [earlier === undefined ? undefined : isReady(earlier), isReady(pod)];
    if (was === is) return moments;
    const became = is ? 'ready' : was === undefined ? 'made' : 'unready';
    const word = was === undefined && is ? 'is ready' : words[became];
    return [...moments, { at, text: `${name} ${word}`, pod: { name, became } }];
  });
}

function restartsSince(before: Pod, after: Pod): readonly string[] {
  const counts = new Map(containerStatuses(before).map(({ name, restartCount = 0 }) => [name, restartCount]));
  return containerStatuses(after).flatMap(({ name, restartCount = 0, lastState }) => {
    if (restartCount <= (counts.get(name) ?? 0)) return [];
    const code = lastState?.terminated?.exitCode;
    return [
      `container ${name} starts again${code === undefined ? '' : ` after exit code ${code}`} (restart ${restartCount})`,
    ];
  });
}
