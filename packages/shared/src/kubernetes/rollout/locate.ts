/** Where a failure stands in the manifests of the workspace. */
import type { Location } from '../../base/errors.ts';
import type { ManifestDocument } from '../manifests.ts';
import type { Locate } from './report.ts';
import type { WorkloadResult } from './result.ts';

/** Finds the workload's document, and in it the line of what the first cause is about: the missing Secret, the image. */
export function locateIn(documents: readonly ManifestDocument[]): Locate {
  return (result) => {
    const { kind, name, namespace } = result.target;
    const document = documents.find(
      ({ object }) =>
        object.kind === kind &&
        object.metadata.name === name &&
        (object.metadata.namespace === undefined || object.metadata.namespace === namespace),
    );
    return document === undefined ? undefined : locationIn(document, result);
  };
}

function locationIn({ file, line, text }: ManifestDocument, result: WorkloadResult): Location {
  // A rendered kustomization has no lines that anybody could open.
  if (line === undefined) return { file };
  const lines = text.split('\n');
  const offset = tellingPatterns(result)
    .map((pattern) => lines.findIndex((one) => pattern.test(one)))
    .find((index) => index >= 0);
  const first = lines.findIndex((one) => /^\s*[^\s#-]/.test(one));
  return { file, line: line + (offset ?? Math.max(first, 0)) };
}

/** What to look for, the most telling first. */
function tellingPatterns({ findings: [finding], images, cause = '' }: WorkloadResult): readonly RegExp[] {
  if (finding === undefined) return [];
  const { container, needs } = finding;
  const image = container === undefined ? undefined : images[container];
  const probe = /startup|liveness|readiness/.exec(cause)?.[0];
  return [
    ...(needs === undefined || needs.kind === 'Image' ? [] : [valued('[A-Za-z]*[nN]ame', needs.name)]),
    ...(cause.startsWith('image-') && image !== undefined ? [valued('image', image)] : []),
    ...(probe === undefined ? [] : [new RegExp(`^\\s*${probe}Probe:`)]),
    ...(cause === 'out-of-memory' ? [/^\s*memory:/] : []),
    ...(container === undefined ? [] : [valued('name', container)]),
  ];
}

function valued(field: string, value: string): RegExp {
  const plain = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?:^|[\\s{,-])${field}:\\s*["']?${plain}["']?\\s*(?:[,}#]|$)`);
}
