import type { Applications } from './applications.ts';
import type { Api, Catalogue, Gateways, Revision } from './catalogue.ts';
import { apimError, json, type Answer, type Incoming } from './exchange.ts';
import { ImportRefused } from './import-refused.ts';
import { parseMultipart } from './multipart.ts';
import type { Products } from './products.ts';
import { readUpload } from './project.ts';

export interface PublisherContents {
  readonly apis: Catalogue;
  readonly products: Products;
  /** Who keeps an API from being removed. */
  readonly applications: Applications;
  readonly gateways: Gateways;
}

/** The part of the publisher's REST API (v4) that apictl and promote-api call. */
export class Publisher {
  readonly #apis: Catalogue;
  readonly #products: Products;
  readonly #applications: Applications;
  readonly #gateways: Gateways;
  /** Rows of a listing are cut off here, however many were asked for. */
  pageLimit = Number.POSITIVE_INFINITY;

  constructor({ apis, products, applications, gateways }: PublisherContents) {
    this.#apis = apis;
    this.#products = products;
    this.#applications = applications;
    this.#gateways = gateways;
  }

  /** @param path below /api/am/publisher/v4 */
  async answer(request: Incoming, path: string, user: string): Promise<Answer> {
    try {
      return await this.#route(request, path, user);
    } catch (error) {
      if (!(error instanceof ImportRefused)) throw error;
      return apimError(error.status, error.code, error.status === 409 ? 'Conflict' : 'Error', error.message);
    }
  }

  async #route(request: Incoming, path: string, user: string): Promise<Answer> {
    const { method, query } = request;
    if (method === 'GET' && path === '/settings') return this.#settings();
    if (method === 'GET' && path === '/search') return this.#search(query);
    const [, collection, below = ''] = /^\/(apis|api-products)(\/.*)?$/.exec(path) ?? [];
    if (collection === undefined) return notFound(`No such resource: ${method} ${path}`);
    const catalogue = collection === 'apis' ? this.#apis : this.#products.catalogue;
    const call = `${method} ${below}`;
    if (call === 'GET ') return this.#list(query, catalogue);
    if (call === 'GET /export') return this.#export(query, catalogue);
    if (call === 'POST /import') return this.#import(request, user, catalogue);
    if (call === 'POST /change-lifecycle') return this.#changeLifecycle(query, catalogue);
    const [, id = '', rest = ''] = /^\/([^/]+)(\/.*)?$/.exec(below) ?? [];
    const api = catalogue.find(id);
    if (api === undefined) return notFound(`Requested ${words(catalogue)} with id '${id}' not found`);
    return this.#ofOne(api, catalogue, `${method} ${rest}`, request);
  }

  #ofOne(api: Api, catalogue: Catalogue, call: string, request: Incoming): Answer {
    const { query } = request;
    if (call === 'GET ') return json(200, detailsOf(api, catalogue));
    if (call === 'DELETE ') return this.#remove(api, catalogue);
    if (call === 'GET /revisions') {
      const deployedOnly = query.get('query') === 'deployed:true';
      const list = api.revisions.filter(({ deployments }) => !deployedOnly || deployments.length > 0);
      return json(200, { count: list.length, list: list.map((revision) => describe(api, revision)) });
    }
    if (call === 'POST /revisions') {
      const asked = JSON.parse(request.body.toString('utf8') || '{}') as { description?: string };
      return json(201, describe(api, catalogue.addRevision(api, asked.description ?? '')));
    }
    const revision = revisionOf(api, query, call);
    if (revision === undefined) return notFound('Requested revision not found');
    if (call.startsWith('DELETE /revisions/')) {
      if (revision.deployments.length > 0) return apimError(400, 900973, 'Bad Request', 'The revision is deployed');
      api.revisions = api.revisions.filter((other) => other !== revision);
      return json(200, { count: api.revisions.length, list: api.revisions.map((other) => describe(api, other)) });
    }
    if (call === 'POST /deploy-revision') {
      catalogue.deploy(
        api,
        revision,
        names(request).map((each) => ({ ...each, deploymentEnvironment: each.name })),
      );
      return json(201, describe(api, revision).deploymentInfo);
    }
    if (call === 'POST /undeploy-revision') {
      const all = query.get('allEnvironments') === 'true';
      catalogue.undeploy(revision, all ? undefined : names(request).map(({ name }) => name));
      return json(201, describe(api, revision).deploymentInfo);
    }
    if (call === 'POST /restore-revision') {
      catalogue.restore(api, revision);
      return json(201, detailsOf(api, catalogue));
    }
    return notFound(`No such resource: ${call}`);
  }

  /** In use by a product or with subscriptions, an API stays. */
  #remove(api: Api, catalogue: Catalogue): Answer {
    const products = catalogue.kind === 'api' ? this.#products.using(api) : [];
    if (products.length > 0) {
      const names = products.map(({ name, version }) => `${name}-${version}`).join(', ');
      return apimError(409, 900892, 'Conflict', `Cannot remove the API as it is in use by the API products ${names}`);
    }
    if (this.#applications.subscribers(api).length > 0) {
      return apimError(409, 900893, 'Conflict', 'Cannot remove the API as active subscriptions exist');
    }
    catalogue.remove(api.id);
    return { status: 200 };
  }

  #settings(): Answer {
    const environment = Object.entries(this.#gateways).map(([name, vhosts]) => ({
      id: name,
      name,
      displayName: name,
      type: 'hybrid',
      showInApiConsole: true,
      vhosts: vhosts.map((host) => ({ host, httpPort: 8280, httpsPort: 8243 })),
    }));
    return json(200, { environment, scopes: [], IsJWTEnabledForLoginTokens: false });
  }

  /** Of everything there is, unless the query names a type. */
  #search(query: URLSearchParams): Answer {
    const type = /type:"?(\w+)"?/.exec(query.get('query') ?? '')?.[1]?.toUpperCase();
    const found = [this.#apis, this.#products.catalogue]
      .filter(({ kind }) => type === undefined || type === searchType(kind))
      .flatMap((catalogue) =>
        this.#matching(query, catalogue).map((api) => ({
          ...summaryOf(api),
          type: searchType(catalogue.kind),
          status: api.lifeCycleStatus,
        })),
      );
    return this.#page(query, found);
  }

  #list(query: URLSearchParams, catalogue: Catalogue): Answer {
    const rows = this.#matching(query, catalogue).map((api) => ({
      ...summaryOf(api),
      type: catalogue.kind === 'api' ? 'HTTP' : 'APIPRODUCT',
      [catalogue.stateKey]: api.lifeCycleStatus,
    }));
    return this.#page(query, rows);
  }

  #matching(query: URLSearchParams, catalogue: Catalogue): Api[] {
    return catalogue.apis.filter((api) => matches(api, query.get('query') ?? ''));
  }

  #page(query: URLSearchParams, rows: readonly object[]): Answer {
    const offset = Number(query.get('offset') ?? 0);
    const limit = Math.min(Number(query.get('limit') ?? 25), this.pageLimit);
    const list = rows.slice(offset, offset + limit);
    return json(200, { count: list.length, list, pagination: { offset, limit, total: rows.length } });
  }

  async #export(query: URLSearchParams, catalogue: Catalogue): Promise<Answer> {
    const name = query.get('name') ?? '';
    const version = query.get('version') ?? '';
    const api = catalogue.named(name, version);
    if (api === undefined) {
      return notFound(`Requested ${words(catalogue)} with name '${name}' and version '${version}' not found`);
    }
    const number = query.get('revisionNumber');
    const latest = query.get('latestRevision') === 'true';
    const revision = latest ? api.revisions.at(-1) : api.revisions.find((each) => String(each.number) === number);
    if (number !== null && !latest && revision === undefined) return notFound(`Revision ${number} not found`);
    const options = {
      revision,
      preserveStatus: query.get('preserveStatus') !== 'false',
      preserveCredentials: query.get('preserveCredentials') === 'true',
      json: query.get('format') === 'JSON',
    };
    const body = await (catalogue.kind === 'api' ? catalogue : this.#products).export(api, options);
    return { status: 200, body, headers: { 'content-type': 'application/zip' } };
  }

  async #import(request: Incoming, user: string, catalogue: Catalogue): Promise<Answer> {
    const parts = parseMultipart(request.headers['content-type'], request.body);
    const file = parts?.find((part) => part.name === 'file');
    if (file === undefined)
      return apimError(400, 900750, 'Bad Request', 'The multipart request has no part named file');
    const project = await readUpload(Buffer.from(file.data), catalogue.kind);
    const flag = (name: string) => request.query.get(name) === 'true';
    if (flag('dryRun')) return json(200, { 'compliance-check': { result: 'pass', violations: [] } });
    const options = {
      overwrite: flag(catalogue.kind === 'api' ? 'overwrite' : 'overwriteAPIProduct'),
      rotateRevision: flag('rotateRevision'),
      preserveProvider: request.query.get('preserveProvider') !== 'false',
      user,
    };
    if (catalogue.kind === 'api') catalogue.import(project, options);
    else {
      const importApis = flag('importAPIs') || flag('overwriteAPIs');
      this.#products.import(project, { ...options, importApis, overwriteApis: flag('overwriteAPIs') });
    }
    const body = catalogue.kind === 'api' ? 'API imported successfully.' : 'API Product imported successfully.';
    return { status: 200, body, headers: { 'content-type': 'text/plain' } };
  }

  #changeLifecycle(query: URLSearchParams, catalogue: Catalogue): Answer {
    const api = catalogue.find(query.get(catalogue.kind === 'api' ? 'apiId' : 'apiProductId') ?? '');
    if (api === undefined) return notFound(`Requested ${words(catalogue)} not found`);
    const action = query.get('action') ?? '';
    if (!catalogue.changeLifecycle(api, action)) {
      return apimError(400, 900000, 'Bad Request', `Action '${action}' is not allowed in state ${api.lifeCycleStatus}`);
    }
    return json(200, { workflowStatus: 'APPROVED', lifecycleState: { state: api.lifeCycleStatus } });
  }
}

function words({ kind }: Catalogue): string {
  return kind === 'api' ? 'API' : 'API Product';
}

function searchType(kind: Catalogue['kind']): string {
  return kind === 'api' ? 'API' : 'APIPRODUCT';
}

function summaryOf(api: Api): { id: string; name: string; context: string; version: string; provider: string } {
  const { id, name, context, version, provider } = api;
  return { id, name, context, version, provider };
}

function detailsOf(api: Api, { stateKey }: Catalogue): object {
  return { ...api.working.api, ...summaryOf(api), [stateKey]: api.lifeCycleStatus };
}

function describe(api: Api, revision: Revision) {
  return {
    displayName: `Revision ${revision.number}`,
    id: revision.id,
    description: revision.description,
    createdTime: revision.createdTime,
    apiInfo: { id: api.id },
    deploymentInfo: revision.deployments.map((deployment) => ({ revisionUuid: revision.id, ...deployment })),
  };
}

function revisionOf(api: Api, query: URLSearchParams, call: string): Revision | undefined {
  const number = query.get('revisionNumber');
  const id = query.get('revisionId') ?? /^DELETE \/revisions\/(.+)$/.exec(call)?.[1];
  return api.revisions.find((each) => (number === null ? each.id === id : String(each.number) === number));
}

function names(request: Incoming): { name: string; displayOnDevportal?: boolean }[] {
  const listed = JSON.parse(request.body.toString('utf8') || '[]') as unknown;
  return Array.isArray(listed) ? (listed as { name: string }[]) : [];
}

/** `name:"Exact"`, `version:1.0`, `tags:public` and bare words; unquoted values match anywhere in the field, as the real search does. */
function matches(api: Api, query: string): boolean {
  for (const [, field = '', exact, loose] of query.matchAll(/(?:(\w+):)?(?:"([^"]*)"|(\S+))/g)) {
    const key = field === '' ? 'name' : field;
    if (key === 'type') continue;
    if (key === 'tag' || key === 'tags') {
      const { tags } = api.working.api;
      if (!Array.isArray(tags) || !tags.includes(exact ?? loose)) return false;
      continue;
    }
    const value = key === 'version' ? api.version : key === 'context' ? api.context : api.name;
    if (exact !== undefined ? value !== exact : !value.toLowerCase().includes((loose ?? '').toLowerCase()))
      return false;
  }
  return true;
}

function notFound(description: string): Answer {
  return apimError(404, 404, 'Not Found', description);
}
