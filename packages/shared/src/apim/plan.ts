import { InputError, type ErrorCode, type Problem } from '../base/errors.ts';
import type { ApiProject, Deployment } from './archive.ts';
import { policyMoves } from './applications.ts';
import { codes } from './codes.ts';
import { deploymentProblems } from './deployments.ts';
import type { ApimEnvironment } from './environments.ts';
import { lossesOf } from './losses.ts';
import { compareStates, leftovers, type Change } from './state-compare.ts';
import type { ApiState } from './state.ts';
import type { TargetState } from './target.ts';
import { tenantOf } from './tenants.ts';

/**
 * create: the target does not have it. update: it differs and is imported. redeploy: a revision that is as wanted is
 * deployed, nothing is imported. unchanged: it is not touched. refused: it cannot be done as asked.
 */
export type PlannedAction = 'create' | 'update' | 'redeploy' | 'unchanged' | 'refused';

/** What is to happen to one API. */
export interface ApiPlan {
  readonly kind: ApiState['kind'];
  readonly name: string;
  readonly version: string;
  readonly action: PlannedAction;
  /** False for an update of the life cycle alone. */
  readonly imports: boolean;
  /** Where the revision will be deployed. */
  readonly deployments: readonly Deployment[];
  /** The life cycle state afterwards. */
  readonly lifecycle: string | undefined;
  /** The revision that is removed first, because there is no room for a new one. */
  readonly removes: number | undefined;
  /** The revision that is deployed without an import. */
  readonly redeploys: number | undefined;
  /** Revisions that serve now, and where. */
  readonly serving: readonly { readonly revision: number; readonly gateways: readonly string[] }[];
  /** Field by field, secrets hidden; empty for a new API. */
  readonly changes: readonly Change[];
  /** What a reviewer has to know beside the changes. */
  readonly notes: readonly string[];
  /** What of it no rollback, or not every one, brings back. */
  readonly losses: readonly string[];
  /** Why it is refused. */
  readonly problems: readonly { readonly code: string; readonly problem: string; readonly example?: string }[];
  /** The size of what is imported. */
  readonly bytes: number;
  /** Digest of what is promoted, without secrets. */
  readonly source: string;
  /** Digest of the settings for the target without secrets, or undefined without a params file. */
  readonly params: string | undefined;
  /** Digest of the secrets of both, slow to guess; undefined when there are none. */
  readonly secrets: string | undefined;
  /** Digest of the state that is wanted, without secrets. */
  readonly wants: string;
  /** What the target held when the plan was made. */
  readonly ground: {
    readonly id: string | undefined;
    readonly revisions: readonly number[];
    readonly state: string | undefined;
    readonly working: string | undefined;
    readonly secrets: string | undefined;
  };
}

/** API Manager keeps this many revisions of an API. */
const revisionLimit = 5;

export interface Wish {
  readonly project: Pick<ApiProject, 'name' | 'version'>;
  /** What an import would make of it, at the planned places and in the planned life cycle state. */
  readonly desired: ApiState;
  /** Digest of the project alone, of the params, and the salt for digests of secrets. */
  readonly source: string;
  readonly params: string | undefined;
  readonly salt: string;
  readonly deployments: readonly Deployment[];
  readonly lifecycle: string | undefined;
  readonly bytes: number;
  /** Of the project; undefined when it does not say. */
  readonly provider: string | undefined;
  readonly preserveProvider: boolean;
  /** Of the one who imports; undefined when a token does not say. */
  readonly tenant?: string | undefined;
  readonly update: boolean;
  readonly rotateRevision: boolean;
  /** True for what needs no deployment: applications, APIs that serve through a product. */
  readonly mayStayUndeployed?: boolean;
  /** What it needs and the target lacks. */
  readonly lacks?: readonly Problem[];
  /** Why it is imported although it is as wanted: something that it is made of changes. */
  readonly renews?: string | undefined;
  /** What is to be said of the places, when anything is done there. */
  readonly placeNotes?: readonly string[];
  /** The kinds of keys that an application comes with. */
  readonly keys?: readonly string[];
}

interface Refusal extends Problem {
  readonly code: ErrorCode;
}

/** Decides what happens to one API. Does not throw: what cannot be done is refused, with every problem. */
export function planApi(wish: Wish, target: TargetState, environment: ApimEnvironment): ApiPlan {
  const { desired } = wish;
  const actual = target.current?.state ?? target.working;
  const changes = actual === undefined ? [] : compareStates(desired, actual);
  const decided = renewed(decide(wish, target, changes), wish);
  const refusals = refusalsOf(wish, target, environment, decided, changes);
  const makesRevision = decided.imports && wish.deployments.length > 0;
  const room = makesRevision ? roomOf(wish, target) : { removes: undefined, refusals: [] };
  const problems = [...refusals, ...room.refusals];
  const state: ApiPlan = {
    kind: desired.kind,
    name: wish.project.name,
    version: wish.project.version,
    action: problems.length > 0 ? 'refused' : decided.action,
    imports: problems.length === 0 && decided.imports,
    deployments: wish.deployments,
    lifecycle: wish.lifecycle,
    removes: problems.length > 0 ? undefined : room.removes,
    redeploys: problems.length > 0 ? undefined : decided.redeploys,
    serving: target.revisions
      .filter(({ gateways }) => gateways.length > 0)
      .map(({ number, gateways }) => ({ revision: number, gateways: gateways.map(({ name }) => name) })),
    changes,
    notes: [...notesOf(wish, target, decided), ...leftoverNotes(desired, actual)],
    losses: problems.length > 0 ? [] : losses(wish, target, decided, room.removes),
    problems: problems.map(({ code, problem, example }) => ({
      code: code.code,
      problem,
      ...(example === undefined ? {} : { example }),
    })),
    bytes: wish.bytes,
    source: wish.source,
    params: wish.params,
    secrets: desired.secrets.digest(wish.salt),
    wants: desired.digest,
    ground: {
      id: target.api?.id,
      revisions: target.revisions.map(({ number }) => number),
      state: actual?.digest,
      working: target.working?.digest,
      // Without secrets of ours none of the target's was asked for.
      secrets: desired.secrets.size === 0 ? undefined : actual?.secrets.digest(wish.salt),
    },
  };
  return state;
}

type Decision = Pick<ApiPlan, 'action' | 'imports' | 'redeploys'>;

function decide({ deployments }: Wish, target: TargetState, changes: readonly Change[]): Decision {
  if (target.api === undefined) return { action: 'create', imports: true, redeploys: undefined };
  const content = changes.filter(({ group }) => group !== 'deployment');
  const deployed = content.length === changes.length;
  const { current } = target;
  const compared = deployments.length === 0 ? target.working : current;
  if (compared === undefined || content.some(({ group }) => group !== 'lifecycle')) {
    return { action: 'update', imports: true, redeploys: undefined };
  }
  const redeploys = deployed ? undefined : current?.revision.number;
  if (content.length > 0) return { action: 'update', imports: false, redeploys };
  return deployed
    ? { action: 'unchanged', imports: false, redeploys }
    : { action: 'redeploy', imports: false, redeploys };
}

/** With a reason to import it although it is as wanted. */
function renewed(decided: Decision, { renews }: Wish): Decision {
  if (renews === undefined || decided.imports) return decided;
  return { action: 'update', imports: true, redeploys: undefined };
}

function refusalsOf(
  wish: Wish,
  target: TargetState,
  environment: ApimEnvironment,
  decided: Decision,
  changes: readonly Change[],
): Refusal[] {
  const { project, update } = wish;
  const subject = `${project.name}:${project.version}`;
  const moves = policyMoves(changes).map((problem) => ({ subject, problem, code: codes.API_CONFLICT }));
  const placeless = wish.mayStayUndeployed === true && wish.deployments.length === 0;
  const places = placeless ? [] : deploymentProblems(subject, wish.deployments, target.gateways, environment.name);
  const refusals: Refusal[] = [
    ...places.map((problem) => ({ ...problem, code: codes.GATEWAY_UNKNOWN })),
    ...(wish.lacks ?? []).map((problem) => ({ ...problem, code: codes.DEPENDENCY_MISSING })),
    ...moves,
  ];
  if (target.api !== undefined && !update && decided.action !== 'unchanged') {
    const problem = `exists in ${environment.name} already, and update is off`;
    refusals.push({ code: codes.API_CONFLICT, subject, problem, example: 'update: true' });
  }
  const foreign = wish.provider === undefined ? undefined : tenantOf(wish.provider);
  if (wish.preserveProvider && decided.imports && foreign !== undefined && foreign !== (wish.tenant ?? foreign)) {
    const problem = `belongs to ${wish.provider ?? ''} of the tenant ${foreign}, and the user of ${environment.name} is one of ${wish.tenant ?? ''}: API Manager keeps no provider across tenants`;
    refusals.push({ code: codes.API_CONFLICT, subject, problem, example: 'preserve-provider: false' });
  }
  const there = target.api?.provider ?? '';
  if (
    wish.preserveProvider &&
    decided.imports &&
    there !== '' &&
    wish.provider !== undefined &&
    wish.provider !== there
  ) {
    const problem = `belongs to ${there} in ${environment.name}, and to ${wish.provider} at its source`;
    refusals.push({ code: codes.API_CONFLICT, subject, problem, example: 'preserve-provider: false' });
  }
  return refusals;
}

function roomOf(wish: Wish, target: TargetState): { removes: number | undefined; refusals: readonly Refusal[] } {
  if (target.revisions.length < revisionLimit) return { removes: undefined, refusals: [] };
  const oldest = target.revisions.find(({ gateways }) => gateways.length === 0);
  if (wish.rotateRevision && oldest !== undefined) return { removes: oldest.number, refusals: [] };
  const subject = `${wish.project.name}:${wish.project.version}`;
  const problem =
    oldest === undefined
      ? `has ${target.revisions.length} revisions, all deployed`
      : `has ${target.revisions.length} revisions, and rotate-revision is off`;
  return {
    removes: undefined,
    refusals: [{ code: codes.REVISION_LIMIT, subject, problem, example: 'rotate-revision: true' }],
  };
}

function notesOf(wish: Wish, { current, working, revisions }: TargetState, { action, imports }: Decision): string[] {
  const notes: string[] = wish.renews === undefined || !imports ? [] : [wish.renews];
  if (action !== 'unchanged') notes.push(...(wish.placeNotes ?? []));
  if (isEdited({ current, working }) && !imports) notes.push('unpublished edits in the publisher are left alone');
  const planned = new Set(wish.deployments.map(({ gateway }) => gateway));
  for (const { number, gateways } of revisions) {
    const others = gateways.map(({ name }) => name).filter((name) => !planned.has(name));
    if (others.length > 0) notes.push(`revision ${number} keeps serving on ${others.join(', ')}`);
  }
  return notes;
}

/** Whether the publisher shows something else for editing than what serves. */
function isEdited({ current, working }: Pick<TargetState, 'current' | 'working'>): boolean {
  return current !== undefined && working !== undefined && compareStates(working, current.state).length > 0;
}

function losses(
  { keys = [] }: Wish,
  target: TargetState,
  { imports }: Decision,
  removes: number | undefined,
): string[] {
  const replacesKeys = imports && target.api !== undefined ? keys : [];
  return lossesOf({ removes, overwritesEdits: imports && isEdited(target), replacesKeys });
}

/** What only the target has and keeps, in words. */
function leftoverNotes(desired: ApiState, actual: ApiState | undefined): string[] {
  if (actual === undefined) return [];
  return leftovers(desired, actual).map(({ path, before = '' }) => {
    const what = path === 'image' ? 'the image' : `${leftWords[path.replace(/^.*\./, '')] ?? path} ${before}`;
    return `only the target has ${what}, and an import leaves it there`;
  });
}

const leftWords: Readonly<Record<string, string>> = {
  clientCertificates: 'the client certificate',
  endpointCertificates: 'the certificate for a backend',
  subscribedAPIs: 'the subscription to',
};

/** All refusals of a plan as one failure. Undefined when nothing is refused. */
export function refusalOf(apis: readonly ApiPlan[]): InputError | undefined {
  const problems = apis.flatMap(({ name, version, problems: found }) =>
    found.map((each) => ({ ...each, subject: `${name}:${version}` })),
  );
  const [first] = problems;
  if (first === undefined) return undefined;
  const code = Object.values(codes).find((each) => each.code === first.code) ?? codes.API_CONFLICT;
  return new InputError(
    code,
    problems.map(({ subject, problem, example }) => ({
      subject,
      problem,
      ...(example === undefined ? {} : { example }),
    })),
  );
}
