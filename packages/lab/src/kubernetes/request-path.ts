/** What the path of a request means. */
import { findResource, type Resource } from './resources.ts';
import { pathNotFound } from './status.ts';

export interface ResourcePath {
  readonly resource: Resource;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
  /** What follows a proxy subresource, beginning with a slash. */
  readonly rest: string;
}

/**
 * Takes `/api/v1/namespaces/shop/pods/web/log` apart; undefined when it is no path of a resource.
 * @throws StatusError 404 when there is no such resource.
 */
export function parseResourcePath(pathname: string): ResourcePath | undefined {
  const core = /^\/api\/(v1)\/(.+)$/.exec(pathname);
  const grouped = /^\/apis\/([^/]+)\/([^/]+)\/(.+)$/.exec(pathname);
  if (core === null && grouped === null) return undefined;
  const [group, version, path] =
    core === null ? [grouped?.[1] ?? '', grouped?.[2] ?? '', grouped?.[3] ?? ''] : ['', core[1] ?? '', core[2] ?? ''];
  const parts = path.split('/').filter((part, index, all) => part !== '' || index < all.length - 1);
  let namespace: string | undefined;
  if (parts[0] === 'namespaces' && parts.length > 2 && parts[2] !== 'status' && parts[2] !== 'finalize') {
    namespace = decodeURIComponent(parts[1] ?? '');
    parts.splice(0, 2);
  }
  const [plural = '', name, subresource, ...rest] = parts;
  const resource = findResource(group, version, plural);
  if (resource === undefined) throw pathNotFound();
  if (!resource.namespaced && namespace !== undefined) throw pathNotFound();
  return {
    resource,
    namespace,
    name: name === undefined ? undefined : decodeURIComponent(name),
    subresource,
    rest: `/${rest.join('/')}${pathname.endsWith('/') && rest.length > 0 ? '/' : ''}`,
  };
}
