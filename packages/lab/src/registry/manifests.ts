/** Manifests, tags and referrers. */
import { algorithmOf, digestOf } from '@wso2-delivery/shared/formats/digest';
import { type Answer, json, refuse, type Request } from './answer.ts';
import type { Store } from './store.ts';

const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
const INDEX = 'application/vnd.oci.image.index.v1+json';
const TAG = /^\w[\w.-]{0,127}$/;

interface Document {
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly config?: Reference & { readonly mediaType?: string };
  readonly layers?: readonly Reference[];
  readonly manifests?: readonly Reference[];
  readonly subject?: Reference;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Reference {
  readonly digest: string;
  readonly mediaType?: string;
  readonly urls?: readonly string[];
}

export function manifest(request: Request, repository: string, reference: string, store: Store): Answer {
  switch (request.method) {
    case 'GET':
    case 'HEAD': {
      const found = store.manifest(repository, reference);
      if (found === undefined) return unknownManifest(repository, store);
      const headers = { 'content-type': found.mediaType, 'docker-content-digest': found.digest };
      return { status: 200, headers, body: found.bytes };
    }
    case 'PUT':
      return put(request, repository, reference, store);
    case 'DELETE':
      return remove(repository, reference, store);
    default:
      return refuse(405, 'UNSUPPORTED', 'method not allowed');
  }
}

function unknownManifest(repository: string, store: Store): Answer {
  return store.repositories.has(repository)
    ? refuse(404, 'MANIFEST_UNKNOWN', 'manifest unknown')
    : refuse(404, 'NAME_UNKNOWN', 'repository name not known to registry');
}

function put(request: Request, repository: string, reference: string, store: Store): Answer {
  if (request.body.length > MAX_MANIFEST_BYTES) return refuse(413, 'MANIFEST_INVALID', 'the manifest is too large');
  const algorithm = algorithmOf(reference);
  if (algorithm === undefined && !TAG.test(reference)) return refuse(400, 'TAG_INVALID', 'manifest tag did not match');
  const digest = digestOf(request.body, algorithm);
  if (algorithm !== undefined && digest !== reference) {
    return refuse(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  }
  const document = parse(request.body);
  if (document === undefined) return refuse(400, 'MANIFEST_INVALID', 'manifest invalid');
  const mediaType = (request.headers['content-type'] ?? document.mediaType ?? '').split(';')[0]!.trim();
  if (document.mediaType !== undefined && document.mediaType !== mediaType) {
    return refuse(400, 'MANIFEST_INVALID', `mediaType ${document.mediaType} was sent as ${mediaType}`);
  }
  const missing = missingContent(document, repository, store);
  if (missing !== undefined) {
    return refuse(
      400,
      'MANIFEST_BLOB_UNKNOWN',
      `manifest references a manifest or blob unknown to registry: ${missing}`,
    );
  }
  const tags = algorithm === undefined ? [reference] : request.query.getAll('tag');
  store.putManifest(repository, { mediaType, bytes: request.body }, undefined, digest);
  for (const tag of tags) store.repository(repository).tags.set(tag, digest);
  return {
    status: 201,
    headers: {
      location: `/v2/${repository}/manifests/${digest}`,
      'docker-content-digest': digest,
      ...(document.subject !== undefined && { 'oci-subject': document.subject.digest }),
      ...(algorithm !== undefined && tags.length > 0 && { 'oci-tag': tags.join(', ') }),
    },
  };
}

function parse(bytes: Buffer): Document | undefined {
  try {
    const document: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof document === 'object' && document !== null ? document : undefined;
  } catch {
    return undefined;
  }
}

/** The first thing that the manifest needs and the repository lacks. */
function missingContent(document: Document, repository: string, store: Store): string | undefined {
  const blobs = [document.config, ...(document.layers ?? [])].filter((blob) => blob !== undefined);
  const blob = blobs.find(({ digest, urls }) => urls === undefined && store.blob(repository, digest) === undefined);
  const child = document.manifests?.find(({ digest }) => store.manifest(repository, digest) === undefined);
  return blob?.digest ?? child?.digest;
}

function remove(repository: string, reference: string, store: Store): Answer {
  const place = store.repositories.get(repository);
  if (place?.tags.delete(reference) === true) return { status: 202 };
  if (place?.manifests.delete(reference) !== true) return unknownManifest(repository, store);
  for (const [tag, digest] of place.tags) if (digest === reference) place.tags.delete(tag);
  return { status: 202 };
}

/** Tags in lexical order, in pages of `n` after `last`, the next page in Link. */
export function tags(request: Request, repository: string, store: Store): Answer {
  const place = store.repositories.get(repository);
  if (place === undefined) return unknownManifest(repository, store);
  const last = request.query.get('last');
  const all = [...place.tags.keys()].sort().filter((tag) => last === null || tag > last);
  const limit = request.query.has('n') ? Number(request.query.get('n')) : all.length;
  const page = all.slice(0, limit);
  const next = page.at(-1);
  const more = next !== undefined && page.length < all.length;
  const link = more ? { link: `</v2/${repository}/tags/list?n=${limit}&last=${next}>; rel="next"` } : {};
  return json(200, { name: repository, tags: page }, link);
}

/** The manifests whose subject is the digest, as an index. */
export function referrers(request: Request, repository: string, digest: string, store: Store): Answer {
  const wanted = request.query.get('artifactType');
  const manifests = [...(store.repositories.get(repository)?.manifests ?? [])].flatMap(
    ([own, { mediaType, bytes }]) => {
      const document = parse(bytes);
      if (document?.subject?.digest !== digest) return [];
      const artifactType = document.artifactType ?? document.config?.mediaType;
      if (wanted !== null && artifactType !== wanted) return [];
      const { annotations } = document;
      return [{ mediaType, digest: own, size: bytes.length, artifactType, ...(annotations && { annotations }) }];
    },
  );
  return json(
    200,
    { schemaVersion: 2, mediaType: INDEX, manifests },
    { 'content-type': INDEX, ...(wanted !== null && { 'oci-filters-applied': 'artifactType' }) },
  );
}
