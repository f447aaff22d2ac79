import { DeliveryError, ServiceError, VerificationError, messageOf } from '../base/errors.ts';
import type { Ports } from '../base/ports.ts';
import type { KubernetesClient } from './client.ts';
import { codes } from './codes.ts';
import { describeChange, imagePatch } from './plan.ts';
import type { WorkloadChange } from './plan.ts';
import { at } from './objects.ts';
import { observed, revisionNumber } from './revision.ts';
import { formatWorkload, templatePath, workloadOf } from './workload.ts';
import type { Workload, WorkloadName } from './workload.ts';

/** What was done to one workload: the facts that the output `workloads` holds. */
export interface ChangedWorkload {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly previousRevision?: number | undefined;
  readonly revision?: number | undefined;
  /** Container → image. Empty for a workload that did not exist before. */
  readonly previousImages: Readonly<Record<string, string>>;
  readonly images: Readonly<Record<string, string>>;
  /** Of the specification after the change. */
  readonly generation: number;
  /** The pod template after the change: a later change by somebody else is told by it. Never shown: it may hold values. */
  readonly template: unknown;
}

/** How a series of changes ended. */
export interface ChangeResult {
  readonly changed: readonly ChangedWorkload[];
  /** Set when a change failed: those before it are made (or put back), those after it were not tried. */
  readonly failure?: Error;
  /** Everything was changed as planned, also when something failed afterwards. */
  readonly complete?: boolean;
  /** Workloads that were put back after the failure; whether they hold is not known yet. */
  readonly putBack?: readonly (WorkloadName & { readonly namespace: string })[];
}

export interface ChangeOptions {
  readonly changeCause?: string | undefined;
  /** After a failure: put the workloads that are changed already back to the images they had. */
  readonly putBack?: boolean;
}

const conflictAttempts = 6;

/**
 * Lets the server try every change without making it (dry run), so that one that is refused stops all.
 * @throws the only refusal, or VerificationError DEPLOY_REFUSED with all of them
 */
export async function tryChanges(
  client: KubernetesClient,
  changes: readonly WorkloadChange[],
  changeCause?: string,
): Promise<void> {
  const refusals: { change: WorkloadChange; error: DeliveryError }[] = [];
  for (const change of changes) {
    try {
      await patch(client, change, changeCause, true);
    } catch (error) {
      if (!(error instanceof DeliveryError) || error.kind === 'cancelled') throw error;
      refusals.push({ change, error });
    }
  }
  const [first] = refusals;
  if (first === undefined) return;
  if (refusals.length === 1) throw first.error;
  const all = refusals.map(({ change, error }) => `${formatWorkload(change.workload)}: ${error.message}`).join('; ');
  throw new VerificationError(codes.DEPLOY_REFUSED, `the server refuses ${refusals.length} changes: ${all}`, {
    remedy: first.error.remedy,
    cause: first.error,
  });
}

/** Makes the changes one after the other, and reads back what the cluster made of them. */
export async function makeChanges(
  client: KubernetesClient,
  ports: Pick<Ports, 'clock' | 'log'>,
  changes: readonly WorkloadChange[],
  options: ChangeOptions = {},
): Promise<ChangeResult> {
  const done: { change: WorkloadChange; after: Workload; facts: ChangedWorkload }[] = [];
  for (const [index, change] of changes.entries()) {
    try {
      const previousRevision = await revisionNumber(client, change.workload);
      const after = workloadOf(change.workload.kind, await patch(client, change, options.changeCause, false));
      ports.log.info(`Changed ${describeChange(change)}`);
      done.push({ change, after, facts: factsOf(change, after, previousRevision, undefined) });
      warnOfOtherImages(ports, change, after);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const rest = changes.slice(index).map(({ workload }) => formatWorkload(workload));
      const back = options.putBack === true ? await putBack(client, ports, done) : undefined;
      const failure =
        done.length === 0
          ? error
          : incomplete(
              error,
              done.map(({ change: { workload } }) => formatWorkload(workload)),
              rest,
              back,
            );
      return {
        changed: back?.failed === undefined && options.putBack === true ? [] : done.map(({ facts }) => facts),
        failure,
        ...(back === undefined ? {} : { putBack: back.done }),
      };
    }
  }
  let failure: Error | undefined;
  const readBack = async ({ change, after, facts }: (typeof done)[number]): Promise<ChangedWorkload> => {
    try {
      const seen = await observed(client, ports, after);
      if ((seen.observedGeneration ?? seen.generation) >= seen.generation) {
        return factsOf(change, seen, facts.previousRevision, await revisionNumber(client, seen));
      }
      ports.log.warning(
        `The controller has not yet seen the change of ${formatWorkload(after)}: its new revision is not known.`,
      );
    } catch (thrown) {
      // The change is made, and must be told of, whatever keeps us from seeing what became of it.
      if (thrown instanceof ServiceError && thrown.code === codes.KUBERNETES_FORBIDDEN.code) {
        ports.log.warning(
          `The new revision of ${formatWorkload(after)} is not known: ${thrown.message}. ${thrown.remedy}`,
        );
      } else failure ??= thrown instanceof Error ? thrown : new Error(String(thrown));
    }
    return facts;
  };
  const changed = await Promise.all(done.map(readBack));
  return { changed, complete: true, ...(failure === undefined ? {} : { failure }) };
}

/**
 * Sends one patch for exactly the version that was planned on. A status that moved in between does not matter, a
 * specification that moved does.
 */
async function patch(
  client: KubernetesClient,
  change: WorkloadChange,
  changeCause: string | undefined,
  dryRun: boolean,
) {
  const { kind, name, namespace, generation } = change.workload;
  let { resourceVersion } = change.workload;
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.patch(kind, name, imagePatch(change, changeCause), {
        namespace,
        type: 'strategic',
        resourceVersion,
        dryRun,
      });
    } catch (error) {
      if (
        !(error instanceof ServiceError) ||
        error.code !== codes.KUBERNETES_CONFLICT.code ||
        attempt === conflictAttempts
      )
        throw error;
      const now = await client.get(kind, name, { namespace });
      if (now.metadata.uid !== change.workload.uid || (now.metadata.generation ?? 0) !== generation) {
        throw new ServiceError(
          codes.KUBERNETES_CONFLICT,
          `${formatWorkload(change.workload)} was changed by someone else while this step was preparing its change`,
          {
            method: error.method,
            url: error.url,
            status: error.status,
          },
        );
      }
      resourceVersion = now.metadata.resourceVersion ?? '';
    }
  }
}

function factsOf(
  change: WorkloadChange,
  after: Workload,
  previousRevision: number | undefined,
  revision: number | undefined,
): ChangedWorkload {
  const { kind, name, namespace } = change.workload;
  return {
    kind,
    name,
    namespace,
    previousRevision,
    revision,
    previousImages: imagesOf(change.workload),
    images: imagesOf(after),
    generation: after.generation,
    template: at(after.object, ...templatePath(kind)),
  };
}

/** Container → image. */
export function imagesOf({ containers }: Pick<Workload, 'containers'>): Record<string, string> {
  return Object.fromEntries(containers.map(({ name, image }) => [name, image]));
}

/** A mutating webhook may pin a tag or choose a mirror: legitimate, and worth knowing. */
function warnOfOtherImages(ports: Pick<Ports, 'log'>, change: WorkloadChange, after: Workload): void {
  const got = imagesOf(after);
  for (const { container, to } of change.images) {
    if (got[container] !== to) {
      ports.log.warning(
        `The cluster made ${got[container] ?? 'nothing'} of ${to} for container ${container} of ${formatWorkload(after)}: an admission webhook changes images.`,
      );
    }
  }
}

async function putBack(
  client: KubernetesClient,
  ports: Pick<Ports, 'log'>,
  done: readonly { change: WorkloadChange; after: Workload }[],
): Promise<{ failed?: string; done: NonNullable<ChangeResult['putBack']> }> {
  const failed: string[] = [];
  const undone: (WorkloadName & { readonly namespace: string })[] = [];
  for (const { change, after } of [...done].reverse()) {
    const images = change.images.map(({ container, init, from, to }) => ({ container, init, from: to, to: from }));
    try {
      await patch(client, { workload: after, images }, undefined, false);
      ports.log.info(`Put ${formatWorkload(after)} back`);
      const { kind, name, namespace } = after;
      undone.unshift({ kind, name, namespace });
    } catch (error) {
      failed.push(`${formatWorkload(after)}: ${messageOf(error)}`);
    }
  }
  return { done: undone, ...(failed.length === 0 ? {} : { failed: failed.join('; ') }) };
}

function incomplete(
  error: Error,
  changed: readonly string[],
  rest: readonly string[],
  back: { failed?: string } | undefined,
): VerificationError {
  const [failed = '', ...untried] = rest;
  const state =
    back === undefined
      ? `${changed.join(', ')} ${changed.length === 1 ? 'is' : 'are'} changed already`
      : back.failed === undefined
        ? `${changed.join(', ')} put back to the images before`
        : `could not be put back: ${back.failed}`;
  const untouched = untried.length === 0 ? '' : `; ${untried.join(', ')} not touched`;
  return new VerificationError(
    codes.DEPLOY_INCOMPLETE,
    `${failed} was not changed: ${messageOf(error)}; ${state}${untouched}`,
    {
      cause: error,
      ...(error instanceof DeliveryError
        ? { remedy: `${error.remedy} Then run the step again: what is changed already stays.` }
        : {}),
    },
  );
}
