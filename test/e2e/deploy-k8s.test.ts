import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { startKubernetes, type Kubernetes } from '@wso2-delivery/lab/kubernetes/cluster';
import { always, crashing, serving } from '@wso2-delivery/lab/kubernetes/container-script';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { startRegistry, type LabRegistry } from '@wso2-delivery/lab/registry/registry';
import { parseYamlDocuments } from '@wso2-delivery/shared/formats/yaml';
import { systemClock } from '@wso2-delivery/shared/run/clock';
import { api } from '../support/lab-kubernetes.ts';
import { deploymentYaml, deployWorkspace, type DeployResult, type DeployWorkspace } from '../support/deploy-k8s.ts';
import { testWith } from '../support/tools.ts';

const test = testWith('kubectl');

interface StoredWorkload {
  readonly metadata: {
    readonly name: string;
    readonly generation: number;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
  };
}

describe('deploy-k8s with kubectl, an API server and a registry', () => {
  let cluster: Kubernetes;
  let registry: LabRegistry;
  let step: DeployWorkspace;
  let image: (tag: string) => string;
  let namespace: string;
  let serial = 0;

  beforeAll(async () => {
    registry = await startRegistry();
    image = (tag) => `${registry.host}/acme/mi:${tag}`;
    for (const tag of ['1', '2', 'crashing'])
      await seedMicroIntegratorBase(registry, { repository: 'acme/mi', tag, version: `4.${tag.length}.0` });
    await seedMicroIntegratorBase(registry, { repository: 'acme/mi', tag: 'arm', platforms: ['linux/arm64'] });
    cluster = await startKubernetes({
      timeScale: 0.05,
      containerScript: (_, { image: running }) =>
        always(
          running.endsWith(':crashing')
            ? crashing(1, 50, ['no keystore'])
            : serving({ 9201: () => ({ status: 200, body: 'ok' }) }),
        ),
    });
  });
  afterAll(async () => {
    await cluster.close();
    await registry.close();
  });
  beforeEach(() => {
    serial += 1;
    namespace = `ns-${serial}`;
    cluster.createNamespace(namespace);
    step = deployWorkspace();
  });
  afterEach(() => step.ports.dispose());

  const run = (inputs: Record<string, string>): Promise<DeployResult> =>
    step.run({ kubeconfig: cluster.kubeconfig(), namespace, ...inputs });
  /** Applies a Deployment the way a user would have before. */
  const deployed = async (tag: string, options: Parameters<typeof deploymentYaml>[1] = {}): Promise<void> => {
    const before = deployWorkspace();
    before.put('d.yaml', deploymentYaml(image(tag), options));
    const { failure } = await before.run({
      kubeconfig: cluster.kubeconfig(),
      namespace,
      manifests: 'd.yaml',
      preflight: 'off',
    });
    before.ports.dispose();
    if (failure !== undefined) throw failure;
  };
  const workload = (name = 'mi-service') => {
    const found = cluster.objects('Deployment', namespace).find(({ metadata }) => metadata.name === name);
    return found as unknown as StoredWorkload;
  };
  const runningImage = (name?: string) => workload(name).spec.template.spec.containers[0]!.image;
  const workloadsOf = ({ outputs }: DeployResult) => JSON.parse(outputs.workloads ?? 'null') as unknown;

  describe('with workload and images', () => {
    test('changes the image, and tells what was there before', async () => {
      await deployed('1');
      const result = await run({
        workload: 'deployment/mi-service',
        images: `mi=${image('2')}`,
        'change-cause': 'release 2',
      });
      expect(result.failure).toBeUndefined();
      expect(result.outputs.changed).toBe('true');
      expect(workloadsOf(result)).toEqual([
        {
          kind: 'Deployment',
          name: 'mi-service',
          namespace,
          previousRevision: 1,
          revision: 2,
          previousImages: { mi: image('1') },
          images: { mi: image('2') },
        },
      ]);
      expect(runningImage()).toBe(image('2'));
      expect(workload().metadata.annotations?.['kubernetes.io/change-cause']).toBe('release 2');
      const revisions = cluster
        .objects('ReplicaSet', namespace)
        .map(({ metadata }) => metadata.annotations?.['kubernetes.io/change-cause']);
      expect(revisions).toContain('release 2');
      expect(step.ports.markdown()).toContain('1 workload changed');
    });

    test('changes nothing when the image is there already: no rollout', async () => {
      await deployed('1');
      const { generation } = workload().metadata;
      const result = await run({ workload: 'mi-service', images: image('1') });
      expect(result.failure).toBeUndefined();
      expect(result.outputs).toMatchObject({ changed: 'false', workloads: '[]' });
      expect(workload().metadata.generation).toBe(generation);
      expect(step.ports.lines).toContainEqual(expect.stringContaining('so there is no rollout'));
    });

    test('counts the revisions of a StatefulSet as kubectl does', async () => {
      const yaml = deploymentYaml(image('1'), { name: 'db', container: 'db' })
        .replace('kind: Deployment', 'kind: StatefulSet')
        .replace('spec:\n', 'spec:\n  serviceName: db\n');
      step.put('db.yaml', yaml);
      const created = await run({ manifests: 'db.yaml', preflight: 'off' });
      expect(created.failure).toBeUndefined();
      const result = await run({ workload: 'statefulset/db', images: image('2') });
      expect(result.failure).toBeUndefined();
      expect(workloadsOf(result)).toMatchObject([{ kind: 'StatefulSet', previousRevision: 1, revision: 2 }]);
    });

    test('only tries with dry-run: server', async () => {
      await deployed('1');
      const result = await run({ workload: 'mi-service', images: image('2'), 'dry-run': 'server' });
      expect(result.outputs).toMatchObject({ changed: 'true', workloads: '[]' });
      expect(runningImage()).toBe(image('1'));
      expect(step.ports.markdown()).toContain('the server accepts the change');
    });

    test('names what exists when the workload does not', async () => {
      await deployed('1');
      const { failure } = await run({ workload: 'deployment/mi-servic', images: image('2') });
      expect(failure).toMatchObject({
        code: 'WORKLOAD_NOT_FOUND',
        message: `workload: deployment/mi-servic does not exist in namespace ${namespace}. There is 1 Deployment: mi-service. Did you mean 'mi-service'?`,
      });
    });

    test('says when it is the namespace that does not exist', async () => {
      const { failure } = await run({ workload: 'mi-service', images: image('2'), namespace: 'nowhere' });
      expect(failure?.message).toBe('namespace: the namespace nowhere does not exist');
    });

    test('names the containers when the container does not exist', async () => {
      await deployed('1');
      const { failure } = await run({ workload: 'mi-service', images: `web=${image('2')}` });
      expect(failure?.message).toBe('images: there is no container web: deployment/mi-service has mi.');
      expect(runningImage()).toBe(image('1'));
    });

    test('changes nothing when the image is not in its registry', async () => {
      await deployed('1');
      const { failure, outputs } = await run({ workload: 'mi-service', images: image('9') });
      expect(failure).toMatchObject({
        code: 'DEPLOY_PREFLIGHT_FAILED',
        message: `image ${image('9')}: ${image('9')} does not exist`,
      });
      expect(outputs).toEqual({});
      expect(runningImage()).toBe(image('1'));
      expect(step.ports.markdown()).toContain('Nothing was changed');
    });

    test('changes nothing when no node can run the image', async () => {
      await deployed('1');
      const { failure } = await run({ workload: 'mi-service', images: image('arm') });
      expect(failure?.message).toContain(
        `no node can run it: ${image('arm')} has no image for linux/amd64; it has linux/arm64`,
      );
    });

    test('changes nothing when the quota has no room for the new pod', async () => {
      await deployed('1');
      const kubeconfig = join(step.ports.files.workspace, 'kubeconfig');
      writeFileSync(kubeconfig, cluster.kubeconfig());
      const args = [
        `--kubeconfig=${kubeconfig}`,
        `--namespace=${namespace}`,
        'create',
        'quota',
        'team',
        '--hard=pods=1',
      ];
      await promisify(execFile)('kubectl', args);
      while (!JSON.stringify(cluster.objects('ResourceQuota', namespace)).includes('"used":{"pods":"1"}'))
        await systemClock.sleep(50);
      const { failure } = await run({ workload: 'mi-service', images: image('2') });
      expect(failure).toMatchObject({
        code: 'DEPLOY_PREFLIGHT_FAILED',
        message: expect.stringContaining('quota team has no room for another pod (pods: used 1 of 1)'),
      });
      expect(runningImage()).toBe(image('1'));
      // What is there already needs no room.
      expect((await run({ workload: 'mi-service', images: image('1') })).failure).toBeUndefined();
    });

    test('warns of a budget that keeps nodes from being drained, and deploys', async () => {
      await deployed('1');
      step.put(
        'pdb.yaml',
        'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: mi-budget}\nspec: {minAvailable: 1, selector: {matchLabels: {app: mi-service}}}\n',
      );
      expect((await run({ manifests: 'pdb.yaml' })).failure).toBeUndefined();
      const { failure } = await run({ workload: 'mi-service', images: image('2') });
      expect(failure).toBeUndefined();
      const message = 'PodDisruptionBudget mi-budget (minAvailable: 1, 1 pod) never lets a pod go';
      expect(step.ports.annotations).toContainEqual(
        expect.objectContaining({ level: 'warning', message: expect.stringContaining(message) }),
      );
      expect(runningImage()).toBe(image('2'));
    });

    test('names the rights to quotas and budgets that are missing, with the rule, and deploys', async () => {
      await deployed('1');
      const resources = ['resourcequotas', 'poddisruptionbudgets'];
      const token = cluster.addToken({ user: 'ci', deny: [{ verbs: ['list'], resources }] });
      const kubeconfig = cluster.kubeconfig({ token });
      expect((await run({ workload: 'mi-service', images: image('2'), kubeconfig })).failure).toBeUndefined();
      const warnings = step.ports.lines.filter((line) => line.startsWith('warning: ')).join('\n');
      expect(warnings).toContain('resources: ["resourcequotas"], verbs: ["list"]');
      expect(warnings).toContain('resources: ["poddisruptionbudgets"], verbs: ["list"]');
    });

    test('goes on with preflight: warn', async () => {
      await deployed('1');
      const { failure } = await run({ workload: 'mi-service', images: image('9'), preflight: 'warn' });
      expect(failure).toBeUndefined();
      expect(step.ports.annotations).toContainEqual(
        expect.objectContaining({ level: 'warning', message: expect.stringContaining('does not exist') }),
      );
      expect(runningImage()).toBe(image('9'));
    });

    test('says which workloads are changed when the second of two fails', async () => {
      await deployed('1', { name: 'first' });
      await deployed('1', { name: 'second' });
      cluster.addFault({
        status: 403,
        times: 1,
        matching: /^PATCH .*\/deployments\/second\?fieldManager=wso2-delivery$/,
        body: '{"kind":"Status","code":403,"message":"deployments.apps \\"second\\" is forbidden: exceeded quota"}',
      });
      const result = await run({ workload: 'deployment/first\ndeployment/second', images: image('2') });
      expect(result.failure).toMatchObject({
        code: 'DEPLOY_INCOMPLETE',
        message: expect.stringMatching(
          /^deployment\/second was not changed: .*exceeded quota; deployment\/first is changed already$/,
        ),
      });
      expect(workloadsOf(result)).toMatchObject([{ name: 'first', images: { mi: image('2') } }]);
      expect([runningImage('first'), runningImage('second')]).toEqual([image('2'), image('1')]);
      expect(step.ports.markdown()).toContain('Stopped half-way');
    });

    test('puts the first back when the second fails, if asked to', async () => {
      await deployed('1', { name: 'first' });
      await deployed('1', { name: 'second' });
      cluster.addFault({
        status: 422,
        times: 1,
        matching: /^PATCH .*\/deployments\/second\?fieldManager=wso2-delivery$/,
        body: '{"kind":"Status","message":"invalid"}',
      });
      const result = await run({
        workload: 'deployment/first\ndeployment/second',
        images: image('2'),
        'on-failure': 'rollback',
      });
      expect(result.failure?.message).toContain('deployment/first put back to the images before');
      expect(result.outputs.changed).toBe('false');
      expect(runningImage('first')).toBe(image('1'));
    });

    test('changes none of two when the trial of the second is refused', async () => {
      await deployed('1', { name: 'first' });
      await deployed('1', { name: 'second' });
      cluster.addFault({
        status: 422,
        times: 1,
        matching: /^PATCH .*\/deployments\/second\?.*dryRun/,
        body: '{"kind":"Status","message":"no"}',
      });
      const { failure } = await run({ workload: 'deployment/first\ndeployment/second', images: image('2') });
      expect(failure?.code).toBe('KUBERNETES_INVALID');
      expect(runningImage('first')).toBe(image('1'));
    });
  });

  describe('with manifests', () => {
    test('creates what does not exist, with a diff in the summary', async () => {
      step.put('deploy/mi.yaml', deploymentYaml(image('1')));
      const result = await run({ manifests: 'deploy' });
      expect(result.failure).toBeUndefined();
      expect(workloadsOf(result)).toEqual([
        {
          kind: 'Deployment',
          name: 'mi-service',
          namespace,
          revision: 1,
          previousImages: {},
          images: { mi: image('1') },
        },
      ]);
      expect(step.ports.markdown()).toMatch(/\+kind: Deployment/);
    });

    test('puts the images into the manifests and leaves the rest of the text alone', async () => {
      step.put(
        'mi.yaml',
        deploymentYaml(image('1')).replace('metadata:\n', 'metadata:\n  annotations: {note: "yes"}\n'),
      );
      const { failure } = await run({ manifests: '*.yaml', images: image('2') });
      expect(failure).toBeUndefined();
      expect(runningImage()).toBe(image('2'));
      expect(workload().metadata.annotations?.note).toBe('yes');
    });

    test('changes nothing when the cluster has it all', async () => {
      await deployed('1');
      const { generation } = workload().metadata;
      step.put('mi.yaml', deploymentYaml(image('1')));
      const result = await run({ manifests: 'mi.yaml' });
      expect(result.failure).toBeUndefined();
      expect(result.outputs).toMatchObject({ changed: 'false' });
      expect(workload().metadata.generation).toBe(generation);
    });

    test('stops at probes that no Micro Integrator answers, with file and line', async () => {
      step.put('mi.yaml', deploymentYaml(image('1')).replace('/healthz', '/readiness').replace('9201', '9164'));
      const { failure } = await run({ manifests: 'mi.yaml' });
      expect(failure).toMatchObject({
        code: 'DEPLOY_PREFLIGHT_FAILED',
        message: expect.stringContaining(
          'the readinessProbe asks /readiness, which no version of Micro Integrator answers',
        ),
        location: { file: 'mi.yaml', line: 23 },
      });
      expect(workload()).toBeUndefined();
    });

    test('is refused by the server before anything is changed, with file and line', async () => {
      step.put(
        'config.yaml',
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n---\n' +
          deploymentYaml(image('1')).replace('replicas: 1', 'replica: 1'),
      );
      const { failure } = await run({ manifests: 'config.yaml', preflight: 'off' });
      expect(failure).toMatchObject({ code: 'KUBERNETES_INVALID', message: expect.stringContaining('spec.replica') });
      expect(cluster.objects('ConfigMap', namespace).map(({ metadata }) => metadata.name)).not.toContain('settings');
    });

    test('for another namespace are refused', async () => {
      step.put('mi.yaml', deploymentYaml(image('1')).replace('metadata:\n', 'metadata:\n  namespace: elsewhere\n'));
      const { failure } = await run({ manifests: 'mi.yaml' });
      expect(failure?.message).toBe(
        `mi.yaml: deployment/mi-service is for namespace elsewhere, the input namespace says ${namespace}`,
      );
    });

    test('of a kustomization are rendered by kubectl', async () => {
      step.put(
        'overlay/kustomization.yaml',
        `resources: [mi.yaml]\nimages: [{name: "${registry.host}/acme/mi", newTag: "2"}]\n`,
      );
      step.put('overlay/mi.yaml', deploymentYaml(image('1')));
      const { failure } = await run({ manifests: 'overlay' });
      expect(failure).toBeUndefined();
      expect(runningImage()).toBe(image('2'));
    });

    test('may take back what images of this tool have changed before', async () => {
      await deployed('1');
      await run({ workload: 'mi-service', images: image('2') });
      step.put('mi.yaml', deploymentYaml(image('1')));
      const { failure } = await run({ manifests: 'mi.yaml' });
      expect(failure).toBeUndefined();
      expect(runningImage()).toBe(image('1'));
    });

    test('whose field another tool owns are explained, and taken over when asked to', async () => {
      await deployed('1');
      const kubeconfig = join(step.ports.files.workspace, 'kubeconfig');
      writeFileSync(kubeconfig, cluster.kubeconfig());
      const args = [
        `--kubeconfig=${kubeconfig}`,
        `--namespace=${namespace}`,
        'set',
        'image',
        'deployment/mi-service',
        `mi=${image('2')}`,
        '--field-manager=somebody-else',
      ];
      await promisify(execFile)('kubectl', args);
      step.put('mi.yaml', deploymentYaml(image('1')));
      const refused = await run({ manifests: 'mi.yaml' });
      expect(refused.failure).toMatchObject({
        code: 'KUBERNETES_FIELD_CONFLICT',
        message: expect.stringContaining('somebody-else'),
        remedy: expect.stringContaining('force-conflicts: true'),
      });
      expect(runningImage()).toBe(image('2'));
      const forced = await run({ manifests: 'mi.yaml', 'force-conflicts': 'true' });
      expect(forced.failure).toBeUndefined();
      expect(runningImage()).toBe(image('1'));
    });

    describe('of which one is refused in the middle', () => {
      const configMap = (size: string) =>
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {${size === 'small' ? 'size: small, old: "1"' : 'size: large, new: "1"'}}\n---\n`;
      const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: extra}\nspec: {ports: [{port: 80}]}\n---\n';
      const both = (tag: string) =>
        `${deploymentYaml(image(tag), { name: 'first' })}---\n${deploymentYaml(image(tag), { name: 'second' })}`;
      const refuseSecond = () =>
        cluster.addFault({
          status: 403,
          times: 1,
          matching: /^PATCH .*\/deployments\/second\?(?!.*dryRun)/,
          body: '{"kind":"Status","status":"Failure","code":403,"reason":"Forbidden","message":"deployments.apps \\"second\\" is forbidden: exceeded quota"}',
        });
      const settings = () =>
        cluster.objects('ConfigMap', namespace).find(({ metadata }) => metadata.name === 'settings') as unknown as {
          data: Record<string, string>;
        };
      beforeEach(async () => {
        step.put('all.yaml', configMap('small') + both('1'));
        expect((await run({ manifests: 'all.yaml' })).failure).toBeUndefined();
        step.put('all.yaml', configMap('large') + service + both('2'));
      });

      test('says which are changed, and leaves them', async () => {
        refuseSecond();
        const result = await run({ manifests: 'all.yaml' });
        expect(result.failure).toMatchObject({
          code: 'DEPLOY_INCOMPLETE',
          message: expect.stringMatching(/exceeded quota.*; changed already: deployment\/first$/),
        });
        expect([runningImage('first'), runningImage('second'), settings().data.size]).toEqual([
          image('2'),
          image('1'),
          'large',
        ]);
      });

      test('are all put back with on-failure: rollback; what is new stays and is named', async () => {
        refuseSecond();
        const result = await run({ manifests: 'all.yaml', 'on-failure': 'rollback' });
        expect(result.failure?.message).toMatch(
          /exceeded quota.*; put back as before: configmap\/settings, deployment\/first; new, and left there: service\/extra \(to remove: kubectl delete service\/extra\)$/,
        );
        expect([runningImage('first'), runningImage('second')]).toEqual([image('1'), image('1')]);
        expect(settings().data).toEqual({ size: 'small', old: '1' });
        expect(result.outputs.changed).toBe('false');
        // The step may be run again: nothing of the first attempt is in its way.
        expect((await run({ manifests: 'all.yaml' })).failure).toBeUndefined();
        expect([runningImage('first'), runningImage('second'), settings().data.size]).toEqual([
          image('2'),
          image('2'),
          'large',
        ]);
      });

      test('are put back, and with wait every workload of them is verified to hold', async () => {
        refuseSecond();
        const waiting = { wait: 'true', 'stable-for': '300ms', timeout: '20s' };
        const result = await run({ manifests: 'all.yaml', 'on-failure': 'rollback', ...waiting });
        expect(result.failure?.code).toBe('DEPLOY_INCOMPLETE');
        expect(result.outputs).toMatchObject({ verdict: 'rolled-back' });
        expect(step.ports.markdown()).toContain('**Put back to what it was before this step, which holds.**');
        expect(step.ports.markdown()).not.toContain('deployment/second: rolled-back');
      });

      test('and what is new is removed when that is asked for, and nothing else', async () => {
        step.put(
          'all.yaml',
          configMap('large') + service + deploymentYaml(image('1'), { name: 'new' }) + '---\n' + both('2'),
        );
        refuseSecond();
        const inputs = { manifests: 'all.yaml', 'on-failure': 'rollback', 'first-deployment': 'remove' };
        const result = await run(inputs);
        expect(result.failure?.message).toContain('new, and removed again: service/extra, deployment/new');
        expect(cluster.objects('Service', namespace)).toEqual([]);
        expect(workload('new')).toBeUndefined();
        expect([runningImage('first'), runningImage('second')]).toEqual([image('1'), image('1')]);
      });

      test('and a new workload of them runs nothing when first deployments are to be scaled to zero', async () => {
        step.put('all.yaml', deploymentYaml(image('1'), { name: 'brand-new' }) + '---\n' + both('2'));
        refuseSecond();
        const inputs = { manifests: 'all.yaml', 'on-failure': 'rollback', 'first-deployment': 'scale-to-zero' };
        const result = await run(inputs);
        expect(result.failure?.message).toContain('scaled to zero: deployment/brand-new');
        expect(workload('brand-new').spec).toMatchObject({ replicas: 0 });
        expect(workloadsOf(result)).toMatchObject([{ name: 'brand-new' }]);
      });
    });

    test('into a namespace that comes with them', async () => {
      const fresh = `${namespace}-fresh`;
      step.put(
        'all.yaml',
        `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${fresh}\n---\n${deploymentYaml(image('1')).replace('metadata:\n', `metadata:\n  namespace: ${fresh}\n`)}`,
      );
      const result = await step.run({ kubeconfig: cluster.kubeconfig(), manifests: 'all.yaml' });
      expect(result.failure).toBeUndefined();
      expect(workloadsOf(result)).toMatchObject([{ name: 'mi-service', namespace: fresh }]);
    });
  });

  describe('with wait', () => {
    const waiting = { wait: 'true', 'stable-for': '300ms', timeout: '20s', grace: '1s' };

    test('succeeds when the rollout holds', async () => {
      await deployed('1');
      const { failure, outputs } = await run({ workload: 'mi-service', images: image('2'), ...waiting });
      expect(failure).toBeUndefined();
      expect(outputs).toMatchObject({ verdict: 'succeeded', changed: 'true' });
    });

    test('says why it does not, and rolls back', async () => {
      await deployed('1');
      const { failure, outputs } = await run({
        workload: 'mi-service',
        images: image('crashing'),
        ...waiting,
        'on-failure': 'rollback',
        'crash-tolerance': '1',
        'change-cause': 'a release',
      });
      expect(outputs).toMatchObject({ verdict: 'rolled-back', cause: 'crash-loop' });
      expect(failure).toMatchObject({ code: 'ROLLED_BACK' });
      expect(runningImage()).toBe(image('1'));
      // Once is enough: what is put back after that is an annotation.
      expect(step.ports.lines.filter((line) => line.endsWith('which holds.'))).toHaveLength(1);
    });

    test('looks at workloads that were not changed as well', async () => {
      await deployed('crashing');
      const { outputs } = await run({
        workload: 'mi-service',
        images: image('crashing'),
        ...waiting,
        'crash-tolerance': '0',
      });
      expect(outputs).toMatchObject({ changed: 'false', verdict: 'failed' });
    });
  });

  describe('with wait and several workloads, of which one does not hold', () => {
    const waiting = { wait: 'true', 'stable-for': '300ms', timeout: '20s', grace: '1s', 'crash-tolerance': '0' };
    const settings = (size: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {size: ${size}}\n---\n`;
    const all = (size: string, first: string, second: string) =>
      `${settings(size)}${deploymentYaml(image(first), { name: 'first' })}---\n${deploymentYaml(image(second), { name: 'second' })}`;
    const sizeNow = () =>
      (
        cluster.objects('ConfigMap', namespace).find(({ metadata }) => metadata.name === 'settings') as unknown as {
          data: Record<string, string>;
        }
      ).data.size;
    beforeEach(async () => {
      step.put('all.yaml', all('small', '1', '1'));
      expect((await run({ manifests: 'all.yaml' })).failure).toBeUndefined();
      step.put('all.yaml', all('large', '2', 'crashing'));
    });

    test('everything of the step goes back with on-failure: rollback, and the summary says so', async () => {
      const result = await run({ manifests: 'all.yaml', ...waiting, 'on-failure': 'rollback' });
      expect(result.failure?.code).toBe('ROLLED_BACK');
      expect([runningImage('first'), runningImage('second'), sizeNow()]).toEqual([image('1'), image('1'), 'small']);
      expect(step.ports.markdown()).toMatch(
        /had changed beside: put back as before: configmap\/settings, deployment\/first/,
      );
    });

    test('each that went back is verified by the same rules, and the first error is the cause', async () => {
      const result = await run({ manifests: 'all.yaml', ...waiting, 'on-failure': 'rollback' });
      expect(result.outputs).toMatchObject({ verdict: 'rolled-back', cause: 'crash-loop' });
      expect(result.failure?.message).toMatch(/^deployment\/second: .* Rolled back to revision 1, which holds\.$/);
      expect(step.ports.markdown()).toContain('deployment/first: rolled-back');
      expect(step.ports.annotations.filter(({ level }) => level === 'error')).toEqual([]);
    });

    test('one that does not hold after it went back makes it a failed rollback, with both evidences', async () => {
      // What ran before cannot start any more: a Secret that it needs is gone.
      const needs = (name: string) => `          envFrom: [{ secretRef: { name: ${name} } }]\n`;
      const first = (tag: string, secret: string) =>
        deploymentYaml(image(tag), { name: 'first', extra: needs(secret) });
      const secret = (name: string) =>
        `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\nstringData: {A: b}\n---\n`;
      step.put('before.yaml', `${secret('old')}${first('1', 'old')}`);
      expect((await run({ manifests: 'before.yaml' })).failure).toBeUndefined();
      const path = `/api/v1/namespaces/${namespace}/secrets/old`;
      step.put(
        'all.yaml',
        `${secret('new')}${first('2', 'new')}---\n${deploymentYaml(image('crashing'), { name: 'second' })}`,
      );
      expect((await api(cluster, 'DELETE', path)).status).toBe(200);
      const result = await run({ manifests: 'all.yaml', ...waiting, grace: '300ms', 'on-failure': 'rollback' });
      expect(result.failure).toMatchObject({
        code: 'ROLLBACK_FAILED',
        message: expect.stringMatching(
          /^deployment\/first: Put back to what it was .* does not hold either: .*Secret old/,
        ) as unknown,
      });
      expect(result.outputs).toMatchObject({ verdict: 'rollback-failed', cause: 'container-config' });
      expect(result.outputs.evidence).toContain('secret \\"old\\" not found');
      const summary = step.ports.markdown();
      expect(summary).toContain('no keystore');
      expect(summary).toContain('deployment/second: rolled-back');
    });

    test('everything goes back also when the one that fails is new and has nothing to go back to', async () => {
      step.put('all.yaml', `${all('large', '2', '1')}---\n${deploymentYaml(image('crashing'), { name: 'third' })}`);
      const inputs = { manifests: 'all.yaml', ...waiting, 'on-failure': 'rollback', 'first-deployment': 'remove' };
      const result = await run(inputs);
      expect(result.failure?.code).toBe('ROLLBACK_IMPOSSIBLE');
      expect([runningImage('first'), sizeNow(), workload('third')]).toEqual([image('1'), 'small', undefined]);
      expect(step.ports.markdown()).toContain('new, and removed again: deployment/third');
    });

    test('the pods that come back start with the settings of before', async () => {
      const order: string[] = [];
      const watched = setInterval(() => {
        const now = `${sizeNow() ?? ''} ${runningImage('second').replace(/.*:/, '')}`;
        if (order.at(-1) !== now) order.push(now);
      }, 2);
      await run({ manifests: 'all.yaml', ...waiting, 'on-failure': 'rollback' });
      clearInterval(watched);
      expect(order.slice(order.indexOf('large crashing'))).toEqual(['large crashing', 'small crashing', 'small 1']);
    });

    test('images of several workloads go back together', async () => {
      const images = `deployment/first/mi=${image('2')}\ndeployment/second/mi=${image('crashing')}`;
      const inputs = { workload: 'first\nsecond', images, ...waiting, 'on-failure': 'rollback' };
      expect((await run(inputs)).failure?.code).toBe('ROLLED_BACK');
      expect([runningImage('first'), runningImage('second')]).toEqual([image('1'), image('1')]);
    });

    test('also those that another tool has made before', async () => {
      for (const name of ['first', 'second']) {
        const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
        const scaled = await api(
          cluster,
          'PATCH',
          path,
          { spec: { replicas: 2 } },
          {
            'content-type': 'application/merge-patch+json',
            'user-agent': 'helm/3',
          },
        );
        expect(scaled.status).toBe(200);
      }
      const images = `deployment/first/mi=${image('2')}\ndeployment/second/mi=${image('crashing')}`;
      const inputs = { workload: 'first\nsecond', images, ...waiting, 'on-failure': 'rollback' };
      expect((await run(inputs)).failure?.code).toBe('ROLLED_BACK');
      expect([runningImage('first'), runningImage('second')]).toEqual([image('1'), image('1')]);
    });

    test('what somebody else has changed meanwhile stays, and is an error of its own', async () => {
      const running = run({ manifests: 'all.yaml', ...waiting, 'on-failure': 'rollback' });
      while (sizeNow() !== 'large') await systemClock.sleep(20);
      const url = new URL(`/api/v1/namespaces/${namespace}/configmaps/settings`, cluster.url);
      const { status } = await api(
        cluster,
        'PATCH',
        url.pathname,
        { data: { size: 'huge' } },
        {
          'content-type': 'application/merge-patch+json',
          'user-agent': 'somebody/1',
        },
      );
      expect(status).toBe(200);
      expect((await running).failure?.code).toBe('ROLLED_BACK');
      expect([runningImage('first'), sizeNow()]).toEqual([image('1'), 'huge']);
      expect(step.ports.annotations.map(({ message }) => message).join('\n')).toContain('configmap/settings (somebody');
    });

    test('without it everything stays as it was applied', async () => {
      const result = await run({ manifests: 'all.yaml', ...waiting });
      expect(result.failure?.code).toBe('ROLLOUT_FAILED');
      expect([runningImage('first'), sizeNow()]).toEqual([image('2'), 'large']);
    });
  });

  describe('without access', () => {
    test.each([
      [{ kubeconfig: 'no/such/file' }, 'KUBECONFIG_MISSING'],
      [{ kubeconfig: 'apiVersion: v1\nkind: Config\ncontexts: []' }, 'KUBECONFIG_INVALID'],
      [{ context: 'production' }, 'KUBECONFIG_CONTEXT_UNKNOWN'],
    ])('says what is wrong with the kubeconfig: %j', async (inputs: Record<string, string>, code) => {
      const { failure } = await run({ workload: 'mi-service', images: image('1'), ...inputs });
      expect(failure?.code).toBe(code);
    });

    test('says when the token is not accepted', async () => {
      const kubeconfig = cluster.kubeconfig({ token: 'expired-token' });
      const { failure } = await run({ workload: 'mi-service', images: image('1'), kubeconfig });
      expect(failure?.code).toBe('KUBERNETES_UNAUTHORIZED');
      expect(step.ports.lines.join('\n')).not.toContain('expired-token');
    });

    test('says when the certificate is not trusted', async () => {
      const kubeconfig = cluster.kubeconfig().replace(/certificate-authority-data: .+/, '');
      const { failure } = await run({ workload: 'mi-service', images: image('1'), kubeconfig });
      expect(failure?.code).toBe('KUBERNETES_TLS');
    });

    test('says when nobody is there', async () => {
      const kubeconfig = cluster.kubeconfig().replace(cluster.url, 'https://127.0.0.1:1');
      const { failure } = await run({ workload: 'mi-service', images: image('1'), kubeconfig });
      expect(failure).toMatchObject({
        code: 'KUBERNETES_UNREACHABLE',
        message: expect.stringContaining('127.0.0.1:1'),
      });
    });

    test('names the verb and the resource that are missing, and the rule to add', async () => {
      await deployed('1');
      const token = cluster.addToken({
        user: 'system:serviceaccount:ci:deployer',
        allow: [{ verbs: ['get', 'list', 'watch'], resources: ['*'] }],
      });
      const { failure } = await run({
        workload: 'mi-service',
        images: image('2'),
        kubeconfig: cluster.kubeconfig({ token }),
      });
      expect(failure).toMatchObject({
        code: 'KUBERNETES_FORBIDDEN',
        message: `system:serviceaccount:ci:deployer may not "patch" on deployments.apps in namespace ${namespace}`,
        remedy: expect.stringContaining('- {apiGroups: ["apps"], resources: ["deployments"], verbs: ["patch"]}'),
      });
      expect(runningImage()).toBe(image('1'));
    });

    /** The rules of a Role in docs/rbac as an account of the lab. */
    const accountOf = (...files: string[]): string => {
      const rules = files.flatMap((file) =>
        parseYamlDocuments(readFileSync(new URL(`../../docs/rbac/${file}`, import.meta.url), 'utf8')).flatMap(
          (document) => (document as { rules?: { verbs: string[]; resources: string[] }[] }).rules ?? [],
        ),
      );
      const allow = rules.map(({ verbs, resources }) => ({ verbs, resources, namespaces: [namespace] }));
      return cluster.kubeconfig({ token: cluster.addToken({ user: 'deployer', allow }) });
    };

    test('works with exactly the rights of docs/rbac/deploy-images.yaml', async () => {
      await deployed('1');
      const result = await run({
        workload: 'mi-service',
        images: image('2'),
        kubeconfig: accountOf('deploy-images.yaml'),
      });
      expect(result.failure).toBeUndefined();
      expect(workloadsOf(result)).toMatchObject([{ previousRevision: 1, revision: 2 }]);
    });

    test('works with exactly the rights of docs/rbac/deploy-manifests.yaml and verify-rollout.yaml', async () => {
      step.put(
        'all.yaml',
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n---\n${deploymentYaml(image('1'))}`,
      );
      const kubeconfig = accountOf('deploy-manifests.yaml', 'verify-rollout.yaml');
      const inputs = { manifests: 'all.yaml', kubeconfig, wait: 'true', 'stable-for': '300ms', timeout: '20s' };
      const created = await run(inputs);
      expect(created.failure).toBeUndefined();
      expect(created.outputs.verdict).toBe('succeeded');
      const rolledBack = await run({
        ...inputs,
        images: image('crashing'),
        'on-failure': 'rollback',
        'crash-tolerance': '0',
      });
      expect(rolledBack.outputs).toMatchObject({ changed: 'true', verdict: 'rolled-back' });
      expect(step.ports.lines.filter((line) => line.includes('has to do without'))).toEqual([]);
    });

    test('needs no right to nodes and secrets, and says what is left out without them', async () => {
      await deployed('1');
      const token = cluster.addToken({
        user: 'ci',
        deny: [{ verbs: ['*'], resources: ['nodes', 'secrets', 'namespaces'] }],
      });
      const { failure } = await run({
        workload: 'mi-service',
        images: image('2'),
        kubeconfig: cluster.kubeconfig({ token }),
      });
      expect(failure).toBeUndefined();
      expect(step.ports.lines).toContainEqual(expect.stringContaining('The nodes may not be read'));
    });
  });

  test('stops at once when the run is cancelled, and leaves no proxy behind', async () => {
    await deployed('1');
    const running = run({ workload: 'mi-service', images: image('2'), wait: 'true', 'stable-for': '60s' });
    while (!step.ports.lines.some((line) => line.startsWith('Changed'))) await systemClock.sleep(50);
    step.ports.cancel();
    const { failure, outputs } = await running;
    expect(failure).toBeInstanceOf(Error);
    expect(outputs.changed).toBe('true');
    const left = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).stdout;
    expect(left).not.toContain(`${step.ports.files.workspace}/wso2-delivery-kubectl`);
  });

  test('shows no credentials, and leaves no proxy behind', async () => {
    await deployed('1');
    await run({ workload: 'mi-service', images: image('2') });
    const left = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).stdout;
    expect(left).not.toContain(`${step.ports.files.workspace}/wso2-delivery-kubectl`);
    expect(step.ports.lines.join('\n')).not.toContain(cluster.token);
    expect(step.ports.markdown()).not.toContain(cluster.token);
  });
});
