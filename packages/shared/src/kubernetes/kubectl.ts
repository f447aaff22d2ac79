import type { Location } from '../base/errors.ts';
import type { Exec, ExecResult, Ports } from '../base/ports.ts';
import { kubectlError } from './kubectl-failures.ts';

/** Which kubectl talks to which cluster, as which user, where. */
export interface Kubectl {
  /** Program name or absolute path. */
  readonly program: string;
  /** Absolute path of the kubeconfig; absent: what kubectl finds by itself. */
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace: string;
  /** The namespace is the context's own and not repeated on the command line: manifests may name another one. */
  readonly namespaceOfContext?: boolean;
}

/** Who owns the fields that the actions set (server-side apply, kubectl.kubernetes.io managedFields). */
export const fieldManager = 'wso2-delivery';

/** The arguments that every call to the cluster begins with. */
export function clusterArgs(kubectl: Kubectl): string[] {
  return [
    ...(kubectl.kubeconfig === undefined ? [] : [`--kubeconfig=${kubectl.kubeconfig}`]),
    ...(kubectl.context === undefined ? [] : [`--context=${kubectl.context}`]),
    ...(kubectl.namespaceOfContext === true ? [] : [`--namespace=${kubectl.namespace}`]),
  ];
}

export interface ApplyOptions {
  readonly dryRun?: boolean;
  /** Take fields over that another manager owns. */
  readonly force?: boolean;
}

/** `kubectl apply --server-side` of what comes on standard input. */
export function applyArgs(options: ApplyOptions = {}): string[] {
  return [
    'apply',
    '--server-side',
    `--field-manager=${fieldManager}`,
    ...(options.force === true ? ['--force-conflicts'] : []),
    ...(options.dryRun === true ? ['--dry-run=server'] : []),
    '--output=name',
    '--filename=-',
  ];
}

/** `kubectl diff --server-side` of what comes on standard input: exit code 0 same, 1 different, above 1 failed. */
export function diffArgs(options: Pick<ApplyOptions, 'force'> = {}): string[] {
  return [
    'diff',
    '--server-side',
    `--field-manager=${fieldManager}`,
    ...(options.force === true ? ['--force-conflicts'] : []),
    '--filename=-',
  ];
}

/**
 * `kubectl kustomize`: renders a folder, without a cluster. Into a file, because what passes through standard output is
 * masked, and a masked manifest must never be applied.
 */
export function kustomizeArgs(folder: string, output: string): string[] {
  return ['kustomize', folder, `--output=${output}`];
}

/**
 * `kubectl proxy` on a unix socket, or on a loopback port below a prefix that nobody can guess. Its own filter against
 * exec and attach is narrowed to these two: by default it also refuses a pod's own path such as /proxy/executions.
 * @param server the URL of the API server; kubectl drops its path (Rancher has one) unless told otherwise
 */
export function proxyArgs(listen: { socket: string } | { prefix: string }, server?: string): string[] {
  const place =
    'socket' in listen
      ? [`--unix-socket=${listen.socket}`]
      : ['--port=0', '--address=127.0.0.1', `--api-prefix=${listen.prefix}`];
  const hasPath = server !== undefined && URL.canParse(server) && new URL(server).pathname !== '/';
  return [
    'proxy',
    ...place,
    '--reject-paths=^/api/v1/namespaces/[^/]+/pods/[^/]+/(exec|attach)$',
    ...(hasPath ? ['--append-server-path'] : []),
  ];
}

/** `kubectl port-forward` to one port of a pod, on a loopback port that the system chooses. */
export function portForwardArgs(pod: string, port: number): string[] {
  return ['port-forward', '--address=127.0.0.1', `pod/${pod}`, `:${port}`];
}

export interface KubectlCall {
  readonly args: readonly string[];
  readonly stdin?: string;
  /** Milliseconds, default one minute. */
  readonly timeoutMs?: number;
  /** Exit codes that are an answer and not a failure (kubectl diff: 1). */
  readonly accept?: readonly number[];
  /** Finds the place in a file that a failure is about. */
  readonly locate?: (words: string) => Location | undefined;
}

/**
 * Runs kubectl against the cluster. The job's environment goes with it: credential plugins live on it.
 * @throws ToolError with the code of a known failure (kubectl-failures.ts) or TOOL_FAILED.
 */
export async function runKubectl(ports: Pick<Ports, 'exec'>, kubectl: Kubectl, call: KubectlCall): Promise<ExecResult> {
  const args = [...clusterArgs(kubectl), ...call.args];
  const result = await ports.exec.run({
    command: kubectl.program,
    args,
    timeoutMs: call.timeoutMs ?? 60_000,
    ...(call.stdin === undefined ? {} : { stdin: call.stdin }),
  });
  if (result.exitCode === 0 || (result.exitCode !== null && call.accept?.includes(result.exitCode) === true))
    return result;
  const location = call.locate?.(result.stderr);
  throw kubectlError({ command: [kubectl.program, ...args], result, location });
}

/**
 * The version of the kubectl program, for example "v1.32.4".
 * @throws ToolError TOOL_MISSING when there is none on the PATH.
 */
export async function kubectlVersion(exec: Exec, program = 'kubectl'): Promise<string> {
  const args = ['version', '--client', '--output=json'];
  const result = await exec.run({ command: program, args, timeoutMs: 30_000 });
  const version = /"gitVersion":\s*"([^"]+)"/.exec(result.stdout)?.[1];
  if (result.exitCode !== 0 || version === undefined) throw kubectlError({ command: [program, ...args], result });
  return version;
}
