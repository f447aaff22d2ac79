/** mode: plan and mode: drift: what would happen, and nothing does. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { codes } from '@wso2-delivery/shared/apim/codes';
import { refusalOf, type ApiPlan } from '@wso2-delivery/shared/apim/plan';
import { formatPlan } from '@wso2-delivery/shared/apim/plan-file';
import { matrixOf } from '@wso2-delivery/shared/apim/shards';
import { VerificationError } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { count } from '@wso2-delivery/shared/base/text';
import { sayParams } from './params-notices.ts';
import { makePlan } from './planning.ts';
import type { Story } from './report.ts';
import { readRequest, type Inputs } from './request.ts';
import { Session } from './session.ts';

/** What mode plan writes unless told otherwise. */
const defaultPlanFile = 'promotion-plan.json';

/** Writes the plan file. @returns the refusals as a failure: such a plan cannot be applied */
export async function planMode(story: Story, inputs: Inputs, ports: Ports): Promise<unknown> {
  await compare(story, inputs, ports);
  const { plan } = story;
  if (plan === undefined) return undefined;
  const { files, log } = ports;
  const file = inputs.plan ?? resolve(files.workspace, defaultPlanFile);
  writeFileSync(file, formatPlan(plan));
  story.planFile = files.display(file);
  log.info(`The plan is in ${story.planFile}`);
  if (inputs.shards !== undefined) {
    const work = plan.apis.filter(({ action }) => action !== 'unchanged' && action !== 'refused');
    story.matrix = matrixOf(work, inputs.shards);
  }
  return refusalOf(plan.apis);
}

/** Compares and reports. @returns the drift as a failure, unless a report is enough */
export async function driftMode(story: Story, inputs: Inputs, ports: Ports): Promise<unknown> {
  await compare(story, inputs, ports);
  const refused = refusalOf(story.plan?.apis ?? []);
  if (refused !== undefined) return refused;
  const drifted = (story.plan?.apis ?? []).filter(({ action }) => action !== 'unchanged');
  if (drifted.length === 0) return undefined;
  const list = drifted.map(wordsOf).join('; ');
  const message = `${count(drifted.length, 'API')} in ${story.to} ${drifted.length === 1 ? 'is' : 'are'} not what ${story.from ?? 'the repository'} says: ${list}`;
  if (inputs.onDrift === 'fail') return new VerificationError(codes.DRIFT_FOUND, message);
  ports.log.annotate({ level: 'warning', message });
  return undefined;
}

async function compare(story: Story, inputs: Inputs, ports: Ports): Promise<void> {
  const request = readRequest(inputs, ports);
  sayParams(story, request, inputs.convertedParams, ports);
  const session = new Session(request, inputs, ports);
  story.plan = (await makePlan(request, inputs, session, false, ports)).plan;
}

function wordsOf({ name, version, action, changes, deployments }: ApiPlan): string {
  const shown = `${name}:${version}`;
  if (action === 'create') return `${shown} is not there`;
  if (action === 'redeploy')
    return `${shown} is not deployed on ${deployments.map(({ gateway }) => gateway).join(', ')} as it should`;
  const paths = changes.slice(0, 5).map(({ path }) => path);
  return `${shown} differs in ${paths.join(', ')}${changes.length > 5 ? ` and ${changes.length - 5} more` : ''}`;
}
