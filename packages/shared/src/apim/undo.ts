import { join } from 'node:path';
import { VerificationError } from '../base/errors.ts';
import { withoutDeployments, writeArchive, type ApiProject } from './archive.ts';
import { codes } from './codes.ts';
import type { Engine } from './engine.ts';
import type { Before, JournaledApi } from './journal.ts';
import { lifecycleWay } from './lifecycle.ts';
import type { Holder } from './holder.ts';
import type { ApiRevision, PublishedApi } from './publisher.ts';
import { compareStates } from './state-compare.ts';
import { stateOf } from './state.ts';
import { exportOf, type TargetState } from './target.ts';
import { putBackApplication } from './undo-application.ts';
import { formerOf } from './former-application.ts';

/** The state before a promotion, for the journal: what is there without any content. */
export function beforeOf(target: TargetState, salt: string): Before {
  const { api, revisions, current, working, workingProject } = target;
  if (api === undefined) return { revisions };
  const same = current !== undefined && working !== undefined && compareStates(working, current.state).length === 0;
  return {
    id: api.id,
    lifeCycleStatus: api.lifeCycleStatus,
    revisions,
    working: workingProject === undefined ? undefined : contentOf(workingProject, salt),
    workingRevision: same ? current.revision.number : undefined,
    ...(workingProject?.kind === 'application' ? { application: formerOf(workingProject) } : {}),
  };
}

/** What an API is apart from its life cycle state and where it is deployed. */
function contentOf(project: ApiProject, salt: string): { state: string; secrets: string | undefined } {
  const state = stateOf(project, { lifecycle: 'any', deployments: [], preserveProvider: true });
  return { state: state.digest, secrets: state.secrets.digest(salt) };
}

export interface UndoTools {
  readonly publisher: Holder;
  /** With the working copy of before in memory it is imported where no revision holds it. */
  readonly engine?: Engine | undefined;
  readonly working?: ApiProject | undefined;
  /** Told before each effect. */
  readonly tell?: (what: string) => void;
}

/**
 * Puts an API back to what it was: a new one is removed; an old one gets its working copy back (from the revision that
 * holds it, so that credentials stay on the server), its old revisions deployed where they were, its life cycle state,
 * and what the promotion made is removed. Proves what it did. Doing it again does nothing.
 * @returns what was done, in words
 * @throws VerificationError UNDO_FAILED, PROMOTION_ROLLBACK_REFUSED, and what a failing call means
 */
export async function undo(api: JournaledApi, tools: UndoTools): Promise<string> {
  const { publisher } = tools;
  const now = await publisher.find(api.name, api.version);
  return api.before.id === undefined ? removeNew(api, now, tools) : putBack(api, now, tools);
}

async function removeNew(api: JournaledApi, now: PublishedApi | undefined, tools: UndoTools): Promise<string> {
  const { publisher, tell } = tools;
  const shown = `${api.name}:${api.version}`;
  if (now === undefined || !api.steps.has('import')) return 'nothing had been changed';
  if (api.made.size > 0 && !api.made.has(now.id)) {
    const message = `${shown} in ${publisher.environment.name} is another API than the one that was promoted`;
    throw new VerificationError(codes.PROMOTION_ROLLBACK_REFUSED, message);
  }
  tell?.('the new API is removed');
  await publisher.deleteApi(now);
  if ((await publisher.find(api.name, api.version)) !== undefined) {
    const message = `${shown} is still in ${publisher.environment.name} after its removal`;
    throw new VerificationError(codes.UNDO_FAILED, message);
  }
  return 'the new API was removed';
}

async function putBack(api: JournaledApi, now: PublishedApi | undefined, tools: UndoTools): Promise<string> {
  const { publisher } = tools;
  const { before } = api;
  const shown = `${api.name}:${api.version}`;
  if (now === undefined) {
    throw new VerificationError(codes.UNDO_FAILED, `${shown} is gone from ${publisher.environment.name}`);
  }
  if (now.id !== before.id) {
    const message = `${shown} in ${publisher.environment.name} is another API than the one that was promoted`;
    throw new VerificationError(codes.PROMOTION_ROLLBACK_REFUSED, message);
  }
  if (api.kind === 'application') return putBackApplication(api, now, tools);
  const revisions = await publisher.revisions(now.id);
  const ours = revisionsMade(api, revisions, publisher.environment.name);
  const done: string[] = [];
  const lost = await restoreWorkingCopy(api, now, tools, done);
  await restoreDeployments(before, revisions, ours, now.id, tools, done);
  await restoreLifecycle(before, await publisher.details(now.id), tools, done);
  const notes = api.removed.map((number) => `revision ${number} had been removed for room and is lost`);
  if (lost !== undefined) notes.push(lost);
  if (done.length > 0) await requireAsBefore(before, now.id, shown, publisher);
  return [done.length === 0 ? 'nothing had been changed' : done.join(', '), ...notes].join('; ');
}

/** What this promotion has made, of what is there. @throws VerificationError PROMOTION_ROLLBACK_REFUSED when more has happened */
function revisionsMade(api: JournaledApi, revisions: readonly ApiRevision[], where: string): ApiRevision[] {
  const old = new Set(api.before.revisions.map(({ id }) => id));
  const added = revisions.filter(({ id }) => !old.has(id));
  const known = added.filter(({ id }) => api.made.has(id));
  const strangers = added.filter(({ id }) => !api.made.has(id));
  // The one that an import made whose end nobody has seen.
  if (api.open && known.length === 0 && strangers.length === 1) return strangers;
  const serving = strangers.filter(({ gateways }) => gateways.length > 0);
  if (serving.length > 0) {
    const message = `${api.name}:${api.version} was changed again in ${where}: revision ${serving.map(({ number }) => number).join(', ')} serves, which the promotion did not make`;
    throw new VerificationError(codes.PROMOTION_ROLLBACK_REFUSED, message);
  }
  return known;
}

/** @returns what cannot be put back, in words */
async function restoreWorkingCopy(
  api: JournaledApi,
  now: PublishedApi,
  { publisher, engine, working, tell }: UndoTools,
  done: string[],
): Promise<string | undefined> {
  const { before } = api;
  if (!api.steps.has('import')) return undefined;
  const present = contentOf(await exportOf(publisher, now, 'working-copy', true), api.salt);
  if (present.state === before.working?.state && present.secrets === before.working.secrets) return undefined;
  const holder = before.revisions.find(({ number }) => number === before.workingRevision);
  if (holder !== undefined) {
    tell?.(`revision ${holder.number} is restored`);
    await publisher.restoreRevision(now.id, holder);
    done.push('the former API was restored from its revision');
    return undefined;
  }
  if (engine !== undefined && working !== undefined) {
    const archive = join(await engine.scratch('undo'), 'before.zip');
    await writeArchive(archive, withoutDeployments(working));
    const flags = { kind: api.kind, update: true, preserveProvider: true, params: undefined };
    tell?.('the former working copy is imported');
    await engine.import(archive, `the former ${api.name}:${api.version}`, publisher.environment.name, flags);
    done.push('the former API was imported');
    return undefined;
  }
  const serving = before.revisions.findLast(({ gateways }) => gateways.length > 0);
  if (serving === undefined) {
    return 'the working copy is the promoted one: the former was in no revision and is lost';
  }
  const held = contentOf(await exportOf(publisher, now, serving.number, true), api.salt);
  const lost = 'edits that were never published were in no revision and are lost';
  if (held.state === present.state && held.secrets === present.secrets) return lost;
  tell?.(`revision ${serving.number} is restored`);
  await publisher.restoreRevision(now.id, serving);
  done.push('the former API was restored from the revision that served');
  return lost;
}

async function restoreDeployments(
  before: Before,
  present: readonly ApiRevision[],
  ours: readonly ApiRevision[],
  apiId: string,
  { publisher, tell }: UndoTools,
  done: string[],
): Promise<void> {
  const current = new Set(places(present));
  for (const revision of before.revisions) {
    const gateways = revision.gateways.filter((gateway) => !current.has(placeOf(revision, gateway)));
    if (gateways.length === 0) continue;
    tell?.(`revision ${revision.number} is deployed again`);
    await publisher.deploy(apiId, { ...revision, gateways });
    done.push(`its revision ${revision.number} deployed again`);
  }
  const made = new Set(ours.map(({ id }) => id));
  const wanted = new Set(places(before.revisions));
  const surplus = places(present).some((place) => !wanted.has(place));
  if (!surplus && ours.length === 0) return;
  // Deploying one revision takes the place of another: asked again, what is left of the others is seen.
  for (const revision of await publisher.revisions(apiId)) {
    const isOurs = made.has(revision.id);
    const known = before.revisions.some(({ id }) => id === revision.id);
    const gateways = revision.gateways.filter((gateway) => !wanted.has(placeOf(revision, gateway)));
    if ((isOurs || known) && gateways.length > 0) {
      tell?.(`revision ${revision.number} is undeployed`);
      await publisher.undeploy(
        apiId,
        revision,
        gateways.map(({ name }) => name),
      );
      if (!isOurs) done.push(`revision ${revision.number} undeployed again`);
    }
    if (!isOurs) continue;
    tell?.(`revision ${revision.number} is removed`);
    await publisher.deleteRevision(apiId, revision);
    done.push(`revision ${revision.number} removed`);
  }
}

async function restoreLifecycle(
  before: Before,
  now: PublishedApi,
  { publisher, tell }: UndoTools,
  done: string[],
): Promise<void> {
  const state = before.lifeCycleStatus;
  if (state === undefined || now.lifeCycleStatus === state) return;
  const way = lifecycleWay(now.lifeCycleStatus, state);
  if (way === undefined) {
    const message = `${now.name}:${now.version} is ${now.lifeCycleStatus}, and no steps lead back to ${state}`;
    throw new VerificationError(codes.UNDO_FAILED, message);
  }
  for (const action of way) {
    tell?.(`the life cycle step '${action}' is taken`);
    await publisher.changeLifecycle(now.id, action);
  }
  done.push(`it is ${state} again`);
}

async function requireAsBefore(before: Before, apiId: string, shown: string, publisher: Holder): Promise<void> {
  const [api, revisions] = await Promise.all([publisher.details(apiId), publisher.revisions(apiId)]);
  const where = publisher.environment.name;
  if (places(revisions).join() !== places(before.revisions).join()) {
    throw new VerificationError(codes.UNDO_FAILED, `${shown} in ${where} is not deployed as before`);
  }
  if (before.lifeCycleStatus !== undefined && api.lifeCycleStatus !== before.lifeCycleStatus) {
    const message = `${shown} in ${where} is ${api.lifeCycleStatus} instead of ${before.lifeCycleStatus}`;
    throw new VerificationError(codes.UNDO_FAILED, message);
  }
}

/** Which revision serves where, in an order that compares. */
function places(revisions: readonly ApiRevision[]): string[] {
  return revisions.flatMap((revision) => revision.gateways.map((gateway) => placeOf(revision, gateway))).sort();
}

function placeOf({ id }: ApiRevision, { name, display }: ApiRevision['gateways'][number]): string {
  return `${id} ${name} ${display}`;
}
