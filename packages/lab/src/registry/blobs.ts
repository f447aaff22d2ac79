/** Blobs: read in full or in ranges, mounted, uploaded in one piece or in chunks, deleted. */
import { algorithmOf, digestOf } from '@wso2-delivery/shared/formats/digest';
import { type Answer, refuse, type Request } from './answer.ts';
import type { Store, Upload } from './store.ts';

/** How the registry names the place of an upload, and where it sends those who read blobs. */
export interface BlobHabits {
  readonly locations: 'relative' | 'absolute' | 'other-host';
  readonly redirectBlobs: boolean;
  /** http://127.0.0.1:port and the same under another name. */
  readonly origin: string;
  readonly otherOrigin: string;
}

export function blob(request: Request, repository: string, digest: string, store: Store, habits: BlobHabits): Answer {
  if (algorithmOf(digest) === undefined) return refuse(400, 'DIGEST_INVALID', 'the digest is malformed');
  const bytes = store.blob(repository, digest);
  if (bytes === undefined) return refuse(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      if (habits.redirectBlobs && request.method === 'GET') {
        return { status: 307, headers: { location: `${habits.otherOrigin}/storage/${digest}?signature=lab` } };
      }
      return content(request, bytes, digest);
    case 'DELETE':
      store.repository(repository).blobs.delete(digest);
      return { status: 202 };
    default:
      return refuse(405, 'UNSUPPORTED', 'method not allowed');
  }
}

/** The storage behind the registry, as object stores behave: a signed URL, and no Authorization beside it. */
export function storage(request: Request, digest: string, store: Store): Answer {
  if (request.headers.authorization !== undefined) {
    return { status: 400, body: Buffer.from('<Error><Code>InvalidArgument</Code></Error>') };
  }
  const bytes = store.anyBlob(digest);
  return bytes === undefined || request.query.get('signature') !== 'lab'
    ? { status: 403 }
    : content(request, bytes, digest);
}

function content(request: Request, bytes: Buffer, digest: string): Answer {
  const headers = {
    'content-type': 'application/octet-stream',
    'docker-content-digest': digest,
    'accept-ranges': 'bytes',
  };
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (range === null) return { status: 200, headers, body: bytes };
  const start = Number(range[1]);
  const end = Math.min(range[2] === '' ? bytes.length - 1 : Number(range[2]), bytes.length - 1);
  if (start > end) return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` } };
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${bytes.length}` },
    body: bytes.subarray(start, end + 1),
  };
}

/** POST …/blobs/uploads/ */
export function openUpload(request: Request, repository: string, store: Store, habits: BlobHabits): Answer {
  if (request.method !== 'POST') return refuse(405, 'UNSUPPORTED', 'method not allowed');
  const mount = request.query.get('mount');
  if (mount !== null) {
    const from = request.query.get('from');
    const bytes = from === null ? store.anyBlob(mount) : store.blob(from, mount);
    if (bytes !== undefined) return created(repository, store.putBlob(repository, bytes, mount));
  }
  const digest = request.query.get('digest');
  if (digest !== null) return commit(repository, digest, request.body, store);
  return accepted(store.openUpload(repository), 202, habits);
}

/** PATCH, PUT, GET and DELETE of an upload session. */
export function continueUpload(
  request: Request,
  repository: string,
  id: string,
  store: Store,
  habits: BlobHabits,
): Answer {
  const upload = store.uploads.get(id);
  if (upload?.repository !== repository) return refuse(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
  switch (request.method) {
    case 'GET':
      return accepted(upload, 204, habits);
    case 'DELETE':
      store.uploads.delete(id);
      return { status: 204 };
    case 'PATCH':
      return append(request, upload) ?? accepted(upload, 202, habits);
    case 'PUT': {
      const outOfOrder = append(request, upload);
      if (outOfOrder !== undefined) return outOfOrder;
      store.uploads.delete(id);
      return commit(repository, request.query.get('digest') ?? '', Buffer.concat(upload.chunks), store);
    }
    default:
      return refuse(405, 'UNSUPPORTED', 'method not allowed');
  }
}

/** Chunks come in order: one that does not start where the last one ended is refused and changes nothing. */
function append(request: Request, upload: Upload): Answer | undefined {
  const range = request.headers['content-range'];
  if (range !== undefined) {
    const [, start, end] = /^(?:bytes )?(\d+)-(\d+)(?:\/.*)?$/.exec(range) ?? [];
    if (Number(start) !== upload.size || Number(end) - Number(start) + 1 !== request.body.length) {
      return { status: 416, headers: { range: rangeOf(upload), location: request.path } };
    }
  }
  upload.chunks.push(request.body);
  upload.size += request.body.length;
  return undefined;
}

function commit(repository: string, digest: string, bytes: Buffer, store: Store): Answer {
  const algorithm = algorithmOf(digest);
  if (algorithm === undefined || digestOf(bytes, algorithm) !== digest) {
    return refuse(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  }
  return created(repository, store.putBlob(repository, bytes, digest));
}

function created(repository: string, digest: string): Answer {
  return {
    status: 201,
    headers: { location: `/v2/${repository}/blobs/${digest}`, 'docker-content-digest': digest },
  };
}

function accepted(upload: Upload, status: number, habits: BlobHabits): Answer {
  const path = `/v2/${upload.repository}/blobs/uploads/${upload.id}`;
  const location = {
    relative: path,
    absolute: `${habits.origin}${path}`,
    'other-host': `${habits.otherOrigin}${path}?_state=${upload.secret}`,
  }[habits.locations];
  return { status, headers: { location, range: rangeOf(upload), 'docker-upload-uuid': upload.id } };
}

function rangeOf(upload: Upload): string {
  return `0-${Math.max(0, upload.size - 1)}`;
}
