import { InputError, ServiceError, ToolError } from '../base/errors.ts';
import type { Location, Problem } from '../base/errors.ts';
import type { Ports } from '../base/ports.ts';
import { neutralise } from '../base/text.ts';
import { inApplyOrder, isFoundation, restsOn } from './apply-order.ts';
import type { KubernetesClient } from './client.ts';
import { codes } from './codes.ts';
import { applyArgs, diffArgs, fieldManager, runKubectl } from './kubectl.ts';
import type { ApplyOptions, Kubectl } from './kubectl.ts';
import type { ManifestDocument } from './manifests.ts';
import { textAt } from './objects.ts';
import { formatWorkload } from './workload.ts';

export type ApplyPorts = Pick<Ports, 'exec' | 'clock' | 'log'>;

/** What the server's dry run and kubectl diff say about manifests, before anything is changed. */
export interface ManifestTrial {
  /** Unified diff as kubectl prints it, Secrets masked; undefined when it could not be made. */
  readonly diff: string | undefined;
  /** False only when the diff is known and empty. */
  readonly differs: boolean;
  /** Documents that could not be tried, because their namespace or definition comes into being with them. */
  readonly untried: readonly ManifestDocument[];
  /** Apply with force: asked for, or because only fields of this tool itself are in the way. */
  readonly force: boolean;
}

/** Documents for another namespace than the input says: kubectl would refuse them one by one. */
export function namespaceProblems(documents: readonly ManifestDocument[], namespace: string): Problem[] {
  return documents.flatMap(({ object, file, line }): Problem[] => {
    const own = object.metadata.namespace;
    if (own === undefined || own === namespace) return [];
    const what = formatWorkload({ kind: object.kind ?? '', name: object.metadata.name });
    return [
      {
        subject: file,
        problem: `${what} is for namespace ${own}, the input namespace says ${namespace}`,
        ...(line === undefined ? {} : { location: { file, line } }),
      },
    ];
  });
}

/**
 * Lets the server try all documents, and makes the diff.
 * @throws ToolError with the place in the manifest where it is known
 */
export async function tryManifests(
  ports: ApplyPorts,
  kubectl: Kubectl,
  client: KubernetesClient,
  documents: readonly ManifestDocument[],
  options: Pick<ApplyOptions, 'force'> = {},
): Promise<ManifestTrial> {
  const missing = await missingFoundations(client, documents);
  const untried = documents.filter((document) =>
    missing.some((foundation) => restsOn(document, foundation, kubectl.namespace)),
  );
  const tried = inApplyOrder(documents.filter((document) => !untried.includes(document)));
  const stdin = stream(tried);
  const attempt = (force: boolean) =>
    runKubectl(ports, kubectl, {
      args: applyArgs({ force, dryRun: true }),
      stdin,
      timeoutMs: 120_000,
      locate: locator(tried),
    });
  let { force = false } = options;
  try {
    await attempt(force);
  } catch (error) {
    if (!isConflictWithOurselves(error)) throw error;
    force = true;
    await attempt(force);
  }
  const diff = await diffOf(ports, kubectl, stdin, { force });
  return { diff, differs: diff !== '' || untried.length > 0, untried, force };
}

/**
 * Applies all documents in order, namespaces and definitions first.
 * @returns the names as kubectl prints them: "deployment.apps/mi-service"
 */
export async function applyManifests(
  ports: ApplyPorts,
  kubectl: Kubectl,
  documents: readonly ManifestDocument[],
  options: Pick<ApplyOptions, 'force'> = {},
): Promise<string[]> {
  const ordered = inApplyOrder(documents);
  const steps = [ordered.filter(isFoundation), ordered.filter((document) => !isFoundation(document))].filter(
    (step) => step.length > 0,
  );
  const applied: string[] = [];
  for (const step of steps) {
    const call = { args: applyArgs(options), stdin: stream(step), timeoutMs: 300_000, locate: locator(step) };
    for (let attempt = 1; ; attempt++) {
      try {
        const { stdout, stderr } = await runKubectl(ports, kubectl, call);
        // Deprecated versions and fields: the server says so, and exits 0.
        for (const [warning] of stderr.matchAll(/^Warning: .+$/gm)) ports.log.warning(neutralise(warning));
        applied.push(...stdout.split('\n').filter((line) => line !== ''));
        break;
      } catch (error) {
        // A definition that was applied a moment ago is served only after some time.
        const early =
          error instanceof ToolError && error.code === codes.KUBERNETES_KIND_UNKNOWN.code && steps.length > 1;
        if (!early || attempt === 10) throw error;
        await ports.clock.sleep(1000);
      }
    }
  }
  return applied;
}

/**
 * A change of images leaves the field to our manager's "Update", which the server tells apart from the same manager's
 * "Apply": a conflict with nobody but ourselves.
 */
function isConflictWithOurselves(error: unknown): boolean {
  if (!(error instanceof ToolError) || error.code !== codes.KUBERNETES_FIELD_CONFLICT.code) return false;
  const managers = [...(error.evidence ?? '').matchAll(/conflicts? with "([^"]+)"/g)].map(([, manager]) => manager);
  return managers.length > 0 && managers.every((manager) => manager === fieldManager);
}

async function diffOf(
  ports: ApplyPorts,
  kubectl: Kubectl,
  stdin: string,
  options: Pick<ApplyOptions, 'force'>,
): Promise<string | undefined> {
  try {
    const call = { args: diffArgs(options), stdin, accept: [1], timeoutMs: 120_000 };
    return readableDiff((await runKubectl(ports, kubectl, call)).stdout);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    // The dry run has passed: a diff that fails (no diff program, no right to read) is a pity and no reason to stop.
    ports.log.warning(`No diff: ${error.message}`);
    return undefined;
  }
}

/** The diff without the names and times of the temporary files that kubectl compares. */
export function readableDiff(diff: string): string {
  return diff
    .replace(/^diff -u -N .+\n/gm, '')
    .replace(/^--- \S*\/LIVE-\d+\/(\S+).*$/gm, '--- cluster: $1')
    .replace(/^\+\+\+ \S*\/MERGED-\d+\/(\S+).*$/gm, '+++ wanted: $1');
}

async function missingFoundations(
  client: KubernetesClient,
  documents: readonly ManifestDocument[],
): Promise<ManifestDocument[]> {
  const missing: ManifestDocument[] = [];
  for (const document of documents.filter(isFoundation)) {
    // Definitions are not among the kinds that the client reads: their objects are simply not tried beforehand.
    if (document.object.kind !== 'Namespace' || !(await namespaceExists(client, document.object.metadata.name)))
      missing.push(document);
  }
  return missing;
}

async function namespaceExists(client: KubernetesClient, name: string): Promise<boolean> {
  try {
    return (await client.find('Namespace', name)) !== undefined;
  } catch (error) {
    if (error instanceof ServiceError && error.code === codes.KUBERNETES_FORBIDDEN.code) return true;
    throw error;
  }
}

function stream(documents: readonly ManifestDocument[]): string {
  return documents.map(({ text }) => `---\n${text.trim()}\n`).join('');
}

/** Finds the one document that kubectl's words name, by kind and name. */
function locator(documents: readonly ManifestDocument[]): (words: string) => Location | undefined {
  return (words) => {
    const named = documents.filter(({ object }) => {
      const name = object.metadata.name.replaceAll('.', '\\.');
      return new RegExp(`"${name}"`).test(words) && new RegExp(object.kind ?? '', 'i').test(words);
    });
    const [culprit] = named;
    return named.length !== 1 || culprit?.line === undefined ? undefined : { file: culprit.file, line: culprit.line };
  };
}

/** Refuses documents that belong elsewhere. @throws InputError MANIFEST_INVALID */
export function requireNamespace(documents: readonly ManifestDocument[], namespace: string): void {
  const problems = namespaceProblems(documents, namespace);
  if (problems.length > 0) throw new InputError(codes.MANIFEST_INVALID, problems);
}

/** True when the manifest says the change cause itself. */
export function hasOwnAnnotation({ object }: ManifestDocument, annotation: string): boolean {
  return textAt(object, 'metadata', 'annotations', annotation) !== undefined;
}
