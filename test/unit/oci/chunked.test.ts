import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '@wso2-delivery/lab/registry/faults';
import type { RecordedRequest } from '@wso2-delivery/lab/registry/registry';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import { putBlob } from '@wso2-delivery/shared/oci/upload';
import { openPushLab, type PushLab, TARGET } from './push-lab.ts';

const content = randomBytes(2500);
const digest = digestOf(content);
const chunking = { fromBytes: 1, chunkBytes: 1000 };

let lab: PushLab;
afterEach(() => lab.close());

async function upload(faults: (request: RecordedRequest) => Fault | undefined = () => undefined, opens?: () => void) {
  lab = await openPushLab({ faults });
  const target = lab.registries().repository({ registry: lab.registry.host, repository: TARGET }, 'pull,push');
  const blob = {
    digest,
    size: content.length,
    async *open() {
      opens?.();
      // In pieces that fit no chunk.
      for (let at = 0; at < content.length; at += 333) yield await Promise.resolve(content.subarray(at, at + 333));
    },
  };
  return putBlob(target, blob, undefined, chunking);
}

const requests = (method: string) => lab.registry.requests.filter((request) => request.method === method);
const ranges = () => requests('PATCH').map(({ headers }) => headers['content-range']);
const nth = (method: string, n: number, fault: Fault) => {
  let seen = 0;
  return (request: RecordedRequest) => (request.method === method && ++seen === n ? fault : undefined);
};
const expectWhole = () => {
  expect(lab.registry.store.blob(TARGET, digest)).toEqual(content);
  expect(lab.registry.store.uploads.size).toBe(0);
};

test('a large blob goes in chunks of one size, in order, and is committed by its digest', async () => {
  expect(await upload()).toBe('uploaded');
  expect(ranges()).toEqual(['0-999', '1000-1999', '2000-2499']);
  expectWhole();
});

test('a small one goes in one piece', async () => {
  lab = await openPushLab();
  await lab.push();
  expect(requests('PATCH')).toEqual([]);
});

describe('an interrupted chunk', () => {
  test.each([
    'reset-before',
    'reset-mid-body',
    { status: 503 },
    { status: 429, headers: { 'retry-after': '0' } },
  ] as Fault[])('%j: the registry is asked, and gets what it lacks', async (fault) => {
    let opened = 0;
    await upload(nth('PATCH', 2, fault), () => (opened += 1));
    expect(ranges()).toEqual(['0-999', '1000-1999', '1000-1999', '2000-2499']);
    expect(requests('GET').filter(({ url }) => url.includes('/uploads/'))).toHaveLength(1);
    expect(opened).toBe(1);
    expectWhole();
  });

  test('whose answer alone was lost is not sent again', async () => {
    await upload(nth('PATCH', 2, 'lose-answer'));
    expect(ranges()).toEqual(['0-999', '1000-1999', '2000-2499']);
    expectWhole();
  });

  test('of which the registry has a part is continued in the middle', async () => {
    await upload((request) => {
      if (request.method !== 'PATCH' || requests('PATCH').length !== 2) return undefined;
      const [session] = lab.registry.store.uploads.values();
      session!.chunks.push(content.subarray(1000, 1400));
      session!.size += 400;
      return 'reset-before';
    });
    expect(ranges()).toEqual(['0-999', '1000-1999', '1400-1999', '2000-2499']);
    expectWhole();
  });

  test('of a session that is gone starts a new one, from the beginning', async () => {
    await upload((request) => {
      if (request.method !== 'PATCH' || requests('PATCH').length !== 2) return undefined;
      lab.registry.store.uploads.clear();
      return 'reset-before';
    });
    expect(ranges()).toEqual(['0-999', '1000-1999', '0-999', '1000-1999', '2000-2499']);
    expectWhole();
  });

  test('that fails every time ends in an error that names the registry', async () => {
    const attempt = upload((request) => (request.method === 'PATCH' ? { status: 503 } : undefined));
    await expect(attempt).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
    expect(lab.registry.store.blob(TARGET, digest)).toBeUndefined();
  });

  test('whose status the registry does not tell is not replayed: a new session', async () => {
    await upload((request) => {
      if (request.method === 'GET' && request.url.includes('/uploads/')) return { status: 400 };
      return request.method === 'PATCH' && requests('PATCH').length === 3 ? 'lose-answer' : undefined;
    });
    expect(ranges()).toEqual(['0-999', '1000-1999', '2000-2499', '0-999', '1000-1999', '2000-2499']);
    expect(lab.registry.store.blob(TARGET, digest)).toEqual(content);
  });
});

test.each([405, 400, 501])('a registry that refuses chunks with %d gets the blob in one piece', async (status) => {
  expect(await upload((request) => (request.method === 'PATCH' ? { status } : undefined))).toBe('uploaded');
  expect(requests('PUT')).toHaveLength(1);
  expect(lab.registry.store.blob(TARGET, digest)).toEqual(content);
});

describe('an interrupted commit', () => {
  test('whose answer was lost: the blob is found', async () => {
    await upload(nth('PUT', 1, 'lose-answer'));
    expect(requests('PUT')).toHaveLength(1);
    expectWhole();
  });

  test.each(['reset-before', { status: 502 }] as Fault[])(
    '%j: asked for again, and nothing is sent twice',
    async (fault) => {
      await upload(nth('PUT', 1, fault));
      expect(ranges()).toHaveLength(3);
      expect(requests('PUT')).toHaveLength(2);
      expectWhole();
    },
  );
});

test.each(['GET', 'POST', 'HEAD', 'PATCH', 'PUT'])(
  'cancelled at a %s, the upload ends as cancelled',
  async (method) => {
    const attempt = upload((request) => {
      if (request.method === 'GET' && method !== 'GET') return undefined;
      if (request.method === method) lab.ports.cancel();
      return method === 'GET' && request.method === 'PATCH' ? { status: 503 } : undefined;
    });
    await expect(attempt).rejects.toMatchObject({ kind: 'cancelled' });
  },
);
