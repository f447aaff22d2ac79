import { join } from 'node:path';
import { VerificationError } from '../base/errors.ts';
import { readArchive, withoutDeployments, writeArchive, type ApiProject } from './archive.ts';
import { codes } from './codes.ts';
import type { Engine } from './engine.ts';
import type { ApiPlan } from './plan.ts';
import type { ApiRevision, PublishedApi, Publisher } from './publisher.ts';

/** What an undo needs: the API as it was before. Holds the credentials of its endpoints: never written to the workspace. */
export interface Ground {
  readonly api: PublishedApi | undefined;
  readonly revisions: readonly ApiRevision[];
  /** The working copy with credentials; undefined when there was no API, or no undo is wanted. */
  readonly working: ApiProject | undefined;
}

/** Takes the state before an import, with all that is needed to put it back. */
export async function keepGround(plan: ApiPlan, publisher: Publisher, forUndo: boolean): Promise<Ground> {
  const { name, version } = plan;
  const api = plan.action === 'create' ? undefined : await publisher.find(name, version);
  const revisions = api === undefined ? [] : await publisher.revisions(api.id);
  const working = api === undefined || !forUndo ? undefined : await workingCopy(plan, publisher);
  return { api, revisions, working };
}

/**
 * Puts the state before back: a new API is removed; an old one gets its working copy back and its old revisions
 * deployed where they were, and the new revision is removed. Proves what it did.
 * @returns what was done, in words
 * @throws VerificationError UNDO_FAILED, and what a failing call means
 */
export async function undo(plan: ApiPlan, ground: Ground, engine: Engine, publisher: Publisher): Promise<string> {
  const { name, version } = plan;
  const environment = publisher.environment.name;
  const now = await publisher.find(name, version);
  if (ground.api === undefined) {
    if (now === undefined) return 'nothing had been changed';
    await publisher.deleteApi(now);
    if ((await publisher.find(name, version)) !== undefined) {
      throw new VerificationError(codes.UNDO_FAILED, `${name}:${version} is still in ${environment} after its removal`);
    }
    return 'the new API was removed';
  }
  if (now === undefined) {
    throw new VerificationError(codes.UNDO_FAILED, `${name}:${version} is gone from ${environment}`);
  }
  const { working } = ground;
  const present = await publisher.revisions(now.id);
  const copyChanged = working !== undefined && (await workingCopy(plan, publisher)).fingerprint !== working.fingerprint;
  const removed = plan.removes === undefined ? '' : `; revision ${plan.removes} had been removed for room and is lost`;
  if (!copyChanged && sameDeployments(ground.revisions, present)) return `nothing had been changed${removed}`;
  if (copyChanged) {
    const archive = join(await engine.scratch('undo'), 'before.zip');
    await writeArchive(archive, withoutDeployments(working));
    const shown = `the former ${name}:${version}`;
    await engine.import(archive, shown, environment, { update: true, preserveProvider: true, params: undefined });
  }
  await restoreDeployments(ground, present, now.id, publisher);
  const after = await publisher.revisions(now.id);
  if (!sameDeployments(ground.revisions, after)) {
    throw new VerificationError(codes.UNDO_FAILED, `${name}:${version} in ${environment} is not deployed as before`);
  }
  return `the former API was imported and its revision deployed again${removed}`;
}

async function restoreDeployments(
  ground: Ground,
  present: readonly ApiRevision[],
  apiId: string,
  publisher: Publisher,
): Promise<void> {
  for (const before of ground.revisions.filter(({ gateways }) => gateways.length > 0)) {
    await publisher.deploy(apiId, before);
  }
  const known = new Set(ground.revisions.map(({ id }) => id));
  for (const added of (await publisher.revisions(apiId)).filter(({ id }) => !known.has(id))) {
    if (added.gateways.length > 0)
      await publisher.undeploy(
        apiId,
        added,
        added.gateways.map(({ name }) => name),
      );
    // Only what this run has made is removed.
    if (present.some(({ id }) => id === added.id)) await publisher.deleteRevision(apiId, added);
  }
}

async function workingCopy(plan: ApiPlan, publisher: Publisher): Promise<ApiProject> {
  const archive = await publisher.exportWithCredentials(plan.name, plan.version);
  return readArchive(archive, `${plan.name}:${plan.version} in ${publisher.environment.name}`);
}

/** The same revisions serve on the same gateways. */
function sameDeployments(a: readonly ApiRevision[], b: readonly ApiRevision[]): boolean {
  const shape = (revisions: readonly ApiRevision[]) =>
    revisions
      .flatMap(({ id, gateways }) => gateways.map(({ name }) => `${id} ${name}`))
      .sort()
      .join('\n');
  return shape(a) === shape(b);
}
