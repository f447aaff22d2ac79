import { readArchive, type ApiProject, type Deployment } from './archive.ts';
import { deploymentsOn } from './deployments.ts';
import { ServiceError } from '../base/errors.ts';
import { codes } from './codes.ts';
import type { Holder } from './holder.ts';
import type { ApiRevision, Gateway, PublishedApi } from './publisher.ts';
import { compareStates } from './state-compare.ts';
import { stateOf, type ApiState } from './state.ts';

/** What an API Manager holds of one API, as far as a promotion depends on it. */
export interface TargetState {
  readonly api: PublishedApi | undefined;
  /** Oldest first. */
  readonly revisions: readonly ApiRevision[];
  /** The gateway environments that the API Manager has. */
  readonly gateways: readonly Gateway[];
  /**
   * What serves on the planned gateways; where nothing does, the last revision. Undefined: there is no revision, or none
   * is planned.
   */
  readonly current: { readonly revision: ApiRevision; readonly state: ApiState } | undefined;
  /** What the publisher shows for editing. Undefined: there is no API. */
  readonly working: ApiState | undefined;
  /** The working copy with credentials, when it was asked for: a secret. */
  readonly workingProject: ApiProject | undefined;
}

export interface TargetQuestion {
  readonly desired: ApiState;
  readonly deployments: readonly Deployment[];
  readonly preserveProvider: boolean;
  /** True: with the working copy's archive and credentials, to put it back later. */
  readonly forUndo: boolean;
}

/**
 * Reads what the target has of an API: REST alone, nothing is changed. With several revisions on the planned gateways
 * the one that is already as desired counts, else the newest.
 */
export async function readTarget(
  publisher: Holder,
  found: {
    readonly api: PublishedApi | undefined;
    readonly revisions: readonly ApiRevision[];
    readonly gateways: readonly Gateway[];
  },
  question: TargetQuestion,
): Promise<TargetState> {
  const { api, revisions, gateways } = found;
  if (api === undefined) {
    return { api, revisions, gateways, current: undefined, working: undefined, workingProject: undefined };
  }
  const { desired, deployments, forUndo } = question;
  // The keys of an application are asked for only when they are promoted.
  const credentials = desired.secrets.size > 0 || (forUndo && desired.kind !== 'application');
  const stateFrom = (project: ApiProject, revision: ApiRevision | undefined) =>
    stateOf(project, {
      lifecycle: api.lifeCycleStatus,
      deployments: deploymentsOn(revision, deployments),
      preserveProvider: question.preserveProvider,
    });
  const [current, workingProject] = await Promise.all([
    readCurrent(),
    exportOf(publisher, api, 'working-copy', credentials),
  ]);
  return {
    api,
    revisions,
    gateways,
    current,
    working: stateFrom(workingProject, current?.revision),
    workingProject: forUndo ? workingProject : undefined,
  };

  async function readCurrent(): Promise<TargetState['current']> {
    // What is not to be deployed is its working copy.
    if (deployments.length === 0) return undefined;
    let newest: TargetState['current'];
    for (const revision of candidates(revisions, deployments)) {
      const state = stateFrom(await exportOf(publisher, api, revision.number, credentials), revision);
      newest ??= { revision, state };
      if (compareStates(desired, state).every(({ group }) => group === 'deployment')) return { revision, state };
    }
    return newest;
  }
}

/** Revisions that serve on the planned gateways, newest first; else the last revision. */
function candidates(revisions: readonly ApiRevision[], deployments: readonly Deployment[]): ApiRevision[] {
  const serving = revisions.filter((revision) => deploymentsOn(revision, deployments).length > 0);
  return serving.length > 0 ? serving.toReversed() : revisions.slice(-1);
}

/** An export; without credentials where the user may read and not see them. */
export async function exportOf(
  publisher: Holder,
  api: PublishedApi | undefined,
  revision: number | 'working-copy',
  credentials: boolean,
): Promise<ApiProject> {
  const { name, version } = api ?? { name: '', version: '' };
  const shown = `${name}:${version} in ${publisher.environment.name}`;
  try {
    return await readArchive(await publisher.export(name, version, { revision, credentials }), shown);
  } catch (error) {
    const forbidden = error instanceof ServiceError && error.code === codes.APIM_FORBIDDEN.code;
    if (!forbidden || !credentials) throw error;
    return readArchive(await publisher.export(name, version, { revision, credentials: false }), shown);
  }
}
