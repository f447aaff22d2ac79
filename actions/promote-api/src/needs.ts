/** What products and applications need: APIs that come with a product, and what the target has of the rest. */
import { didYouMean } from '@wso2-delivery/shared/base/suggest';
import { bounded } from '@wso2-delivery/shared/apim/bounded';
import { codes } from '@wso2-delivery/shared/apim/codes';
import { readArchive, type ApiProject } from '@wso2-delivery/shared/apim/archive';
import { dependencyProblems, needsOf, type Need, type Needed } from '@wso2-delivery/shared/apim/dependencies';
import type { ApiPlan } from '@wso2-delivery/shared/apim/plan';
import { apisInside, withoutApisInside } from '@wso2-delivery/shared/apim/products';
import { mainDocuments } from '@wso2-delivery/shared/apim/project-kind';
import type { ApiRevision } from '@wso2-delivery/shared/apim/publisher';
import { stateOf, type ApiState } from '@wso2-delivery/shared/apim/state';
import { dataIn, isTable, textOr } from '@wso2-delivery/shared/apim/table';
import { InputError, type Problem } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { asPromoted, type Source } from './projects.ts';
import type { Inputs, Request } from './request.ts';
import type { Session } from './session.ts';

/** Sources in the order in which they are planned and promoted. */
export interface Staged {
  /** APIs that come with products, before them. */
  readonly first: readonly Source[];
  /** What was asked for. */
  readonly then: readonly Source[];
}

/**
 * Takes the APIs out of the archives of products, as far as `dependent-apis` wants them promoted.
 * @throws InputError ARCHIVE_INVALID; PARAMS_INVALID for settings of an API that no product has
 */
export async function staged(
  sources: readonly Source[],
  request: Request,
  inputs: Inputs,
  session: Session,
  ports: Ports,
): Promise<Staged> {
  if (inputs.kind !== 'api-product') return { first: [], then: sources };
  const products = await bounded(sources, inputs.concurrency, async (source) => ({
    source,
    product: await source.load(),
  }));
  const then = products.map(({ source, product }) => ({
    ...source,
    load: () => Promise.resolve(withoutApisInside(product)),
  }));
  const inside = products.flatMap(({ source, product }) =>
    apisInside(product, `${source.name}:${source.version}`).map((api) => asPromoted(api, inputs, ports)),
  );
  requireKnown(Object.keys(tableOf(request.params?.settings.configs.dependentAPIs)), inside);
  if (inputs.dependentApis === 'require') return { first: [], then };
  const first = new Map<string, Source>();
  for (const api of inside) {
    const key = `${api.name}:${api.version}`;
    if (first.has(key)) continue;
    const there =
      inputs.dependentApis === 'create' ? await session.holder('api').find(api.name, api.version) : undefined;
    if (there !== undefined) continue;
    const { name, version } = api;
    first.set(key, { kind: 'api', name, version, inside: api.root, load: () => Promise.resolve(api) });
  }
  return { first: [...first.values()], then };
}

/** API Manager would ignore them. */
function requireKnown(named: readonly string[], inside: readonly ApiProject[]): void {
  const folders = [...new Set(inside.map(({ root }) => root))];
  const unknown = named.filter((name) => !folders.includes(name));
  if (unknown.length === 0) return;
  throw new InputError(
    codes.PARAMS_INVALID,
    unknown.map((name) => ({
      subject: `dependentAPIs.${name}`,
      problem: `no product has an API in such a folder, only ${folders.join(', ') || 'none at all'}.${didYouMean(name, folders)}`,
    })),
  );
}

/** One that is planned already. */
export interface Coming {
  readonly plan: ApiPlan;
  readonly desired: ApiState;
}

/** Looks up what is needed: among what is promoted before, and in the target. */
export class Needs {
  readonly #session: Session;
  readonly #coming: ReadonlyMap<string, Coming>;
  readonly #there = new Map<string, Promise<Known | undefined>>();

  constructor(session: Session, coming: readonly Coming[]) {
    this.#session = session;
    this.#coming = new Map(coming.map((each) => [nameOf(each.plan), each]));
  }

  /**
   * What the target will lack of what this project needs, and why it has to be imported again although it is as wanted:
   * a revision of a product holds its APIs as they were when it was made.
   * @param serving the revision of the product that serves
   */
  async of(
    project: ApiProject,
    serving: ApiRevision | undefined,
  ): Promise<{ readonly lacks: readonly Problem[]; readonly renews: string | undefined }> {
    const needs = needsOf(project);
    const known = new Map<string, Known>();
    for (const need of needs) {
      const found = await this.#find(need, project.kind === 'application');
      if (found !== undefined) known.set(nameOf(need), found);
    }
    const where = this.#session.target.environment.name;
    const lacks = dependencyProblems(project, (need) => known.get(nameOf(need)), where);
    if (project.kind !== 'api-product') return { lacks, renews: undefined };
    const changing = needs.map(nameOf).filter((name) => {
      const { changes = false, changedAt = 0 } = known.get(name) ?? {};
      return changes || (serving !== undefined && changedAt > serving.createdTime);
    });
    const renews = `made again, since what it is made of changes or has changed: ${changing.join(', ')}`;
    return { lacks, renews: changing.length === 0 ? undefined : renews };
  }

  async #find(need: Need, products: boolean): Promise<Known | undefined> {
    const coming = this.#coming.get(nameOf(need));
    const there = coming?.plan.imports === true ? undefined : await this.#lookUp(need, products);
    if (coming === undefined) return there;
    const { plan, desired } = coming;
    const changed = there?.changedAt ?? 0;
    return { lifeCycleStatus: plan.lifecycle, state: desired, changes: plan.imports, changedAt: changed };
  }

  #lookUp(need: Need, products: boolean): Promise<Known | undefined> {
    const key = nameOf(need);
    const asked = this.#there.get(key) ?? this.#ask(need, products);
    this.#there.set(key, asked);
    return asked;
  }

  async #ask({ name, version }: Need, products: boolean): Promise<Known | undefined> {
    for (const kind of products ? (['api', 'api-product'] as const) : (['api'] as const)) {
      const holder = this.#session.holder(kind);
      const found = await holder.find(name, version);
      if (found === undefined) continue;
      const archive = await holder.export(name, version, { revision: 'working-copy', credentials: false });
      const project = await readArchive(archive, `${name}:${version} in ${holder.environment.name}`);
      return {
        lifeCycleStatus: found.lifeCycleStatus,
        state: stateOf(project),
        changes: false,
        changedAt: changedAt(project),
      };
    }
    return undefined;
  }
}

interface Known extends Needed {
  /** True when this run imports it. */
  readonly changes: boolean;
  /** Milliseconds since the epoch; 0 when the server does not say. */
  readonly changedAt: number;
}

function changedAt({ kind, files }: ApiProject): number {
  const { lastUpdatedTime, lastUpdatedTimestamp } = tableOf(dataIn(files, mainDocuments[kind].names));
  const text = textOr(lastUpdatedTimestamp, '') || textOr(lastUpdatedTime, '');
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(time) ? time : 0;
}

function tableOf(value: unknown): Readonly<Record<string, unknown>> {
  return isTable(value) ? value : {};
}

function nameOf({ name, version }: Need): string {
  return `${name}:${version}`;
}
