import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '@wso2-delivery/lab/registry/faults';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { type Descriptor, type ImageIndex, mediaTypes } from '@wso2-delivery/shared/oci/manifest';
import { attach, documentTypes, listReferrers, referrerManifest } from '@wso2-delivery/shared/oci/referrers';
import type { Repository } from '@wso2-delivery/shared/oci/repository';
import { openPushLab, type PushLab, TARGET } from './push-lab.ts';

const sbom = {
  type: documentTypes.cycloneDx,
  file: 'sbom.cdx.json',
  bytes: Buffer.from('{"bomFormat":"CycloneDX"}'),
  annotations: {},
};
const provenance = {
  type: documentTypes.inToto,
  file: 'provenance.intoto.json',
  bytes: Buffer.from('{"_type":"x"}'),
  annotations: { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v1' },
};

let lab: PushLab;
let fault: (method: string, url: string) => Fault | undefined;
let target: Repository;
let subject: Descriptor;
beforeEach(async () => {
  fault = () => undefined;
  lab = await openPushLab({ faults: ({ method, url }) => fault(method, url) });
  const { digest } = await lab.push();
  const size = lab.registry.store.manifest(TARGET, digest)!.bytes.length;
  subject = { mediaType: mediaTypes.ociIndex, digest, size };
  target = lab.registries().repository({ registry: lab.registry.host, repository: TARGET }, 'pull,push');
});
afterEach(() => lab.close());

test('a document is tied to its subject, in the form of the image specification', () => {
  const manifest = JSON.parse(referrerManifest(sbom, subject).bytes.toString()) as Record<string, unknown>;
  expect(manifest).toMatchObject({
    mediaType: mediaTypes.ociManifest,
    artifactType: 'application/vnd.cyclonedx+json',
    config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: digestOf('{}'), size: 2 },
    layers: [
      {
        mediaType: 'application/vnd.cyclonedx+json',
        digest: digestOf(sbom.bytes),
        size: sbom.bytes.length,
        annotations: { 'org.opencontainers.image.title': 'sbom.cdx.json' },
      },
    ],
    subject,
  });
});

test('it is listed with its type, and the same document again changes nothing', async () => {
  const first = await attach(sbom, subject, target);
  await attach(provenance, subject, target);
  expect(await attach(sbom, subject, target)).toBe(first);
  expect(await listReferrers(subject.digest, target)).toMatchObject([
    { digest: first, artifactType: documentTypes.cycloneDx },
    { artifactType: documentTypes.inToto, annotations: provenance.annotations },
  ]);
});

describe('a registry without the referrers API', () => {
  const tag = () => subject.digest.replace(':', '-');
  const tagged = () =>
    (JSON.parse(lab.registry.store.manifest(TARGET, tag())!.bytes.toString()) as ImageIndex).manifests;
  beforeEach(() => {
    fault = (_, url) => (url.includes('/referrers/') ? { status: 404 } : undefined);
    // It does not understand subjects, either.
    target.putManifest = async (name, document) => {
      const url = `${TARGET}/manifests/${name}`;
      await target.send({ method: 'PUT', url, headers: { 'content-type': document.mediaType }, body: document.bytes });
      return { subjectKnown: false };
    };
  });

  test('has the list under a tag; what others put there stays', async () => {
    const first = await attach(sbom, subject, target);
    const second = await attach(provenance, subject, target);
    expect(tagged().map(({ digest }) => digest)).toEqual([first, second]);
    await attach(sbom, subject, target);
    expect(tagged()).toHaveLength(2);
    expect(await listReferrers(subject.digest, target)).toMatchObject([
      { artifactType: documentTypes.cycloneDx },
      { artifactType: documentTypes.inToto },
    ]);
  });
});

test('a registry that takes the document and does not list it is found out', async () => {
  fault = (_, url) =>
    url.includes('/referrers/')
      ? { status: 200, body: '{"schemaVersion":2,"manifests":[]}', headers: { 'content-type': mediaTypes.ociIndex } }
      : undefined;
  await expect(attach(sbom, subject, target)).rejects.toMatchObject({ code: 'IMAGE_REFERRER_MISSING' });
});

test.each([
  [{ status: 403 }, 'REGISTRY_FORBIDDEN'],
  [{ status: 500 }, 'REGISTRY_UNAVAILABLE'],
] as const)('a refusal (%j) is an error', async (answer, code) => {
  fault = (method) => (method === 'PUT' ? answer : undefined);
  await expect(attach(sbom, subject, target)).rejects.toMatchObject({ code });
});
