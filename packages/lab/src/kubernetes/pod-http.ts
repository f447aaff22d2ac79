/** Requests to pods without a network: probes and the proxy both reach the handlers of a script through here. */
import type { PodRequest, PodResponse } from './container-script.ts';
import { portOf, type KnownContainer } from './container-state.ts';
import { messageOf } from '@wso2-delivery/shared/base/errors';
import type { Probe } from './objects.ts';

/** Nobody listens, or the answer is not HTTP. The message is Go's. */
class PodConnectionError extends Error {}

/**
 * Sends a request to a port of a pod.
 * @throws PodConnectionError when nothing listens there.
 */
export async function requestPod(
  containers: readonly KnownContainer[],
  address: { readonly ip: string; readonly port: number; readonly tls: boolean },
  request: PodRequest,
): Promise<PodResponse> {
  const { ip, port, tls } = address;
  const found = containers.map((known) => portOf(known, port)).find((candidate) => candidate !== undefined);
  if (found === undefined) throw new PodConnectionError(`dial tcp ${ip}:${port}: connect: connection refused`);
  if ((found.tls ?? false) !== tls) {
    throw new PodConnectionError(tls ? 'http: server gave HTTP response to HTTPS client' : 'EOF');
  }
  try {
    return await found.handle(request);
  } catch (thrown) {
    return { status: 500, headers: { 'content-type': 'text/plain' }, body: messageOf(thrown) };
  }
}

export interface ProbeResult {
  readonly ok: boolean;
  readonly message: string;
}

/** A port as a probe names it: a number, or the name of a container port. */
function portNumber(known: KnownContainer, port: number | string): number {
  if (typeof port === 'number') return port;
  const named = known.container.ports?.find(({ name }) => name === port)?.containerPort;
  return named ?? Number(port);
}

/**
 * Executes a probe once. `timeoutMs` in real milliseconds.
 */
export async function probeOnce(
  known: KnownContainer,
  ip: string,
  probe: Probe,
  timeoutMs: number,
): Promise<ProbeResult> {
  if (probe.exec !== undefined) {
    const answer = known.life?.run.exec?.(probe.exec.command) ?? { code: 0, output: '' };
    return { ok: answer.code === 0, message: answer.output };
  }
  if (probe.tcpSocket !== undefined) {
    const port = portNumber(known, probe.tcpSocket.port);
    const ok = portOf(known, port) !== undefined;
    return { ok, message: ok ? '' : `dial tcp ${ip}:${port}: connect: connection refused` };
  }
  if (probe.httpGet === undefined) return { ok: true, message: '' };
  const { path = '/', scheme = 'HTTP' } = probe.httpGet;
  const port = portNumber(known, probe.httpGet.port);
  const url = `${scheme.toLowerCase()}://${ip}:${port}${path}`;
  const request: PodRequest = {
    method: 'GET',
    path,
    headers: { 'user-agent': 'kube-probe/1.33', host: `${ip}:${port}` },
    body: Buffer.alloc(0),
  };
  try {
    const answer = await requestPod([known], { ip, port, tls: scheme === 'HTTPS' }, request);
    if ((answer.afterMs ?? 0) > timeoutMs) {
      return {
        ok: false,
        message: `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      };
    }
    const ok = answer.status >= 200 && answer.status < 400;
    return { ok, message: ok ? '' : `HTTP probe failed with statuscode: ${answer.status}` };
  } catch (thrown) {
    return { ok: false, message: `Get "${url}": ${messageOf(thrown)}` };
  }
}
