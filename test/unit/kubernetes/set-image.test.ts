import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DeliveryError } from '@wso2-delivery/shared/base/errors';
import { parseImages } from '@wso2-delivery/shared/kubernetes/images';
import { planImages, type ImagePlan } from '@wso2-delivery/shared/kubernetes/plan';
import { makeChanges, tryChanges } from '@wso2-delivery/shared/kubernetes/set-image';
import { readWorkloads, type Workload } from '@wso2-delivery/shared/kubernetes/workload';
import { status, type Answering } from './fake-api.ts';
import { fakeCluster, paths, type FakeCluster } from './fake-cluster.ts';

const deployment = (name: string, image: string, generation = 1, revision = String(generation)) => ({
  metadata: { name, namespace: 'staging', generation, annotations: { 'deployment.kubernetes.io/revision': revision } },
  spec: { selector: { matchLabels: { app: name } }, template: { spec: { containers: [{ name: 'mi', image }] } } },
  status: { observedGeneration: generation },
});

describe('changing images', () => {
  let cluster: FakeCluster;
  beforeEach(async () => {
    cluster = await fakeCluster();
    for (const name of ['a', 'b', 'c']) cluster.api.put(paths.deployments, deployment(name, 'r/mi:1'));
  });
  afterEach(() => cluster.close());

  const plan = async (...names: string[]): Promise<ImagePlan> => {
    const workloads = await readWorkloads(
      cluster.client,
      names.map((name) => ({ kind: 'Deployment', name })),
    );
    return planImages(workloads, parseImages(['mi=r/mi:2']).wishes).plan;
  };
  /** A controller: reports each change as seen, with a new revision. */
  const control = () => {
    cluster.api.onPatched = (parent, object) => {
      const generation = Number(object.metadata.generation);
      const annotations = { 'deployment.kubernetes.io/revision': String(generation) };
      const seen = {
        ...object,
        metadata: { ...object.metadata, annotations },
        status: { observedGeneration: generation },
      };
      cluster.api.put(parent, seen);
    };
  };
  const refuse =
    (name: string, code: number, when: (dryRun: boolean) => boolean = () => true): Answering =>
    (request, response) => {
      const hit =
        request.method === 'PATCH' && request.path.endsWith(`/${name}`) && when(request.query.get('dryRun') !== null);
      if (hit) status(response, code, 'X', `${name} is not wanted`);
      return hit;
    };
  const imageOf = async (name: string) => {
    const object = await cluster.client.get('Deployment', name);
    return (object.spec as { template: { spec: { containers: { image: string }[] } } }).template.spec.containers[0]!
      .image;
  };
  const images = () => Promise.all(['a', 'b', 'c'].map(imageOf));

  test('tells the revisions before and after', async () => {
    const { changes } = await plan('a');
    control();
    const { changed, failure } = await makeChanges(cluster.client, cluster.ports, changes, { changeCause: 'x' });
    expect(failure).toBeUndefined();
    expect(changed).toEqual([
      {
        kind: 'Deployment',
        name: 'a',
        namespace: 'staging',
        previousRevision: 1,
        revision: 2,
        previousImages: { mi: 'r/mi:1' },
        images: { mi: 'r/mi:2' },
        generation: 2,
        template: expect.objectContaining({
          spec: expect.objectContaining({ containers: [{ name: 'mi', image: 'r/mi:2' }] }),
        }),
      },
    ]);
  });

  test('patches exactly what was planned on, once more when only the status has moved', async () => {
    const { changes } = await plan('a');
    cluster.api.put(paths.deployments, { ...deployment('a', 'r/mi:1'), status: { replicas: 2 } });
    control();
    const { failure } = await makeChanges(cluster.client, cluster.ports, changes);
    expect(failure).toBeUndefined();
    expect(cluster.api.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(2);
  });

  test('is a conflict when somebody has changed the specification meanwhile', async () => {
    const { changes } = await plan('a');
    cluster.api.put(paths.deployments, deployment('a', 'r/mi:other', 2));
    const { changed, failure } = await makeChanges(cluster.client, cluster.ports, changes);
    expect(changed).toEqual([]);
    expect(failure).toMatchObject({
      code: 'KUBERNETES_CONFLICT',
      message: 'deployment/a was changed by someone else while this step was preparing its change',
    });
    expect(await imageOf('a')).toBe('r/mi:other');
  });

  test('says what is changed and what is not when one fails on the way', async () => {
    const { changes } = await plan('a', 'b', 'c');
    control();
    cluster.api.override = refuse('b', 403);
    const { changed, failure } = await makeChanges(cluster.client, cluster.ports, changes);
    expect(changed.map(({ name }) => name)).toEqual(['a']);
    expect((failure as DeliveryError).code).toBe('DEPLOY_INCOMPLETE');
    expect(failure?.message).toMatch(
      /^deployment\/b was not changed: .*b is not wanted; deployment\/a is changed already; deployment\/c not touched$/,
    );
  });

  test('puts back what it has changed, if asked to', async () => {
    const { changes } = await plan('a', 'b');
    cluster.api.override = refuse('b', 422);
    const { changed, failure } = await makeChanges(cluster.client, cluster.ports, changes, { putBack: true });
    expect(changed).toEqual([]);
    expect(failure?.message).toContain('deployment/a put back to the images before');
    expect(await images()).toEqual(['r/mi:1', 'r/mi:1', 'r/mi:1']);
  });

  test('says so when that fails too', async () => {
    const { changes } = await plan('a', 'b');
    let patches = 0;
    const refuseBack: Answering = (request, response) => {
      if (request.method !== 'PATCH' || !request.path.endsWith('/a') || ++patches < 2) return false;
      status(response, 403, 'Forbidden', 'no way back');
      return true;
    };
    control();
    cluster.api.override = (request, response) => refuse('b', 422)(request, response) || refuseBack(request, response);
    const { changed, failure } = await makeChanges(cluster.client, cluster.ports, changes, { putBack: true });
    expect(changed.map(({ name }) => name)).toEqual(['a']);
    expect(failure?.message).toMatch(/could not be put back: deployment\/a: .*no way back/);
  });

  test('warns when the cluster makes another image of it', async () => {
    const { changes } = await plan('a');
    cluster.api.override = (request, response) => {
      if (request.method !== 'PATCH') return false;
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ...deployment('a', 'mirror/mi@sha256:0', 2) }));
      setImmediate(() => cluster.api.put(paths.deployments, deployment('a', 'mirror/mi@sha256:0', 2)));
      return true;
    };
    const { changed } = await makeChanges(cluster.client, cluster.ports, changes);
    expect(changed[0]?.images).toEqual({ mi: 'mirror/mi@sha256:0' });
    expect(cluster.ports.lines).toContain(
      'warning: The cluster made mirror/mi@sha256:0 of r/mi:2 for container mi of deployment/a: an admission webhook changes images.',
    );
  });

  test.each([
    { what: 'may', code: 403, failure: undefined },
    { what: 'can', code: 404, failure: 'KUBERNETES_NOT_FOUND' },
  ])('tells of a change also when nobody $what see what became of it', async ({ code, failure: expected }) => {
    const { changes } = await plan('a');
    cluster.api.override = (request, response) => {
      const hit = request.query.has('fieldSelector');
      if (hit) status(response, code, 'X', 'no');
      return hit;
    };
    const { changed, complete, failure } = await makeChanges(cluster.client, cluster.ports, changes);
    expect(changed).toMatchObject([{ name: 'a', images: { mi: 'r/mi:2' } }]);
    expect(complete).toBe(true);
    expect((failure as DeliveryError | undefined)?.code).toBe(expected);
  });

  describe('on trial', () => {
    test('changes nothing', async () => {
      const { changes } = await plan('a', 'b');
      await tryChanges(cluster.client, changes);
      expect(await images()).toEqual(['r/mi:1', 'r/mi:1', 'r/mi:1']);
    });

    test('reports every refusal', async () => {
      const { changes } = await plan('a', 'b', 'c');
      cluster.api.override = (request, response) =>
        refuse('a', 422)(request, response) || refuse('c', 403)(request, response);
      await expect(tryChanges(cluster.client, changes)).rejects.toMatchObject({
        code: 'DEPLOY_REFUSED',
        message: expect.stringMatching(
          /^the server refuses 2 changes: deployment\/a: .*a is not wanted; deployment\/c: .*c is not wanted$/,
        ),
      });
    });
  });
});

describe('reading workloads', () => {
  let cluster: FakeCluster;
  beforeEach(async () => {
    cluster = await fakeCluster();
    cluster.api.put(paths.deployments, deployment('mi-service', 'r/mi:1'));
    cluster.api.put(paths.statefulsets, { metadata: { name: 'db', namespace: 'staging' } });
    cluster.api.put(paths.namespaces, { metadata: { name: 'staging' } });
  });
  afterEach(() => cluster.close());
  const problems = async (...names: Parameters<typeof readWorkloads>[1]): Promise<string[]> => {
    const error: unknown = await readWorkloads(cluster.client, names).catch((thrown: unknown) => thrown);
    return (error as { problems: { problem: string }[] }).problems.map(({ problem }) => problem);
  };

  test('gives their containers, generation and selector', async () => {
    const [workload] = await readWorkloads(cluster.client, [{ kind: 'Deployment', name: 'mi-service' }]);
    expect(workload).toMatchObject({
      name: 'mi-service',
      generation: 1,
      selector: 'app=mi-service',
      paused: false,
      containers: [{ name: 'mi', image: 'r/mi:1', init: false }],
    } satisfies Partial<Workload>);
  });

  test('names for each absent one what exists', async () => {
    expect(
      await problems(
        { kind: 'Deployment', name: 'mi-servic' },
        { kind: 'StatefulSet', name: 'mi-service' },
        { kind: 'DaemonSet', name: 'mi-service' },
      ),
    ).toEqual([
      "deployment/mi-servic does not exist in namespace staging. There is 1 Deployment: mi-service. Did you mean 'mi-service'?",
      'statefulset/mi-service does not exist in namespace staging. There is 1 StatefulSet: db.',
      'daemonset/mi-service does not exist in namespace staging; a Deployment of this name does',
    ]);
  });

  test('says when there is nothing at all, or no namespace', async () => {
    cluster.api.remove(paths.statefulsets, 'db');
    expect(await problems({ kind: 'StatefulSet', name: 'db' })).toEqual([
      'statefulset/db does not exist in namespace staging, nor does any other StatefulSet. A first deployment needs manifests',
    ]);
    cluster.api.remove(paths.namespaces, 'staging');
    expect(await problems({ kind: 'StatefulSet', name: 'db' })).toEqual(['the namespace staging does not exist']);
  });
});
