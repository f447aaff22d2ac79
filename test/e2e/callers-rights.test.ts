/** The Roles of docs/rbac are enough for a whole line, and what docs/permissions.md says of each right that is missing holds. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AccessRule } from '@wso2-delivery/lab/kubernetes/access';
import { stages, type Stage } from '@wso2-delivery/lab/lab';
import type { EnvironmentSettings } from '@wso2-delivery/lab/runner/options';
import { parseYamlDocuments } from '@wso2-delivery/shared/formats/yaml';
import {
  addDevOnlyWorkflow,
  buildQuickly,
  job,
  startCallers,
  step,
  story,
  type CallerRun,
  type Callers,
} from '../support/callers.ts';

const root = resolve(import.meta.dirname, '../..');
const minutes = 60_000;

let callers: Callers;
let folder: string;
beforeEach(async () => {
  callers = await startCallers();
  folder = callers.repository('employee-service', {
    'employee-service': '.',
    'callers/self-hosted-runner/.github': '.github',
  });
  buildQuickly(folder, callers.lab);
  addDevOnlyWorkflow(folder);
});
afterEach(() => callers.close());

interface Role {
  readonly kind: string;
  readonly rules?: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
}

/** The rules of the Roles in files of docs/rbac. */
function rulesOf(...files: readonly string[]): AccessRule[] {
  return files.flatMap((file) => {
    const documents = parseYamlDocuments(readFileSync(join(root, 'docs/rbac', file), 'utf8')) as Role[];
    return documents.flatMap(({ rules }) => (rules ?? []).map(({ resources, verbs }) => ({ resources, verbs })));
  });
}

const granted = rulesOf('deploy-manifests.yaml', 'verify-rollout.yaml');

/** A verb on a resource. */
type Right = readonly [verb: string, resource: string];

/** The granted rules without some rights. */
function without(...rights: readonly Right[]): AccessRule[] {
  return granted.flatMap(({ resources, verbs }) =>
    resources.flatMap((resource) => {
      const left = verbs.filter((verb) => !rights.some(([gone, of]) => gone === verb && of === resource));
      return left.length === 0 ? [] : [{ resources: [resource], verbs: left }];
    }),
  );
}

/** GitHub environments whose kubeconfig is that of an account with these rights in its namespace and nowhere else. */
function environmentsWith(rules: readonly AccessRule[]): Record<Stage, EnvironmentSettings> {
  const settings = stages.map((stage): [Stage, EnvironmentSettings] => {
    const user = `system:serviceaccount:${stage}:deployer`;
    const allow = rules.map((rule) => ({ ...rule, namespaces: [stage] }));
    const token = callers.lab.kubernetes.addToken({ user, allow });
    return [stage, { secrets: { KUBECONFIG: callers.lab.kubernetes.kubeconfig({ namespace: stage, token }) } }];
  });
  return Object.fromEntries(settings) as Record<Stage, EnvironmentSettings>;
}

const deliver = (rules: readonly AccessRule[], file = 'dev.yml'): Promise<CallerRun> =>
  callers.run(folder, { file, event: 'push', environments: environmentsWith(rules) });

const warningsOf = (run: CallerRun, path: string): string[] =>
  job(run, path)
    .annotations.filter(({ level }) => level === 'warning')
    .map(({ message }) => message);

test(
  'the Roles are enough for build, dev, staging and production, without a warning',
  async () => {
    const run = await deliver(granted, 'deliver.yml');
    expect(Object.values(story(run))).toEqual(['success', 'success', 'success', 'success']);
    for (const index of stages.keys()) expect(warningsOf(run, `deliver/stage[${index}]/deploy`)).toEqual([]);
    expect(job(run, 'deliver/stage[0]/deploy').summary).toContain('carbon application');
  },
  3 * minutes,
);

describe('without a right that is indispensable nothing is changed', () => {
  test.each([
    ['get', 'deployments'],
    ['patch', 'deployments'],
    ['create', 'deployments'],
    ['create', 'services'],
  ])(
    '%s on %s',
    async (verb, resource) => {
      const run = await deliver(without([verb, resource]));
      expect(story(run)['deliver/stage[0]/deploy']).toMatch(/\[(KUBERNETES_FORBIDDEN|DEPLOY_REFUSED)\]/);
      expect(story(run)['deliver/stage[0]/deploy']).toContain(`"${verb}"`);
      expect([callers.imageIn('dev'), callers.lab.kubernetes.objects('Service', 'dev')]).toEqual(['', []]);
    },
    minutes,
  );
});

describe('without other rights their parts are left out, and what people should know is said', () => {
  const account = 'system:serviceaccount:dev:deployer';

  test(
    'what nobody misses here: pull secrets, revision numbers, the management API',
    async () => {
      const run = await deliver(
        without(
          ['get', 'secrets'],
          ['get', 'serviceaccounts'],
          ['list', 'controllerrevisions'],
          ['create', 'pods/portforward'],
        ),
      );
      expect(story(run)).toMatchObject({ 'deliver/stage[0]/deploy': 'success' });
      expect(warningsOf(run, 'deliver/stage[0]/deploy')).toEqual([]);
    },
    minutes,
  );

  test(
    'what is not checked before: quotas and disruption budgets',
    async () => {
      const run = await deliver(without(['list', 'resourcequotas'], ['list', 'poddisruptionbudgets']));
      expect(story(run)).toMatchObject({ 'deliver/stage[0]/deploy': 'success' });
      const warnings = warningsOf(run, 'deliver/stage[0]/deploy').join('\n');
      expect(warnings).toContain('It is not checked whether there is room for the additional pods');
      expect(warnings).toContain('It is not checked whether a budget keeps nodes from being drained');
    },
    minutes,
  );

  test(
    'what cannot be watched: a warning with the rule to add',
    async () => {
      const run = await deliver(without(['watch', 'events'], ['watch', 'replicasets'], ['watch', 'pods']));
      expect(story(run)).toMatchObject({ 'deliver/stage[0]/deploy': 'success' });
      const warnings = warningsOf(run, 'deliver/stage[0]/deploy').sort();
      expect(warnings).toHaveLength(3);
      for (const [index, resource] of ['events', 'pods', 'replicasets'].entries()) {
        expect(warnings[index]).toContain(`${account} may not "watch" on ${resource}`);
        expect(warnings[index]).toContain(`resources: ["${resource}"], verbs: ["watch"]`);
      }
    },
    minutes,
  );

  test(
    'what cannot be looked at inside the pods: the summary says so',
    async () => {
      const run = await deliver(without(['get', 'pods/log'], ['get', 'pods/proxy']));
      expect(story(run)).toMatchObject({ 'deliver/stage[0]/deploy': 'success' });
      const { summary } = step(run, 'deliver/stage[0]/deploy', 'verify');
      for (const [what, resource] of [
        ['The log of ', 'pods/log'],
        ['/healthz of ', 'pods/proxy'],
      ]) {
        expect(summary).toContain(`⚠️ ${what}mi-employee-service-`);
        expect(summary).toContain(`may not "get" on ${resource} in namespace dev`);
      }
    },
    2 * minutes,
  );
});
