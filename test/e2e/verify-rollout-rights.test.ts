import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseYamlDocuments } from '@wso2-delivery/shared/formats/yaml';
import { testWith } from '../support/tools.ts';
import { manifest, startRolloutLab, type RolloutLab } from '../support/verify-rollout.ts';

const testKubectl = testWith('kubectl');

interface Right {
  readonly resource: string;
  readonly group: string;
  readonly verbs: readonly string[];
  /** The image and inputs with which the right is used. */
  readonly tag: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly container?: object;
  readonly podSpec?: object;
  readonly kind?: 'Deployment' | 'DaemonSet';
  /** What is in the namespace before. */
  readonly before?: object;
  readonly verdict: string;
  readonly cause?: string;
  /** Where it is told: a warning of the log, the verdict's message, or the evidence. */
  readonly told: 'warning' | 'message' | 'evidence';
}

const crash = { tag: 'crashing', inputs: { 'crash-tolerance': '0' }, verdict: 'failed', cause: 'crash-loop' } as const;

/** Every right of docs/rbac/verify-rollout.yaml but the first rule's, and what the step comes to without it. */
const rights: readonly Right[] = [
  { resource: 'pods', group: '', verbs: ['list', 'watch'], tag: 'good', verdict: 'succeeded', told: 'warning' },
  { resource: 'events', group: '', verbs: ['list', 'watch'], ...crash, told: 'warning' },
  {
    resource: 'replicasets',
    group: 'apps',
    verbs: ['list', 'watch'],
    tag: 'good',
    verdict: 'succeeded',
    told: 'warning',
  },
  { resource: 'pods/log', group: '', verbs: ['get'], ...crash, told: 'warning' },
  {
    resource: 'pods/proxy',
    group: '',
    verbs: ['get'],
    tag: 'good',
    inputs: { health: 'http://pod:9201/healthz' },
    verdict: 'succeeded',
    told: 'warning',
  },
  {
    resource: 'pods/portforward',
    group: '',
    verbs: ['create'],
    tag: 'good',
    inputs: {
      'carbon-applications': 'employee=1.0.0',
      'management-username': 'admin',
      'management-password': 'secret',
    },
    verdict: 'succeeded',
    told: 'warning',
  },
  {
    resource: 'secrets',
    group: '',
    verbs: ['get'],
    tag: 'good',
    container: { envFrom: [{ secretRef: { name: 'absent' } }] },
    verdict: 'failed',
    cause: 'container-config',
    told: 'message',
  },
  {
    resource: 'controllerrevisions',
    group: 'apps',
    verbs: ['list', 'watch'],
    tag: 'good',
    kind: 'DaemonSet',
    inputs: { workloads: 'daemonset/mi-service' },
    verdict: 'succeeded',
    told: 'warning',
  },
  {
    resource: 'configmaps',
    group: '',
    verbs: ['get'],
    tag: 'good',
    container: { envFrom: [{ configMapRef: { name: 'absent' } }] },
    verdict: 'failed',
    cause: 'container-config',
    told: 'message',
  },
  {
    resource: 'serviceaccounts',
    group: '',
    verbs: ['get'],
    tag: 'good',
    podSpec: { serviceAccountName: 'absent' },
    verdict: 'failed',
    cause: 'service-account-missing',
    told: 'message',
  },
  {
    resource: 'persistentvolumeclaims',
    group: '',
    verbs: ['get'],
    tag: 'good',
    inputs: { 'unschedulable-grace': '500ms' },
    podSpec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'absent' } }] },
    verdict: 'failed',
    cause: 'unschedulable',
    told: 'message',
  },
  {
    // kubectl port-forward reads the pod first.
    resource: 'pods',
    group: '',
    verbs: ['get'],
    tag: 'good',
    inputs: {
      'carbon-applications': 'employee=1.0.0',
      'management-username': 'admin',
      'management-password': 'secret',
    },
    verdict: 'succeeded',
    told: 'warning',
  },
  {
    resource: 'resourcequotas',
    group: '',
    verbs: ['list'],
    tag: 'good',
    before: { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'team' }, spec: { hard: { pods: '0' } } },
    verdict: 'failed',
    cause: 'quota',
    told: 'evidence',
  },
  {
    resource: 'nodes',
    group: '',
    verbs: ['list'],
    tag: 'good',
    inputs: { 'unschedulable-grace': '500ms' },
    container: { resources: { requests: { cpu: '900' } } },
    verdict: 'failed',
    cause: 'unschedulable',
    told: 'evidence',
  },
];

/** The rules of the Roles to apply. */
const rules = parseYamlDocuments(
  readFileSync(new URL('../../docs/rbac/verify-rollout.yaml', import.meta.url), 'utf8'),
).flatMap((document) => (document as { rules?: { verbs: string[]; resources: string[] }[] }).rules ?? []);

/** Operators whose definitions the lab does not serve: test/unit/kubernetes/rollout/watch.test.ts. */
const operators = ['externalsecrets', 'sealedsecrets', 'certificates', 'secretproviderclasses'];
/** Without these there is no verdict, or no rollback: the tests beside the table. */
const indispensable = ['deployments', 'statefulsets', 'daemonsets', 'jobs'];

test('every right of the Roles is taken away once', () => {
  const given = rules.flatMap(({ verbs, resources }) =>
    resources
      .filter((resource) => !operators.includes(resource) && !indispensable.includes(resource))
      .flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`)),
  );
  const taken = rights.flatMap(({ verbs, resource }) => verbs.map((verb) => `${verb} ${resource}`));
  expect([...taken, 'delete pods'].filter((right) => right !== 'list nodes').sort()).toEqual(
    [...new Set(given)].sort(),
  );
});

describe('a missing right', () => {
  let lab: RolloutLab;
  beforeAll(async () => {
    lab = await startRolloutLab();
  });
  afterAll(() => lab.close());

  for (const right of rights) {
    const {
      resource,
      group,
      verbs,
      tag,
      inputs = {},
      container,
      podSpec,
      kind = 'Deployment',
      verdict,
      cause,
      told,
    } = right;
    testKubectl(`${verbs.join(', ')} on ${resource}: ${cause ?? verdict}, and the rule to add is told`, async () => {
      const namespace = lab.namespace();
      if (right.before !== undefined) await lab.apply(namespace, right.before);
      await lab.apply(namespace, manifest(tag, { kind, ...(container && { container }), ...(podSpec && { podSpec }) }));
      const token = lab.cluster.addToken({ user: 'ci', deny: [{ verbs, resources: [resource] }] });
      const began = Date.now();
      const { outputs, ports } = await lab.verify(namespace, {
        ...inputs,
        kubeconfig: lab.cluster.kubeconfig({ token }),
      });
      // What may not be asked is not asked again and again.
      expect(Date.now() - began).toBeLessThan(15_000);
      expect({ verdict: outputs.verdict, cause: outputs.cause }).toEqual({ verdict, cause });
      const rule = `- {apiGroups: ["${group}"], resources: ["${resource}"], verbs: ["${verbs[0] ?? ''}"]}`;
      const warnings = ports.lines.filter((line) => line.startsWith('warning: ')).join('\n');
      const places = { warning: warnings, message: outputs.message ?? '', evidence: ports.markdown() };
      expect(places[told]).toContain(`ci may not "${verbs[0] ?? ''}" on`);
      expect(places[told]).toContain(rule);
    });
  }

  testKubectl('of the workload itself is an error with the rule to add', async () => {
    const namespace = lab.namespace();
    await lab.apply(namespace, manifest('good'));
    const token = lab.cluster.addToken({ user: 'ci', deny: [{ verbs: ['get'], resources: ['deployments'] }] });
    await expect(lab.verify(namespace, { kubeconfig: lab.cluster.kubeconfig({ token }) })).rejects.toMatchObject({
      code: 'KUBERNETES_FORBIDDEN',
      remedy: expect.stringContaining('resources: ["deployments"], verbs: ["get"]') as unknown,
    });
  });

  testKubectl('to roll back is a failed rollback that names it', async () => {
    const namespace = lab.namespace();
    await lab.applied(namespace, manifest('good'));
    await lab.apply(namespace, manifest('crashing'));
    const token = lab.cluster.addToken({ user: 'ci', deny: [{ verbs: ['patch'], resources: ['deployments'] }] });
    const given = { 'on-failure': 'rollback', 'crash-tolerance': '0' };
    const { outputs, failure } = await lab.verify(namespace, {
      ...given,
      kubeconfig: lab.cluster.kubeconfig({ token }),
    });
    expect({ ...outputs, failure }).toMatchObject({ verdict: 'rollback-failed' });
    expect(failure).toMatchObject({
      message: expect.stringContaining('ci may not "patch" on deployments.apps') as unknown,
    });
  });

  testKubectl('to delete the broken pod of a StatefulSet is a failed rollback that names it', async () => {
    const namespace = lab.namespace();
    await lab.applied(namespace, manifest('good', { kind: 'StatefulSet' }));
    await lab.apply(namespace, manifest('crashing', { kind: 'StatefulSet' }));
    const token = lab.cluster.addToken({ user: 'ci', deny: [{ verbs: ['delete'], resources: ['pods'] }] });
    const { outputs, failure } = await lab.verify(namespace, {
      workloads: 'statefulset/mi-service',
      'on-failure': 'rollback',
      'crash-tolerance': '0',
      grace: '500ms',
      kubeconfig: lab.cluster.kubeconfig({ token }),
    });
    expect({ ...outputs, failure }).toMatchObject({
      verdict: 'rollback-failed',
      failure: {
        code: 'ROLLBACK_FAILED',
        message: expect.stringMatching(
          /does not hold either: .*waits for mi-service-1, a broken pod.*mi-service-1 could not be deleted: ci may not "delete" on pods/,
        ) as unknown,
      },
    });
  });

  testKubectl('is none with exactly the Roles of docs/rbac/verify-rollout.yaml, rollbacks included', async () => {
    const namespace = lab.namespace();
    const allow = rules.map(({ verbs, resources }) => ({ verbs, resources, namespaces: [namespace] }));
    const kubeconfig = lab.cluster.kubeconfig({ token: lab.cluster.addToken({ user: 'ci', allow }) });
    const inside = { health: 'http://pod:9201/healthz' };
    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
      const name = kind.toLowerCase();
      await lab.applied(namespace, manifest('good', { kind, name }));
      const workloads = `${kind}/${name}`;
      const good = await lab.verify(namespace, { kubeconfig, workloads, ...inside, 'stable-for': '300ms' });
      expect({ ...good.outputs }).toMatchObject({ verdict: 'succeeded' });
      await lab.apply(namespace, manifest('crashing', { kind, name }));
      const back = await lab.verify(namespace, {
        kubeconfig,
        workloads,
        'on-failure': 'rollback',
        'crash-tolerance': '0',
        'stable-for': '300ms',
      });
      expect({ ...back.outputs }).toMatchObject({ verdict: 'rolled-back', cause: 'crash-loop' });
      const told = [...good.ports.lines, ...back.ports.lines].filter((line) => line.includes('may not'));
      expect(told).toEqual([]);
    }
  });
});
