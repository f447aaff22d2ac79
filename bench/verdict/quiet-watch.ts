import { writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startKubernetes } from '@wso2-delivery/lab/kubernetes/cluster';
import { always, serving } from '@wso2-delivery/lab/kubernetes/container-script';
import { webDeployment } from '../../test/support/lab-kubernetes.ts';
import { step } from '../bundle.ts';
import { programOf } from '../machine.ts';
import { cpuOf, peakOf, succeeding } from '../measure.ts';
import { childrenOf } from './processes.ts';
import { formatBytes, notHere, say, table } from '../report.ts';
import type { Row } from '../row.ts';

const shortS = 5;
const longS = 65;
const quietS = longS - shortS;
const tenMinutesS = 600;

export const quietWatch: Row = {
  name: 'quiet-watch',
  about: 'what it costs to watch a Deployment to which nothing happens, beside a loop of kubectl once a second',
  async run(folder) {
    const kubectl = programOf('kubectl');
    if (kubectl === undefined) {
      say(`kubectl: ${notHere}`);
      return;
    }
    const ready = serving({ 8080: () => ({ status: 200, body: '' }) });
    const cluster = await startKubernetes({ timeScale: 0.05, containerScript: () => always(ready) });
    try {
      const kubeconfig = join(folder, 'kubeconfig');
      writeFileSync(kubeconfig, cluster.kubeconfig());
      const manifest = join(folder, 'web.json');
      writeFileSync(manifest, JSON.stringify(webDeployment({ replicas: 3 })));
      cluster.createNamespace('quiet');
      const on = [kubectl, `--kubeconfig=${kubeconfig}`, '--namespace=quiet'];
      await succeeding([...on, 'apply', '-f', manifest]);
      await succeeding([...on, 'rollout', 'status', 'deployment/web', '--timeout=30s']);

      const inputs = {
        workloads: 'deployment/web',
        namespace: 'quiet',
        kubeconfig: cluster.kubeconfig(),
        'carbon-applications': 'off',
      };
      const watchFor = async (seconds: number): Promise<Cost> => {
        const job = step('verify-rollout', { ...inputs, 'stable-for': `${seconds}s` }, join(folder, `for-${seconds}`));
        return costOf(job.command, job.env, job.workspace);
      };
      const [short, long] = [await watchFor(shortS), await watchFor(longS)];
      const quiet = long.cpuMs - short.cpuMs;
      const look = await succeeding([...on, 'rollout', 'status', 'deployment/web', '--watch=false']);
      const pods = await succeeding([...on, 'get', 'pods', '-o', 'json']);
      const perLook = look.cpuMs + pods.cpuMs;
      const tenMinutes = (msPerSecond: number) => `${((msPerSecond * tenMinutesS) / 1000).toFixed(1)} s`;
      table(
        [
          { title: 'way' },
          { title: 'CPU of start and end' },
          { title: 'CPU of a second', right: true },
          { title: 'CPU of ten minutes', right: true },
          { title: 'processes', right: true },
          { title: 'peak memory of each', right: true },
        ],
        [
          [
            'verify-rollout',
            `${(short.cpuMs / 1000).toFixed(2)} s`,
            `${(quiet / quietS).toFixed(1)} ms`,
            tenMinutes(quiet / quietS),
            String(long.peaks.length),
            long.peaks.map(formatBytes).join(', '),
          ],
          [
            'kubectl rollout status and get pods, once a second',
            '–',
            `${perLook.toFixed(0)} ms`,
            tenMinutes(perLook),
            `${2 * tenMinutesS} in all`,
            '–',
          ],
        ],
      );
      say(
        `\nReal time, against the lab's API server: a watch of ${longS} s less one of ${shortS} s, and ten minutes computed from that; the kernel counts in ticks of 10 ms. Start and end are all that is left: the bundle, kubectl proxy, the verdict. The loop's cost is one look of each kind, times 600.`,
      );
    } finally {
      await cluster.close();
    }
  },
};

interface Cost {
  readonly cpuMs: number;
  /** Of the process and its children, largest resident sizes. */
  readonly peaks: readonly number[];
}

/** CPU of the action and of every child that it starts, read from the kernel while they live. */
function costOf(command: readonly string[], env: Readonly<Record<string, string>>, cwd: string): Promise<Cost> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => out.push(chunk));
    const seen = new Map<number, { cpuMs: number; peak: number; looks: number }>();
    const look = setInterval(() => {
      for (const pid of [child.pid ?? 0, ...childrenOf(child.pid ?? 0)]) {
        const known = seen.get(pid) ?? { cpuMs: 0, peak: 0, looks: 0 };
        seen.set(pid, {
          cpuMs: Math.max(known.cpuMs, cpuOf(pid)),
          peak: Math.max(known.peak, peakOf(pid)),
          looks: known.looks + 1,
        });
      }
    }, 25);
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearInterval(look);
      if (exitCode !== 0) {
        reject(new Error(`the watch ended with ${exitCode ?? 'a signal'}:\n${Buffer.concat(out).toString()}`));
        return;
      }
      const all = [...seen.values()];
      // Those that lived for at least two seconds: the short ones are gone before there is anything to read.
      resolve({
        cpuMs: all.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
        peaks: all.filter(({ looks }) => looks > 80).map(({ peak }) => peak),
      });
    });
  });
}
