/** SBOM and provenance of the pushed image, beside it in the registry. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { type LooseJar, sbomOf } from '@wso2-delivery/shared/mi/sbom';
import { openContext } from '@wso2-delivery/shared/oci/dockerfile/context';
import { matchSource } from '@wso2-delivery/shared/oci/dockerfile/context';
import { PROVENANCE_PREDICATE, provenanceStatement } from '@wso2-delivery/shared/oci/provenance';
import { attach, type AttachedDocument, documentTypes } from '@wso2-delivery/shared/oci/referrers';
import { openRegistries } from '@wso2-delivery/shared/oci/registry';
import { VerificationError } from '@wso2-delivery/shared/base/errors';
import { codes } from '@wso2-delivery/shared/oci/codes';
import type { CarbonApplication } from './carbon-applications.ts';
import type { MadeImage } from './image.ts';
import type { ImageRequest } from './request.ts';

export interface AttachedToImage {
  readonly what: 'SBOM' | 'provenance';
  /** Of the manifest that ties the document to the image. */
  readonly digest: string;
}

/** Larger ones are listed without a look into them. */
const MAX_JAR_BYTES = 256 * 1024 * 1024;

/** @throws ServiceError; VerificationError IMAGE_REFERRER_MISSING */
export async function attachDocuments(
  request: ImageRequest,
  image: MadeImage,
  applications: readonly CarbonApplication[],
  ports: Ports,
): Promise<AttachedToImage[]> {
  const documents: (readonly [AttachedToImage['what'], AttachedDocument])[] = [];
  if (request.sbom) {
    const cars = applications.map(({ car }) => car);
    const version = cars.length === 1 ? cars[0]?.version : undefined;
    const content = await sbomOf(cars, looseJars(request, ports), { name: image.repository, version });
    const bytes = json(content);
    documents.push(['SBOM', { type: documentTypes.cycloneDx, file: 'sbom.cdx.json', bytes, annotations: {} }]);
  }
  if (request.provenance) {
    const base =
      image.base === undefined || image.baseDigest === undefined
        ? undefined
        : { name: image.base, digest: image.baseDigest };
    const content = provenanceStatement({ name: image.repository, digest: image.digest }, base, ports.job);
    const annotations = { 'in-toto.io/predicate-type': PROVENANCE_PREDICATE };
    const bytes = json(content);
    documents.push(['provenance', { type: documentTypes.inToto, file: 'provenance.intoto.json', bytes, annotations }]);
  }
  const registries = openRegistries(ports, { logins: request.logins, ca: request.ca });
  const target = registries.repository(request.target, 'pull,push');
  const subject = await target.manifest(image.digest);
  if (subject === undefined) {
    throw new VerificationError(
      codes.IMAGE_TAG_MISMATCH,
      `${image.repository}@${image.digest} is gone from the registry`,
    );
  }
  const descriptor = { mediaType: subject.mediaType, digest: subject.digest, size: subject.bytes.length };
  const attached: AttachedToImage[] = [];
  // One after the other: both may have to write the same list.
  for (const [what, document] of documents) {
    const digest = await attach(document, descriptor, target);
    ports.log.info(`${what} attached: ${image.repository}@${digest}`);
    attached.push({ what, digest });
  }
  return attached;
}

/** The jars of the `files` input. */
function looseJars({ files }: ImageRequest, { files: { workspace } }: Ports): LooseJar[] {
  const context = openContext(workspace);
  return files.flatMap(({ source, target }) =>
    matchSource(context, source)
      .filter((path) => path.endsWith('.jar') && statSync(join(workspace, path)).size <= MAX_JAR_BYTES)
      .map((path) => ({
        path: target.endsWith('/') ? `${target}${path.slice(path.lastIndexOf('/') + 1)}` : target,
        bytes: readFileSync(join(workspace, path)),
      })),
  );
}

function json(content: object): Buffer {
  return Buffer.from(JSON.stringify(content));
}
