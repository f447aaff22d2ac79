/** A run as text for a terminal: jobs, steps, durations, annotations. */
import type { Conclusion, JobResult, RunAnnotation, WorkflowResult } from './result.ts';

const MARKS: Readonly<Record<Conclusion, string>> = { success: '✓', failure: '✗', cancelled: '⊘', skipped: '–' };

export interface OutlineOptions {
  /** Show steps that were skipped (default false). */
  readonly skippedSteps?: boolean;
}

/** The result of a run as an indented outline, one line a job, a step, an annotation. */
export function workflowSummary(result: WorkflowResult, options: OutlineOptions = {}): string {
  const lines = [`${MARKS[result.conclusion]} ${result.name} (${result.file}) · ${duration(result.durationMs)}`];
  // A called workflow's jobs tell its story; the calling job itself matters when there is more to say.
  const shown = result.jobs.filter(
    (job) => job.kind === 'job' || job.conclusion === 'skipped' || job.annotations.length > 0,
  );
  for (const job of shown) lines.push(...jobLines(job, result, options).map((line) => `  ${line}`));
  return lines.join('\n');
}

function jobLines(job: JobResult, result: WorkflowResult, options: OutlineOptions): string[] {
  const facts = [
    ...(job.environment === undefined
      ? []
      : [`→ ${job.environment.name}${job.environment.url === undefined ? '' : ` ${job.environment.url}`}`]),
    ...(job.conclusion === 'skipped' ? ['skipped'] : [duration(job.durationMs)]),
    ...(job.tolerated ? ['continue-on-error'] : []),
    ...(job.attempt === result.attempt ? [] : [`kept from attempt ${job.attempt}`]),
  ];
  const steps = job.steps.filter((step) => options.skippedSteps === true || step.conclusion !== 'skipped');
  const own = job.annotations.slice(job.steps.flatMap((step) => step.annotations).length);
  return [
    `${MARKS[job.conclusion]} ${job.name} · ${facts.join(' · ')}`,
    ...steps.flatMap((step) => [
      `  ${MARKS[step.outcome]} ${step.name} · ${duration(step.durationMs)}${step.outcome === step.conclusion ? '' : ' · continue-on-error'}`,
      ...step.annotations.map((annotation) => `    ${annotationLine(annotation)}`),
    ]),
    ...own.map((annotation) => `  ${annotationLine(annotation)}`),
  ];
}

function annotationLine({ level, file, line, column, title, message }: RunAnnotation): string {
  const place = file === undefined ? '' : `${[file, line, column].filter((part) => part !== undefined).join(':')} `;
  const heading = title === undefined ? '' : `${title}: `;
  return `${level} ${place}${heading}${message.replaceAll('\n', '\n      ')}`;
}

function duration(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  const seconds = ms / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
