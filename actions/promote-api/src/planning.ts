/** From what is wanted and what is there to a plan, and to the jobs that carry it out. */
import { randomBytes } from 'node:crypto';
import { canonical, readDeployments, type ApiProject } from '@wso2-delivery/shared/apim/archive';
import { bounded } from '@wso2-delivery/shared/apim/bounded';
import { chooseDeployments } from '@wso2-delivery/shared/apim/deployments';
import { renderParams } from '@wso2-delivery/shared/apim/params-render';
import { planApi, type ApiPlan } from '@wso2-delivery/shared/apim/plan';
import { planSchema, type PromotionPlan } from '@wso2-delivery/shared/apim/plan-file';
import type { Job } from '@wso2-delivery/shared/apim/promote';
import type { PublisherIndex } from '@wso2-delivery/shared/apim/publisher';
import { isSecretKey } from '@wso2-delivery/shared/apim/state-secrets';
import { stateOf } from '@wso2-delivery/shared/apim/state';
import { readTarget } from '@wso2-delivery/shared/apim/target';
import { beforeOf } from '@wso2-delivery/shared/apim/undo';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { findSources, inLifecycle, ownWords, plannedLifecycle, sourceDigest, type Source } from './projects.ts';
import type { Inputs, Request } from './request.ts';
import type { Session } from './session.ts';

export interface Planned {
  readonly plan: PromotionPlan;
  /** For the APIs with something to do, in the order of the plan. */
  readonly jobs: readonly Job[];
}

type Rendered = ReturnType<typeof renderParams> | undefined;

/** From this many APIs on, a listing of everything is less than a search for each. */
const listingFrom = 8;

/**
 * Plans every API: reads source and target, changes nothing.
 * @param forApply whether what an undo needs is kept as well
 * @throws what failing reads mean, InputError INPUT_INVALID and ARCHIVE_INVALID
 */
export async function makePlan(
  request: Request,
  inputs: Inputs,
  session: Session,
  forApply: boolean,
  ports: Ports,
): Promise<Planned> {
  const rendered =
    request.params === undefined
      ? undefined
      : renderParams(request.params.settings, (name) => ports.job.variable(name), ports.secrets);
  const salt = request.agreed?.salt ?? randomBytes(16).toString('hex');
  const sources = await findSources(request, session, ports);
  const gateways = await session.target.gateways();
  const lookUp = sources.length >= listingFrom ? await session.target.index() : undefined;
  const known = { rendered, salt, gateways, lookUp, forApply };
  const planned = await bounded(sources, inputs.concurrency, (source) =>
    planOne(source, known, request, inputs, session, ports),
  );
  return {
    plan: {
      schema: planSchema,
      from: request.from?.environment.name,
      to: request.to.environment.name,
      salt,
      apis: planned.map(({ plan }) => plan),
    },
    jobs: planned.flatMap(({ job }) => (job === undefined ? [] : [job])),
  };
}

interface Known {
  readonly rendered: Rendered;
  readonly salt: string;
  readonly gateways: readonly string[];
  readonly lookUp: PublisherIndex | undefined;
  readonly forApply: boolean;
}

async function planOne(
  source: Source,
  { rendered, salt, gateways, lookUp, forApply }: Known,
  request: Request,
  inputs: Inputs,
  session: Session,
  ports: Ports,
): Promise<{ plan: ApiPlan; job: Job | undefined }> {
  const { target: publisher } = session;
  const { environment } = request.to;
  const { preserveProvider } = inputs;
  const loaded = await source.load();
  const api =
    lookUp === undefined ? await publisher.find(source.name, source.version) : lookUp.find(source.name, source.version);
  const revisions = api === undefined ? [] : await publisher.revisions(api.id);
  const own = ownWords(loaded);
  const lifecycle = plannedLifecycle(inputs.lifecycle, own.lifecycle, api?.lifeCycleStatus);
  const project = inLifecycle(loaded, lifecycle);
  const wanted = rendered?.configs.deploymentEnvironments;
  const paramsDeployments = Array.isArray(wanted) ? readDeployments(wanted) : undefined;
  const deployments = chooseDeployments(
    { params: paramsDeployments, archive: project.deployments, revisions, gateways },
    environment,
  );
  const certificates = request.params?.certificates ?? new Map<string, Buffer>();
  const configs = rendered?.configs;
  const desired = stateOf(project, { configs, certificates, lifecycle, deployments, preserveProvider });
  desired.secrets.register(ports.secrets);
  const question = { desired, deployments, preserveProvider, forUndo: forApply };
  const target = await readTarget(publisher, { api, revisions, gateways }, question);
  target.working?.secrets.register(ports.secrets);
  target.current?.state.secrets.register(ports.secrets);
  const wish = {
    project,
    desired,
    source: sourceDigest(loaded, preserveProvider),
    params: configs === undefined ? undefined : paramsDigest(configs, certificates),
    salt,
    deployments,
    lifecycle,
    bytes: sizeOf(project),
    provider: own.provider,
    preserveProvider,
    update: inputs.update,
    rotateRevision: inputs.rotateRevision,
  };
  const plan = planApi(wish, target, environment);
  if (!forApply || plan.action === 'unchanged' || plan.action === 'refused') return { plan, job: undefined };
  const job: Job = {
    plan,
    project,
    desired,
    before: beforeOf(target, salt),
    working: plan.imports && inputs.onFailure === 'rollback' ? target.workingProject : undefined,
    paramsText: rendered?.text,
    certificates,
    paramsDeploy: paramsDeployments !== undefined && paramsDeployments.length > 0,
  };
  return { plan, job };
}

function sizeOf({ files }: ApiProject): number {
  let bytes = 0;
  for (const data of files.values()) bytes += data.length;
  return bytes;
}

/** Of the settings for the target, without secrets: those are in the plan's salted digest. */
function paramsDigest(configs: object, certificates: ReadonlyMap<string, Buffer>): string {
  const open = JSON.stringify(configs, (key, value: unknown) => (isSecretKey(key) ? '•••' : value));
  const files = [...certificates].map(([name, data]) => `${name} ${digestOf(data)}`).sort();
  return digestOf(canonical([JSON.parse(open), files]));
}
