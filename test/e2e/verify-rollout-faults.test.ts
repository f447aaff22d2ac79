import { chmodSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { startKubernetes, type Kubernetes } from '@wso2-delivery/lab/kubernetes/cluster';
import { always, serving } from '@wso2-delivery/lab/kubernetes/container-script';
import { copyBundles, type Bundles } from '../support/bundle.ts';
import { kubectlUser } from '../support/kubectl.ts';
import type { TestPorts } from '../support/ports.ts';
import { testWith } from '../support/tools.ts';
import { manifest, startRolloutLab, type RolloutLab } from '../support/verify-rollout.ts';

const testKubectl = testWith('kubectl');

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A kubeconfig whose token comes from a program, as those of cloud providers do. */
function withProgram(kubeconfig: string, program: string): string {
  const exec = [
    'exec:',
    '      apiVersion: client.authentication.k8s.io/v1',
    `      command: ${program}`,
    '      interactiveMode: Never',
  ];
  return kubeconfig.replace(/token: .*/, exec.join('\n'));
}

/** The kubectl processes that run for a workspace: the step's proxy. */
function proxyOf(ports: TestPorts): number {
  const found = readdirSync('/proc').find((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return command.includes('\0proxy\0') && command.includes(ports.files.workspace);
    } catch {
      return false;
    }
  });
  return Number(found);
}

describe('faults in the middle of a watch', () => {
  let lab: RolloutLab;
  beforeAll(async () => {
    lab = await startRolloutLab();
  });
  afterAll(() => lab.close());

  /** A rollout that is slow enough for a fault, and good. */
  async function duringRollout(fault: (ports: TestPorts) => void | Promise<void>) {
    const namespace = lab.namespace();
    await lab.applied(namespace, manifest('good'));
    await lab.apply(namespace, manifest('flapping'));
    const begun = Promise.withResolvers<TestPorts>();
    const verifying = lab.verify(namespace, { 'stable-for': '2s' }, begun.resolve);
    const ports = await begun.promise;
    await pause(700);
    await fault(ports);
    return verifying;
  }

  testKubectl('a proxy that is killed is started again, and no change is lost', async () => {
    const { outputs, ports } = await duringRollout((own) => {
      const pid = proxyOf(own);
      expect(pid).toBeGreaterThan(1);
      process.kill(pid, 'SIGKILL');
    });
    expect(outputs.verdict).toBe('succeeded');
    expect(ports.lines.join('\n')).toContain('kubectl proxy ended (signal SIGKILL); starting it again');
  });

  testKubectl('an API server that restarts is waited for', async () => {
    const { outputs } = await duringRollout(() => lab.cluster.restart(1500));
    expect(outputs.verdict).toBe('succeeded');
  });

  testKubectl('a history that the server has forgotten (410) is read anew', async () => {
    const { outputs } = await duringRollout(async () => {
      for (let time = 0; time < 3; time++) {
        lab.cluster.expireWatches();
        await pause(150);
      }
    });
    expect(outputs.verdict).toBe('succeeded');
  });

  testKubectl('a token that expires and is not renewed is an error that says so, soon', async () => {
    const token = lab.cluster.addToken({ user: 'short-lived' });
    const namespace = lab.namespace();
    await lab.apply(namespace, manifest('slow'));
    const verifying = lab.verify(namespace, { 'stable-for': '20s', kubeconfig: lab.cluster.kubeconfig({ token }) });
    const failed = expect(verifying).rejects.toMatchObject({ code: 'KUBERNETES_UNAUTHORIZED' });
    await pause(800);
    const from = Date.now();
    lab.cluster.revokeToken(token);
    await failed;
    expect(Date.now() - from).toBeLessThan(10_000);
  });

  testKubectl('a token that expires is renewed by the program of the kubeconfig', async () => {
    const first = lab.cluster.addToken({ user: 'short-lived' });
    const namespace = lab.namespace();
    await lab.applied(namespace, manifest('good'));
    await lab.apply(namespace, manifest('flapping'));
    let place = '';
    const give = (token: string): void => {
      const answer = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } };
      writeFileSync(join(place, 'credential.json'), JSON.stringify(answer));
    };
    const verifying = lab.verify(
      namespace,
      { 'stable-for': '2s', kubeconfig: 'kubeconfig.yaml' },
      ({ files: { workspace } }) => {
        place = workspace;
        give(first);
        const program = join(place, 'credential');
        writeFileSync(program, `#!/bin/sh\ncat ${place}/credential.json\n`);
        chmodSync(program, 0o755);
        writeFileSync(join(place, 'kubeconfig.yaml'), withProgram(lab.cluster.kubeconfig(), program));
      },
    );
    await pause(700);
    give(lab.cluster.addToken({ user: 'short-lived' }));
    lab.cluster.revokeToken(first);
    expect((await verifying).outputs.verdict).toBe('succeeded');
  });
});

describe('a hundred workloads in one step', () => {
  let cluster: Kubernetes;
  let bundles: Bundles;
  const watches: string[] = [];

  beforeAll(async () => {
    cluster = await startKubernetes({
      namespaces: ['fleet'],
      timeScale: 0.05,
      node: { allocatable: { pods: '500', cpu: '500', memory: '500Gi' } },
      containerScript: () => always(serving({ 9201: () => ({ status: 200 }) })),
      onRequest: ({ url }) => {
        if (/[?&]watch=true/.test(url)) watches.push(url.replace(/\?.*/, ''));
      },
    });
    bundles = copyBundles();
  });
  afterAll(async () => {
    bundles.dispose();
    await cluster.close();
  });

  testKubectl('need one process, four watches and less than 150 MB', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `mi-${index}`);
    const items = names.map((name) => manifest('good', { name, spec: { replicas: 1 } }));
    const user = kubectlUser(cluster.kubeconfig());
    const applied = await user.run(['-n', 'fleet', 'apply', '--validate=false', '-f', '-'], {
      apiVersion: 'v1',
      kind: 'List',
      items,
    });
    user.dispose();
    expect(applied.err).toBe('');
    // Written at its end by the process itself: its largest size, and how many others it has started.
    const watcher = join(bundles.folder, 'watcher.cjs');
    const figures = join(bundles.folder, 'figures.json');
    writeFileSync(
      watcher,
      `const child = require('node:child_process');
const { spawn } = child;
const started = [];
child.spawn = (...args) => { started.push([args[0], ...(args[1] ?? [])].join(' ')); return spawn(...args); };
require('node:module').syncBuiltinESMExports();
process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(figures)},
  JSON.stringify({ kilobytes: process.resourceUsage().maxRSS, cpuMs: (process.cpuUsage().user + process.cpuUsage().system) / 1000, started })));
`,
    );
    const { outputs, log } = await bundles.run('verify-rollout', {
      inputs: {
        workloads: names.map((name) => `deployment/${name}`).join('\n'),
        namespace: 'fleet',
        kubeconfig: cluster.kubeconfig(),
        'stable-for': '3s',
        timeout: '2m',
        'carbon-applications': 'off',
      },
      env: { NODE_OPTIONS: `--require=${watcher}` },
    });
    expect({ verdict: outputs.verdict, log }).toEqual({ verdict: 'succeeded', log });
    const { kilobytes, cpuMs, started } = JSON.parse(readFileSync(figures, 'utf8')) as {
      kilobytes: number;
      cpuMs: number;
      started: string[];
    };
    process.stdout.write(`100 workloads: ${Math.round(kilobytes / 1024)} MB at most, ${Math.round(cpuMs)} ms of CPU\n`);
    expect(started.filter((command) => command.includes(' proxy'))).toHaveLength(1);
    expect(kilobytes / 1024).toBeLessThan(150);
    expect([...watches].sort()).toEqual([
      '/api/v1/namespaces/fleet/events',
      '/api/v1/namespaces/fleet/pods',
      '/apis/apps/v1/namespaces/fleet/deployments',
      '/apis/apps/v1/namespaces/fleet/replicasets',
    ]);
  });
});
