import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'node:https';
import { startKubernetes, type Kubernetes } from '../../../../packages/lab/src/kubernetes/cluster.ts';
import { always, serving } from '../../../../packages/lab/src/kubernetes/container-script.ts';
import type { Deployment, Pod } from '../../../../packages/lab/src/kubernetes/objects.ts';
import { api, until, webDeployment } from '../../../support/lab-kubernetes.ts';

const base = '/apis/apps/v1/namespaces/shop/deployments';
const strict = '?fieldValidation=Strict';
const typed = (type: string) => ({ 'content-type': type });

let kubernetes: Kubernetes;
beforeAll(async () => {
  kubernetes = await startKubernetes({
    namespaces: ['shop'],
    timeScale: 0.02,
    containerScript: () =>
      always(serving({ 8080: ({ path, headers }) => ({ status: 200, body: JSON.stringify({ path, headers }) }) })),
  });
  await api(kubernetes, 'POST', base, webDeployment());
  await until(() => (kubernetes.objects('Deployment', 'shop') as Deployment[])[0]?.status.availableReplicas === 1);
});
afterAll(() => kubernetes.close());

describe('what the server refuses, in its own words', () => {
  const changed = (spec: object): object => webDeployment(spec);
  test.each([
    ['an unknown kind', 'GET', '/apis/example.com/v1/widgets', undefined, 404, 'could not find the requested resource'],
    ['an absent object', 'GET', `${base}/nope`, undefined, 404, 'deployments.apps "nope" not found'],
    ['a taken name', 'POST', base, webDeployment(), 409, 'deployments.apps "web" already exists'],
    ['an absent namespace', 'POST', base.replace('shop', 'nope'), webDeployment(), 404, 'namespaces "nope" not found'],
    [
      'a field it does not know',
      'POST',
      `${base}${strict}`,
      changed({ replica: 1 }),
      400,
      'strict decoding error: unknown field "spec.replica"',
    ],
    [
      'a field of the wrong type',
      'POST',
      base,
      changed({ replicas: '1' }),
      400,
      'cannot unmarshal string into Go struct field',
    ],
    [
      'labels that its selector does not match',
      'POST',
      base,
      { ...webDeployment({ selector: { matchLabels: { app: 'other' } } }), metadata: { name: 'w2' } },
      422,
      'Deployment.apps "w2" is invalid: spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: `selector` does not match template `labels`',
    ],
    [
      'a wrong field selector',
      'GET',
      `${base}?fieldSelector=spec.replicas%3D1`,
      undefined,
      400,
      'field label not supported',
    ],
    ['a body that is no JSON', 'POST', base, undefined, 400, 'unrecognized'],
  ])('%s', async (_, method, path, body, code, message) => {
    const answer = await api(kubernetes, method, path, body);
    expect(answer.body).toMatchObject({ kind: 'Status', status: 'Failure', code });
    expect(answer.body.message).toContain(message);
  });

  test('an outdated version', async () => {
    const { body } = await api(kubernetes, 'GET', `${base}/web`);
    const stale = { ...body, metadata: { ...(body.metadata as object), resourceVersion: '1' } };
    const answer = await api(kubernetes, 'PUT', `${base}/web`, stale);
    expect(answer.body.reason).toBe('Conflict');
    expect(answer.body.message).toBe(
      'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
    );
  });

  test('a changed selector', async () => {
    const patch = {
      spec: { selector: { matchLabels: { app: 'web', tier: 'x' } }, template: { metadata: { labels: { tier: 'x' } } } },
    };
    const answer = await api(kubernetes, 'PATCH', `${base}/web`, patch, typed('application/merge-patch+json'));
    expect(answer.status).toBe(422);
    expect(answer.body.message).toContain('field is immutable');
  });

  test('requests above limits and an empty image, both at once', async () => {
    const container = { image: '', resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } };
    const answer = await api(kubernetes, 'POST', `${base}?dryRun=All`, {
      ...webDeployment({}, container),
      metadata: { name: 'w3' },
    });
    expect(answer.body.message).toContain('spec.template.spec.containers[0].image: Required value');
    expect(answer.body.message).toContain('Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi');
  });

  test.each([
    ['without a token', '', 401, 'Unauthorized'],
    ['with a foreign token', 'Bearer nonsense', 401, 'Unauthorized'],
  ])('a request %s', async (_, authorization, code, message) => {
    const answer = await api(kubernetes, 'GET', base, undefined, { authorization });
    expect(answer.body).toMatchObject({ code, message });
  });

  test('what an account may not do, naming user, verb and resource', async () => {
    const user = 'system:serviceaccount:shop:ci';
    const token = kubernetes.addToken({ user, allow: [{ verbs: ['get', 'list'], resources: ['deployments'] }] });
    const as = { authorization: `Bearer ${token}` };
    expect((await api(kubernetes, 'GET', `${base}/web`, undefined, as)).status).toBe(200);
    const patch = await api(
      kubernetes,
      'PATCH',
      `${base}/web`,
      {},
      { ...as, ...typed('application/merge-patch+json') },
    );
    expect(patch.body.message).toBe(
      `deployments.apps "web" is forbidden: User "${user}" cannot patch resource "deployments" in API group "apps" in the namespace "shop"`,
    );
    const pods = await api(kubernetes, 'GET', '/api/v1/namespaces/shop/pods', undefined, as);
    expect(pods.body.message).toBe(
      `pods is forbidden: User "${user}" cannot list resource "pods" in API group "" in the namespace "shop"`,
    );
  });
});

describe('a dry run', () => {
  test('answers with the result and changes nothing', async () => {
    const before = kubernetes.objects('Deployment', 'shop');
    const patch = { spec: { replicas: 5 } };
    const answer = await api(
      kubernetes,
      'PATCH',
      `${base}/web?dryRun=All`,
      patch,
      typed('application/merge-patch+json'),
    );
    expect((answer.body as unknown as Deployment).spec.replicas).toBe(5);
    expect(kubernetes.objects('Deployment', 'shop')).toEqual(before);
  });
});

describe('generations', () => {
  test('count changes of the spec, not of annotations', async () => {
    const generation = async (patch: object): Promise<number | undefined> => {
      const answer = await api(kubernetes, 'PATCH', `${base}/web`, patch, typed('application/merge-patch+json'));
      return (answer.body as unknown as Deployment).metadata.generation;
    };
    const before = await generation({});
    expect(await generation({ metadata: { annotations: { note: 'a' } } })).toBe(before);
    expect(await generation({ spec: { minReadySeconds: 1 } })).toBe((before ?? 0) + 1);
  });
});

describe('server-side apply', () => {
  const type = typed('application/apply-patch+yaml');
  const apply = (manager: string, image: string, force = false): ReturnType<typeof api> =>
    api(
      kubernetes,
      'PATCH',
      `/apis/apps/v1/namespaces/shop/deployments/applied?fieldManager=${manager}&force=${force}`,
      {
        ...webDeployment({
          replicas: 0,
          selector: { matchLabels: { app: 'applied' } },
          template: {
            metadata: { labels: { app: 'applied' } },
            spec: { containers: [{ name: 'web', image }] },
          },
        }),
        metadata: { name: 'applied' },
      },
      type,
    );

  test('creates, then refuses another manager the fields that it would change, unless forced', async () => {
    expect((await apply('one', 'web:v1')).status).toBe(201);
    const refused = await apply('two', 'web:v2');
    expect(refused.status).toBe(409);
    expect(refused.body.message).toBe(
      'Apply failed with 1 conflict: conflict with "one" using apps/v1: .spec.template.spec.containers[name="web"].image',
    );
    const forced = await apply('two', 'web:v2', true);
    expect((forced.body as unknown as Deployment).spec.template.spec.containers[0]?.image).toBe('web:v2');
  });

  test('removes what its manager no longer names, and keeps what others manage', async () => {
    const path = '/api/v1/namespaces/shop/configmaps/settings';
    const send = (manager: string, data: object): ReturnType<typeof api> =>
      api(
        kubernetes,
        'PATCH',
        `${path}?fieldManager=${manager}`,
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data },
        type,
      );
    await send('one', { a: '1', b: '2' });
    await send('two', { c: '3' });
    const answer = await send('one', { a: '1' });
    expect(answer.body.data).toEqual({ a: '1', c: '3' });
  });
});

describe('a watch', () => {
  interface Watched {
    readonly events: { type: string; object: { kind: string; code?: number; metadata: { name?: string } } }[];
    readonly ended: Promise<void>;
    close(): void;
  }

  function watch(path: string): Promise<Watched> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${kubernetes.token}` };
      const sent = request(new URL(path, kubernetes.url), { ca: kubernetes.ca, agent: false, headers }, (response) => {
        const events: Watched['events'] = [];
        let rest = '';
        response.on('data', (chunk: Buffer) => {
          const lines = (rest + chunk.toString()).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) events.push(JSON.parse(line) as Watched['events'][number]);
        });
        const ended = new Promise<void>((done) => {
          response.on('close', done);
          response.on('error', () => done());
        });
        resolve({ events, ended, close: () => sent.destroy() });
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  const maps = '/api/v1/namespaces/shop/configmaps';
  const map = (name: string, labels: object): object => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels },
  });

  test('starts after the version of a list and tells each change once, in order', async () => {
    const { body } = await api(kubernetes, 'GET', maps);
    const version = (body.metadata as { resourceVersion: string }).resourceVersion;
    const watched = await watch(`${maps}?watch=true&resourceVersion=${version}&labelSelector=team%3Da`);
    await api(kubernetes, 'POST', maps, map('in', { team: 'a' }));
    await api(kubernetes, 'POST', maps, map('out', { team: 'b' }));
    const move = (team: string): ReturnType<typeof api> =>
      api(kubernetes, 'PATCH', `${maps}/in`, { metadata: { labels: { team } } }, typed('application/merge-patch+json'));
    await move('b');
    await move('a');
    await api(kubernetes, 'DELETE', `${maps}/in`);
    await until(() => watched.events.length >= 4);
    watched.close();
    expect(watched.events.map(({ type, object }) => `${type} ${object.metadata.name ?? ''}`)).toEqual([
      'ADDED in',
      'DELETED in',
      'ADDED in',
      'DELETED in',
    ]);
  });

  test('ends with 410 when the history expires, and cannot start from before that', async () => {
    const watched = await watch(`${maps}?watch=true&resourceVersion=101`);
    kubernetes.expireWatches();
    await watched.ended;
    expect(watched.events.at(-1)).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired' },
    });
    const late = await watch(`${maps}?watch=true&resourceVersion=101`);
    await late.ended;
    expect(late.events).toMatchObject([{ type: 'ERROR', object: { code: 410 } }]);
  });

  test('is cut when connections drop', async () => {
    const watched = await watch(`${maps}?watch=true`);
    kubernetes.dropConnections();
    await watched.ended;
  });
});

describe('faults', () => {
  test('answer in place of the API as often as asked', async () => {
    kubernetes.addFault({ status: 429, times: 1, headers: { 'retry-after': '1' }, matching: /GET .*\/deployments/ });
    expect((await api(kubernetes, 'GET', '/api/v1/namespaces')).status).toBe(200);
    expect((await api(kubernetes, 'GET', base)).status).toBe(429);
    expect((await api(kubernetes, 'GET', base)).status).toBe(200);
  });
});

describe('the pod proxy', () => {
  const pod = (): string =>
    (kubernetes.objects('Pod', 'shop') as Pod[]).find(({ metadata }) => metadata.labels?.app === 'web')!.metadata.name;

  test('hands path and query on, and never the Authorization header', async () => {
    const answer = await api(kubernetes, 'GET', `/api/v1/namespaces/shop/pods/${pod()}:8080/proxy/a/b?c=d`);
    expect(answer.status).toBe(200);
    const seen = JSON.parse(answer.text) as { path: string; headers: Record<string, string> };
    expect(seen.path).toBe('/a/b?c=d');
    expect(seen.headers).not.toHaveProperty('authorization');
  });

  test.each([
    [':9999', 'connect: connection refused'],
    [':8080', 'http: server gave HTTP response to HTTPS client'],
  ])('says why port %s cannot be reached', async (port, why) => {
    const scheme = port === ':8080' ? 'https:' : '';
    const answer = await api(kubernetes, 'GET', `/api/v1/namespaces/shop/pods/${scheme}${pod()}${port}/proxy/`);
    expect(answer.status).toBe(503);
    expect(answer.body.message).toContain(why);
  });
});

test('a deleted namespace takes everything in it along', async () => {
  kubernetes.createNamespace('gone');
  await api(kubernetes, 'POST', base.replace('shop', 'gone'), webDeployment());
  await until(() => kubernetes.objects('Pod', 'gone').length === 1);
  await api(kubernetes, 'DELETE', '/api/v1/namespaces/gone');
  await until(() => !kubernetes.objects('Namespace').some(({ metadata }) => metadata.name === 'gone'));
  expect(['Pod', 'Deployment', 'ReplicaSet', 'Event'].flatMap((kind) => kubernetes.objects(kind, 'gone'))).toEqual([]);
});

test('closing ends open watches at once', async () => {
  const other = await startKubernetes({ containerScript: () => always({}) });
  const path = new URL('/api/v1/pods?watch=true', other.url);
  const closed = new Promise((resolve) => {
    const sent = request(
      path,
      { ca: other.ca, agent: false, headers: { authorization: `Bearer ${other.token}` } },
      (response) => {
        response.resume().on('close', resolve);
        void other.close();
      },
    );
    sent.on('error', resolve);
    sent.end();
  });
  await closed;
});
