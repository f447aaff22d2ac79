/** The Role of docs/rbac/deploy-images.yaml is enough, and each right of it is missed as docs/permissions.md says. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { startKubernetes, type Kubernetes } from '@wso2-delivery/lab/kubernetes/cluster';
import { always, serving } from '@wso2-delivery/lab/kubernetes/container-script';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { startRegistry, type LabRegistry } from '@wso2-delivery/lab/registry/registry';
import { parseYamlDocuments } from '@wso2-delivery/shared/formats/yaml';
import { deploymentYaml, deployWorkspace, type DeployWorkspace } from '../support/deploy-k8s.ts';
import { testWith } from '../support/tools.ts';

const test = testWith('kubectl');

interface Workload {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
  };
}

interface Role {
  readonly rules?: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
}

/** `nothing`: only where it is needed in a case that is not this one, as the row says. */
type Missed =
  'the step fails and changes nothing' | 'a warning with the rule' | 'no number of the revision' | 'nothing';

const rows: readonly (readonly [right: string, missed: Missed])[] = [
  ['get deployments', 'the step fails and changes nothing'],
  ['patch deployments', 'the step fails and changes nothing'],
  ['list deployments', 'a warning with the rule'],
  // A controller that is slow to take up the change.
  ['watch deployments', 'nothing'],
  ['list controllerrevisions', 'no number of the revision'],
  // Images that only a pull secret opens.
  ['get secrets', 'nothing'],
  ['get serviceaccounts', 'nothing'],
  ['list resourcequotas', 'a warning with the rule'],
  ['list poddisruptionbudgets', 'a warning with the rule'],
];

const rights = (
  parseYamlDocuments(readFileSync(new URL('../../docs/rbac/deploy-images.yaml', import.meta.url), 'utf8')) as Role[]
).flatMap(({ rules }) =>
  (rules ?? []).flatMap(({ resources, verbs }) =>
    resources.flatMap((resource) => verbs.map((verb) => ({ verb, resource }))),
  ),
);

describe('without a right to change images', () => {
  let cluster: Kubernetes;
  let registry: LabRegistry;
  let step: DeployWorkspace;
  let namespace: string;
  let serial = 0;
  const image = (tag: string) => `${registry.host}/acme/mi:${tag}`;

  beforeAll(async () => {
    registry = await startRegistry();
    for (const tag of ['1', '2']) await seedMicroIntegratorBase(registry, { repository: 'acme/mi', tag });
    cluster = await startKubernetes({
      timeScale: 0.05,
      containerScript: () => always(serving({ 9201: () => ({ status: 200, body: 'ok' }) })),
    });
  });
  afterAll(async () => {
    await cluster.close();
    await registry.close();
  });
  beforeEach(async () => {
    namespace = `ns-${(serial += 1)}`;
    cluster.createNamespace(namespace);
    step = deployWorkspace();
    const statefulSet = deploymentYaml(image('1'), { name: 'data' }).replace('kind: Deployment', 'kind: StatefulSet');
    step.put('before.yaml', `${deploymentYaml(image('1'))}---\n${statefulSet}`);
    const { failure } = await step.run({
      kubeconfig: cluster.kubeconfig(),
      namespace,
      manifests: 'before.yaml',
      preflight: 'off',
    });
    if (failure !== undefined) throw failure;
  });
  afterEach(() => step.ports.dispose());

  test('every right of the Role has a row', () => {
    // StatefulSets, DaemonSets and CronJobs (which the lab does not serve) have the rights of Deployments.
    const own = rights.filter(({ resource }) => !/statefulsets|daemonsets|cronjobs/.test(resource));
    expect(rows.map(([right]) => right).sort()).toEqual(own.map(({ verb, resource }) => `${verb} ${resource}`).sort());
  });

  for (const [right, missed] of [['none at all', 'nothing'] as const, ...rows]) {
    test(`${right}: ${missed}`, async () => {
      const allow = rights
        .filter(({ verb, resource }) => `${verb} ${resource}` !== right)
        .map(({ verb, resource }) => ({ verbs: [verb], resources: [resource], namespaces: [namespace] }));
      step.ports.lines.length = 0;
      const { failure, outputs } = await step.run({
        kubeconfig: cluster.kubeconfig({ token: cluster.addToken({ user: 'ci', allow }) }),
        namespace,
        workload: 'deployment/mi-service\nstatefulset/data',
        images: `mi=${image('2')}`,
      });
      const [verb = '', resource = ''] = right.split(' ');
      const warned = step.ports.lines.filter((line) => line.startsWith('warning: ') && line.includes('may not'));
      const changed = JSON.parse(outputs.workloads ?? '[]') as { name: string; revision?: number }[];
      const seen: Missed =
        failure !== undefined
          ? 'the step fails and changes nothing'
          : warned.length > 0
            ? 'a warning with the rule'
            : changed.find(({ name }) => name === 'data')?.revision === undefined
              ? 'no number of the revision'
              : 'nothing';
      expect(seen).toBe(missed);
      if (failure === undefined) expect(changed.map(({ name }) => name)).toEqual(['mi-service', 'data']);
      else {
        expect(failure).toMatchObject({
          code: 'KUBERNETES_FORBIDDEN',
          message: expect.stringContaining(`"${verb}" on ${resource}`) as unknown,
        });
        const containers = cluster.objects('Deployment', namespace)[0] as unknown as Workload;
        expect(containers.spec.template.spec.containers[0]?.image).toBe(image('1'));
      }
      for (const line of warned) expect(line).toContain(`resources: ["${resource}"], verbs: ["${verb}"]`);
    });
  }
});
