/** One repository of a registry: the requests of the OCI distribution specification, their answers checked. */
import { VerificationError } from '../base/errors.ts';
import type { HttpAnswer, HttpResponse } from '../base/ports.ts';
import { algorithmOf, digestOf, isDigest, measured } from '../formats/digest.ts';
import { codes } from './codes.ts';
import { protocolError, refusal } from './failure.ts';
import type { Document } from './image.ts';
import { ACCEPT_MANIFESTS, type Descriptor, MAX_MANIFEST_BYTES } from './manifest.ts';
import type { Access, Connection, RegistryRequest } from './registry.ts';

/** An upload that the registry has opened: where to send the content. */
export interface UploadSession {
  readonly location: URL;
  /** The smallest chunk that the registry takes, in bytes, when it says so. */
  readonly minimumChunk?: number;
}

export class Repository {
  readonly registry: string;
  readonly name: string;
  readonly #connection: Connection;
  readonly #scope: string;

  constructor(connection: Connection, name: string, access: Access) {
    this.registry = connection.registry;
    this.name = name;
    this.#connection = connection;
    this.#scope = `repository:${name}:${access}`;
  }

  get ports(): Connection['ports'] {
    return this.#connection.ports;
  }

  /** registry/repository, as users write it. */
  get fullName(): string {
    return `${this.registry}/${this.name}`;
  }

  /**
   * A manifest by tag or digest, its bytes checked against its digest; undefined when the registry has none.
   * @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH
   */
  async manifest(name: string): Promise<Document | undefined> {
    const response = await this.send({
      method: 'GET',
      url: `${this.name}/manifests/${name}`,
      headers: { accept: ACCEPT_MANIFESTS },
      maxBytes: MAX_MANIFEST_BYTES,
    });
    if (response.status === 404) return undefined;
    if (response.status !== 200) throw refusal('GET', response, response.text(), `give ${this.#here(name)}`);
    const announced = response.headers['docker-content-digest'];
    const digest = digestOf(response.body, algorithmOf(isDigest(name) ? name : (announced ?? '')));
    for (const expected of [isDigest(name) ? name : digest, announced ?? digest]) {
      if (expected !== digest) throw mismatch(`${this.#of(name)} was given as ${expected} and is ${digest}`);
    }
    const [mediaType = ''] = (response.headers['content-type'] ?? '').split(';');
    return { mediaType: mediaType.trim(), digest, bytes: response.body };
  }

  /** True when the registry says that it has the manifest. */
  async hasManifest(name: string): Promise<boolean> {
    const response = await this.send({
      method: 'HEAD',
      url: `${this.name}/manifests/${name}`,
      headers: { accept: ACCEPT_MANIFESTS },
    });
    if (response.status === 404) return false;
    if (response.status !== 200) throw refusal('HEAD', response, '', `say whether it has ${this.#here(name)}`);
    return true;
  }

  /**
   * Stores a manifest under a tag or its digest. Says whether the registry has understood the manifest's subject.
   * @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH
   */
  async putManifest(name: string, document: Document): Promise<{ readonly subjectKnown: boolean }> {
    const response = await this.send({
      method: 'PUT',
      url: `${this.name}/manifests/${name}`,
      headers: { 'content-type': document.mediaType },
      body: document.bytes,
    });
    if (response.status !== 201) throw refusal('PUT', response, response.text(), `take ${this.#here(name)}`);
    checkAnnounced(response, document.digest, this.#of(name));
    return { subjectKnown: response.headers['oci-subject'] !== undefined };
  }

  async hasBlob(digest: string): Promise<boolean> {
    const response = await this.send({ method: 'HEAD', url: `${this.name}/blobs/${digest}` });
    if (response.status === 404) return false;
    if (response.status !== 200) throw refusal('HEAD', response, '', `say whether it has ${this.#here(digest)}`);
    return true;
  }

  /** A small blob (a configuration) in memory. @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH */
  async readBlob({ digest }: Descriptor): Promise<Buffer> {
    const response = await this.send({
      method: 'GET',
      url: `${this.name}/blobs/${digest}`,
      maxBytes: MAX_MANIFEST_BYTES,
    });
    if (response.status !== 200) throw refusal('GET', response, response.text(), `give ${this.#here(digest)}`);
    const actual = digestOf(response.body, algorithmOf(digest));
    if (actual !== digest) throw mismatch(`${this.#of(digest)} came back as ${actual}`);
    return response.body;
  }

  /** The content of a blob, checked at its end. @throws ServiceError; VerificationError IMAGE_CONTENT_MISMATCH */
  async *streamBlob({ digest, size }: Descriptor): AsyncGenerator<Uint8Array> {
    const answer = await this.#connection.stream({
      method: 'GET',
      url: `${this.name}/blobs/${digest}`,
      scopes: [this.#scope],
    });
    if (answer.status !== 200) {
      answer.close();
      throw refusal('GET', answer, '', `give ${this.#here(digest)}`);
    }
    const { stream, measure } = measured(answer.body, algorithmOf(digest));
    try {
      yield* stream;
      if (measure.size !== size || measure.digest() !== digest) {
        throw mismatch(`${this.#of(digest)} came back with ${measure.size} bytes as ${measure.digest()}`);
      }
    } finally {
      answer.close();
    }
  }

  /**
   * Asks the registry to take a blob over from another of its repositories. Refusing is its right: then the answer is
   * the upload session it opened instead, or undefined.
   */
  async mountBlob(digest: string, from: string): Promise<'mounted' | UploadSession | undefined> {
    const response = await this.#connection.request({
      method: 'POST',
      url: `${this.name}/blobs/uploads/?${new URLSearchParams({ mount: digest, from }).toString()}`,
      repeatable: true,
      // Token services may refuse the whole token for want of the source: asked for by this request alone.
      scopes: [this.#scope, `repository:${from}:pull`],
    });
    if (response.status === 201) return 'mounted';
    return response.status === 202 ? this.session(response) : undefined;
  }

  /** Opens an upload session. A session that is never used does no harm, so a lost answer may be asked for again. */
  async openUpload(): Promise<UploadSession> {
    const response = await this.send({ method: 'POST', url: `${this.name}/blobs/uploads/`, repeatable: true });
    if (response.status !== 202) throw refusal('POST', response, response.text(), `open an upload to ${this.name}`);
    return this.session(response);
  }

  /**
   * The session that an answer names: relative or absolute, here or on another host. Registries behind a proxy that
   * ends TLS often name themselves without TLS; nothing is sent that way.
   */
  session(answer: HttpAnswer): UploadSession {
    const { location } = answer.headers;
    const url = location === undefined ? null : URL.parse(location, answer.url);
    if (url === null) throw protocolError('POST', answer.url, 'it opened an upload and does not say where');
    const { base } = this.#connection;
    if (base.protocol === 'https:' && url.protocol !== 'https:') {
      if (url.hostname !== base.hostname) {
        throw protocolError('POST', answer.url, `it wants uploads sent to ${url.host} without TLS`);
      }
      url.protocol = base.protocol;
      url.port = base.port;
    }
    const minimum = Number(answer.headers['oci-chunk-min-length']);
    return { location: url, ...(Number.isSafeInteger(minimum) && minimum > 0 && { minimumChunk: minimum }) };
  }

  /** A request with this repository's scope. */
  send(request: Omit<RegistryRequest, 'scopes'>): Promise<HttpResponse> {
    return this.#connection.request({ ...request, scopes: [this.#scope] });
  }

  /** With the registry. */
  #of(name: string): string {
    return `${this.registry}/${this.#here(name)}`;
  }

  /** Without the registry, for messages that name it already. */
  #here(name: string): string {
    return `${this.name}${isDigest(name) ? '@' : ':'}${name}`;
  }
}

/** The digest that a registry announces for what it has stored must be the one that was sent. */
export function checkAnnounced(answer: HttpAnswer, digest: string, what: string): void {
  const announced = answer.headers['docker-content-digest'];
  if (announced !== undefined && isDigest(announced) && algorithmOf(announced) === algorithmOf(digest)) {
    if (announced !== digest) throw mismatch(`${what} was sent as ${digest} and stored as ${announced}`);
  }
}

function mismatch(message: string): VerificationError {
  return new VerificationError(codes.IMAGE_CONTENT_MISMATCH, message);
}
