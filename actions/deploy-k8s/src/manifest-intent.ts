/** `manifests`, and images to put into them. */
import { DeliveryError, InputError, VerificationError } from '@wso2-delivery/shared/base/errors';
import { codes } from '@wso2-delivery/shared/base/codes';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { count } from '@wso2-delivery/shared/base/text';
import {
  changedWorkloads,
  describedWorkloads,
  type DescribedWorkload,
} from '@wso2-delivery/shared/kubernetes/applied-workloads';
import { applyManifests, requireNamespace, tryManifests } from '@wso2-delivery/shared/kubernetes/apply';
import { codes as kubernetesCodes } from '@wso2-delivery/shared/kubernetes/codes';
import type { Cluster } from '@wso2-delivery/shared/kubernetes/cluster';
import { checkManifests } from '@wso2-delivery/shared/kubernetes/manifest-check';
import { readManifests, type ManifestDocument } from '@wso2-delivery/shared/kubernetes/manifests';
import {
  describePutBack,
  putBackAll,
  takeSnapshots,
  type Created,
  type Snapshot,
} from '@wso2-delivery/shared/kubernetes/put-back';
import { podDemand } from '@wso2-delivery/shared/kubernetes/quota';
import { imagesIn, podTemplateOf, substituteImages } from '@wso2-delivery/shared/kubernetes/substitution';
import { imagesOf, type ChangedWorkload } from '@wso2-delivery/shared/kubernetes/set-image';
import { containersOf, formatWorkload, type Workload } from '@wso2-delivery/shared/kubernetes/workload';
import type { Intent } from './intent.ts';
import type { Request } from './request.ts';

export interface ManifestOptions {
  readonly changeCause: string | undefined;
  /** Take over fields of other managers. */
  readonly force: boolean;
  /** After an apply that stops half-way: put back what it has changed. */
  readonly putBack: boolean;
  /** What then becomes of objects that are new. */
  readonly created: Created;
}

/** Reads the manifests; looks at no cluster. @throws InputError MANIFEST_INVALID, INPUT_INVALID; ToolError */
export async function readDocuments(
  ports: Ports,
  request: Request,
  namespace: string | undefined,
): Promise<ManifestDocument[]> {
  const read = await readManifests(ports, request.manifests);
  if (namespace !== undefined) requireNamespace(read, namespace);
  const { documents, problems } = substituteImages(read, request.wishes);
  if (problems.length > 0) throw new InputError(codes.INPUT_INVALID, problems);
  return documents;
}

export async function manifestIntent(
  { client, kubectl }: Cluster,
  ports: Ports,
  documents: readonly ManifestDocument[],
  options: ManifestOptions,
): Promise<Intent> {
  const described = await describedWorkloads(client, documents);
  const names = documents.map(({ object }) => formatWorkload({ kind: object.kind ?? '', name: object.metadata.name }));
  let { force } = options;
  /** What could be tried can be read, too; the rest comes into being with its namespace or definition. */
  let tried: readonly ManifestDocument[] = [];
  let snapshots: readonly Snapshot[] | undefined;
  const { created } = options;
  return {
    nothingToDo: false,
    says: `${count(documents.length, 'object')} in the manifests: ${names.join(', ')}`,
    images: imagesIn(documents),
    templates: documents.map(({ object }) => podTemplateOf(object)).filter((template) => template !== undefined),
    findings: checkManifests(documents),
    targets: described.map(({ kind, name, namespace, document: { file, line } }) => ({
      kind,
      name,
      namespace,
      ...(line === undefined ? {} : { location: { file, line } }),
    })),
    // Whether other parts of a template differ is only known after the trial: an image that changes is a rollout for sure.
    demands: described
      .filter(({ document, before }) => before === undefined || !sameImages(document, before))
      .flatMap(({ document: { object }, namespace, before }) => podDemand(object, namespace, before?.object) ?? []),
    guarded: described.map(({ document: { object }, namespace, before }) => ({
      object,
      namespace,
      before: before?.object,
    })),
    budgets: documents
      .filter(({ object }) => object.kind === 'PodDisruptionBudget')
      .map((document) => {
        const { object } = document;
        return { object, namespace: object.metadata.namespace ?? client.namespace, document };
      }),
    async attempt() {
      const { diff, differs, untried, ...trial } = await tryManifests(ports, kubectl, client, documents, { force });
      force = trial.force;
      tried = documents.filter((document) => !untried.includes(document));
      const lines = untried.map(
        ({ object }) =>
          `${formatWorkload({ kind: object.kind ?? '', name: object.metadata.name })} could not be tried: its namespace or definition comes with it`,
      );
      return { differs, lines, diff };
    },
    async make() {
      snapshots = options.putBack ? await takeSnapshots(client.anyKind, documents, tried) : undefined;
      const refused = await attempted(async () => {
        const applied = await applyManifests(ports, kubectl, documents, { force });
        ports.log.info(`Applied ${applied.join(', ')}`);
      });
      const back =
        refused === undefined || snapshots === undefined
          ? undefined
          : await putBackAll(client.anyKind, snapshots, { created });
      // kubectl applies one object after the other: also after a failure some may be changed.
      const states = new Map(back?.map(({ what, state }) => [what, state]));
      const isThere = (workload: DescribedWorkload) => {
        const state = states.get(formatWorkload(workload));
        if (workload.before === undefined) return state === 'created' || state === 'scaled-to-zero';
        return state !== 'put-back';
      };
      const there = refused === undefined ? described : described.filter(isThere);
      let changed: ChangedWorkload[] = [];
      const unseen = await attempted(async () => {
        changed = await changedWorkloads(client, ports, there, options.changeCause);
      });
      if (refused === undefined)
        return { changed, complete: true, ...(unseen === undefined ? {} : { failure: unseen }) };
      const state = back === undefined ? changedAlready(changed) : describePutBack(back);
      return {
        changed,
        failure: state === '' ? refused : incomplete(refused, state),
        ...(back === undefined
          ? {}
          : { putBack: described.filter((one) => states.get(formatWorkload(one)) === 'put-back') }),
      };
    },
    putBack: (which) => {
      const all = snapshots ?? [];
      return putBackAll(client.anyKind, which === 'all' ? all : all.filter(isFoundationOfPods), { created });
    },
  };
}

function isFoundationOfPods({ before }: Snapshot): boolean {
  return before !== undefined && podTemplateOf(before) === undefined;
}

function changedAlready(changed: readonly ChangedWorkload[]): string {
  return changed.length === 0 ? '' : `changed already: ${changed.map(formatWorkload).join(', ')}`;
}

/** What went wrong, undefined when nothing did. */
async function attempted(work: () => Promise<void>): Promise<Error | undefined> {
  try {
    await work();
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
  }
}

function incomplete(cause: Error, state: string): VerificationError {
  return new VerificationError(
    kubernetesCodes.DEPLOY_INCOMPLETE,
    `the manifests were applied in part: ${cause.message}; ${state}`,
    {
      cause,
      ...(cause instanceof DeliveryError
        ? { remedy: cause.remedy, location: cause.location, evidence: cause.evidence }
        : {}),
    },
  );
}

function sameImages({ object }: ManifestDocument, before: Workload): boolean {
  const images = imagesOf(before);
  return containersOf(podTemplateOf(object)).every(({ name, image }) => images[name] === image);
}
