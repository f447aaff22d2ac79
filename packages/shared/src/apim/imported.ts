import { codes as base } from '../base/codes.ts';
import { DeliveryError, messageOf, ServiceError, ToolError } from '../base/errors.ts';
import type { Clock, Log } from '../base/ports.ts';
import { parseYaml } from '../formats/yaml.ts';
import { readArchive } from './archive.ts';
import { codes } from './codes.ts';
import type { Holder } from './holder.ts';
import type { ApiRevision, PublishedApi } from './publisher.ts';

/** What an import is recognised by when it has come to be. */
export interface Expected {
  readonly name: string;
  readonly version: string;
  /** Of the API, when it was there before. */
  readonly id: string | undefined;
  /** The ids of the revisions that were there before. */
  readonly known: ReadonlySet<string>;
  /** Where the new revision is to be deployed. */
  readonly gateways: readonly string[];
}

/** What the publisher shows after an import; `revision` is a new one. */
export interface Found {
  readonly api: PublishedApi | undefined;
  readonly revision: ApiRevision | undefined;
}

export interface LookPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly cancelled: AbortSignal;
}

/** Between two looks for an import whose answer was lost, in milliseconds. */
const pauseMs = 1000;

/**
 * Runs an import and looks at the publisher for what came of it. An import whose answer was lost (no answer in time, a
 * broken connection, 502, 504) is not sent again, since it would make a second revision: the publisher is asked until the
 * new revision is deployed, or the time is over; of what is not deployed nobody can tell. After a failure inside the
 * server it is asked what was left behind.
 * @param patienceMs how long to look for an import whose answer was lost
 * @throws what the import throws, when nothing new is there
 */
export async function importAndLook(
  run: () => Promise<void>,
  expected: Expected,
  publisher: Holder,
  patienceMs: number,
  { clock, log, cancelled }: LookPorts,
): Promise<Found> {
  try {
    await run();
    return await look(expected, publisher);
  } catch (failure) {
    if (cancelled.aborted) throw failure;
    // Only a revision shows that an import has come to its end.
    const mayShow = expected.gateways.length > 0;
    if (isAnswerLost(failure) && mayShow) return await lookPatiently(failure);
    throw isAnswerLost(failure) || isServerFailure(failure)
      ? withState(failure, expected, await look(expected, publisher))
      : failure;
  }

  async function lookPatiently(failure: unknown): Promise<Found> {
    const shown = `${expected.name}:${expected.version}`;
    log.info(`${messageOf(failure)}: asking the publisher whether ${shown} was imported all the same`);
    const until = clock.now() + patienceMs;
    for (;;) {
      const found = await look(expected, publisher);
      if (isComplete(found, expected)) {
        log.info(`${shown} was imported${found.revision === undefined ? '' : ` as revision ${found.revision.number}`}`);
        return found;
      }
      if (clock.now() + pauseMs > until) throw withState(failure, expected, found);
      await clock.sleep(pauseMs, cancelled);
    }
  }
}

/** What is there now: one or two requests. A search may lag behind an import; an export does not. */
async function look({ name, version, id, known }: Expected, publisher: Holder): Promise<Found> {
  if (id !== undefined) {
    const [api, revisions] = await Promise.all([publisher.details(id), publisher.revisions(id)]);
    return { api, revision: newest(revisions, known) };
  }
  const api = (await publisher.find(name, version)) ?? (await findByExport(name, version, publisher));
  if (api === undefined) return { api, revision: undefined };
  return { api, revision: newest(await publisher.revisions(api.id), known) };
}

/** True when what is there can only be the import's work, all of it. */
function isComplete({ api, revision }: Found, { id, gateways }: Expected): boolean {
  // What is not deployed has no revisions: only its beginning to exist can be seen.
  if (gateways.length === 0) return api !== undefined && id === undefined;
  const there = revision?.gateways.map(({ name }) => name) ?? [];
  return gateways.every((name) => there.includes(name));
}

/** True for a failure after which nobody but the publisher knows whether the import was done. */
function isAnswerLost(failure: unknown): boolean {
  if (!(failure instanceof DeliveryError)) return false;
  if (/connection refused|ECONNREFUSED|no such host|ENOTFOUND|429/.test(failure.message)) return false;
  // Killed from outside.
  if (failure instanceof ToolError && failure.code === codes.APICTL_FAILED.code && failure.exitCode === null)
    return true;
  const lost = [base.SERVICE_TIMEOUT, base.SERVICE_UNREACHABLE, base.TOOL_TIMEOUT, codes.APIM_BUSY];
  return lost.some(({ code }) => code === failure.code);
}

/** True when the server says that it failed: it may have done a part. */
function isServerFailure(failure: unknown): boolean {
  if (failure instanceof ServiceError) return (failure.status ?? 0) >= 500;
  return failure instanceof ToolError && / 50\d /.test(failure.message);
}

async function findByExport(name: string, version: string, publisher: Holder): Promise<PublishedApi | undefined> {
  let archive: Buffer;
  try {
    archive = await publisher.export(name, version, { revision: 'working-copy', credentials: false });
  } catch (error) {
    if (error instanceof ServiceError && error.status === 404) return undefined;
    throw error;
  }
  const project = await readArchive(archive, `the export of ${name}:${version}`);
  const file = ['api.yaml', 'api.json', 'api_product.yaml', 'api_product.json'].find((each) => project.files.has(each));
  const text = file === undefined ? '' : (project.files.get(file)?.toString('utf8') ?? '');
  const { data } = (parseYaml(text) ?? {}) as { data?: { id?: unknown } };
  return typeof data?.id === 'string' ? publisher.details(data.id) : undefined;
}

function newest(revisions: readonly ApiRevision[], known: ReadonlySet<string>): ApiRevision | undefined {
  return revisions.findLast(({ id }) => !known.has(id));
}

/** The failure, with what the target is left with: an import that broke off in the middle is named. */
function withState(failure: unknown, { name, version, id }: Expected, { api, revision }: Found): unknown {
  if (!(failure instanceof DeliveryError)) return failure;
  const state =
    revision !== undefined
      ? `the publisher shows its revision ${revision.number}, not deployed everywhere`
      : api !== undefined && id === undefined
        ? 'the publisher shows the API without a revision: it is half imported'
        : 'the publisher shows nothing new of it';
  failure.message = `${failure.message}; ${state} (${name}:${version})`;
  return failure;
}
