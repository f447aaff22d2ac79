import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Resettable } from './broken-connection.ts';
import { Applications, type Application } from './applications.ts';
import { Catalogue, type Api, type Gateways } from './catalogue.ts';
import { selfSignedCertificate } from '../certificate.ts';
import { answerAsAdmin, answerAsDevportal } from './devportal.ts';
import { apimError, readIncoming, type Answer, type Incoming } from './exchange.ts';
import { answerWith, Faults, type Fault } from './faults.ts';
import { answerAsGateway, type Served } from './gateway.ts';
import { Products } from './products.ts';
import { readProject } from './project.ts';
import { Publisher } from './publisher.ts';
import { rightsFor } from './rights.ts';
import { Sessions, unauthenticated } from './sessions.ts';
import { superTenant, tenantOf } from './tenants.ts';

export interface ApiManagerOptions {
  /** Names the certificate, and the environment in messages. */
  readonly name: string;
  /** User → password; default admin/admin. */
  readonly users?: Readonly<Record<string, string>>;
  /** Personal access token → user. */
  readonly personalTokens?: Readonly<Record<string, string>>;
  /** User → scopes that its tokens may have; default: all. */
  readonly rights?: Readonly<Record<string, readonly string[]>>;
  /** Gateway environments; default one, named Default. */
  readonly gateways?: readonly string[];
  /** Virtual hosts of each; default localhost. */
  readonly vhosts?: Readonly<Record<string, readonly string[]>>;
  /** How long an access token is good for; default an hour. */
  readonly tokenLifetimeMs?: number;
  /** Added to every answer. */
  readonly latencyMs?: number;
  readonly faults?: readonly Fault[];
}

export interface LoggedRequest extends Incoming {
  /** undefined: no answer was given. */
  readonly status: number | undefined;
  /** `publisher` for everything on the management port, else the name of the gateway environment. */
  readonly server: string;
}

export interface ApiManager {
  /** https://127.0.0.1:port of publisher, token and registration endpoints. */
  readonly url: string;
  /** Gateway environment → https URL. */
  readonly gateways: Readonly<Record<string, string>>;
  /** PEM of the authority that signed the certificates: its own. */
  readonly ca: string;
  readonly requests: readonly LoggedRequest[];
  readonly apis: readonly Api[];
  readonly products: readonly Api[];
  readonly applications: readonly Application[];
  /** What another tenant than carbon.super has; it begins to be when a user of it (user@tenant) does something. */
  tenant(name: string): Pick<ApiManager, 'apis' | 'products' | 'applications'>;
  /** Puts an exported archive in place without any request, deploying its revision where it says so. */
  add(archive: Buffer): Promise<Api>;
  /** Likewise a product, with those of the APIs in its archive that are not there yet. */
  addProduct(archive: Buffer): Promise<Api>;
  /** Likewise an application of the owner that its archive names, with its subscriptions and keys. */
  addApplication(archive: Buffer): Promise<Application>;
  fault(fault: Fault): void;
  clearFaults(): void;
  /** Rows of a listing are cut off here, however many are asked for; default: never. */
  pageLimit: number;
  /** Ends every access token. */
  expireTokens(): void;
  close(): Promise<void>;
}

const roots = { publisher: '/api/am/publisher/v4', devportal: '/api/am/devportal/v3', admin: '/api/am/admin/v4' };

const adding = { overwrite: true, rotateRevision: false, preserveProvider: true, user: 'admin' };

/** Starts an API Manager with its gateways on loopback, HTTPS, on ports that the system chooses. State is in memory. */
export async function startApiManager(options: ApiManagerOptions): Promise<ApiManager> {
  const gatewayNames = options.gateways ?? ['Default'];
  const { certificate, privateKey } = selfSignedCertificate(options.name);
  const gatewayHosts = Object.fromEntries(gatewayNames.map((name) => [name, options.vhosts?.[name] ?? ['localhost']]));
  const sessions = new Sessions(
    options.users ?? { admin: 'admin' },
    options.personalTokens ?? {},
    options.tokenLifetimeMs ?? 3_600_000,
    options.rights,
  );
  const tenants = new Map<string, Tenant>();
  const tenant = (name: string): Tenant => {
    const known = tenants.get(name) ?? openTenant(gatewayHosts);
    tenants.set(name, known);
    return known;
  };
  const { catalogue, products, applications, publisher } = tenant(superTenant);
  const faults = new Faults();
  for (const fault of options.faults ?? []) faults.add(fault);
  const requests: LoggedRequest[] = [];
  const servers: Server[] = [];
  const breakers: Resettable[] = [];

  const serve = async (server: string, answer: (request: Incoming) => Promise<Answer>): Promise<string> => {
    const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
      const request = await readIncoming(message);
      if (options.latencyMs !== undefined) await new Promise((done) => setTimeout(done, options.latencyMs));
      const entry: LoggedRequest & { status: number | undefined } = { ...request, status: undefined, server };
      requests.push(entry);
      const given = await answerWith(faults.met(request), response, connections, async () => {
        const real = await answer(request);
        entry.status = real.status;
        return real;
      });
      entry.status = given?.status;
    };
    const listener = createServer({ key: privateKey, cert: certificate }, (message, response) => {
      handle(message, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : new Error(String(error)));
      });
    });
    const connections = new Resettable(listener);
    servers.push(listener);
    breakers.push(connections);
    await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready));
    return `https://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  };

  const url = await serve('publisher', (request) => answerAsManager(request, sessions, tenant));
  const gateways: Record<string, string> = {};
  for (const name of gatewayNames) {
    gateways[name] = await serve(name, (request) => Promise.resolve(answerAsGateway(tenants.values(), name, request)));
  }

  return {
    url,
    gateways,
    ca: certificate,
    requests,
    apis: catalogue.apis,
    products: products.catalogue.apis,
    applications: applications.all,
    tenant: (name) => {
      const { catalogue: apis, products: made, applications: used } = tenant(name);
      return { apis: apis.apis, products: made.catalogue.apis, applications: used.all };
    },
    add: async (archive) => catalogue.import(await readProject(archive), adding),
    addProduct: async (archive) =>
      products.import(await readProject(archive, 'api-product'), { ...adding, importApis: true, overwriteApis: false }),
    addApplication: async (archive) => {
      const options = { owner: '', preserveOwner: true, skipSubscriptions: false, skipKeys: false, update: true };
      return (await applications.import(archive, { ...options, user: 'admin' })).application;
    },
    get pageLimit() {
      return publisher.pageLimit;
    },
    set pageLimit(rows) {
      publisher.pageLimit = rows;
    },
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    expireTokens: () => sessions.expireAll(),
    close: async () => {
      for (const breaker of breakers) breaker.stop();
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((closed) => {
              server.close(() => closed());
              server.closeAllConnections();
            }),
        ),
      );
    },
  };
}

interface Tenant extends Served {
  readonly applications: Applications;
  readonly publisher: Publisher;
}

/** Tenants see nothing of each other. */
function openTenant(gateways: Gateways): Tenant {
  const catalogue = new Catalogue(gateways);
  const products = new Products(new Catalogue(gateways, 'api-product'), catalogue);
  const applications = new Applications([catalogue, products.catalogue]);
  return {
    catalogue,
    products,
    applications,
    publisher: new Publisher({ apis: catalogue, products, applications, gateways }),
  };
}

const VERSION =
  '<ns:getVersionResponse xmlns:ns="http://version.services.core.carbon.wso2.org">' +
  '<return>WSO2 API Manager-4.7.0</return></ns:getVersionResponse>';

async function answerAsManager(
  request: Incoming,
  sessions: Sessions,
  tenant: (name: string) => Tenant,
): Promise<Answer> {
  const { method, path } = request;
  switch (`${method} ${path}`) {
    case 'POST /client-registration/v0.17/register':
      return sessions.register(request);
    case 'POST /oauth2/token':
      return sessions.token(request);
    case 'POST /oauth2/revoke':
      return sessions.revoke(request);
    case 'GET /services/Version':
      return { status: 200, body: VERSION, headers: { 'content-type': 'application/xml' } };
  }
  const [part, root] = Object.entries(roots).find(([, each]) => path.startsWith(`${each}/`)) ?? [];
  if (part === undefined || root === undefined) {
    return apimError(404, 404, 'Not Found', `No such resource: ${method} ${path}`);
  }
  const user = sessions.userOf(request);
  if (user === undefined) return unauthenticated();
  const below = path.slice(root.length);
  const needed = rightsFor(`${method} ${part} ${below}`);
  // A token without the scope is refused like one that is unknown (carbon-apimgt, OAuthAuthenticationInterceptor).
  if (needed !== undefined && !sessions.allows(request, needed)) return unauthenticated();
  const { publisher, applications } = tenant(tenantOf(user));
  if (part === 'devportal') return answerAsDevportal(applications, request, below, user);
  if (part === 'admin') return answerAsAdmin(applications, request, below);
  return publisher.answer(request, below, user);
}
