import { ServiceError } from '../base/errors.ts';
import type { Ports } from '../base/ports.ts';
import { neutralise, oneLine } from '../base/text.ts';
import { codes } from './codes.ts';
import { clusterArgs, portForwardArgs } from './kubectl.ts';
import type { Kubectl } from './kubectl.ts';
import { knownFailure } from './kubectl-failures.ts';

/** A port of a pod on this machine's loopback interface. */
export interface ForwardedPort {
  readonly host: '127.0.0.1';
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Forwards a loopback port to a port of a pod, through the API server (`kubectl port-forward`). Only where the pod
 * wants an Authorization header (MI's management API), which the API server's pod proxy removes.
 * @throws ServiceError POD_UNREACHABLE, or the code of a known failure (needs "create" on pods/portforward)
 */
export async function forwardPort(
  ports: Pick<Ports, 'exec' | 'clock'>,
  kubectl: Kubectl,
  pod: string,
  port: number,
): Promise<ForwardedPort> {
  const said = Promise.withResolvers<number>();
  const process = await ports.exec.start({
    command: kubectl.program,
    args: [...clusterArgs(kubectl), ...portForwardArgs(pod, port)],
    keepBytes: 64 * 1024,
    onLine: (line) => {
      const local = /^Forwarding from 127\.0\.0\.1:(\d+) -> /.exec(line)?.[1];
      if (local !== undefined) said.resolve(Number(local));
    },
  });
  const over = new AbortController();
  try {
    const outcome = await Promise.race([said.promise, process.exited, ports.clock.sleep(20_000, over.signal)]);
    if (typeof outcome === 'number') return { host: '127.0.0.1', port: outcome, stop: () => process.stop() };
    await process.stop();
    const words = oneLine(neutralise((await process.exited).stderr), 300);
    const known = knownFailure(words);
    const why = known?.message ?? (words === '' ? 'kubectl port-forward did not listen' : words);
    throw new ServiceError(
      known?.code ?? codes.POD_UNREACHABLE,
      `port ${port} of pod ${pod} cannot be forwarded: ${why}`,
      {
        method: 'CONNECT',
        url: `pod/${pod}:${port}`,
        ...(known?.remedy === undefined ? {} : { remedy: known.remedy }),
      },
    );
  } finally {
    over.abort();
  }
}
