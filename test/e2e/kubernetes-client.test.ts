import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { startKubernetes, type Kubernetes } from '@wso2-delivery/lab/kubernetes/cluster';
import { always, serving } from '@wso2-delivery/lab/kubernetes/container-script';
import { connect, type Cluster } from '@wso2-delivery/shared/kubernetes/cluster';
import { forwardPort } from '@wso2-delivery/shared/kubernetes/port-forward';
import { testPorts, type TestPorts } from '../support/ports.ts';
import { testWith } from '../support/tools.ts';

const test = testWith('kubectl');

/** The processes of our proxies, by their private folder. */
const proxiesOf = (ports: TestPorts): { pid: number; args: string }[] =>
  spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .map((line) => ({ pid: Number(line.trim().split(' ')[0]), args: line }))
    .filter(({ args }) => args.includes('proxy') && args.includes(`${ports.files.workspace}/wso2-delivery-kubectl`));

describe('a cluster through the real kubectl proxy', () => {
  let lab: Kubernetes;
  let ports: TestPorts;
  let cluster: Cluster;

  beforeAll(async () => {
    lab = await startKubernetes({
      namespaces: ['staging'],
      timeScale: 0.05,
      containerScript: () =>
        always(serving({ 9201: () => ({ status: 200, body: 'ready' }) }, { logs: ['first', 'second', 'third'] })),
    });
  });
  afterAll(() => lab.close());
  beforeEach(async () => {
    ports = testPorts();
    cluster = await connect(ports, { kubeconfig: lab.kubeconfig({ namespace: 'staging' }) });
  });
  afterEach(async () => {
    await cluster.close();
    ports.dispose();
  });

  const apply = async (yaml: string): Promise<void> => {
    const child = promisify(execFile)('kubectl', [
      `--kubeconfig=${cluster.kubectl.kubeconfig ?? ''}`,
      'apply',
      '-f',
      '-',
    ]);
    child.child.stdin?.end(yaml);
    await child;
  };
  const configMap = (value: number) =>
    apply(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: counter}\ndata: {value: "${value}"}\n`);

  test('loses no change of a watch while connections drop, the history is forgotten and the proxy is killed', async () => {
    await configMap(0);
    const over = new AbortController();
    const seen: string[] = [];
    const watching = (async () => {
      for await (const { type, object } of cluster.client.watch('ConfigMap', {
        fields: 'metadata.name=counter',
        signal: over.signal,
      })) {
        seen.push(`${type} ${(object.data as { value: string }).value}`);
        if (seen.at(-1)?.endsWith(' 4') === true) over.abort();
      }
    })();
    const until = async (event: string) => {
      while (!seen.includes(event)) await ports.clock.sleep(20);
    };
    await until('ADDED 0');
    lab.dropConnections();
    await configMap(1);
    await until('MODIFIED 1');
    lab.expireWatches();
    await configMap(2);
    await until('MODIFIED 2');
    const [before] = proxiesOf(ports);
    process.kill(before!.pid, 'SIGKILL');
    await configMap(3);
    await until('MODIFIED 3');
    expect(proxiesOf(ports).map(({ pid }) => pid)).not.toContain(before!.pid);
    await configMap(4);
    await watching;
    expect(seen).toEqual(['ADDED 0', 'MODIFIED 1', 'MODIFIED 2', 'MODIFIED 3', 'MODIFIED 4']);
  });

  test('needs one process, however much is watched', async () => {
    const over = new AbortController();
    const watches = Array.from({ length: 40 }, async () => {
      for await (const { kind } of cluster.client.watch('Pod', { signal: over.signal })) expect(kind).toBe('Pod');
    });
    await ports.clock.sleep(300);
    expect(proxiesOf(ports)).toHaveLength(1);
    over.abort();
    await Promise.all(watches);
  });

  test('reads logs and ports of a pod, and forwards a port where a login is needed', async () => {
    await apply(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: mi}\nspec: {containers: [{name: mi, image: acme/mi:1, ports: [{containerPort: 9201}]}]}\n',
    );
    while (
      (await cluster.client.get('Pod', 'mi')).status === undefined ||
      !JSON.stringify(await cluster.client.get('Pod', 'mi')).includes('"ready":true')
    ) {
      await ports.clock.sleep(50);
    }
    expect(await cluster.client.logs('mi', { container: 'mi', tailLines: 2 })).toBe('second\nthird\n');
    expect(await cluster.client.logs('mi', { container: 'mi', previous: true })).toBeUndefined();
    const answer = await cluster.client.podGet('mi', { port: 9201, path: '/healthz' });
    expect([answer.status, answer.text()]).toEqual([200, 'ready']);
    await expect(cluster.client.podGet('mi', { port: 9999, path: '/' })).rejects.toMatchObject({
      code: 'POD_UNREACHABLE',
    });
    const forwarded = await forwardPort(ports, cluster.kubectl, 'mi', 9201);
    const through = await ports.http.request({ method: 'GET', url: `http://127.0.0.1:${forwarded.port}/healthz` });
    expect(through.text()).toBe('ready');
    await forwarded.stop();
  });

  test('reaches a server below a path, as Rancher has them', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('content-type', 'application/json').end('{"gitVersion": "v1.33.0"}');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/k8s/clusters/c-1`;
    const rancher = await connect(ports, {
      kubeconfig: lab
        .kubeconfig()
        .replace(lab.url, url)
        .replace(/certificate-authority-data: .+/, ''),
    });
    await rancher.close();
    server.closeAllConnections();
    server.close();
    expect(asked).toContain('/k8s/clusters/c-1/version');
  });

  test('tells soon that nobody is there', async () => {
    const kubeconfig = lab.kubeconfig().replace(lab.url, 'https://127.0.0.1:1');
    const started = ports.clock.now();
    await expect(connect(ports, { kubeconfig })).rejects.toMatchObject({ code: 'KUBERNETES_UNREACHABLE' });
    expect(ports.clock.now() - started).toBeLessThan(5000);
  });
});
