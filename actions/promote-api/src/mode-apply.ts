/** mode: apply: exactly the plan, proven, each step in the journal before it is begun. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { readExpectedStatus } from '@wso2-delivery/shared/apim/gateway-proof';
import { Journal } from '@wso2-delivery/shared/apim/journal';
import { requireAgreement } from '@wso2-delivery/shared/apim/plan-agreement';
import { refusalOf, type ApiPlan } from '@wso2-delivery/shared/apim/plan';
import { isGood, proveGateways, type Promotion } from '@wso2-delivery/shared/apim/promote';
import type { PromoteOptions } from '@wso2-delivery/shared/apim/promotion-job';
import type { Log, Ports } from '@wso2-delivery/shared/base/ports';
import { sayParams } from './params-notices.ts';
import { makePlan } from './planning.ts';
import { promoteAll } from './promoting.ts';
import type { Story } from './report.ts';
import { readRequest, type Inputs } from './request.ts';
import { Session } from './session.ts';
import { failureOf } from './verdict.ts';

/** Where the journal is unless told otherwise. */
export const defaultJournal = 'promotion-journal.jsonl';

/**
 * Promotes what the plan says, and nothing when any of it is refused or the agreed plan's ground has moved.
 * @returns the failure of those that were not promoted
 */
export async function applyMode(story: Story, inputs: Inputs, ports: Ports): Promise<unknown> {
  const request = readRequest(inputs, ports);
  sayParams(story, request, inputs.convertedParams, ports);
  const session = new Session(request, inputs, ports);
  const planned = await makePlan(request, inputs, session, true, ports);
  const { plan } = planned;
  story.plan = plan;
  const done = request.agreed === undefined ? new Set<string>() : requireAgreement(request.agreed, plan);
  const refusal = refusalOf(plan.apis);
  if (refusal !== undefined) throw refusal;
  const options: PromoteOptions = {
    onFailure: inputs.onFailure,
    preserveProvider: inputs.preserveProvider,
    patienceMs: inputs.requestTimeout,
    verifyMs: inputs.verify === 0 ? undefined : inputs.verify,
    expected: inputs.gatewayStatus === undefined ? undefined : readExpectedStatus(inputs.gatewayStatus),
    ca: request.ca,
  };
  const path = inputs.journal ?? resolve(ports.files.workspace, defaultJournal);
  const id = `${ports.job.runId ?? 'run'}-${randomUUID()}`;
  const run = { id, kind: 'apply', from: story.from, to: story.to, salt: plan.salt } as const;
  const journal = new Journal(path, run, () => ports.clock.now());
  const results = new Map<string, Promotion>();
  const settle = (promotion: Promotion) => results.set(nameOf(promotion), promotion);
  try {
    for (const api of plan.apis.filter(({ action }) => action === 'unchanged')) {
      settle(untouched(api, done.has(nameOf(api)) ? 'done' : 'unchanged'));
    }
    await proveDone(
      plan.apis.filter((api) => done.has(nameOf(api))),
      session,
      options,
      ports,
      settle,
    );
    if (planned.jobs.length > 0) await promoteAll(planned, session, journal, options, inputs, ports, settle);
  } finally {
    story.promotions = plan.apis.map((api) => results.get(nameOf(api)) ?? untouched(api, 'not-started'));
    if (journal.begun) story.journalFile = ports.files.display(path);
    const good = story.promotions.every(isGood);
    if (!ports.cancelled.aborted) journal.end(good ? 'succeeded' : 'failed');
    sayHalfDone(story.promotions, story.to, ports.log);
  }
  return failureOf(story, ports.cancelled.aborted);
}

/** Names every API that is neither as before nor proven as planned: the failure may tell of the first alone. */
function sayHalfDone(promotions: readonly Promotion[], to: string, log: Log): void {
  for (const { result, name, version, notes } of promotions) {
    if (notes.length === 0 || (result !== 'failed' && result !== 'rollback-failed')) continue;
    const message = `${name}:${version} may be half promoted in ${to}: ${notes.join('; ')}`;
    log.annotate({ level: 'warning', message });
  }
}

/** What an earlier run of the plan has done was perhaps not asked for at the gateways before it ended. */
async function proveDone(
  apis: readonly ApiPlan[],
  session: Session,
  options: PromoteOptions,
  ports: Ports,
  settle: (promotion: Promotion) => void,
): Promise<void> {
  for (const plan of apis) {
    const holder = session.holder(plan.kind);
    const api = await holder.find(plan.name, plan.version);
    const base = untouched(plan, 'done');
    try {
      if (api === undefined) continue;
      const gateways = await proveGateways(plan, api, holder, options, ports);
      settle({ ...base, lifeCycleStatus: api.lifeCycleStatus, gateways });
    } catch (failure) {
      settle({ ...base, result: 'failed', failure });
    }
  }
}

function untouched(plan: ApiPlan, result: Promotion['result']): Promotion {
  const { kind, name, version, action, lifecycle, serving, deployments } = plan;
  const planned = new Set(deployments.map(({ gateway }) => gateway));
  const serves = serving.filter(({ gateways }) => gateways.some((gateway) => planned.has(gateway))).at(-1);
  return {
    kind,
    name,
    version,
    action,
    result,
    revision: result === 'not-started' ? undefined : serves?.revision,
    lifeCycleStatus: result === 'not-started' ? undefined : lifecycle,
    gateways: [],
    durationMs: 0,
    failure: undefined,
    undone: undefined,
    notes: [],
  };
}

function nameOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}:${version}`;
}
