/** A verification as a person reads it: the job summary, and the error of a bad verdict. */
import { formatDuration } from '../../base/duration.ts';
import { VerificationError, type ErrorCode, type Location } from '../../base/errors.ts';
import { code, codeBlock, details, escapeMarkdown, facts, marks, section } from '../../formats/markdown.ts';
import { formatWorkload } from '../workload.ts';
import { codes } from './codes.ts';
import type { Exhibit } from './evidence.ts';
import { timeline } from './timeline.ts';
import { worstFirst } from './result.ts';
import type { Outcome, Verification, WorkloadResult } from './result.ts';

const markOf: Readonly<Record<Outcome, string>> = {
  succeeded: marks.good,
  'rolled-back': marks.back,
  superseded: marks.skipped,
  'timed-out': marks.bad,
  failed: marks.bad,
  'rollback-failed': marks.bad,
};

/** The part of the job summary about a verification: verdict and cause first, evidence folded. */
export function verificationSummary({ results }: Verification): string {
  return results.map(workloadSummary).join('\n');
}

function workloadSummary(result: WorkloadResult): string {
  const { target, outcome, message, remedy, hints, health, rollback } = result;
  return section(
    3,
    `${markOf[outcome]} ${formatWorkload(target)}: ${outcome}`,
    `**${escapeMarkdown(message)}**`,
    remedy === undefined ? '' : `**What to do:** ${escapeMarkdown(remedy)}`,
    rollback === undefined || rollback.message === message ? '' : `${marks.back} ${escapeMarkdown(rollback.message)}`,
    hints.map((hint) => `${marks.warning} ${escapeMarkdown(hint)}`).join('\n\n'),
    factsOf(result),
    furtherFindings(result),
    health === undefined
      ? ''
      : [
          ...health.checked.map((line) => `- ${marks.good} ${escapeMarkdown(line)}`),
          ...health.problems.map((problem) => `- ${marks.bad} ${escapeMarkdown(problem.message)}`),
          ...health.unchecked.map((line) => `- ${marks.warning} ${escapeMarkdown(line)}`),
        ].join('\n'),
    timeline(result),
    exhibits(result.evidence),
    rollback === undefined || rollback.evidence.length === 0
      ? ''
      : `Of the rollback:\n\n${exhibits(rollback.evidence)}`,
  );
}

function factsOf({ target, cause, revision, images, pods, durationMs }: WorkloadResult): string {
  return facts([
    ['Namespace', code(target.namespace)],
    ['Cause', code(cause ?? '')],
    ['Revision', code(revision ?? '')],
    ...Object.entries(images).map(([container, image]): [string, string] => [`Image of ${container}`, code(image)]),
    ['Pods', pods.slice(0, 10).map(code).join(' ')],
    ['Verdict after', formatDuration(durationMs)],
  ]);
}

function furtherFindings({ findings }: WorkloadResult): string {
  if (findings.length < 2) return '';
  const lines = findings
    .slice(1)
    .map((finding) => `- ${code(finding.cause)} ${escapeMarkdown(finding.message)} ${escapeMarkdown(finding.remedy)}`);
  return `Also seen:\n\n${lines.join('\n')}`;
}

function exhibits(evidence: readonly Exhibit[]): string {
  // The log is what people look for first.
  return evidence.map(({ title, text }) => details(title, codeBlock(text), title.startsWith('Log of'))).join('\n');
}

/** Where the workload's manifest stands in the workspace, when somebody knows. */
export type Locate = (result: WorkloadResult) => Location | undefined;

/** The error for one bad result, undefined for a good one. */
export function failureOf(result: WorkloadResult, locate?: Locate): VerificationError | undefined {
  const errorCode = codeOf(result);
  if (errorCode === undefined) return undefined;
  const { target, message, cause, rollback } = result;
  const where = formatWorkload(target);
  const named = cause === undefined ? '' : ` (${cause})`;
  const back = rollback === undefined || rollback.message === message ? '' : ` ${rollback.message}`;
  return new VerificationError(errorCode, `${where}: ${message.replace(/\.$/, '')}${named}.${back}`, {
    location: locate?.(result),
    ...(result.remedy === undefined ? {} : { remedy: result.remedy }),
  });
}

function codeOf({ outcome, health, rollback }: WorkloadResult): ErrorCode | undefined {
  switch (outcome) {
    case 'succeeded':
      return undefined;
    case 'rolled-back':
      return codes.ROLLED_BACK;
    case 'rollback-failed':
      return rollback?.state === 'refused' ? codes.ROLLBACK_REFUSED : codes.ROLLBACK_FAILED;
    case 'superseded':
      return codes.ROLLOUT_SUPERSEDED;
    default:
      if (rollback?.state === 'impossible') return codes.ROLLBACK_IMPOSSIBLE;
      if ((health?.problems.length ?? 0) > 0) return codes.WORKLOAD_UNHEALTHY;
      return outcome === 'timed-out' ? codes.ROLLOUT_TIMED_OUT : codes.ROLLOUT_FAILED;
  }
}

/** The values of the outputs that verify-rollout and deploy-k8s share. */
export interface VerificationOutputs {
  readonly verdict: Outcome;
  readonly cause: string | undefined;
  readonly message: string;
  readonly evidence: string | undefined;
  readonly revision: string | undefined;
  readonly durationMs: string;
}

/** Outputs may hold one MiB in all; more than this of the evidence stands in the report alone. */
const mostEvidenceCharacters = 60_000;

/** The outputs: of the worst workload where there are several, the duration of the longest. */
export function verificationOutputs({ outcome, results }: Verification): VerificationOutputs {
  const [worst] = worstFirst(results);
  const exhibits = [...(worst?.evidence ?? []), ...(worst?.rollback?.evidence ?? [])];
  const evidence = JSON.stringify(exhibits);
  return {
    verdict: outcome,
    // What is put back beside a failure has none of its own.
    cause: worst?.cause ?? worstFirst(results).find(({ cause }) => cause !== undefined)?.cause,
    message: worst === undefined ? '' : `${formatWorkload(worst.target)}: ${worst.message}`,
    evidence: exhibits.length === 0 || evidence.length > mostEvidenceCharacters ? undefined : evidence,
    revision: worst?.revision,
    durationMs: String(Math.max(0, ...results.map((result) => result.durationMs))),
  };
}
