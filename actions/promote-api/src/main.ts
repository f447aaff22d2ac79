/** The flow: inputs → archives → plan → import, proof, undo → what became of each API. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { findApictl } from '@wso2-delivery/shared/apim/apictl-program';
import { ApictlSession } from '@wso2-delivery/shared/apim/apictl-session';
import {
  readArchive,
  readDeployments,
  readProjectFolder,
  withLifecycle,
  type ApiProject,
} from '@wso2-delivery/shared/apim/archive';
import { bounded } from '@wso2-delivery/shared/apim/bounded';
import { codes } from '@wso2-delivery/shared/apim/codes';
import { convertDocument } from '@wso2-delivery/shared/apim/params-conversion';
import { withSecretsAsVariables } from '@wso2-delivery/shared/apim/params-secrets';
import { renderParams } from '@wso2-delivery/shared/apim/params-render';
import { planApi, readPlan, requireSamePlan, type ApiPlan, type PromotionPlan } from '@wso2-delivery/shared/apim/plan';
import { withPolicyVariables } from '@wso2-delivery/shared/apim/policy-variables';
import { promoteApi, type Job, type Promotion } from '@wso2-delivery/shared/apim/promote';
import { Publisher } from '@wso2-delivery/shared/apim/publisher';
import { codes as base } from '@wso2-delivery/shared/base/codes';
import { InputError, messageOf, VerificationError, type Problem } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import type { Outcome } from '@wso2-delivery/shared/run/run';
import type { action } from './action.ts';
import { factsOf, planSummary, resultSummary, type Story } from './report.ts';
import { readRequest, type Inputs, type Request } from './request.ts';

/** What mode plan writes unless told otherwise. */
const defaultPlanFile = 'promotion-plan.json';

export async function main(inputs: Inputs, ports: Ports): Promise<Outcome<typeof action>> {
  const story: Story = { to: inputs.to, from: inputs.from };
  let failure: unknown;
  try {
    await promote(story, inputs, ports);
    failure = failureOf(story);
  } catch (thrown) {
    failure = thrown;
  }
  const summary = inputs.mode === 'plan' ? planSummary(story) : resultSummary(story);
  if (summary !== '') ports.summary.add(summary);
  return {
    outputs: {
      plan: story.planFile,
      changes: story.plan === undefined ? undefined : JSON.stringify(countChanges(story)),
      promoted: story.promotions === undefined ? undefined : JSON.stringify(promotedOf(story.promotions)),
      verdict: verdictOf(story, failure),
    },
    facts: factsOf(story),
    ...(failure === undefined ? {} : { failure }),
  };
}

async function promote(story: Story, inputs: Inputs, ports: Ports): Promise<void> {
  const { log, files } = ports;
  const request = readRequest(inputs, files, ports.job);
  const options = { ca: request.ca, requestTimeoutMs: inputs.requestTimeout };
  const rendered =
    request.params === undefined
      ? undefined
      : renderParams(request.params.settings, (name) => ports.job.variable(name), ports.secrets);
  sayParams(story, request, ports);

  const needsApictl = request.from !== undefined || inputs.mode === 'apply';
  const apictl = needsApictl ? await openApictl(request, inputs, ports) : undefined;
  const obtained = await obtainProjects(request, inputs, apictl, ports);
  const projects = obtained.map((each) => withPolicyVariables(each, (name) => ports.job.variable(name)));
  const publisher = new Publisher(request.to.environment, request.to.credentials, ports, options);
  const gateways = await publisher.gateways();
  const wanted = rendered?.configs.deploymentEnvironments;
  const paramsDeployments = Array.isArray(wanted) ? readDeployments(wanted) : undefined;
  const planned = await bounded(projects, inputs.concurrency, async (project) => {
    const api = await publisher.find(project.name, project.version);
    const revisions = api === undefined ? [] : await publisher.revisions(api.id);
    const wish = {
      project: inLifecycle(project, inputs.lifecycle, api?.lifeCycleStatus),
      deployments: paramsDeployments,
      paramsDigest: rendered === undefined ? undefined : digestOf(rendered.text),
      update: inputs.update,
      rotateRevision: inputs.rotateRevision,
    };
    return { wish, target: { api, revisions, gateways } };
  });
  const jobs = planAll(planned, request).map(({ plan, project }): Job => {
    return {
      plan,
      project,
      paramsText: rendered?.text,
      certificates: request.params?.certificates ?? new Map<string, Buffer>(),
      paramsDeploy: paramsDeployments !== undefined && paramsDeployments.length > 0,
    };
  });
  story.plan = planOf(request, jobs);
  if (inputs.mode === 'plan') {
    const file = inputs.plan ?? resolve(files.workspace, defaultPlanFile);
    writeFileSync(file, `${JSON.stringify(story.plan, null, 2)}\n`);
    story.planFile = files.display(file);
    log.info(`The plan is in ${story.planFile}`);
    return;
  }
  if (inputs.plan !== undefined) requireSamePlan(readPlanFile(inputs.plan, ports), story.plan);
  if (apictl === undefined) return;
  const promoteOptions = {
    onFailure: inputs.onFailure,
    preserveProvider: inputs.preserveProvider,
    verifyMs: inputs.verify === 0 ? undefined : inputs.verify,
    ca: request.ca,
  };
  story.promotions = await bounded(jobs, inputs.concurrency, (job) =>
    promoteApi(job, apictl, publisher, promoteOptions, ports),
  );
}

async function openApictl(request: Request, inputs: Inputs, ports: Ports): Promise<ApictlSession> {
  const program = await findApictl(
    { path: inputs.apictlPath, version: inputs.apictlVersion, sha256: inputs.apictlSha256 },
    ports,
  );
  const session = await ApictlSession.open({ program, ca: request.ca, requestTimeoutMs: inputs.requestTimeout }, ports);
  ports.log.info(`apictl ${session.version.join('.')}`);
  // One after the other: logins write one file, and lose each other's entries otherwise.
  for (const side of [request.from, inputs.mode === 'apply' ? request.to : undefined]) {
    if (side !== undefined) await session.login(side.environment, side.credentials);
  }
  return session;
}

/** The APIs to promote: exported, or read from the repository. */
async function obtainProjects(
  request: Request,
  inputs: Inputs,
  apictl: ApictlSession | undefined,
  ports: Ports,
): Promise<ApiProject[]> {
  const { from, apis } = request;
  if (from !== undefined && apictl !== undefined) {
    return bounded(apis, inputs.concurrency, ({ name, version }) =>
      apictl.export(name, version, from.environment.name, request.revision),
    );
  }
  const { files } = ports;
  const projects: ApiProject[] = [];
  for (const path of request.archives) {
    const shown = files.display(path);
    projects.push(statSync(path).isDirectory() ? readProjectFolder(path, shown) : await readArchive(path, shown));
  }
  const nameOf = ({ name, version }: { name: string; version: string }) => `${name}:${version}`;
  const found = projects.map(nameOf);
  const problems: Problem[] = [
    ...apis
      .map(nameOf)
      .filter((name) => !found.includes(name))
      .map((name) => ({ subject: 'archives', problem: `none holds ${name}, only ${found.join(', ')}` })),
    ...found
      .filter((name, index) => found.indexOf(name) !== index)
      .map((name) => ({ subject: 'archives', problem: `${name} is in more than one` })),
  ];
  if (problems.length > 0) throw new InputError(base.INPUT_INVALID, problems);
  const wanted = apis.map(nameOf);
  return projects.filter((project) => wanted.length === 0 || wanted.includes(nameOf(project)));
}

type Planned = Parameters<typeof planApi>;

/** Plans every API; all refusals are told together. */
function planAll(
  planned: readonly { wish: Planned[0]; target: Planned[1] }[],
  request: Request,
): { plan: ApiPlan; project: ApiProject }[] {
  const problems: Problem[] = [];
  let refusal: InputError | undefined;
  const plans = planned.flatMap(({ wish, target }) => {
    try {
      return [{ plan: planApi(wish, target, request.to.environment), project: wish.project }];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refusal ??= error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (refusal === undefined) return plans;
  const code = Object.values(codes).find(({ code: name }) => name === refusal?.code) ?? codes.API_CONFLICT;
  throw new InputError(code, problems);
}

function planOf(request: Request, jobs: readonly Job[]): PromotionPlan {
  return {
    schema: 'https://wso2-delivery.dev/promotion-plan/v1',
    from: request.from?.environment.name,
    to: request.to.environment.name,
    apis: jobs.map(({ plan }) => plan),
  };
}

function readPlanFile(path: string, ports: Ports): PromotionPlan {
  const shown = ports.files.display(path);
  try {
    return readPlan(readFileSync(path, 'utf8'), shown);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(base.FILE_UNREADABLE, [
      { subject: 'plan', problem: `${shown} cannot be read: ${messageOf(error)}` },
    ]);
  }
}

function inLifecycle(project: ApiProject, lifecycle: Inputs['lifecycle'], present: string | undefined): ApiProject {
  if (lifecycle === 'publish') return withLifecycle(project, 'PUBLISHED');
  return lifecycle === 'keep' && present !== undefined ? withLifecycle(project, present) : project;
}

function sayParams(story: Story, request: Request, { log, secrets }: Ports): void {
  if (request.params === undefined) return;
  const { settings, text, file } = request.params;
  const document = convertDocument(parseYaml(text) as Record<string, unknown>);
  // Also those of the other environments: the file is shown in its 4.x shape.
  for (const secret of withSecretsAsVariables(document).secrets) secrets.register(secret);
  story.params = { file, settings, text };
  for (const { problem, location } of settings.warnings)
    log.annotate({ level: 'warning', message: problem, ...location });
  if (settings.shape === '3.x') {
    const message = `${file} has the shape of API Manager 3.x. It was converted for this run; the summary has it in the 4.x shape, to be committed.`;
    log.annotate({ level: 'notice', message, file });
  }
}

function failureOf({ promotions = [] }: Story): unknown {
  const failed = promotions.filter(({ failure }) => failure !== undefined);
  const [first] = failed;
  if (first === undefined) return undefined;
  if (failed.length === 1) return first.failure;
  const list = failed.map(({ name, version, failure }) => `${name}:${version}: ${messageOf(failure)}`).join('; ');
  return new VerificationError(
    codes.PROMOTION_FAILED,
    `${failed.length} of ${promotions.length} APIs were not promoted: ${list}`,
  );
}

function verdictOf({ promotions, plan }: Story, failure: unknown): string | undefined {
  if (promotions === undefined) return failure === undefined && plan !== undefined ? 'planned' : 'failed';
  const results = new Set(promotions.map(({ result }) => result));
  const worst = (['rollback-failed', 'failed', 'rolled-back'] as const).find((result) => results.has(result));
  return worst ?? 'succeeded';
}

function countChanges({ plan, promotions = [] }: Story): Record<string, number> {
  const count = (action: ApiPlan['action']) => (plan?.apis ?? []).filter((api) => api.action === action).length;
  const failed = promotions.filter(({ result }) => result !== 'promoted').length;
  return { create: count('create'), update: count('update'), failed };
}

function promotedOf(promotions: readonly Promotion[]): object[] {
  return promotions
    .filter(({ result }) => result === 'promoted')
    .map(({ name, version, action: done, revision, lifeCycleStatus, gateways }) => ({
      name,
      version,
      action: done,
      revision,
      lifeCycleStatus,
      gateways: gateways.map(({ gateway, status }) => ({ gateway, status })),
    }));
}
