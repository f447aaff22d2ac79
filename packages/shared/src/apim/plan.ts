import { InputError, VerificationError } from '../base/errors.ts';
import { didYouMean } from '../base/suggest.ts';
import { canonical, type ApiProject, type Deployment } from './archive.ts';
import { codes } from './codes.ts';
import type { ApimEnvironment } from './environments.ts';
import type { ApiRevision, PublishedApi } from './publisher.ts';

/** What an API Manager holds of one API, as far as a promotion depends on it. */
export interface TargetState {
  readonly api: PublishedApi | undefined;
  /** Oldest first. */
  readonly revisions: readonly ApiRevision[];
  /** The gateway environments that the API Manager has. */
  readonly gateways: readonly string[];
}

/** What is to happen to one API. */
export interface ApiPlan {
  readonly name: string;
  readonly version: string;
  readonly action: 'create' | 'update';
  /** Where the new revision will be deployed. */
  readonly deployments: readonly Deployment[];
  /** The revision that is removed first, because there is no room for a new one. */
  readonly removes: number | undefined;
  /** Revisions that serve now, and where. */
  readonly serving: readonly { readonly revision: number; readonly gateways: readonly string[] }[];
  /** Digest of what is imported. */
  readonly source: string;
  /** Digest of the settings for the target, or undefined without a params file. */
  readonly params: string | undefined;
  /** What the target held when the plan was made. */
  readonly ground: { readonly id: string | undefined; readonly revisions: readonly number[] };
}

/** A plan file. */
export interface PromotionPlan {
  readonly schema: 'https://wso2-delivery.dev/promotion-plan/v1';
  readonly from: string | undefined;
  readonly to: string;
  readonly apis: readonly ApiPlan[];
}

/** API Manager keeps this many revisions of an API. */
const revisionLimit = 5;

export interface Wish {
  readonly project: ApiProject;
  /** `deploymentEnvironments` of the params file: wins over the archive's. */
  readonly deployments: readonly Deployment[] | undefined;
  readonly paramsDigest: string | undefined;
  readonly update: boolean;
  readonly rotateRevision: boolean;
}

/** Decides what happens to one API. @throws InputError API_CONFLICT, GATEWAY_UNKNOWN, REVISION_LIMIT */
export function planApi(wish: Wish, target: TargetState, environment: ApimEnvironment): ApiPlan {
  const { project, update } = wish;
  const subject = `${project.name}:${project.version}`;
  if (target.api !== undefined && !update) {
    const problem = `exists in ${environment.name} already, and update is off`;
    throw new InputError(codes.API_CONFLICT, [{ subject, problem, example: 'update: true' }]);
  }
  const deployments = deploymentsOf(wish, target, environment);
  const unknown = deployments.filter(({ gateway }) => !target.gateways.includes(gateway));
  if (unknown.length > 0) {
    throw new InputError(
      codes.GATEWAY_UNKNOWN,
      unknown.map(({ gateway }) => ({
        subject,
        problem: `${environment.name} has no gateway environment '${gateway}', only ${target.gateways.join(', ')}.${didYouMean(gateway, target.gateways)}`,
      })),
    );
  }
  return {
    name: project.name,
    version: project.version,
    action: target.api === undefined ? 'create' : 'update',
    deployments,
    removes: revisionToRemove(subject, wish, target),
    serving: target.revisions
      .filter(({ gateways }) => gateways.length > 0)
      .map(({ number, gateways }) => ({ revision: number, gateways: gateways.map(({ name }) => name) })),
    source: project.fingerprint,
    params: wish.paramsDigest,
    ground: { id: target.api?.id, revisions: target.revisions.map(({ number }) => number) },
  };
}

/** First that says something: params, archive, what serves now, the environment's gateways, the only gateway. */
function deploymentsOf(wish: Wish, target: TargetState, environment: ApimEnvironment): readonly Deployment[] {
  const plain = (gateway: string): Deployment => ({ gateway, vhost: undefined, displayOnDevportal: true });
  const serving = target.revisions.flatMap(({ gateways }) =>
    gateways.map(({ name, vhost, display }) => ({ gateway: name, vhost, displayOnDevportal: display })),
  );
  const listed = Object.keys(environment.gateways);
  const choices = [
    wish.deployments ?? [],
    wish.project.deployments,
    serving,
    listed.map(plain),
    target.gateways.length === 1 ? target.gateways.map(plain) : [],
  ];
  const chosen = choices.find((each) => each.length > 0);
  if (chosen !== undefined) return chosen;
  const problem = `nothing says on which gateway environment of ${environment.name} (${target.gateways.join(', ')}) it is deployed`;
  throw new InputError(codes.GATEWAY_UNKNOWN, [
    {
      subject: `${wish.project.name}:${wish.project.version}`,
      problem,
      example: 'deploymentEnvironments:\n  - deploymentEnvironment: Default',
    },
  ]);
}

function revisionToRemove(subject: string, wish: Wish, target: TargetState): number | undefined {
  if (target.revisions.length < revisionLimit) return undefined;
  const oldest = target.revisions.find(({ gateways }) => gateways.length === 0);
  if (wish.rotateRevision && oldest !== undefined) return oldest.number;
  const problem =
    oldest === undefined
      ? `has ${target.revisions.length} revisions, all deployed`
      : `has ${target.revisions.length} revisions, and rotate-revision is off`;
  throw new InputError(codes.REVISION_LIMIT, [{ subject, problem, example: 'rotate-revision: true' }]);
}

/**
 * Refuses to apply a plan whose ground has moved.
 * @param agreed the plan that was reviewed
 * @param now what would be done today
 * @throws VerificationError PLAN_STALE that names each difference
 */
export function requireSamePlan(agreed: PromotionPlan, now: PromotionPlan): void {
  const differences: string[] = [];
  if (agreed.to !== now.to || agreed.from !== now.from) {
    differences.push(`it was made for ${agreed.from ?? 'archives'} → ${agreed.to}`);
  }
  const nameOf = ({ name, version }: ApiPlan) => `${name}:${version}`;
  for (const api of now.apis) {
    const before = agreed.apis.find((each) => nameOf(each) === nameOf(api));
    if (before === undefined) {
      differences.push(`${nameOf(api)} is not in it`);
      continue;
    }
    if (before.source !== api.source) differences.push(`${nameOf(api)} has changed at its source`);
    if (before.params !== api.params) differences.push(`the params for ${nameOf(api)} have changed`);
    if (canonical(before.ground) !== canonical(api.ground)) differences.push(`${nameOf(api)} has changed in ${now.to}`);
    else if (canonical(before.deployments) !== canonical(api.deployments)) {
      differences.push(`${nameOf(api)} would be deployed elsewhere`);
    }
  }
  for (const api of agreed.apis) {
    if (!now.apis.some((each) => nameOf(each) === nameOf(api)))
      differences.push(`${nameOf(api)} is not asked for any more`);
  }
  if (differences.length > 0) {
    throw new VerificationError(codes.PLAN_STALE, `the plan is not true any more: ${differences.join('; ')}`);
  }
}

/** Reads a plan file. @throws InputError PLAN_STALE for what is none */
export function readPlan(text: string, file: string): PromotionPlan {
  try {
    const plan = JSON.parse(text) as Partial<PromotionPlan> | null;
    if (plan?.schema === 'https://wso2-delivery.dev/promotion-plan/v1' && Array.isArray(plan.apis)) {
      return plan as PromotionPlan;
    }
  } catch {
    // Falls through: it is no plan either way.
  }
  throw new InputError(codes.PLAN_STALE, [
    { subject: 'plan', problem: `${file} is not a plan that mode: plan has written` },
  ]);
}
