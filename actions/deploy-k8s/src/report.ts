/** What people read (job summary) and what programs read (outputs, facts of the report file). Pure. */
import { count, shortImage, tail } from '@wso2-delivery/shared/base/text';
import {
  code,
  codeBlock,
  details,
  escapeMarkdown,
  marks,
  section,
  table,
} from '@wso2-delivery/shared/formats/markdown';
import type { Finding } from '@wso2-delivery/shared/kubernetes/manifest-check';
import { describePutBack, type PutBack } from '@wso2-delivery/shared/kubernetes/put-back';
import { verificationOutputs, verificationSummary } from '@wso2-delivery/shared/kubernetes/rollout/report';
import type { Verification } from '@wso2-delivery/shared/kubernetes/rollout/result';
import type { ChangedWorkload } from '@wso2-delivery/shared/kubernetes/set-image';
import { formatWorkload } from '@wso2-delivery/shared/kubernetes/workload';
import type { OutputsOf } from '@wso2-delivery/shared/run/declaration';
import type { action } from './action.ts';
import type { Known } from './main.ts';

/** The values of the outputs, as far as something is known. */
export function outputsOf(known: Known): OutputsOf<typeof action> {
  const { changed, trial, verification } = known;
  if (changed === undefined && trial === undefined) return {};
  return {
    changed: String(
      known.dryRun === true ? trial?.differs === true : known.applied === true || (changed ?? []).length > 0,
    ),
    workloads: JSON.stringify((changed ?? []).map(publicFacts)),
    ...(verification === undefined ? {} : verificationOutputs(verification)),
  };
}

function publicFacts({ kind, name, namespace, previousRevision, revision, previousImages, images }: ChangedWorkload) {
  return { kind, name, namespace, previousRevision, revision, previousImages, images };
}

/** The action's part of the report file. */
export function factsOf({
  server,
  namespace,
  intent,
  images,
  findings,
  trial,
  dryRun,
  changed,
  verification,
  putBack,
}: Known): object {
  return {
    server,
    namespace,
    dryRun: dryRun === true,
    images: images?.images,
    nodePlatforms: images?.nodePlatforms,
    findings,
    targets: intent?.targets,
    differs: trial?.differs,
    diff: trial?.diff,
    changed: changed?.map(publicFacts),
    verification,
    putBack,
  };
}

/**
 * The job summary: what was changed, what was found, the diff; then how the rollouts went. When one went wrong that
 * stands first: it is what people come for. Empty when nothing is known.
 */
export function summaryOf(known: Known, failed: boolean): string {
  const { intent, trial, findings = [], verification } = known;
  if (intent === undefined) return '';
  const parts = [
    changesPart(known),
    trial === undefined || trial.lines.length === 0 || (known.changed ?? []).length > 0
      ? ''
      : trial.lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
    findingsPart(findings),
    trial?.diff === undefined || trial.diff === ''
      ? ''
      : details('Difference to the cluster', codeBlock(tail(trial.diff, 2000, 200_000), 'diff')),
  ];
  const deployed = section(3, titleOf(known, failed), ...parts.filter((part) => part !== ''));
  if (verification === undefined) return deployed;
  const beside = describePutBack(known.putBack ?? []);
  const rest = beside === '' ? '' : `\n${marks.back} What the step had changed beside: ${escapeMarkdown(beside)}\n`;
  const verdict = `${verificationSummary(verification)}${rest}`;
  return (allHold(verification) ? [deployed, verdict] : [verdict, deployed]).join('\n');
}

function allHold({ results }: Verification): boolean {
  return results.every(({ outcome }) => outcome === 'succeeded' || outcome === 'superseded');
}

function allWentBack({ results }: Verification, putBack: readonly PutBack[]): boolean {
  const left = putBack.some(({ state }) => state === 'refused' || state === 'failed');
  return !left && results.every(({ outcome }) => outcome === 'rolled-back');
}

function titleOf(
  { intent, changed, applied, trial, dryRun, namespace = '', verification, putBack = [] }: Known,
  failed: boolean,
): string {
  const where = ` in ${namespace}`;
  if (dryRun === true)
    return `${marks.skipped} Dry run${where}: ${trial?.differs === true ? 'the server accepts the change' : 'nothing would change'}`;
  if (failed && (verification === undefined || applied === false)) {
    return changed === undefined || changed.length === 0
      ? `${marks.bad} Nothing was changed${where}`
      : `${marks.bad} Stopped half-way${where}`;
  }
  if (changed !== undefined && changed.length > 0) {
    const what = `${count(changed.length, 'workload')} changed${where}`;
    if (verification === undefined || allHold(verification)) return `${marks.good} ${what}`;
    return allWentBack(verification, putBack)
      ? `${marks.back} ${what}, and put back`
      : `${marks.bad} ${what}, and not as it should be`;
  }
  if (intent?.nothingToDo === true || trial?.differs === false) return `${marks.unchanged} No change${where}`;
  return `${marks.good} Applied${where}`;
}

function changesPart({ changed = [], intent, dryRun }: Known): string {
  if (changed.length === 0) return dryRun === true ? '' : escapeMarkdown(intent?.says ?? '');
  const rows = changed.flatMap((workload) =>
    Object.entries(workload.images)
      .filter(
        ([container, image]) =>
          workload.previousImages[container] !== image || Object.keys(workload.images).length === 1,
      )
      .map(([container, image]) => [
        code(formatWorkload(workload)),
        code(container),
        workload.previousImages[container] === undefined
          ? '(new)'
          : code(shortImage(workload.previousImages[container])),
        code(shortImage(image)),
        `${workload.previousRevision ?? '–'} → ${workload.revision ?? '?'}`,
      ]),
  );
  const untouched = changed.filter(
    ({ images, previousImages }) =>
      Object.keys(images).length > 1 &&
      Object.entries(images).every(([container, image]) => previousImages[container] === image),
  );
  rows.push(
    ...untouched.map((workload) => [
      code(formatWorkload(workload)),
      '',
      'same images',
      '',
      `${workload.previousRevision ?? '–'} → ${workload.revision ?? '?'}`,
    ]),
  );
  return table(['Workload', 'Container', 'Before', 'Now', 'Revision'], rows);
}

const markOf: Readonly<Record<Finding['weight'], string>> = { error: marks.bad, warning: marks.warning, notice: 'ℹ️' };

function findingsPart(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const rows = findings
    .slice(0, 100)
    .map(({ weight, subject, says, remedy, file, line }) => [
      markOf[weight],
      `${escapeMarkdown(subject)}${file === undefined ? '' : `<br>${code(line === undefined ? file : `${file}:${line}`)}`}`,
      `${escapeMarkdown(says)}<br><sub>${escapeMarkdown(remedy)}</sub>`,
    ]);
  return table(['', 'Where', 'What was found'], rows);
}
