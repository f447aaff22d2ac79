import { describe, expect, test } from '@jest/globals';
import { forwardPort } from '@wso2-delivery/shared/kubernetes/port-forward';
import { systemClock } from '@wso2-delivery/shared/run/clock';
import { scriptedExec, type ScriptedProcess } from './scripted-exec.ts';

const kubectl = { program: 'kubectl', namespace: 'staging' };
const forward = (onStart: (process: ScriptedProcess) => void, clock = systemClock) => {
  const exec = scriptedExec({ onStart });
  return { exec, result: forwardPort({ exec, clock }, kubectl, 'mi-1', 9164) };
};

describe('a forwarded port', () => {
  test('is where kubectl says', async () => {
    const { exec, result } = forward((process) => process.say('Forwarding from 127.0.0.1:40123 -> 9164'));
    const port = await result;
    expect([port.host, port.port]).toEqual(['127.0.0.1', 40123]);
    expect(exec.calls).toEqual([['--namespace=staging', 'port-forward', '--address=127.0.0.1', 'pod/mi-1', ':9164']]);
    await port.stop();
    expect(exec.processes[0]!.stopped).toBe(true);
  });

  test.each([
    { said: 'Error from server (NotFound): pods "mi-1" not found', code: 'KUBERNETES_NOT_FOUND' },
    {
      said: 'error: error upgrading connection: pods "mi-1" is forbidden: User "ci" cannot create resource "pods/portforward" in API group "" in the namespace "staging"',
      code: 'KUBERNETES_FORBIDDEN',
    },
    {
      said: 'error: unable to forward port because pod is not running. Current status=Pending',
      code: 'POD_UNREACHABLE',
    },
  ])('that cannot be had says why: $code', async ({ said, code }) => {
    const { result } = forward((process) => process.end({ exitCode: 1, stderr: said }));
    await expect(result).rejects.toMatchObject({
      code,
      message: expect.stringContaining('port 9164 of pod mi-1 cannot be forwarded'),
    });
  });

  test('is given up when kubectl never listens', async () => {
    const { exec, result } = forward(() => undefined, { now: () => 0, sleep: () => Promise.resolve() });
    await expect(result).rejects.toMatchObject({ code: 'POD_UNREACHABLE' });
    expect(exec.processes[0]!.stopped).toBe(true);
  });
});
