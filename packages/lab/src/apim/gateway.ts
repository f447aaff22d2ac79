import { json, type Answer, type Incoming } from './exchange.ts';
import type { Catalogue } from './catalogue.ts';
import type { Table } from './params-injection.ts';
import type { Products } from './products.ts';

/** What a tenant has to serve. */
export interface Served {
  readonly catalogue: Catalogue;
  readonly products: Products;
}

/**
 * What one gateway environment answers: 404 for everything that is not deployed on it, 401 without a token on a
 * secured API, and otherwise an echo that names the backend which the real one would have called.
 */
export function answerAsGateway(tenants: Iterable<Served>, gateway: string, request: Incoming): Answer {
  const all = [...tenants].flatMap(({ catalogue, products }) => [
    { catalogue, products },
    { catalogue: products.catalogue, products },
  ]);
  for (const { catalogue, products } of all) {
    for (const api of catalogue.apis) {
      const base = basePath(api.context, api.version);
      if (request.path !== base && !request.path.startsWith(`${base}/`)) continue;
      const revision = api.revisions.find(({ deployments }) => deployments.some(({ name }) => name === gateway));
      if (revision === undefined) continue;
      const data = revision.snapshot.api;
      if (isSecured(data) && request.headers.authorization === undefined) {
        return json(401, {
          code: '900902',
          message: 'Missing Credentials',
          description: `Invalid Credentials. Make sure your API invocation call has a header: 'Authorization'`,
        });
      }
      const path = request.path.slice(base.length);
      const serving =
        catalogue !== products.catalogue ? data : products.behind(revision.snapshot, path, request.method)?.working.api;
      const backend = ((serving?.endpointConfig as Table | undefined)?.production_endpoints as Table | undefined)?.url;
      return json(200, {
        api: `${api.name}:${api.version}`,
        revision: revision.number,
        gateway,
        method: request.method,
        backend: `${typeof backend === 'string' ? backend : 'none'}${path}`,
      });
    }
  }
  return json(404, {
    code: '404',
    type: 'Status report',
    message: 'Not Found',
    description: 'The requested resource is not available.',
  });
}

/** Where a gateway serves an API: the context, with the version in place of {version} or at its end. */
function basePath(context: string, version: string): string {
  if (context.includes('{version}')) return context.replace('{version}', version);
  return context.endsWith(`/${version}`) ? context : `${context}/${version}`;
}

function isSecured(api: Table): boolean {
  const schemes = api.securityScheme;
  return !Array.isArray(schemes) || schemes.some((scheme) => scheme === 'oauth2' || scheme === 'api_key');
}
