/** The course of a rollout as a picture and a table, Markdown. */
import { formatDuration } from '../../base/duration.ts';
import { codeBlock, details, escapeMarkdown, table } from '../../formats/markdown.ts';
import type { Moment } from './moments.ts';

/** What is drawn at most: a picture of a hundred pods shows nothing, and Mermaid refuses more than 50,000 characters. */
const mostPods = 12;
const mostBars = 30;
/** What is told at most, half of it from the beginning and half from the end. */
const mostMoments = 60;

export interface Course {
  readonly startedAt: number;
  readonly durationMs: number;
  readonly moments: readonly Moment[];
}

/** A folded timeline: bars for the pods (starting, ready, no longer ready), and every moment in words. */
export function timeline(course: Course): string {
  const { moments, startedAt } = course;
  if (moments.length === 0) return '';
  const row = ({ at, text }: Moment) => [formatDuration(at - startedAt), escapeMarkdown(text)];
  const left = moments.length - mostMoments;
  const rows =
    left <= 0
      ? moments.map(row)
      : [
          ...moments.slice(0, mostMoments / 2).map(row),
          ['…', `${left} more, in the report`],
          ...moments.slice(-mostMoments / 2).map(row),
        ];
  const parts = [picture(course), table(['After', 'What happened'], rows)];
  return details('Timeline', parts.filter((part) => part !== '').join('\n'));
}

interface Bar {
  readonly label: 'starting' | 'ready' | 'not ready';
  readonly from: number;
  readonly to: number;
}

/** The axis counts seconds: of less it would show nothing but 00:00. */
const shortestPictureMs = 2000;

const tags = { starting: 'active', ready: 'done', 'not ready': 'crit' } as const;

/** A Mermaid gantt chart; names of pods hold nothing that Mermaid would take for its own. */
function picture({ moments, startedAt, durationMs }: Course): string {
  const all = [...new Set(moments.flatMap(({ pod }) => pod?.name ?? []))];
  if (all.length === 0 || durationMs < shortestPictureMs) return '';
  const troubled = new Set(moments.flatMap(({ pod }) => (pod !== undefined && isTrouble(pod.became) ? pod.name : [])));
  const pods = [...all.filter((name) => troubled.has(name)), ...all.filter((name) => !troubled.has(name))].slice(
    0,
    mostPods,
  );
  const lines = pods.flatMap((name) => [
    `  section ${name}`,
    ...barsOf(name, moments, startedAt + durationMs)
      .slice(0, mostBars)
      .map(({ label, from, to }) => `  ${label} :${tags[label]}, ${from - startedAt}, ${to - startedAt}`),
    ...restartsOf(name, moments)
      .slice(0, mostBars)
      .map((at) => `  restart :crit, milestone, ${at - startedAt}, 0ms`),
  ]);
  const chart = codeBlock(['gantt', '  dateFormat x', '  axisFormat %M:%S', ...lines].join('\n'), 'mermaid');
  const more = all.length > pods.length ? `\n${pods.length} of ${all.length} pods, those in trouble first.\n` : '';
  return `${chart}${more}`;
}

function isTrouble(became: string): boolean {
  return became === 'unready' || became === 'restarted';
}

function restartsOf(name: string, moments: readonly Moment[]): readonly number[] {
  return moments.filter(({ pod }) => pod?.name === name && pod.became === 'restarted').map(({ at }) => at);
}

function barsOf(name: string, moments: readonly Moment[], end: number): readonly Bar[] {
  const own = moments.flatMap(({ at, pod }) =>
    pod?.name === name && pod.became !== 'restarted' ? [{ at, became: pod.became }] : [],
  );
  return own
    .map(({ at, became }, index): Bar => {
      const label = became === 'made' ? 'starting' : became === 'ready' ? 'ready' : 'not ready';
      return { label, from: at, to: own[index + 1]?.at ?? end };
    })
    .filter(({ from, to }) => to > from);
}
