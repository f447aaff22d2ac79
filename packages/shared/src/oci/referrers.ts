/** Documents about an image (SBOM, provenance) beside it in the registry, as OCI referrers. */
import { VerificationError } from '../base/errors.ts';
import { digestOf } from '../formats/digest.ts';
import { codes } from './codes.ts';
import { refusal } from './failure.ts';
import type { Document } from './image.ts';
import { type Descriptor, isIndex, mediaTypes, parseManifest } from './manifest.ts';
import type { Repository } from './repository.ts';
import { putBlob } from './upload.ts';

/** What tools look for: scanners and `cosign download sbom`, and everything that reads in-toto statements. */
export const documentTypes = {
  cycloneDx: 'application/vnd.cyclonedx+json',
  inToto: 'application/vnd.in-toto+json',
} as const;

const EMPTY = Buffer.from('{}');
const EMPTY_TYPE = 'application/vnd.oci.empty.v1+json';

export interface AttachedDocument {
  /** Artifact type and media type of the document. */
  readonly type: string;
  /** What the file is called that `oras pull` writes. */
  readonly file: string;
  readonly bytes: Buffer;
  readonly annotations: Readonly<Record<string, string>>;
}

interface ReferrerDescriptor extends Descriptor {
  readonly artifactType: string;
}

/** The manifest that ties a document to its subject. Same input, same bytes. */
export function referrerManifest({ type, file, bytes, annotations }: AttachedDocument, subject: Descriptor): Document {
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.ociManifest,
      artifactType: type,
      config: { mediaType: EMPTY_TYPE, digest: digestOf(EMPTY), size: EMPTY.length },
      layers: [
        {
          mediaType: type,
          digest: digestOf(bytes),
          size: bytes.length,
          annotations: { ...annotations, 'org.opencontainers.image.title': file },
        },
      ],
      subject: { mediaType: subject.mediaType, digest: subject.digest, size: subject.size },
      annotations,
    }),
  );
  return { mediaType: mediaTypes.ociManifest, digest: digestOf(manifest), bytes: manifest };
}

/**
 * Attaches a document to a manifest of the same repository, and reads back that the registry lists it. Where the
 * registry has no referrers API, the list is kept under the tag that the specification names for it.
 * @returns the digest of the referrer
 * @throws ServiceError; VerificationError IMAGE_REFERRER_MISSING
 */
export async function attach(document: AttachedDocument, subject: Descriptor, target: Repository): Promise<string> {
  const manifest = referrerManifest(document, subject);
  await putBlob(target, memoryBlob(EMPTY));
  await putBlob(target, memoryBlob(document.bytes));
  const { subjectKnown } = await target.putManifest(manifest.digest, manifest);
  if (!subjectKnown) await listUnderTag(document, manifest, subject, target);
  const listed = await listReferrers(subject.digest, target);
  if (!listed.some(({ digest }) => digest === manifest.digest)) {
    throw new VerificationError(
      codes.IMAGE_REFERRER_MISSING,
      `${target.fullName}@${manifest.digest} was attached to ${subject.digest}, and the registry does not list it there`,
    );
  }
  return manifest.digest;
}

/** What is attached to a manifest: by the referrers API, else by the tag. @throws ServiceError; VerificationError */
export async function listReferrers(digest: string, target: Repository): Promise<readonly Descriptor[]> {
  const response = await target.send({ method: 'GET', url: `${target.name}/referrers/${digest}` });
  if (response.status === 200) {
    const index = parseManifest(response.body, mediaTypes.ociIndex, `${target.fullName} (referrers)`);
    return isIndex(index) ? index.manifests : [];
  }
  if (response.status !== 404 && response.status !== 405) {
    throw refusal('GET', response, response.text(), `list what is attached to ${digest}`);
  }
  return (await taggedReferrers(digest, target)) ?? [];
}

async function taggedReferrers(digest: string, target: Repository): Promise<readonly Descriptor[] | undefined> {
  const tag = referrersTag(digest);
  const found = await target.manifest(tag);
  if (found === undefined) return undefined;
  const index = parseManifest(found.bytes, found.mediaType, `${target.fullName}:${tag}`);
  return isIndex(index) ? index.manifests : undefined;
}

/** `sha256-<hex>`, as the distribution specification has it. */
function referrersTag(digest: string): string {
  return digest.replace(':', '-').slice(0, 128);
}

/** Another run may write the same tag at the same time: what was lost is added again. */
async function listUnderTag(
  { type, annotations }: AttachedDocument,
  manifest: Document,
  subject: Descriptor,
  target: Repository,
): Promise<void> {
  const own: ReferrerDescriptor = {
    mediaType: manifest.mediaType,
    digest: manifest.digest,
    size: manifest.bytes.length,
    artifactType: type,
    annotations,
  };
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const listed = (await taggedReferrers(subject.digest, target)) ?? [];
    if (listed.some(({ digest }) => digest === own.digest)) return;
    const content = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: [...listed, own] };
    const bytes = Buffer.from(JSON.stringify(content));
    await target.putManifest(referrersTag(subject.digest), {
      mediaType: mediaTypes.ociIndex,
      digest: digestOf(bytes),
      bytes,
    });
  }
}

function memoryBlob(bytes: Buffer) {
  return {
    digest: digestOf(bytes),
    size: bytes.length,
    async *open() {
      yield await Promise.resolve(bytes);
    },
  };
}
