import { Catalogue, type Api, type Revision } from './catalogue.ts';
import { apimError, json, type Answer, type Incoming } from './exchange.ts';
import { ImportRefused } from './import-refused.ts';
import { parseMultipart } from './multipart.ts';
import { readUpload } from './project.ts';

/** The part of the publisher's REST API (v4) that apictl and promote-api call. */
export class Publisher {
  readonly #catalogue: Catalogue;
  readonly #gateways: readonly string[];
  /** Rows of a listing are cut off here, however many were asked for. */
  pageLimit = Number.POSITIVE_INFINITY;

  constructor(catalogue: Catalogue, gateways: readonly string[]) {
    this.#catalogue = catalogue;
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
    const call = `${method} ${path}`;
    if (call === 'GET /settings') return this.#settings();
    if (call === 'GET /search')
      return this.#list(query, (api) => ({ ...summaryOf(api), type: 'API', status: api.lifeCycleStatus }));
    if (call === 'GET /apis') {
      return this.#list(query, (api) => ({ ...summaryOf(api), type: 'HTTP', lifeCycleStatus: api.lifeCycleStatus }));
    }
    if (call === 'GET /apis/export') return this.#export(query);
    if (call === 'POST /apis/import') return this.#import(request, user);
    if (call === 'POST /apis/change-lifecycle') return this.#changeLifecycle(query);
    const [, id = '', rest = ''] = /^\/apis\/([^/]+)(\/.*)?$/.exec(path) ?? [];
    const api = this.#catalogue.find(id);
    if (api === undefined) return notFound(`Requested API with id '${id}' not found`);
    return this.#ofOne(api, `${method} ${rest}`, request);
  }

  #ofOne(api: Api, call: string, request: Incoming): Answer {
    const { query } = request;
    if (call === 'GET ') return json(200, detailsOf(api));
    if (call === 'DELETE ') {
      this.#catalogue.remove(api.id);
      return { status: 200 };
    }
    if (call === 'GET /revisions') {
      const deployedOnly = query.get('query') === 'deployed:true';
      const list = api.revisions.filter(({ deployments }) => !deployedOnly || deployments.length > 0);
      return json(200, { count: list.length, list: list.map((revision) => describe(api, revision)) });
    }
    if (call === 'POST /revisions') {
      const asked = JSON.parse(request.body.toString('utf8') || '{}') as { description?: string };
      return json(201, describe(api, this.#catalogue.addRevision(api, asked.description ?? '')));
    }
    const revision = revisionOf(api, query, call);
    if (revision === undefined) return notFound('Requested revision not found');
    if (call.startsWith('DELETE /revisions/')) {
      if (revision.deployments.length > 0) return apimError(400, 900973, 'Bad Request', 'The revision is deployed');
      api.revisions = api.revisions.filter((other) => other !== revision);
      return json(200, { count: api.revisions.length, list: api.revisions.map((other) => describe(api, other)) });
    }
    if (call === 'POST /deploy-revision') {
      this.#catalogue.deploy(
        api,
        revision,
        names(request).map((each) => ({ ...each, deploymentEnvironment: each.name })),
      );
      return json(201, describe(api, revision).deploymentInfo);
    }
    if (call === 'POST /undeploy-revision') {
      const all = query.get('allEnvironments') === 'true';
      this.#catalogue.undeploy(revision, all ? undefined : names(request).map(({ name }) => name));
      return json(201, describe(api, revision).deploymentInfo);
    }
    if (call === 'POST /restore-revision') {
      this.#catalogue.restore(api, revision);
      return json(201, detailsOf(api));
    }
    return notFound(`No such resource: ${call}`);
  }

  #settings(): Answer {
    const environment = this.#gateways.map((name) => ({
      id: name,
      name,
      displayName: name,
      type: 'hybrid',
      showInApiConsole: true,
      vhosts: [{ host: 'localhost', httpPort: 8280, httpsPort: 8243 }],
    }));
    return json(200, { environment, scopes: [], IsJWTEnabledForLoginTokens: false });
  }

  #list(query: URLSearchParams, view: (api: Api) => object): Answer {
    const offset = Number(query.get('offset') ?? 0);
    const limit = Math.min(Number(query.get('limit') ?? 25), this.pageLimit);
    const matching = this.#catalogue.apis.filter((api) => matches(api, query.get('query') ?? ''));
    const list = matching.slice(offset, offset + limit).map(view);
    return json(200, { count: list.length, list, pagination: { offset, limit, total: matching.length } });
  }

  async #export(query: URLSearchParams): Promise<Answer> {
    const name = query.get('name') ?? '';
    const version = query.get('version') ?? '';
    const api = this.#catalogue.named(name, version);
    if (api === undefined) return notFound(`Requested API with name '${name}' and version '${version}' not found`);
    const number = query.get('revisionNumber');
    const latest = query.get('latestRevision') === 'true';
    const revision = latest ? api.revisions.at(-1) : api.revisions.find((each) => String(each.number) === number);
    if (number !== null && !latest && revision === undefined) return notFound(`Revision ${number} not found`);
    const body = await this.#catalogue.export(api, {
      revision,
      preserveStatus: query.get('preserveStatus') !== 'false',
      preserveCredentials: query.get('preserveCredentials') === 'true',
      json: query.get('format') === 'JSON',
    });
    return { status: 200, body, headers: { 'content-type': 'application/zip' } };
  }

  async #import(request: Incoming, user: string): Promise<Answer> {
    const parts = parseMultipart(request.headers['content-type'], request.body);
    const file = parts?.find((part) => part.name === 'file');
    if (file === undefined)
      return apimError(400, 900750, 'Bad Request', 'The multipart request has no part named file');
    const project = await readUpload(Buffer.from(file.data));
    const flag = (name: string) => request.query.get(name) === 'true';
    if (flag('dryRun')) return json(200, { 'compliance-check': { result: 'pass', violations: [] } });
    this.#catalogue.import(project, {
      overwrite: flag('overwrite'),
      rotateRevision: flag('rotateRevision'),
      preserveProvider: request.query.get('preserveProvider') !== 'false',
      user,
    });
    return { status: 200, body: 'API imported successfully.', headers: { 'content-type': 'text/plain' } };
  }

  #changeLifecycle(query: URLSearchParams): Answer {
    const api = this.#catalogue.find(query.get('apiId') ?? '');
    if (api === undefined) return notFound('Requested API not found');
    const action = query.get('action') ?? '';
    if (!this.#catalogue.changeLifecycle(api, action)) {
      return apimError(400, 900000, 'Bad Request', `Action '${action}' is not allowed in state ${api.lifeCycleStatus}`);
    }
    return json(200, { workflowStatus: 'APPROVED', lifecycleState: { state: api.lifeCycleStatus } });
  }
}

function summaryOf(api: Api): { id: string; name: string; context: string; version: string; provider: string } {
  const { id, name, context, version, provider } = api;
  return { id, name, context, version, provider };
}

function detailsOf(api: Api): object {
  return { ...api.working.api, ...summaryOf(api), lifeCycleStatus: api.lifeCycleStatus };
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

/** `name:"Exact"`, `version:1.0` and bare words; unquoted values match anywhere in the field, as the real search does. */
function matches(api: Api, query: string): boolean {
  for (const [, field = '', exact, loose] of query.matchAll(/(?:(\w+):)?(?:"([^"]*)"|(\S+))/g)) {
    const key = field === '' ? 'name' : field;
    if (key === 'type') continue;
    const value = key === 'version' ? api.version : key === 'context' ? api.context : api.name;
    if (exact !== undefined ? value !== exact : !value.toLowerCase().includes((loose ?? '').toLowerCase()))
      return false;
  }
  return true;
}

function notFound(description: string): Answer {
  return apimError(404, 404, 'Not Found', description);
}
