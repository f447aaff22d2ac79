import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DeliveryError, ToolError } from '../base/errors.ts';
import type { ExecResult, Ports, RunningProcess } from '../base/ports.ts';
import { codes } from './codes.ts';
import { clusterArgs, proxyArgs } from './kubectl.ts';
import type { Kubectl } from './kubectl.ts';
import { knownFailure } from './kubectl-failures.ts';

/** Where the API server is to be reached on this machine. */
export interface ApiAddress {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly socketPath?: string;
}

/** One `kubectl proxy` for all reads and watches of a step. */
export interface KubectlProxy {
  /**
   * The address of the running proxy. Starts it again when it has died.
   * @throws ToolError KUBERNETES_PROXY_FAILED (or what kubectl said) when it does not start or dies again and again.
   */
  address(): Promise<ApiAddress>;
  stop(): Promise<void>;
}

export type ProxyPorts = Pick<Ports, 'exec' | 'files' | 'job' | 'clock' | 'log'>;

/** sun_path holds 108 bytes on Linux and 104 on macOS, one of them the closing NUL. */
const longestSocketPath = 103;
const startTimeoutMs = 20_000;
/** A proxy that dies more often than this within a minute will not be started again. */
const restartsAMinute = 5;

interface Running {
  readonly process: RunningProcess;
  readonly address: ApiAddress;
  ended?: ExecResult;
}

/** Starts the proxy, on a unix socket in a private folder, or on a loopback port where the system has no such sockets. */
export async function startProxy(
  ports: ProxyPorts,
  kubectl: Kubectl & { readonly server?: string | undefined },
): Promise<KubectlProxy> {
  const folder = await ports.files.privateFolder('kubectl');
  let unixSockets =
    ports.job.platform !== 'win32' && Buffer.byteLength(join(folder, 'api-99.sock')) <= longestSocketPath;
  let starts: number[] = [];
  let serial = 0;
  let running: Running | undefined;
  let starting: Promise<Running> | undefined;
  let stopped = false;

  const startOnce = async (): Promise<Running> => {
    serial += 1;
    if (unixSockets) {
      const socket = join(folder, `api-${serial}.sock`);
      const outcome = await launch(ports, kubectl, proxyArgs({ socket }, kubectl.server));
      if ('process' in outcome)
        return { process: outcome.process, address: { baseUrl: 'http://localhost', socketPath: socket } };
      if (!outcome.stderr.includes('listen unix')) throw proxyError(kubectl, outcome);
      ports.log.debug(`kubectl proxy cannot use a unix socket: ${outcome.stderr.trim()}`);
      unixSockets = false;
    }
    const prefix = `/${randomBytes(24).toString('base64url')}`;
    const outcome = await launch(ports, kubectl, proxyArgs({ prefix }, kubectl.server));
    if (!('process' in outcome)) throw proxyError(kubectl, outcome);
    return { process: outcome.process, address: { baseUrl: `http://${outcome.listening}${prefix}` } };
  };

  const start = async (): Promise<Running> => {
    const now = ports.clock.now();
    starts = [...starts.filter((time) => now - time < 60_000), now];
    if (starts.length > restartsAMinute + 1) {
      throw proxyError(kubectl, running?.ended, `kubectl proxy ended ${starts.length - 1} times within a minute`);
    }
    if (running?.ended !== undefined) {
      ports.log.info(`kubectl proxy ended (${describeEnd(running.ended)}); starting it again`);
    }
    const next = await startOnce();
    void next.process.exited.then((result) => {
      next.ended = result;
    });
    running = next;
    return next;
  };

  const proxy: KubectlProxy = {
    async address() {
      if (stopped) throw proxyError(kubectl, running?.ended, 'kubectl proxy was stopped');
      if (running !== undefined && running.ended === undefined) return running.address;
      starting ??= start().finally(() => {
        starting = undefined;
      });
      return (await starting).address;
    },
    async stop() {
      stopped = true;
      await starting?.catch(() => undefined);
      await running?.process.stop();
    },
  };
  await proxy.address();
  return proxy;
}

/** Starts kubectl and waits for its "Starting to serve on …". Gives what it said when it ends before that. */
async function launch(
  ports: ProxyPorts,
  kubectl: Kubectl,
  args: readonly string[],
): Promise<{ process: RunningProcess; listening: string } | ExecResult> {
  const said = Promise.withResolvers<string>();
  const process = await ports.exec.start({
    command: kubectl.program,
    args: [...clusterArgs(kubectl), ...args],
    keepBytes: 64 * 1024,
    onLine: (line, stream) => {
      const listening = stream === 'stdout' ? /^Starting to serve on (.+)$/.exec(line)?.[1] : undefined;
      if (listening !== undefined) said.resolve(listening);
    },
  });
  const over = new AbortController();
  try {
    const outcome = await Promise.race([
      said.promise.then((listening) => ({ process, listening })),
      process.exited,
      ports.clock.sleep(startTimeoutMs, over.signal).then(() => 'late' as const),
    ]);
    if (outcome !== 'late') return outcome;
    await process.stop();
    throw proxyError(kubectl, undefined, `kubectl proxy did not listen within ${startTimeoutMs / 1000} s`);
  } catch (error) {
    if (!(error instanceof DeliveryError && error.code === codes.KUBERNETES_PROXY_FAILED.code)) await process.stop();
    throw error;
  } finally {
    over.abort();
  }
}

function describeEnd(result: ExecResult): string {
  return result.signal === null ? `exit code ${String(result.exitCode)}` : `signal ${result.signal}`;
}

function proxyError(kubectl: Kubectl, result: ExecResult | undefined, message?: string): ToolError {
  const command = [kubectl.program, ...clusterArgs(kubectl), 'proxy'];
  const words = result === undefined ? '' : `${result.stderr}\n${result.stdout}`.trim();
  const known = knownFailure(words);
  const what =
    message ?? `kubectl proxy ended at once (${result === undefined ? 'no reason given' : describeEnd(result)})`;
  return new ToolError(known?.code ?? codes.KUBERNETES_PROXY_FAILED, known === undefined ? what : known.message, {
    command,
    exitCode: result?.exitCode ?? null,
    evidence: words === '' ? undefined : words,
    ...(known?.remedy === undefined ? {} : { remedy: known.remedy }),
  });
}
