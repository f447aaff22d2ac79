import type { Annotation } from '../base/ports.ts';
import { templateFacts } from './manifest-facts.ts';
import { containerLines, manifestRules } from './manifest-rules.ts';
import type { RuleHit, Weight } from './manifest-rules.ts';
import type { ManifestDocument } from './manifests.ts';
import { podTemplateOf } from './substitution.ts';
import { formatWorkload } from './workload.ts';

/** One thing that a rule found in one workload. */
export interface Finding {
  /** The rule's id, or the check's. */
  readonly id: string;
  readonly weight: Weight;
  /** "deployment/mi-service, container mi" */
  readonly subject: string;
  readonly says: string;
  readonly remedy: string;
  readonly file?: string;
  readonly line?: number;
}

/** Runs all rules over the workloads of the documents. */
export function checkManifests(documents: readonly ManifestDocument[]): Finding[] {
  return documents.flatMap((document) => checkDocument(document));
}

/** Runs all rules over one object; a document without a place gives findings without one. */
export function checkDocument({ object, text, file, line }: ManifestDocument): Finding[] {
  const template = podTemplateOf(object);
  if (template === undefined) return [];
  const facts = templateFacts(object, template);
  const workload = formatWorkload({ kind: object.kind ?? '', name: object.metadata.name });
  const finding = (id: string, weight: Weight, hit: RuleHit, subject: string, around: readonly RegExp[]): Finding => ({
    id,
    weight,
    subject,
    says: hit.says,
    remedy: hit.remedy,
    ...(line === undefined ? {} : { file, line: line + (lineIn(text, around, hit.lines) ?? 0) }),
  });
  return manifestRules.flatMap(({ id, weight, ...rule }) => [
    ...[...(rule.template?.(facts) ?? [])].map((hit) => finding(id, weight, hit, workload, [])),
    ...facts.containers.flatMap((container) =>
      [...(rule.container?.(container, facts) ?? [])].map((hit) =>
        finding(id, weight, hit, `${workload}, container ${container.name}`, containerLines(container)),
      ),
    ),
  ]);
}

/**
 * The index of the line that the patterns lead to, each looked for below the one before. A container's name may stand
 * below its other keys: what is not found after it is looked for above.
 */
function lineIn(text: string, around: readonly RegExp[], inside: readonly RegExp[]): number | undefined {
  const lines = text.split('\n');
  const walk = (patterns: readonly RegExp[], from: number): number | undefined => {
    let here = from;
    let found: number | undefined;
    for (const pattern of patterns) {
      const index = lines.findIndex((candidate, at) => at >= here && pattern.test(candidate));
      if (index < 0) return undefined;
      found = index;
      here = index + 1;
    }
    return found;
  };
  const container = walk(around, 0);
  if (inside.length === 0) return container;
  return walk(inside, container ?? 0) ?? walk(inside, 0) ?? container;
}

/** A finding as the job log shows it. */
export function findingAnnotation(finding: Finding, level: Annotation['level'] = finding.weight): Annotation {
  return {
    level,
    message: `${finding.subject}: ${finding.says}. ${finding.remedy}. [${finding.id}]`,
    ...(finding.file === undefined ? {} : { file: finding.file }),
    ...(finding.line === undefined ? {} : { line: finding.line }),
  };
}
