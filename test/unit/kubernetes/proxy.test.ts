import { afterEach, describe, expect, test } from '@jest/globals';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { startProxy } from '@wso2-delivery/shared/kubernetes/proxy';
import { readJob } from '@wso2-delivery/shared/run/job';
import { testPorts } from '../../support/ports.ts';
import type { TestPorts, TestPortOptions } from '../../support/ports.ts';
import { scriptedExec } from './scripted-exec.ts';
import type { ScriptedProcess } from './scripted-exec.ts';

const kubectl = { program: 'kubectl', kubeconfig: '/private/config', context: 'staging', namespace: 'shop' };

describe('kubectl proxy', () => {
  const opened: TestPorts[] = [];
  const ports = (onStart: (process: ScriptedProcess, nth: number) => void, more: TestPortOptions = {}) => {
    const exec = scriptedExec({ onStart });
    const made = testPorts({ exec, ...more });
    opened.push(made);
    return { ports: made, exec };
  };
  const serve = (process: ScriptedProcess) =>
    process.say(`Starting to serve on ${socketOf(process) ?? '127.0.0.1:40123'}`);
  const socketOf = (process: ScriptedProcess) =>
    process.request.args.find((arg) => arg.startsWith('--unix-socket='))?.slice('--unix-socket='.length);

  afterEach(() => {
    for (const made of opened.splice(0)) made.dispose();
  });

  test('listens on a socket in a folder that is ours alone', async () => {
    const { ports: made, exec } = ports(serve);
    const proxy = await startProxy(made, kubectl);
    const address = await proxy.address();
    expect(exec.calls).toEqual([
      [
        '--kubeconfig=/private/config',
        '--context=staging',
        '--namespace=shop',
        'proxy',
        `--unix-socket=${address.socketPath}`,
        expect.stringContaining('--reject-paths='),
      ],
    ]);
    expect(statSync(dirname(address.socketPath!)).mode & 0o777).toBe(0o700);
  });

  test('listens on a loopback port below an unguessable prefix where unix sockets do not work', async () => {
    const { ports: made, exec } = ports((process) => {
      if (socketOf(process) === undefined) serve(process);
      else process.end({ exitCode: 1, stderr: 'error: listen unix /x/api-1.sock: bind: operation not supported' });
    });
    const { baseUrl, socketPath } = await (await startProxy(made, kubectl)).address();
    expect(socketPath).toBeUndefined();
    expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:40123\/[\w-]{32}$/);
    expect(exec.calls[1]).toContain(`--api-prefix=${new URL(baseUrl).pathname}`);
  });

  test('does not try unix sockets on Windows', async () => {
    const { ports: made, exec } = ports(serve, { job: { ...readJob({}), platform: 'win32' } });
    await startProxy(made, kubectl);
    expect(exec.calls.flat()).toContain('--port=0');
  });

  test('is started again when it has died, once for all who ask at the same time', async () => {
    const { ports: made, exec } = ports(serve);
    const proxy = await startProxy(made, kubectl);
    exec.processes[0]!.end({ exitCode: 2 });
    await exec.processes[0]!.exited;
    const addresses = await Promise.all([proxy.address(), proxy.address(), proxy.address()]);
    expect(new Set(addresses.map(({ socketPath }) => socketPath)).size).toBe(1);
    expect(exec.processes).toHaveLength(2);
    expect(made.lines).toContain('kubectl proxy ended (exit code 2); starting it again');
  });

  test('is given up when it dies again and again', async () => {
    const { ports: made } = ports(serve);
    const proxy = await startProxy(made, kubectl);
    const die = async () => {
      for (let n = 0; n < 10; n++) {
        await proxy.address();
        const exec = made.exec as ReturnType<typeof scriptedExec>;
        exec.processes.at(-1)!.end({ exitCode: null, signal: 'SIGKILL', stderr: 'out of memory' });
        await exec.processes.at(-1)!.exited;
      }
    };
    await expect(die()).rejects.toMatchObject({
      code: 'KUBERNETES_PROXY_FAILED',
      message: 'kubectl proxy ended 6 times within a minute',
      evidence: 'out of memory',
    });
  });

  test.each([
    { said: 'error: stat /private/config: no such file or directory', code: 'KUBECONFIG_MISSING' },
    { said: 'error: context "staging" does not exist', code: 'KUBECONFIG_CONTEXT_UNKNOWN' },
    { said: 'panic: surprise', code: 'KUBERNETES_PROXY_FAILED' },
  ])('says why it does not start: $code', async ({ said, code }) => {
    const { ports: made } = ports((process) => process.end({ exitCode: 1, stderr: said }));
    await expect(startProxy(made, kubectl)).rejects.toMatchObject({ code, evidence: said, exitCode: 1 });
  });

  test('is stopped and given up when it never says that it listens', async () => {
    const clock = { now: () => 0, sleep: () => Promise.resolve() };
    const { ports: made, exec } = ports(() => undefined, { clock });
    await expect(startProxy(made, kubectl)).rejects.toMatchObject({
      message: 'kubectl proxy did not listen within 20 s',
    });
    expect(exec.processes[0]!.stopped).toBe(true);
  });

  test('is not started again after it was stopped', async () => {
    const { ports: made, exec } = ports(serve);
    const proxy = await startProxy(made, kubectl);
    await proxy.stop();
    expect(exec.processes[0]!.stopped).toBe(true);
    await expect(proxy.address()).rejects.toMatchObject({ message: 'kubectl proxy was stopped' });
  });
});
