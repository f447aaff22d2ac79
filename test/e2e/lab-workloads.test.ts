import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { startKubernetes, type Kubernetes } from '@wso2-delivery/lab/kubernetes/cluster';
import { always, crashing, serving } from '@wso2-delivery/lab/kubernetes/container-script';
import type { Pod } from '@wso2-delivery/lab/kubernetes/objects';
import type { DaemonSet, StatefulSet } from '@wso2-delivery/lab/kubernetes/workload-objects';
import { kubectlUser, type KubectlUser, type Ran } from '../support/kubectl.ts';
import { until } from '../support/lab-kubernetes.ts';
import { testWith } from '../support/tools.ts';

const testKubectl = testWith('kubectl');

const image = (tag: string): string => `registry.example/shop/web:${tag}`;

const template = (tag: string, more: object = {}): object => ({
  metadata: { labels: { app: 'web' } },
  spec: {
    containers: [
      {
        name: 'web',
        image: image(tag),
        readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
        ...more,
      },
    ],
  },
});

const workload = (kind: string, spec: object, name = 'web'): object => ({
  apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
  kind,
  metadata: { name },
  spec: { ...(kind === 'Job' ? {} : { selector: { matchLabels: { app: 'web' } } }), ...spec },
});

describe('workloads of the lab under the real kubectl', () => {
  let cluster: Kubernetes;
  let user: KubectlUser;
  let namespace = '';
  let last = 0;

  beforeAll(async () => {
    cluster = await startKubernetes({
      timeScale: 0.05,
      containerScript: (_, container) =>
        container.image.endsWith(':bad')
          ? always(crashing(1, 30, ['no configuration']))
          : container.image.endsWith(':done')
            ? always({ exit: { afterMs: 50, code: 0 } })
            : always(serving({ 8080: () => ({ status: 200 }) }, { listenAfterMs: 250 })),
    });
    for (const name of ['node-b', 'node-c']) cluster.addNode({ name });
    user = kubectlUser(cluster.kubeconfig());
  });
  afterAll(async () => {
    user.dispose();
    await cluster.close();
  });

  const inNew = (): void => {
    namespace = `shop-${(last += 1)}`;
    cluster.createNamespace(namespace);
  };
  const kubectl = (...args: string[]): Promise<Ran> => user.run(['-n', namespace, ...args]);
  const apply = async (manifest: object): Promise<void> => {
    const ran = await user.run(['-n', namespace, 'apply', '-f', '-'], manifest);
    expect(ran).toMatchObject({ code: 0, err: '' });
  };
  const pods = (): readonly Pod[] =>
    [...(cluster.objects('Pod', namespace) as readonly Pod[])].sort((a, b) =>
      a.metadata.name.localeCompare(b.metadata.name),
    );
  const images = (): readonly string[] => pods().map((pod) => pod.spec.containers[0]?.image.split(':')[1] ?? '');
  const statefulSet = (): StatefulSet | undefined => cluster.objects('StatefulSet', namespace)[0] as StatefulSet;

  describe('a StatefulSet', () => {
    testKubectl('makes its pods one after the other, and rolls out from the last to the first', async () => {
      inNew();
      await apply(workload('StatefulSet', { replicas: 3, serviceName: 'web', template: template('v1') }));
      const first = await kubectl('rollout', 'status', 'sts/web', '--timeout=20s');
      expect(first.out).toMatch(/Waiting for \d pods to be ready/);
      expect(first.out).toContain('partitioned roll out complete: 3 new pods have been updated');
      expect(pods().map((pod) => pod.metadata.name)).toEqual(['web-0', 'web-1', 'web-2']);

      await kubectl('set', 'image', 'sts/web', `web=${image('v2')}`);
      const orders: string[] = [];
      await until(() => {
        const seen = images().join();
        if (orders.at(-1) !== seen) orders.push(seen);
        return seen === 'v2,v2,v2';
      });
      expect(orders).toEqual(expect.arrayContaining(['v1,v1,v2', 'v1,v2,v2', 'v2,v2,v2']));
      const { out } = await kubectl('rollout', 'status', 'sts/web', '--timeout=20s');
      expect(out).toMatch(
        /statefulset rolling update complete 3 pods at revision web-\S+|partitioned roll out complete/,
      );
    });

    testKubectl('keeps its history, and is set back to a revision of it', async () => {
      inNew();
      await apply(workload('StatefulSet', { replicas: 2, template: template('v1') }));
      await kubectl('rollout', 'status', 'sts/web', '--timeout=20s');
      await kubectl('set', 'image', 'sts/web', `web=${image('v2')}`);
      await kubectl('rollout', 'status', 'sts/web', '--timeout=20s');
      expect((await kubectl('rollout', 'history', 'sts/web')).out).toMatch(/REVISION\s+CHANGE-CAUSE\n1\s.*\n2\s/);
      expect((await kubectl('rollout', 'history', 'sts/web', '--revision=1')).out).toContain(image('v1'));
      expect((await kubectl('rollout', 'undo', 'sts/web')).out).toContain('rolled back');
      await kubectl('rollout', 'status', 'sts/web', '--timeout=20s');
      await until(() => images().join() === 'v1,v1');
      expect((await kubectl('rollout', 'history', 'sts/web')).out).toMatch(/CHANGE-CAUSE\n2\s.*\n3\s/);
      const skipped = await kubectl('rollout', 'undo', 'sts/web', '--to-revision=3');
      expect(skipped.out).toContain('skipped rollback (current template already matches revision 3)');
      expect((await kubectl('get', 'controllerrevisions')).out).toMatch(/web-\S+\s+statefulset.apps\/web\s+3/);
    });

    testKubectl('waits for a broken pod for ever, also after it was set back, until that is deleted', async () => {
      inNew();
      await apply(workload('StatefulSet', { replicas: 2, template: template('v1') }));
      await kubectl('rollout', 'status', 'sts/web', '--timeout=20s');
      await kubectl('set', 'image', 'sts/web', `web=${image('bad')}`);
      await until(() => images().join() === 'v1,bad');
      const stuck = await kubectl('rollout', 'status', 'sts/web', '--timeout=1s');
      expect(stuck).toMatchObject({ code: 1, err: 'error: timed out waiting for the condition\n' });
      await kubectl('rollout', 'undo', 'sts/web');
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(images()).toEqual(['v1', 'bad']);
      await kubectl('delete', 'pod', 'web-1');
      expect((await kubectl('rollout', 'status', 'sts/web', '--timeout=20s')).code).toBe(0);
      expect(images()).toEqual(['v1', 'v1']);
    });

    testKubectl('leaves the pods below its partition alone', async () => {
      inNew();
      const rollingUpdate = { partition: 2 };
      await apply(
        workload('StatefulSet', {
          replicas: 3,
          updateStrategy: { type: 'RollingUpdate', rollingUpdate },
          template: template('v1'),
        }),
      );
      await kubectl('rollout', 'status', 'sts/web', '--timeout=20s');
      await kubectl('set', 'image', 'sts/web', `web=${image('v2')}`);
      const { out } = await kubectl('rollout', 'status', 'sts/web', '--timeout=20s');
      expect(out).toContain('partitioned roll out complete: 1 new pods have been updated');
      expect(images()).toEqual(['v1', 'v1', 'v2']);
      await kubectl('delete', 'pod', 'web-0');
      await until(() => statefulSet()?.status.readyReplicas === 3);
      expect(images()).toEqual(['v1', 'v1', 'v2']);
    });

    testKubectl('with OnDelete replaces what somebody deletes, and nothing else', async () => {
      inNew();
      await apply(
        workload('StatefulSet', { replicas: 2, updateStrategy: { type: 'OnDelete' }, template: template('v1') }),
      );
      await until(() => statefulSet()?.status.readyReplicas === 2);
      expect((await kubectl('rollout', 'status', 'sts/web')).err).toContain(
        'rollout status is only available for RollingUpdate strategy type',
      );
      await kubectl('set', 'image', 'sts/web', `web=${image('v2')}`);
      await kubectl('delete', 'pod', 'web-0');
      await until(() => images().join() === 'v2,v1' && statefulSet()?.status.readyReplicas === 2);
    });

    testKubectl('gives each pod a claim of its own that outlives it', async () => {
      inNew();
      const volumeClaimTemplates = [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ];
      const mounts = { volumeMounts: [{ name: 'data', mountPath: '/data' }] };
      await apply(workload('StatefulSet', { replicas: 2, volumeClaimTemplates, template: template('v1', mounts) }));
      await kubectl('rollout', 'status', 'sts/web', '--timeout=20s');
      await kubectl('scale', 'sts/web', '--replicas=1');
      await until(() => pods().length === 1);
      expect((await kubectl('get', 'pvc', '-o', 'name')).out.trim().split('\n')).toEqual([
        'persistentvolumeclaim/data-web-0',
        'persistentvolumeclaim/data-web-1',
      ]);
    });
  });

  describe('a DaemonSet', () => {
    const daemonSet = (): DaemonSet | undefined => cluster.objects('DaemonSet', namespace)[0] as DaemonSet;

    testKubectl('has a pod on every node, is replaced one by one, and set back', async () => {
      inNew();
      await apply(workload('DaemonSet', { template: template('v1') }));
      const first = await kubectl('rollout', 'status', 'ds/web', '--timeout=20s');
      expect(first.out).toContain('daemon set "web" successfully rolled out');
      expect(new Set(pods().map((pod) => pod.spec.nodeName))).toEqual(new Set(['lab-node', 'node-b', 'node-c']));
      await kubectl('set', 'image', 'ds/web', `web=${image('v2')}`);
      const second = await kubectl('rollout', 'status', 'ds/web', '--timeout=20s');
      expect(second.out).toMatch(/out of 3 new pods have been updated/);
      expect(images()).toEqual(['v2', 'v2', 'v2']);
      expect((await kubectl('rollout', 'undo', 'ds/web')).out).toContain('rolled back');
      await kubectl('rollout', 'status', 'ds/web', '--timeout=20s');
      expect(images()).toEqual(['v1', 'v1', 'v1']);
      expect((await kubectl('rollout', 'history', 'ds/web')).out).toMatch(/CHANGE-CAUSE\n2\s.*\n3\s/);
    });

    testKubectl('stops at the first pod that does not come up', async () => {
      inNew();
      await apply(workload('DaemonSet', { template: template('v1') }));
      await kubectl('rollout', 'status', 'ds/web', '--timeout=20s');
      await kubectl('set', 'image', 'ds/web', `web=${image('bad')}`);
      await until(() => daemonSet()?.status.updatedNumberScheduled === 1);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect([...images()].sort()).toEqual(['bad', 'v1', 'v1']);
    });

    testKubectl('runs where its selector and tolerations let it', async () => {
      inNew();
      cluster.addNode({ name: 'node-gpu', labels: { gpu: 'yes' }, taints: [{ key: 'gpu', effect: 'NoSchedule' }] });
      await apply(workload('DaemonSet', { template: template('v1') }));
      await kubectl('rollout', 'status', 'ds/web', '--timeout=20s');
      expect(pods().map((pod) => pod.spec.nodeName)).not.toContain('node-gpu');
      await kubectl('patch', 'ds/web', '-p', '{"spec":{"template":{"spec":{"nodeSelector":{"gpu":"yes"}}}}}');
      await until(() => daemonSet()?.status.desiredNumberScheduled === undefined || pods().length === 0);
    });
  });

  describe('a Job', () => {
    const job = (tag: string): object => ({
      backoffLimit: 1,
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'work', image: image(tag) }] } },
    });

    testKubectl('completes when its pod has succeeded', async () => {
      inNew();
      await apply(workload('Job', job('done'), 'migrate'));
      expect((await kubectl('wait', '--for=condition=complete', 'job/migrate', '--timeout=20s')).code).toBe(0);
      expect((await kubectl('get', 'jobs')).out).toMatch(/migrate\s+Complete\s+1\/1/);
    });

    testKubectl('fails when its pods have failed too often', async () => {
      inNew();
      await apply(workload('Job', job('bad'), 'migrate'));
      expect((await kubectl('wait', '--for=condition=failed', 'job/migrate', '--timeout=20s')).code).toBe(0);
      expect(pods().map((pod) => pod.status.phase)).toEqual(['Failed', 'Failed']);
    });

    testKubectl('may not restart its pods always', async () => {
      inNew();
      const spec = { template: { spec: { containers: [{ name: 'work', image: image('done') }] } } };
      const { err } = await user.run(['-n', namespace, 'apply', '-f', '-'], workload('Job', spec, 'migrate'));
      expect(err).toContain('spec.template.spec.restartPolicy: Unsupported value: "Always"');
    });
  });
});
