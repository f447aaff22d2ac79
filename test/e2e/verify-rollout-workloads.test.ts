import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Pod } from '@wso2-delivery/lab/kubernetes/objects';
import { until } from '../support/lab-kubernetes.ts';
import { testWith } from '../support/tools.ts';
import { image, manifest, startRolloutLab, type RolloutLab } from '../support/verify-rollout.ts';

const testKubectl = testWith('kubectl');

let lab: RolloutLab;
beforeAll(async () => {
  lab = await startRolloutLab();
  lab.cluster.addNode({ name: 'node-b' });
});
afterAll(() => lab.close());

const imagesIn = (namespace: string): readonly string[] =>
  (lab.cluster.objects('Pod', namespace) as readonly Pod[])
    .filter((pod) => pod.metadata.deletionTimestamp === undefined)
    .map((pod) => pod.spec.containers[0]?.image ?? '');

const rollback = { 'on-failure': 'rollback', 'crash-tolerance': '0', 'stable-for': '500ms' };

describe('stateful sets and daemon sets', () => {
  testKubectl('a StatefulSet that crashes is rolled back, and its stuck pod removed', async () => {
    const namespace = lab.namespace();
    await lab.applied(namespace, manifest('good', { kind: 'StatefulSet' }));
    await lab.apply(namespace, manifest('crashing', { kind: 'StatefulSet' }));
    const { outputs } = await lab.verify(namespace, { workloads: 'statefulset/mi-service', ...rollback });
    expect(outputs).toMatchObject({ verdict: 'rolled-back', cause: 'crash-loop' });
    expect(imagesIn(namespace)).toEqual([image('good'), image('good')]);
  });

  testKubectl('a DaemonSet that crashes is rolled back on every node', async () => {
    const namespace = lab.namespace();
    await lab.applied(namespace, manifest('good', { kind: 'DaemonSet' }));
    await lab.apply(namespace, manifest('crashing', { kind: 'DaemonSet' }));
    const { outputs } = await lab.verify(namespace, { workloads: 'ds/mi-service', ...rollback });
    expect(outputs).toMatchObject({ verdict: 'rolled-back', cause: 'crash-loop' });
    expect(imagesIn(namespace)).toEqual([image('good'), image('good')]);
  });

  testKubectl('of a partitioned StatefulSet only the pods above the partition count', async () => {
    const namespace = lab.namespace();
    const spec = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } };
    await lab.applied(namespace, manifest('good', { kind: 'StatefulSet', spec }));
    await lab.apply(namespace, manifest('better', { kind: 'StatefulSet', spec }));
    const { outputs } = await lab.verify(namespace, { workloads: 'sts/mi-service' });
    expect(outputs.verdict).toBe('succeeded');
    expect([...imagesIn(namespace)].sort()).toEqual([image('better'), image('good')]);
  });

  testKubectl('OnDelete is no rollout until somebody deletes', async () => {
    const namespace = lab.namespace();
    const spec = { updateStrategy: { type: 'OnDelete' } };
    await lab.apply(namespace, manifest('good', { kind: 'DaemonSet', spec }));
    await until(() => imagesIn(namespace).length === 2);
    await lab.apply(namespace, manifest('better', { kind: 'DaemonSet', spec }));
    const { outputs } = await lab.verify(namespace, { workloads: 'ds/mi-service' });
    expect(outputs).toMatchObject({ verdict: 'failed', cause: 'on-delete' });
  });

  testKubectl('a DaemonSet that no node is for starts nothing, and that is said', async () => {
    const namespace = lab.namespace();
    const podSpec = { nodeSelector: { disk: 'none-has-it' } };
    await lab.apply(namespace, manifest('good', { kind: 'DaemonSet', podSpec }));
    const { outputs } = await lab.verify(namespace, { workloads: 'ds/mi-service' });
    expect(outputs.verdict).toBe('succeeded');
    expect(outputs.message).toContain('No node is to run it');
  });

  testKubectl('a DaemonSet with too little room on one of its nodes fails with what is missing there', async () => {
    const namespace = lab.namespace();
    lab.cluster.addNode({ name: 'node-roomy', labels: { pool: 'ds' }, allocatable: { cpu: '4' } });
    lab.cluster.addNode({ name: 'node-full', labels: { pool: 'ds' }, allocatable: { cpu: '1' } });
    const options = { podSpec: { nodeSelector: { pool: 'ds' } }, container: { resources: { requests: { cpu: '2' } } } };
    await lab.apply(namespace, manifest('good', { kind: 'DaemonSet', ...options }));
    const given = { workloads: 'ds/mi-service', 'unschedulable-grace': '500ms' };
    const { outputs } = await lab.verify(namespace, given);
    expect(outputs).toMatchObject({ verdict: 'failed', cause: 'unschedulable' });
    expect(outputs.message).toMatch(/no node has enough cpu left/);
    expect((await lab.verify(namespace, { ...given, required: '50%' })).outputs.verdict).toBe('succeeded');
  });
});

describe('a first deployment that fails', () => {
  testKubectl('has nothing to go back to, which is said, and nothing is changed', async () => {
    const namespace = lab.namespace();
    await lab.apply(namespace, manifest('crashing'));
    const { outputs, failure } = await lab.verify(namespace, rollback);
    expect(outputs.verdict).toBe('failed');
    expect(failure).toMatchObject({
      code: 'ROLLBACK_IMPOSSIBLE',
      message: expect.stringContaining('this is its first revision: there is nothing to go back to') as unknown,
    });
    expect(imagesIn(namespace)).toHaveLength(2);
  });

  testKubectl('is scaled to zero when asked to', async () => {
    const namespace = lab.namespace();
    await lab.apply(namespace, manifest('crashing'));
    const { failure } = await lab.verify(namespace, { ...rollback, 'first-deployment': 'scale-to-zero' });
    expect(failure).toMatchObject({
      message: expect.stringContaining('It is scaled to zero (it asked for 2).') as unknown,
    });
    await until(() => imagesIn(namespace).length === 0);
  });
});

const text = `apiVersion: v1
kind: Service
metadata: { name: mi-service }
---
# The employee service.
apiVersion: apps/v1
kind: Deployment
metadata: { name: mi-service }
spec:
  template:
    spec:
      containers:
        - name: mi
          envFrom:
            - secretRef:
                name: mi-config
`;

describe('what is missing', () => {
  const configured = (spec: object = {}): object =>
    manifest('good', { container: { envFrom: [{ secretRef: { name: 'mi-config' } }] }, podSpec: spec });

  testKubectl('is asked for before the step fails, and its line in the manifest is named', async () => {
    const namespace = lab.namespace();
    await lab.apply(namespace, configured());
    const { outputs, failure } = await lab.verify(namespace, { manifests: 'deploy/*.yaml' }, ({ files }) => {
      mkdirSync(join(files.workspace, 'deploy'));
      writeFileSync(join(files.workspace, 'deploy', 'mi.yaml'), text);
    });
    expect(outputs).toMatchObject({ verdict: 'failed', cause: 'container-config' });
    expect(failure).toMatchObject({ location: { file: 'deploy/mi.yaml', line: 16 } });
  });

  testKubectl('and comes late is waited for: it exists, so Kubernetes will try again', async () => {
    const namespace = lab.namespace();
    await lab.apply(namespace, configured());
    await until(() =>
      (lab.cluster.objects('Pod', namespace) as readonly Pod[]).some(
        (pod) => pod.status.containerStatuses?.[0]?.state.waiting?.reason === 'CreateContainerConfigError',
      ),
    );
    await lab.apply(namespace, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'mi-config' } });
    // The kubelet looks again only after a while, and the grace is over at once.
    expect((await lab.verify(namespace, { grace: '1ms' })).outputs.verdict).toBe('succeeded');
  });

  testKubectl('is not guessed at without the right to ask', async () => {
    const namespace = lab.namespace();
    await lab.apply(namespace, configured());
    const token = lab.cluster.addToken({ user: 'ci', deny: [{ verbs: ['get'], resources: ['secrets'] }] });
    const { outputs } = await lab.verify(namespace, { kubeconfig: lab.cluster.kubeconfig({ token }) });
    expect(outputs.cause).toBe('container-config');
    expect(outputs.message).toContain('Whether it exists by now could not be asked: ci may not "get" on secrets');
    expect(outputs.message).toContain('- {apiGroups: [""], resources: ["secrets"], verbs: ["get"]}');
  });

  testKubectl('as a volume claim is named by the scheduler, and mends when it is created', async () => {
    const namespace = lab.namespace();
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'mi-data' } }];
    await lab.apply(namespace, manifest('good', { podSpec: { volumes } }));
    const { outputs } = await lab.verify(namespace, { 'unschedulable-grace': '300ms' });
    expect(outputs).toMatchObject({ verdict: 'failed', cause: 'unschedulable' });
    expect(outputs.message).toContain('its volume claim mi-data does not exist');
    await lab.apply(namespace, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'mi-data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    });
    expect((await lab.verify(namespace)).outputs.verdict).toBe('succeeded');
  });
});

describe('how much is required', () => {
  testKubectl('one pod of four without a place is tolerated with 75%, and not by default', async () => {
    const namespace = lab.namespace();
    const spec = { replicas: 4 };
    const big = { resources: { requests: { cpu: '2500m' } } };
    // Two nodes of four cores hold one such pod each; with three more nodes there is room for three of four.
    lab.cluster.addNode({ name: 'node-big', labels: { size: 'big' }, allocatable: { cpu: '8' } });
    const podSpec = { nodeSelector: { size: 'big' } };
    await lab.apply(namespace, manifest('good', { spec, container: big, podSpec }));
    const given = { 'unschedulable-grace': '500ms' };
    expect((await lab.verify(namespace, { ...given, required: '75%' })).outputs.verdict).toBe('succeeded');
    expect((await lab.verify(namespace, given)).outputs).toMatchObject({ verdict: 'failed', cause: 'unschedulable' });
  });

  testKubectl('zero replicas ask for nothing, and that is said', async () => {
    const namespace = lab.namespace();
    await lab.apply(namespace, manifest('good', { spec: { replicas: 0 } }));
    const { outputs } = await lab.verify(namespace);
    expect(outputs.verdict).toBe('succeeded');
    expect(outputs.message).toContain('It asks for no pods');
  });

  testKubectl('an autoscaler that changes the number meanwhile does not replace the rollout', async () => {
    const namespace = lab.namespace();
    await lab.apply(namespace, manifest('slow'));
    const verifying = lab.verify(namespace, { 'stable-for': '3s' });
    for (const replicas of ['3', '4', '3']) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await lab.kubectl.run(['-n', namespace, 'scale', 'deployment/mi-service', `--replicas=${replicas}`]);
    }
    const { outputs } = await verifying;
    expect(outputs.verdict).toBe('succeeded');
    expect(imagesIn(namespace)).toHaveLength(3);
  });
});
