import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { startKubernetes, type Kubernetes } from '@wso2-delivery/lab/kubernetes/cluster';
import { startRegistry, type LabRegistry } from '@wso2-delivery/lab/registry/registry';
import { carbonApplicationsLabel, formatCarbonApplications } from '@wso2-delivery/shared/mi/image-label';
import { copyBundles, type Bundles, type BundleRun } from '../support/bundle.ts';
import { kubectlUser, type KubectlUser } from '../support/kubectl.ts';
import { putMiImage } from '../support/mi-image.ts';
import { testWith } from '../support/tools.ts';
import { manifest } from '../support/verify-rollout.ts';

const testKubectl = testWith('kubectl');

const hello = { name: 'hello', version: '1.0.0' };
const payroll = { name: 'payroll', version: '2.0.0' };

describe('the committed bundle of verify-rollout looks inside Micro Integrators', () => {
  let registry: LabRegistry;
  let cluster: Kubernetes;
  let bundles: Bundles;
  let user: KubectlUser;
  const portForwards: string[] = [];

  beforeAll(async () => {
    registry = await startRegistry();
    cluster = await startKubernetes({
      timeScale: 0.05,
      namespaces: ['good', 'lacking', 'unknown', 'log'],
      onRequest: ({ url }) => {
        const pod = /pods\/([^/]+)\/portforward/.exec(url)?.[1];
        if (pod !== undefined) portForwards.push(pod);
      },
    });
    bundles = copyBundles();
    user = kubectlUser(cluster.kubeconfig());
  });
  afterAll(async () => {
    user.dispose();
    bundles.dispose();
    await cluster.close();
    await registry.close();
  });

  async function verified(
    namespace: string,
    applications: readonly { name: string; version: string }[],
    password: string | undefined,
  ): Promise<BundleRun> {
    const cars = { 'hello_1.0.0.car': readFileSync('test/fixtures/mi/ok/hello_1.0.0.car') };
    const labels = { [carbonApplicationsLabel]: formatCarbonApplications(applications) };
    const image = await putMiImage(registry, namespace, cars, labels);
    const object = manifest('', { container: { image } });
    expect(await user.run(['-n', namespace, 'apply', '-f', '-'], object)).toMatchObject({ code: 0 });
    return bundles.run('verify-rollout', {
      inputs: {
        workloads: 'deployment/mi-service',
        namespace,
        kubeconfig: cluster.kubeconfig(),
        'stable-for': '1s',
        timeout: '1m',
        ...(password === undefined ? {} : { 'management-username': 'admin', 'management-password': password }),
      },
    });
  }

  testKubectl('all pods are asked through a forwarded port, and run what the image says', async () => {
    const { exitCode, summary, log, left } = await verified('good', [hello], 'admin');
    expect({ exitCode, log }).toEqual({ exitCode: 0, log });
    expect(summary).toContain('The carbon application hello 1.0.0 is active, by the management API (2 of 2 pods)');
    expect(new Set(portForwards).size).toBe(2);
    expect(left).toEqual([]);
  });

  testKubectl('an application that the image promises and no pod runs is a failure that names it', async () => {
    const { exitCode, outputs, errors, log } = await verified('lacking', [hello, payroll], 'admin');
    expect({ verdict: outputs.verdict, cause: outputs.cause, log }).toEqual({
      verdict: 'failed',
      cause: 'applications-missing',
      log,
    });
    expect(exitCode).toBe(1);
    expect(errors[0]).toContain('MI does not run payroll 2.0.0, which the image should hold');
    expect(errors[0]).toContain('[WORKLOAD_UNHEALTHY]');
  });

  testKubectl('without a login the log of each pod says it', async () => {
    const { exitCode, summary } = await verified('log', [hello], undefined);
    expect(exitCode).toBe(0);
    expect(summary).toContain("The carbon application hello 1.0.0 is deployed, by the server's log (2 of 2 pods)");
  });

  testKubectl('a login that is refused is no verdict over the applications: the log speaks then', async () => {
    const { exitCode, summary } = await verified('unknown', [hello], 'wrong');
    expect(exitCode).toBe(0);
    expect(summary).toContain("hello 1.0.0 is deployed, by the server's log (2 of 2 pods)");
  });
});
