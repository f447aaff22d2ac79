import { join } from 'node:path';
import { ServiceError, VerificationError } from '../base/errors.ts';
import { keyTypesOf, subscriptionsOf, withoutParts } from './applications.ts';
import { writeArchive, type ApiProject } from './archive.ts';
import { codes } from './codes.ts';
import { projectOfFormer } from './former-application.ts';
import type { JournaledApi } from './journal.ts';
import type { PublishedApi } from './publisher.ts';
import { stateOf } from './state.ts';
import { exportOf } from './target.ts';
import type { UndoTools } from './undo.ts';

/**
 * Puts an application that was there before back to what it was: its attributes by an import, the subscriptions that the
 * promotion added removed one by one (an import takes none away: carbon-apimgt, ImportUtils of the devportal). Keys come
 * back only from memory, where they were promoted and the server told them. Proves what it did.
 * @returns what was done, and what cannot be taken back, in words
 * @throws VerificationError UNDO_FAILED, and what a failing call means
 */
export async function putBackApplication(api: JournaledApi, now: PublishedApi, tools: UndoTools): Promise<string> {
  if (!api.steps.has('import')) return 'nothing had been changed';
  const present = await exportOf(tools.publisher, now, 'working-copy', false);
  const done: string[] = [];
  const notes = [
    ...(await restoreAttributes(api, present, tools, done)),
    ...(await removeSubscriptions(api, now, present, tools, done)),
  ];
  if (done.length > 0) await requireAsBefore(api, now, tools, notes.length > 0);
  return [done.length === 0 ? 'nothing was left to put back' : done.join(', '), ...notes].join('; ');
}

/** What it was: as it is in memory, else as the journal has it. */
function formerProject(
  { name, version, before }: JournaledApi,
  working: ApiProject | undefined,
): ApiProject | undefined {
  if (working !== undefined) return withoutParts(working, { keys: 'untold', subscriptions: true });
  return before.application === undefined ? undefined : projectOfFormer(before.application, name, version);
}

/** @returns what cannot be put back */
async function restoreAttributes(
  api: JournaledApi,
  present: ApiProject,
  { publisher, engine, working, tell }: UndoTools,
  done: string[],
): Promise<string[]> {
  const former = formerProject(api, working);
  if (former === undefined) return ['the application is the promoted one: what it was before is in no journal'];
  const brought = api.brings?.keys ?? [];
  const told = keyTypesOf(former);
  const lost = brought.filter((type) => !told.includes(type));
  const keys = brought.some((type) => told.includes(type));
  const notes = lost.map(
    (type) => `the ${type} key is the promoted one: the former consumer key and secret are told by no server`,
  );
  if (!keys && attributesOf(former) === attributesOf(present)) return notes;
  if (engine === undefined) return [...notes, 'its attributes are the promoted ones: nothing could import the former'];
  const archive = join(await engine.scratch('undo'), 'before.zip');
  await writeArchive(archive, keys ? former : withoutParts(former, { keys: true, subscriptions: true }));
  const flags = {
    kind: 'application',
    update: true,
    preserveProvider: true,
    params: undefined,
    skipSubscriptions: true,
    skipKeys: !keys,
  } as const;
  const what = keys ? 'attributes and keys' : 'attributes';
  tell?.(`the former ${what} are imported`);
  await engine.import(archive, `the former ${api.name} of ${api.version}`, publisher.environment.name, flags);
  done.push(`its former ${what} were imported`);
  return notes;
}

/** @returns what remains */
async function removeSubscriptions(
  { brings }: JournaledApi,
  now: PublishedApi,
  present: ApiProject,
  { publisher, tell }: UndoTools,
  done: string[],
): Promise<string[]> {
  const there = new Set(subscriptionsOf(present).map(nameOf));
  const remaining: string[] = [];
  for (const added of (brings?.subscriptions ?? []).filter((each) => there.has(nameOf(each)))) {
    const shown = nameOf(added);
    tell?.(`the subscription to ${shown} is removed`);
    try {
      await publisher.unsubscribe?.(now, added);
      done.push(`its subscription to ${shown} was removed`);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== codes.APIM_FORBIDDEN.code) throw error;
      remaining.push(`the subscription to ${shown} remains: ${now.version}, who owns the application, can remove it`);
    }
  }
  return remaining;
}

async function requireAsBefore(api: JournaledApi, now: PublishedApi, tools: UndoTools, partly: boolean): Promise<void> {
  const { publisher, working } = tools;
  const shown = `${api.name} of ${api.version} in ${publisher.environment.name}`;
  const after = await exportOf(publisher, now, 'working-copy', false);
  const former = formerProject(api, working);
  if (former !== undefined && attributesOf(former) !== attributesOf(after)) {
    throw new VerificationError(codes.UNDO_FAILED, `${shown} does not have its former attributes`);
  }
  const there = new Set(subscriptionsOf(after).map(nameOf));
  const left = (api.brings?.subscriptions ?? []).map(nameOf).filter((name) => there.has(name));
  if (left.length > 0 && !partly) {
    throw new VerificationError(codes.UNDO_FAILED, `${shown} is still subscribed to ${left.join(', ')}`);
  }
}

/** A digest of all but its keys and subscriptions. */
function attributesOf(application: ApiProject): string {
  const bare = withoutParts(application, { keys: true, subscriptions: true });
  return stateOf(bare, { preserveProvider: true }).digest;
}

function nameOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}:${version}`;
}
