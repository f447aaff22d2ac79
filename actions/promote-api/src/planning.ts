/** From what is wanted and what is there to a plan, and to the jobs that carry it out. */
import { randomBytes } from 'node:crypto';
import { canonical, readDeployments, type ApiProject } from '@wso2-delivery/shared/apim/archive';
import { keyTypesOf } from '@wso2-delivery/shared/apim/applications';
import { bounded } from '@wso2-delivery/shared/apim/bounded';
import { broughtBy, type Brought } from '@wso2-delivery/shared/apim/former-application';
import { needsOf } from '@wso2-delivery/shared/apim/dependencies';
import { chooseDeployments, hostNotes } from '@wso2-delivery/shared/apim/deployments';
import { renderParams, withVhosts } from '@wso2-delivery/shared/apim/params-render';
import { planApi } from '@wso2-delivery/shared/apim/plan';
import { planSchema, type PromotionPlan } from '@wso2-delivery/shared/apim/plan-file';
import type { Job } from '@wso2-delivery/shared/apim/promotion-job';
import { ProjectStore, type KeptProject } from '@wso2-delivery/shared/apim/project-store';
import type { ProjectKind } from '@wso2-delivery/shared/apim/project-kind';
import { collectionOf, type Gateway, type PublisherIndex } from '@wso2-delivery/shared/apim/publisher';
import { isTable } from '@wso2-delivery/shared/apim/table';
import { isSecretKey } from '@wso2-delivery/shared/apim/state-secrets';
import { stateOf } from '@wso2-delivery/shared/apim/state';
import { readTarget } from '@wso2-delivery/shared/apim/target';
import { tenantOf } from '@wso2-delivery/shared/apim/tenants';
import { beforeOf } from '@wso2-delivery/shared/apim/undo';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { findSources, inLifecycle, ownWords, plannedLifecycle, sourceDigest, type Source } from './projects.ts';
import { Needs, staged, type Coming } from './needs.ts';
import type { Inputs, Request } from './request.ts';
import type { Session } from './session.ts';

export interface Planned {
  readonly plan: PromotionPlan;
  /** For the APIs with something to do, in the order of the plan. */
  readonly jobs: readonly Job[];
  /** What each product is made of, by names. */
  readonly uses: ReadonlyMap<string, readonly string[]>;
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
  const salt = request.agreed?.salt ?? randomBytes(16).toString('hex');
  const sources = await findSources(request, inputs, session, ports);
  const { first, then } = await staged(sources, request, inputs, session, ports);
  const gateways = await session.target.gateways();
  const lookUp = then.length >= listingFrom ? await indexOf(inputs.kind, session) : undefined;
  const store = forApply ? await ProjectStore.open(ports) : undefined;
  const known = { salt, gateways, lookUp, store };
  const plans = (some: readonly Source[], needs: Needs) =>
    bounded(some, inputs.concurrency, (source) =>
      planOne(source, { ...known, needs }, request, inputs, session, ports),
    );
  const coming = await plans(first, new Needs(session, []));
  const planned = [...coming, ...(await plans(then, new Needs(session, coming)))];
  return {
    plan: {
      schema: planSchema,
      from: request.from?.environment.name,
      to: request.to.environment.name,
      salt,
      apis: planned.map(({ plan }) => plan),
    },
    uses: new Map(planned.map(({ plan, uses }) => [nameOf(plan), uses])),
    jobs: planned.flatMap(({ job }) => (job === undefined ? [] : [job])),
  };
}

interface Known {
  readonly needs: Needs;
  readonly salt: string;
  readonly gateways: readonly Gateway[];
  readonly lookUp: PublisherIndex | undefined;
  /** Keeps what an apply needs later; undefined when nothing will be done. */
  readonly store: ProjectStore | undefined;
}

async function planOne(
  source: Source,
  { needs, salt, gateways, lookUp, store }: Known,
  request: Request,
  inputs: Inputs,
  session: Session,
  ports: Ports,
): Promise<Coming & { job: Job | undefined; uses: readonly string[] }> {
  const { kind, name } = source;
  const publisher = session.holder(kind);
  const { environment } = request.to;
  const preserveProvider = preserves(kind, inputs);
  const loaded = await inHands(source, inputs);
  const { version } = loaded;
  const settings = settingsOf(source, request, ports);
  const listed = source.inside === undefined ? lookUp : undefined;
  const api = listed === undefined ? await publisher.find(name, version) : listed.find(name, version);
  const revisions = api === undefined ? [] : await publisher.revisions(api.id);
  const own = ownWords(loaded);
  const lifecycle =
    kind === 'application' ? undefined : plannedLifecycle(inputs.lifecycle, own.lifecycle, api?.lifeCycleStatus);
  const project = inLifecycle(loaded, lifecycle);
  const wanted = settings?.configs.deploymentEnvironments;
  const paramsDeployments = Array.isArray(wanted) ? readDeployments(wanted) : undefined;
  const sources = { params: paramsDeployments, archive: project.deployments, revisions, gateways };
  const mayStayUndeployed = kind === 'application' || source.inside !== undefined;
  const deployments = chooseDeployments(sources, mayStayUndeployed ? undefined : environment);
  const certificates = request.params?.certificates ?? new Map<string, Buffer>();
  const rendered = settings === undefined ? undefined : withVhosts(settings.configs, environment.name, deployments);
  const configs = rendered?.configs;
  const desired = stateOf(project, { configs, certificates, lifecycle, deployments, preserveProvider });
  desired.secrets.register(ports.secrets);
  const question = { desired, deployments, preserveProvider, forUndo: store !== undefined };
  const target = await readTarget(publisher, { api, revisions, gateways }, question);
  target.working?.secrets.register(ports.secrets);
  target.current?.state.secrets.register(ports.secrets);
  const needed = await needs.of(project, target.current?.revision);
  const wish = {
    ...needed,
    mayStayUndeployed,
    project,
    desired,
    source: sourceDigest(loaded, preserveProvider),
    params: configs === undefined ? undefined : paramsDigest(configs, certificates),
    salt,
    deployments,
    lifecycle,
    placeNotes: hostNotes(deployments, paramsDeployments ?? project.deployments, gateways),
    bytes: sizeOf(project),
    provider: kind === 'application' ? undefined : own.provider,
    keys: kind === 'application' ? keyTypesOf(project) : [],
    preserveProvider,
    tenant: inputs.toUsername === undefined ? undefined : tenantOf(inputs.toUsername),
    update: inputs.update,
    rotateRevision: inputs.rotateRevision,
  };
  const plan = planApi(wish, target, environment);
  const uses = needsOf(project).map(nameOf);
  if (store === undefined || plan.action === 'unchanged' || plan.action === 'refused') {
    return { plan, desired, uses, job: undefined };
  }
  const job: Job = {
    plan,
    project: await store.keep(project),
    desired,
    before: beforeOf(target, salt),
    working: plan.imports && inputs.onFailure === 'rollback' ? await keptCopy(store, target.workingProject) : undefined,
    paramsText: rendered?.text,
    certificates,
    paramsDeploy: paramsDeployments !== undefined && paramsDeployments.length > 0,
    ...(kind === 'application' ? { skips: skipsOf(inputs), brings: brings(project, target.workingProject) } : {}),
  };
  return { plan, desired, uses, job };
}

/** What it adds to an application that is there; of a new one all goes with it. */
function brings(project: ApiProject, present: ApiProject | undefined): Brought | undefined {
  return present === undefined ? undefined : broughtBy(project, present);
}

function keptCopy(store: ProjectStore, project: ApiProject | undefined): Promise<KeptProject> | undefined {
  return project === undefined ? undefined : store.keep(project);
}

/** Whether provider or owner stay what they are. */
export function preserves(kind: ProjectKind, inputs: Pick<Inputs, 'preserveOwner' | 'preserveProvider'>): boolean {
  return kind === 'application' ? inputs.preserveOwner : inputs.preserveProvider;
}

function skipsOf({ keys, subscriptions }: Inputs): { skipKeys: boolean; skipSubscriptions: boolean } {
  return { skipKeys: keys === 'skip', skipSubscriptions: subscriptions === 'skip' };
}

/** The project; an application as its owner in the target will hold it. */
async function inHands(source: Source, { preserveOwner, toUsername }: Inputs): Promise<ApiProject> {
  const project = await source.load();
  if (project.kind !== 'application' || preserveOwner || toUsername === undefined) return project;
  return { ...project, version: toUsername };
}

function indexOf(kind: ProjectKind, session: Session): Promise<PublisherIndex> | undefined {
  return kind === 'application' ? undefined : session.target.of(collectionOf(kind)).index();
}

/** The settings for the target that concern this source: all of an API's, of a product's its own or those of one API. */
function settingsOf({ kind, inside }: Source, { params }: Request, { job, secrets }: Ports): Rendered {
  if (params === undefined || kind === 'application') return undefined;
  const { settings } = params;
  const { dependentAPIs, ...own } = settings.configs;
  const ofInside = isTable(dependentAPIs) && inside !== undefined ? dependentAPIs[inside] : undefined;
  const configs = inside !== undefined ? ofInside : kind === 'api-product' ? own : settings.configs;
  if (!isTable(configs) || Object.keys(configs).length === 0) return undefined;
  return renderParams({ ...settings, configs }, (name) => job.variable(name), secrets);
}

function nameOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}:${version}`;
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
