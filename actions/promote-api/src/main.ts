/** The flow: inputs → archives → plan → import, proof, undo → what became of each API. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ApimClient } from '@wso2-delivery/shared/apim/apim-client';
import { findApictl } from '@wso2-delivery/shared/apim/apictl-program';
import { ApictlSession } from '@wso2-delivery/shared/apim/apictl-session';
import { readDeployments } from '@wso2-delivery/shared/apim/archive';
import { bounded } from '@wso2-delivery/shared/apim/bounded';
import { convertDocument } from '@wso2-delivery/shared/apim/params-conversion';
import { renderParams } from '@wso2-delivery/shared/apim/params-render';
import { withSecretsAsVariables } from '@wso2-delivery/shared/apim/params-secrets';
import { requireSamePlan } from '@wso2-delivery/shared/apim/plan';
import { promoteApi, type Job } from '@wso2-delivery/shared/apim/promote';
import { Publisher } from '@wso2-delivery/shared/apim/publisher';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import type { Outcome } from '@wso2-delivery/shared/run/run';
import type { action } from './action.ts';
import { withGivenVariables } from './given-variables.ts';
import { planAll, planOf, readPlanFile } from './planning.ts';
import { inLifecycle, obtainProjects } from './projects.ts';
import { factsOf, planSummary, resultSummary, type Story } from './report.ts';
import { readRequest, type Inputs, type Request } from './request.ts';
import { countChanges, failureOf, promotedOf, verdictOf } from './verdict.ts';

/** What mode plan writes unless told otherwise. */
const defaultPlanFile = 'promotion-plan.json';

export async function main(inputs: Inputs, ports: Ports): Promise<Outcome<typeof action>> {
  const story: Story = { to: inputs.to, from: inputs.from };
  let failure: unknown;
  try {
    await promote(story, inputs, withGivenVariables(ports, inputs.paramsVariables));
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
  const projects = await obtainProjects(request, inputs, apictl, ports);
  const client = new ApimClient(request.to.environment, request.to.credentials, ports, options);
  const publisher = new Publisher(client);
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
  if (inputs.plan !== undefined) requireSamePlan(readPlanFile(inputs.plan, files), story.plan);
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
