/** What the registry holds: blobs once, and which repository has which. */
import { randomUUID } from 'node:crypto';
import { digestOf } from '@wso2-delivery/shared/formats/digest';

export interface StoredManifest {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export interface StoredRepository {
  readonly manifests: Map<string, StoredManifest>;
  readonly tags: Map<string, string>;
  readonly blobs: Set<string>;
}

export interface Upload {
  readonly id: string;
  readonly repository: string;
  /** Stands in the location for other hosts, which get no Authorization. */
  readonly secret: string;
  readonly chunks: Buffer[];
  size: number;
}

export class Store {
  readonly repositories = new Map<string, StoredRepository>();
  readonly uploads = new Map<string, Upload>();
  readonly #blobs = new Map<string, Buffer>();

  /** The repository, made when it is written to for the first time. */
  repository(name: string): StoredRepository {
    let repository = this.repositories.get(name);
    if (repository === undefined) {
      repository = { manifests: new Map(), tags: new Map(), blobs: new Set() };
      this.repositories.set(name, repository);
    }
    return repository;
  }

  blob(repository: string, digest: string): Buffer | undefined {
    return this.repositories.get(repository)?.blobs.has(digest) === true ? this.#blobs.get(digest) : undefined;
  }

  /** A blob of any repository. */
  anyBlob(digest: string): Buffer | undefined {
    return this.#blobs.get(digest);
  }

  putBlob(repository: string, bytes: Buffer, digest = digestOf(bytes)): string {
    this.#blobs.set(digest, bytes);
    this.repository(repository).blobs.add(digest);
    return digest;
  }

  manifest(repository: string, reference: string): ({ digest: string } & StoredManifest) | undefined {
    const found = this.repositories.get(repository);
    const digest = found?.tags.get(reference) ?? reference;
    const manifest = found?.manifests.get(digest);
    return manifest === undefined ? undefined : { digest, ...manifest };
  }

  putManifest(repository: string, manifest: StoredManifest, tag?: string, digest = digestOf(manifest.bytes)): string {
    const place = this.repository(repository);
    place.manifests.set(digest, manifest);
    if (tag !== undefined) place.tags.set(tag, digest);
    return digest;
  }

  openUpload(repository: string): Upload {
    const upload: Upload = { id: randomUUID(), repository, secret: randomUUID(), chunks: [], size: 0 };
    this.uploads.set(upload.id, upload);
    return upload;
  }
}
