import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '@wso2-delivery/lab/registry/faults';
import type { RecordedRequest } from '@wso2-delivery/lab/registry/registry';
import { DeliveryError } from '@wso2-delivery/shared/base/errors';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import type { ImageIndex, ImageManifest } from '@wso2-delivery/shared/oci/manifest';
import { BASE, connect, openPushLab, type PushLab, TARGET } from './push-lab.ts';

let lab: PushLab;
afterEach(() => lab.close());

const HTTP_DATE = new Date(Date.now() + 1500).toUTCString();
const faults: Readonly<Record<string, Fault>> = {
  'connection reset before the request is read': 'reset-before',
  'connection reset in the middle of a body': 'reset-mid-body',
  'answer lost after the work was done': 'lose-answer',
  'answer cut in the middle': 'truncate',
  'answer slow': 'slow',
  'answer damaged': 'corrupt',
  'digest header wrong': 'wrong-digest',
  '429 with Retry-After in seconds': { status: 429, headers: { 'retry-after': '0' } },
  '429 with Retry-After as a date': { status: 429, headers: { 'retry-after': HTTP_DATE } },
  '429 without Retry-After': { status: 429 },
  '500': { status: 500, body: '{"errors":[{"code":"UNKNOWN","message":"disk full"}]}' },
  '502 with a page': { status: 502, body: '<html>Bad Gateway</html>' },
  '503': { status: 503 },
  '504': { status: 504 },
};

/** The steps of a push, as the registry sees them. */
const steps: Readonly<Record<string, (request: RecordedRequest) => boolean>> = {
  'reading the base index': ({ method, url }) => method === 'GET' && url.endsWith('/wso2mi/manifests/4.4.0'),
  'reading a base manifest': ({ method, url }) => method === 'GET' && url.includes('/wso2mi/manifests/sha256'),
  'reading a base configuration': ({ method, url }) => method === 'GET' && url.includes('/wso2mi/blobs/'),
  'asking for the tag': ({ method, url }) => method === 'GET' && url.includes(`${TARGET}/manifests/1.0.0`),
  'asking for the index': ({ method, url }) => method === 'HEAD' && url.includes(`${TARGET}/manifests/`),
  'asking for a blob': ({ method, url }) => method === 'HEAD' && url.includes(`${TARGET}/blobs/`),
  'mounting a layer': ({ method, url }) => method === 'POST' && url.includes('mount='),
  'opening an upload': ({ method, url }) => method === 'POST' && !url.includes('mount='),
  'uploading a blob': ({ method, url }) => method === 'PUT' && url.includes('/blobs/uploads/'),
  'storing a manifest': ({ method, url }) => method === 'PUT' && url.includes('/manifests/sha256'),
  'storing the tag': ({ method, url }) => method === 'PUT' && url.includes('/manifests/1.0.0'),
};

/** Everything that the tag leads to is there and has the digest under which it is named. */
function expectWholeImage(digest: string): void {
  const { store } = lab.registry;
  const index = store.manifest(TARGET, '1.0.0');
  expect(index?.digest).toBe(digest);
  expect(digestOf(index!.bytes)).toBe(digest);
  for (const child of (JSON.parse(index!.bytes.toString()) as ImageIndex).manifests) {
    const bytes = store.manifest(TARGET, child.digest)!.bytes;
    expect(digestOf(bytes)).toBe(child.digest);
    const { config, layers } = JSON.parse(bytes.toString()) as ImageManifest;
    for (const blob of [config, ...layers]) expect(digestOf(store.blob(TARGET, blob.digest)!)).toBe(blob.digest);
  }
}

describe.each(Object.keys(steps))('%s', (step) => {
  test.each(Object.keys(faults))('%s, once: a whole image or a clear error', async (name) => {
    let injected = 0;
    lab = await openPushLab({
      faults: (request) => (steps[step]!(request) && injected++ === 0 ? faults[name] : undefined),
    });
    const outcome = await lab.push().catch((error: unknown) => error);
    expect(injected).toBeGreaterThan(0);
    if (outcome instanceof DeliveryError) {
      // One fault that passes is survived; only content that is provably not what it should be ends the push.
      expect(['digest header wrong', 'answer damaged']).toContain(name);
      expect(outcome.message).toContain(lab.registry.host);
      expect(outcome.remedy).not.toBe('');
    } else {
      expectWholeImage((outcome as { digest: string }).digest);
    }
  });

  test.each(['reset-before', '503', '500'])('%s, every time: an error that names the registry', async (name) => {
    const fault: Fault = name === 'reset-before' ? name : { status: Number(name) };
    lab = await openPushLab({ faults: (request) => (steps[step]!(request) ? fault : undefined) });
    const outcome = await lab.push().catch((error: unknown) => error);
    if (step === 'mounting a layer') {
      expectWholeImage((outcome as { digest: string }).digest);
      return;
    }
    expect(outcome).toBeInstanceOf(DeliveryError);
    expect((outcome as DeliveryError).message).toContain(lab.registry.host);
    expect(lab.registry.store.manifest(TARGET, '1.0.0')).toBeUndefined();
  });
});

const uploading = steps['uploading a blob']!;

describe('after a failed upload', () => {
  test('the registry is asked first: a blob whose 201 was lost is not sent again', async () => {
    let lost = 0;
    lab = await openPushLab({ faults: (request) => (uploading(request) && lost++ === 0 ? 'lose-answer' : undefined) });
    await lab.push();
    const sent = lab.registry.requests.filter(uploading);
    const digests = sent.map(({ url }) => new URL(url, lab.registry.url).searchParams.get('digest'));
    expect(new Set(digests).size).toBe(sent.length);
    expect(lab.registry.store.uploads.size).toBe(0);
  });

  test('the next attempt is a new session, never the old one again', async () => {
    let failed = 0;
    lab = await openPushLab({
      faults: (request) => (uploading(request) && failed++ < 2 ? { status: 503 } : undefined),
    });
    await lab.push();
    const sessions = lab.registry.requests.filter(uploading).map(({ url }) => url.split('?')[0]);
    expect(new Set(sessions).size).toBe(sessions.length);
  });

  test('a session that a refused mount has opened is used once, too', async () => {
    let failed = 0;
    let hidden: string | undefined;
    lab = await openPushLab({
      faults: (request) => {
        const { blobs } = lab.registry.store.repository(BASE);
        if (hidden !== undefined) blobs.add(hidden);
        hidden = new URL(request.url, lab.registry.url).searchParams.get('mount') ?? undefined;
        // Without the blob at its source the registry answers a mount with an upload session.
        if (hidden !== undefined) blobs.delete(hidden);
        return uploading(request) && failed++ < 5 ? { status: 503 } : undefined;
      },
    });
    const pushed = await lab.push();
    expect(pushed.mounted).toBeLessThan(2);
    const sessions = lab.registry.requests.filter(uploading).map(({ url }) => url.split('?')[0]);
    expect(new Set(sessions).size).toBe(sessions.length);
    expectWholeImage(pushed.digest);
  });

  test('a tag that was stored counts, although every answer to it was lost', async () => {
    lab = await openPushLab({
      faults: (request) => (steps['storing the tag']!(request) ? 'lose-answer' : undefined),
    });
    expectWholeImage((await lab.push()).digest);
  });

  test.each([
    ['in seconds', () => '2', 2000, 2000],
    ['as a date', () => new Date(Date.now() + 2500).toUTCString(), 1, 2500],
  ])('Retry-After %s is obeyed', async (_, value, least, most) => {
    let failed = 0;
    lab = await openPushLab({
      faults: (request) =>
        uploading(request) && failed++ === 0 ? { status: 429, headers: { 'retry-after': value() } } : undefined,
    });
    await lab.push();
    expect(lab.pauses).toHaveLength(1);
    expect(lab.pauses[0]).toBeGreaterThanOrEqual(least);
    expect(lab.pauses[0]).toBeLessThanOrEqual(most);
  });

  test('a pause of an hour is not waited for: the error says what the registry said', async () => {
    lab = await openPushLab({
      faults: (request) =>
        uploading(request)
          ? {
              status: 429,
              headers: { 'retry-after': '3600' },
              body: '{"errors":[{"code":"TOOMANYREQUESTS","message":"pull limit reached"}]}',
            }
          : undefined,
    });
    const attempt = lab.push();
    await expect(attempt).rejects.toMatchObject({ code: 'REGISTRY_RATE_LIMITED', status: 429 });
    await expect(attempt).rejects.toThrow('TOOMANYREQUESTS: pull limit reached');
    expect(lab.pauses).toEqual([]);
  });

  test.each([
    [404, 'BLOB_UPLOAD_UNKNOWN', true],
    [400, 'DIGEST_INVALID', true],
    [400, 'NAME_INVALID', false],
    [403, 'DENIED', false],
    [413, 'TOO_LARGE', false],
  ])('%d %s is tried again: %s', async (status, code, again) => {
    let failed = 0;
    lab = await openPushLab({
      faults: (request) =>
        uploading(request) && failed++ === 0
          ? { status, body: JSON.stringify({ errors: [{ code, message: 'no' }] }) }
          : undefined,
    });
    if (again) await lab.push();
    else await expect(lab.push()).rejects.toThrow(`${status} ${code}: no`);
    expect(lab.registry.store.manifest(TARGET, '1.0.0') !== undefined).toBe(again);
  });
});

describe('a registry that answers before it has read a large blob', () => {
  const noise = Array.from({ length: 400_000 }, (_, i) => Math.sin(i)).join();

  test('is heard: 413 is an error with its remedy', async () => {
    lab = await openPushLab({
      faults: (request) => (uploading(request) ? { status: 413, body: '<html>', early: true } : undefined),
    });
    const attempt = lab.push({ content: noise });
    await expect(attempt).rejects.toMatchObject({ code: 'REGISTRY_REFUSED', status: 413 });
    await expect(attempt).rejects.toHaveProperty('remedy', expect.stringContaining('client_max_body_size'));
  });

  test('is asked again after a 503', async () => {
    let refused = false;
    lab = await openPushLab({
      authorization: { scheme: 'basic', users: { me: 'pw' } },
      faults: (request) => {
        if (refused || !uploading(request) || Number(request.headers['content-length']) < 1_000_000) return undefined;
        refused = true;
        return { status: 503, early: true };
      },
    });
    await lab.push({ content: noise, logins: [{ registry: lab.registry.host, username: 'me', password: 'pw' }] });
    expect(refused).toBe(true);
    expect(lab.registry.store.manifest(TARGET, '1.0.0')).toBeDefined();
  });
});

describe('registries that are not there or are something else', () => {
  test('nobody listens: the address is named', async () => {
    lab = await openPushLab();
    const attempt = lab.push({ from: '127.0.0.1:9/wso2/wso2mi:4.4.0' });
    await expect(attempt).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' });
    await expect(attempt).rejects.toThrow('127.0.0.1:9');
  });

  test.each([
    [{ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }, 'IMAGE_MANIFEST_INVALID'],
    [{ status: 202 }, 'REGISTRY_PROTOCOL'],
  ])('an answer that is no manifest (%j) is refused as %s', async (fault, code) => {
    lab = await openPushLab({ faults: () => fault });
    const attempt = lab.push();
    await expect(attempt).rejects.toMatchObject({ code });
    await expect(attempt).rejects.toThrow(lab.registry.host);
  });

  test('an upload without a location is a protocol error', async () => {
    lab = await openPushLab({ faults: (request) => (request.method === 'POST' ? { status: 202 } : undefined) });
    await expect(lab.push()).rejects.toMatchObject({ code: 'REGISTRY_PROTOCOL' });
  });
});

describe('a push that is cancelled', () => {
  test('ends at once and leaves no tag', async () => {
    lab = await openPushLab({
      faults: (request) => {
        if (uploading(request)) lab.ports.cancel();
        return undefined;
      },
    });
    await expect(lab.push()).rejects.toMatchObject({ kind: 'cancelled' });
    expect(lab.registry.store.manifest(TARGET, '1.0.0')).toBeUndefined();
  });

  test('at any request, and then run again, ends in the same whole image', async () => {
    lab = await openPushLab();
    const { digest } = await lab.push();
    const requests = lab.registry.requests.length;
    for (let at = 1; at <= requests; at += 1) {
      await lab.close();
      let seen = 0;
      lab = await openPushLab({
        faults: () => {
          seen += 1;
          if (seen === at) lab.ports.cancel();
          return undefined;
        },
      });
      await lab.push().catch((error: unknown) => expect(error).toMatchObject({ kind: 'cancelled' }));
      const next = await connect(lab.registry);
      expect((await next.push()).digest).toBe(digest);
      expectWholeImage(digest);
      next.ports.dispose();
    }
  });
});
