import { VerificationError } from '../base/errors.ts';
import { codes } from './codes.ts';
import type { Holder } from './holder.ts';
import { writeImport } from './import-files.ts';
import { importAndLook } from './imported.ts';
import type { Job, PromoteOptions, PromotePorts, PromoteTools } from './promotion-job.ts';
import type { ApiRevision, PublishedApi } from './publisher.ts';
import type { Trail } from './trail.ts';
import { reachLifecycle, requireDeployed } from './verify.ts';

/** The last look before the first effect. @throws VerificationError PLAN_STALE */
export async function requireSameGround({ plan, before }: Job, publisher: Holder): Promise<void> {
  const moved = (what: string) =>
    new VerificationError(
      codes.PLAN_STALE,
      `${plan.name}:${plan.version} ${what} in ${publisher.environment.name} meanwhile`,
    );
  if (before.id === undefined) {
    if ((await publisher.find(plan.name, plan.version)) !== undefined) throw moved('was created');
    return;
  }
  const shape = (revisions: readonly ApiRevision[]) =>
    revisions
      .map(
        ({ id, gateways }) =>
          `${id}=${gateways
            .map(({ name }) => name)
            .sort()
            .join('+')}`,
      )
      .join();
  if (shape(await publisher.revisions(before.id)) !== shape(before.revisions)) throw moved('was changed');
}

/** What is in the target after the effects, before it is proven. */
export interface Reached {
  readonly api: PublishedApi;
  /** Undefined for what is not deployed. */
  readonly revision: ApiRevision | undefined;
}

/**
 * The effects of one plan, each in the journal before it is begun: room for a revision, import or deployment, life cycle.
 * @throws VerificationError IMPORT_NOT_PROVEN, REVISION_NOT_DEPLOYED, LIFECYCLE_NOT_AS_PLANNED; what a failing call means
 */
export async function carryOut(
  job: Job,
  trail: Trail,
  tools: PromoteTools,
  options: PromoteOptions,
  ports: PromotePorts,
): Promise<Reached> {
  const { plan, before } = job;
  const { publisher } = tools;
  if (plan.removes !== undefined && before.id !== undefined) {
    const { id } = before;
    const old = before.revisions.find(({ number }) => number === plan.removes);
    if (old !== undefined) {
      await trail.step('remove-revision', String(old.number), () => publisher.deleteRevision(id, old));
    }
  }
  const reached = plan.imports
    ? await trail.step(
        'import',
        undefined,
        () => importAndProve(job, tools, options, ports),
        ({ api, revision }) => ({ id: api.id, ...(revision === undefined ? {} : { revision: revision.id }) }),
      )
    : await redeploy(job, trail, publisher);
  requireDeployed(plan, reached.revision);
  return { ...reached, api: await reachLifecycle(plan.lifecycle, reached.api, publisher, trail) };
}

async function importAndProve(
  job: Job,
  { engine, publisher }: PromoteTools,
  options: PromoteOptions,
  ports: PromotePorts,
): Promise<Reached> {
  const { plan, before } = job;
  if (engine === undefined) throw new Error('an import was planned and no engine opened');
  const shown = `${plan.name}:${plan.version}`;
  const where = publisher.environment.name;
  const { archive, params } = await writeImport(job, await engine.scratch('import'));
  const flags = {
    kind: plan.kind,
    ...job.skips,
    update: plan.action === 'update',
    preserveProvider: options.preserveProvider,
    params,
  };
  const expected = {
    name: plan.name,
    version: plan.version,
    id: before.id,
    known: new Set(before.revisions.map(({ id }) => id)),
    gateways: plan.deployments.map(({ gateway }) => gateway),
  };
  const run = () => engine.import(archive, shown, where, flags);
  const { api, revision } = await importAndLook(run, expected, publisher, options.patienceMs, ports);
  if (api === undefined) {
    const message = `${engine.name} says that it imported ${shown}, and ${where} does not have it`;
    throw new VerificationError(codes.IMPORT_NOT_PROVEN, message);
  }
  if (revision === undefined && plan.deployments.length > 0) {
    const message = `${engine.name} says that it imported ${shown}, and the publisher of ${where} shows no new revision of it`;
    throw new VerificationError(codes.IMPORT_NOT_PROVEN, message);
  }
  return { api, revision };
}

/** Deploys the revision that is as wanted, where it is not; or finds it where it serves. */
async function redeploy({ plan, before }: Job, trail: Trail, publisher: Holder): Promise<Reached> {
  const id = before.id ?? '';
  const planned = plan.deployments.map(({ gateway, vhost, displayOnDevportal: display }) => ({
    name: gateway,
    vhost,
    display,
  }));
  const revision = before.revisions.find(({ number }) => number === plan.redeploys);
  if (revision !== undefined) {
    const wanted = { ...revision, gateways: planned };
    await trail.step('deploy-revision', String(revision.number), () => publisher.deploy(id, wanted));
  }
  const [api, revisions] = await Promise.all([publisher.details(id), publisher.revisions(id)]);
  if (planned.length === 0) return { api, revision: undefined };
  const names = new Set(planned.map(({ name }) => name));
  const serving =
    revision === undefined
      ? revisions.findLast(({ gateways }) => gateways.some(({ name }) => names.has(name)))
      : revisions.find((each) => each.id === revision.id);
  if (serving === undefined) {
    const message = `${plan.name}:${plan.version} has no revision ${plan.redeploys ?? ''} in ${publisher.environment.name} any more`;
    throw new VerificationError(codes.REVISION_NOT_DEPLOYED, message);
  }
  return { api, revision: serving };
}
