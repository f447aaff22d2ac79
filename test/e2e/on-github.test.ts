/** Deployment records and comments on pull requests, by deploy-k8s and verify-rollout, against the lab. */
import { afterAll, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { startGitHubApi, type GitHubApi } from '@wso2-delivery/lab/github/github-api';
import { startKubernetes, type Kubernetes } from '@wso2-delivery/lab/kubernetes/cluster';
import { always, crashing, serving } from '@wso2-delivery/lab/kubernetes/container-script';
import { readInputs } from '@wso2-delivery/shared/run/inputs';
import { action as verifyAction } from '../../actions/verify-rollout/src/action.ts';
import { main as verifyMain } from '../../actions/verify-rollout/src/main.ts';
import { deploymentYaml, deployWorkspace, type DeployResult } from '../support/deploy-k8s.ts';
import { testWith } from '../support/tools.ts';

const test = testWith('kubectl');
const repository = 'acme/employee-service';

describe('what GitHub is told of a deployment', () => {
  let cluster: Kubernetes;
  let github: GitHubApi;
  let namespace: string;
  let serial = 0;

  beforeAll(async () => {
    cluster = await startKubernetes({
      timeScale: 0.05,
      containerScript: (_, { image }) =>
        always(
          image.endsWith(':crashing')
            ? crashing(1, 50, ['no keystore'])
            : serving({ 9201: () => ({ status: 200, body: 'ok' }) }),
        ),
    });
  });
  afterAll(() => cluster.close());
  beforeEach(() => {
    serial += 1;
    namespace = `ns-${serial}`;
    cluster.createNamespace(namespace);
  });

  /** Runs the body beside a GitHub that knows the token `good` with these permissions. */
  const withGitHub = async (permissions: readonly string[], body: () => Promise<void>): Promise<void> => {
    github = await startGitHubApi({ repository, tokens: { good: permissions }, merged: { abc: 8 } });
    try {
      await body();
    } finally {
      await github.close();
    }
  };
  const workspace = () =>
    deployWorkspace({
      variables: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        GITHUB_API_URL: github.url,
        GITHUB_REPOSITORY: repository,
        GITHUB_SHA: 'abc',
        GITHUB_RUN_ID: '77',
      },
    });
  const usual = () => ({ kubeconfig: cluster.kubeconfig(), namespace, 'github-token': 'good' });
  const deploy = async (tag: string, inputs: Record<string, string>): Promise<DeployResult & { lines: string[] }> => {
    const step = workspace();
    step.put('d.yaml', deploymentYaml(`registry.test/mi:${tag}`));
    const result = await step.run({ ...usual(), manifests: 'd.yaml', preflight: 'off', ...inputs });
    const lines = [...step.ports.lines];
    step.ports.dispose();
    return { ...result, lines };
  };
  const waiting = {
    wait: 'true',
    'stable-for': '200ms',
    timeout: '20s',
    'carbon-applications': 'off',
    'crash-tolerance': '1',
    'github-environment': 'staging',
    'github-environment-url': 'https://staging.example.com',
    'pr-comment': 'true',
  };

  test('a deployment that holds is a successful record and no comment; one that fails is both, and the next good one updates the comment', () =>
    withGitHub(['deployments: write', 'pull-requests: write'], async () => {
      expect((await deploy('1', waiting)).failure).toBeUndefined();
      expect(github.comments).toEqual([]);
      const failed = await deploy('crashing', waiting);
      expect(failed.failure?.code).toBe('ROLLOUT_FAILED');
      expect(github.comments.map(({ issue, body }) => [issue, body])).toEqual([
        [8, expect.stringContaining('mi-service')],
      ]);
      expect((await deploy('2', waiting)).failure).toBeUndefined();
      expect(github.comments).toHaveLength(1);
      expect(github.comments[0]?.body).not.toContain('ROLLOUT_FAILED');
      const states = github.deployments.map(({ statuses }) => statuses.map(({ state }) => state));
      expect(states).toEqual([
        ['in_progress', 'success'],
        ['in_progress', 'failure'],
        ['in_progress', 'success'],
      ]);
      expect(github.deployments[0]?.statuses[1]?.environment_url).toBe('https://staging.example.com');
    }));

  test('verify-rollout closes the record that deploy-k8s has opened', () =>
    withGitHub(['deployments: write'], async () => {
      const { outputs } = await deploy('1', { 'github-environment': 'staging' });
      expect(github.deployments[0]?.statuses.map(({ state }) => state)).toEqual(['in_progress']);
      const step = workspace();
      const given = {
        ...usual(),
        workloads: 'deployment/mi-service',
        'stable-for': '200ms',
        'carbon-applications': 'off',
        'github-deployment': outputs.githubDeployment ?? '',
      };
      const variables = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      );
      const { failure } = await verifyMain(readInputs(verifyAction, variables, step.ports.files.workspace), step.ports);
      step.ports.dispose();
      expect(failure).toBeUndefined();
      expect(github.deployments[0]?.statuses.map(({ state }) => state)).toEqual(['in_progress', 'success']);
    }));

  test('without the permissions the deployment goes on, and each is named in a warning', () =>
    withGitHub([], async () => {
      const { failure, lines } = await deploy('crashing', waiting);
      expect(failure?.code).toBe('ROLLOUT_FAILED');
      expect(lines.join('\n')).toContain('the job needs `deployments: write`');
      expect(lines.join('\n')).toContain('the job needs `pull-requests: read`');
    }));

  test('a dry run has neither record nor comment', () =>
    withGitHub(['deployments: write', 'pull-requests: write'], async () => {
      await deploy('1', { ...waiting, wait: 'false', 'dry-run': 'server' });
      expect(github.requests).toEqual([]);
    }));
});
