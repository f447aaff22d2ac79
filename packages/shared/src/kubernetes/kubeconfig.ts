import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { InputError, messageOf } from '../base/errors.ts';
import type { Ports } from '../base/ports.ts';
import { didYouMean } from '../base/suggest.ts';
import { parseYaml } from '../formats/yaml.ts';
import { codes } from './codes.ts';
import type { Kubectl } from './kubectl.ts';
import { knownFailure } from './kubectl-failures.ts';
import { at, isRecord, recordsAt, textAt } from './objects.ts';

/** The inputs that say where to go. */
export interface ClusterInputs {
  /** A path (relative to the workspace) or the content, plain or in base64. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly namespace?: string | undefined;
}

/** kubectl with everything resolved that a message or a request needs. */
export interface ResolvedKubectl extends Kubectl {
  /** The URL of the API server; undefined inside a cluster. */
  readonly server: string | undefined;
}

export interface ContextChoice {
  readonly context: string;
  readonly namespace: string | undefined;
  readonly server: string | undefined;
}

const example = '${{ secrets.KUBECONFIG }}';
const largest = 1024 * 1024;

type KubeconfigPorts = Pick<Ports, 'exec' | 'files' | 'secrets' | 'job'>;

/**
 * Resolves the cluster inputs: a private copy of the kubeconfig (mode 0600, outside the workspace, removed at the end),
 * the context and the namespace. Registers the credentials in it as secrets.
 * @throws InputError KUBECONFIG_MISSING, KUBECONFIG_INVALID, KUBECONFIG_CONTEXT_UNKNOWN; ToolError TOOL_MISSING
 */
export async function resolveKubectl(
  ports: KubeconfigPorts,
  inputs: ClusterInputs,
  program = 'kubectl',
): Promise<ResolvedKubectl> {
  const given = inputs.kubeconfig?.trim() ?? '';
  if (given === '') return await kubectlsOwn(ports, inputs, program);
  const content = contentOf(given);
  const { text, folder } =
    content === undefined ? await readKubeconfigFile(ports, given) : { text: content, folder: ports.files.workspace };
  const config = parseKubeconfig(text);
  for (const secret of credentialsIn(config)) ports.secrets.register(secret);
  const chosen = chooseContext(config, inputs.context);
  const copy = join(await ports.files.privateFolder('kubeconfig'), 'config');
  await writeFile(copy, JSON.stringify(withAbsolutePaths(config, folder)), { mode: 0o600 });
  return {
    program,
    kubeconfig: copy,
    context: chosen.context,
    ...namespaceOf(inputs, chosen.namespace),
    server: chosen.server,
  };
}

function namespaceOf(
  { namespace }: ClusterInputs,
  ofContext: string | undefined,
): Pick<Kubectl, 'namespace' | 'namespaceOfContext'> {
  return namespace === undefined ? { namespace: ofContext ?? 'default', namespaceOfContext: true } : { namespace };
}

/** The text when the input is a kubeconfig itself, plain or in base64; undefined when it is a path. */
export function contentOf(given: string): string | undefined {
  if (/\n|^\s*\{|^(apiVersion|kind|clusters):/.test(given) && !/^[A-Za-z0-9+/=\s]+$/.test(given)) return given;
  if (given.length < 100 || !/^[A-Za-z0-9+/\s]+=*\s*$/.test(given)) return undefined;
  const decoded = Buffer.from(given, 'base64').toString('utf8');
  return /\bclusters\b/.test(decoded) ? decoded : undefined;
}

/** @throws InputError KUBECONFIG_INVALID when it is not YAML, or has no contexts. */
export function parseKubeconfig(text: string): Record<string, unknown> {
  let config: unknown;
  try {
    config = parseYaml(text);
  } catch (error) {
    throw invalid(`is not valid YAML: ${messageOf(error)}`);
  }
  if (!isRecord(config)) throw invalid('is not a YAML mapping');
  if (recordsAt(config, 'contexts').length === 0) throw invalid('has no contexts');
  return config;
}

/**
 * The context that will be used, with its namespace and server.
 * @throws InputError KUBECONFIG_CONTEXT_UNKNOWN, KUBECONFIG_INVALID
 */
export function chooseContext(config: Record<string, unknown>, wanted: string | undefined): ContextChoice {
  const names = recordsAt(config, 'contexts').flatMap((entry) => textAt(entry, 'name') ?? []);
  const current = textAt(config, 'current-context');
  const name = wanted ?? (current === '' ? undefined : current) ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    throw new InputError(codes.KUBECONFIG_INVALID, [
      {
        subject: 'context',
        problem: `is not given, and the kubeconfig has no current-context. It has: ${names.join(', ')}`,
        example: names[0] ?? 'staging',
      },
    ]);
  }
  const context = named(config, 'contexts', name);
  if (context === undefined) {
    throw new InputError(codes.KUBECONFIG_CONTEXT_UNKNOWN, [
      {
        subject: wanted === undefined ? 'kubeconfig' : 'context',
        problem: `the kubeconfig has no context '${name}'. It has: ${names.join(', ')}.${didYouMean(name, names)}`,
        example: names[0] ?? 'staging',
      },
    ]);
  }
  const clusterName = textAt(context, 'context', 'cluster') ?? '';
  const cluster = named(config, 'clusters', clusterName);
  if (cluster === undefined) throw invalid(`has no cluster '${clusterName}', which its context '${name}' refers to`);
  const userName = textAt(context, 'context', 'user') ?? '';
  if (userName !== '' && named(config, 'users', userName) === undefined) {
    throw invalid(`has no user '${userName}', which its context '${name}' refers to`);
  }
  const namespace = textAt(context, 'context', 'namespace');
  return {
    context: name,
    namespace: namespace === '' ? undefined : namespace,
    server: textAt(cluster, 'cluster', 'server'),
  };
}

/** Relative file references count from the kubeconfig's folder (client-go, ResolveLocalPaths): the copy lies elsewhere. */
export function withAbsolutePaths(config: Record<string, unknown>, folder: string): Record<string, unknown> {
  const absolute = (value: unknown) =>
    typeof value === 'string' && value !== '' && !isAbsolute(value) ? resolve(folder, value) : value;
  const rewrite = (record: unknown, keys: readonly string[]): unknown =>
    isRecord(record)
      ? Object.fromEntries(
          Object.entries(record).map(([key, value]) => [key, keys.includes(key) ? absolute(value) : value]),
        )
      : record;
  const clusters = recordsAt(config, 'clusters').map((entry) => ({
    ...entry,
    cluster: rewrite(entry.cluster, ['certificate-authority']),
  }));
  const users = recordsAt(config, 'users').map((entry) => {
    const user = rewrite(entry.user, ['client-certificate', 'client-key', 'tokenFile']);
    const command = textAt(user, 'exec', 'command');
    // A command without a separator is looked up on the PATH.
    if (!isRecord(user) || command === undefined || !/[\\/]/.test(command)) return { ...entry, user };
    return { ...entry, user: { ...user, exec: rewrite(user.exec, ['command']) } };
  });
  return { ...config, clusters, users };
}

/** Everything in a kubeconfig that must never be shown. */
export function credentialsIn(config: Record<string, unknown>): string[] {
  const secrets: string[] = [];
  for (const entry of recordsAt(config, 'users')) {
    for (const key of ['token', 'password', 'client-key-data']) {
      const value = textAt(entry, 'user', key);
      if (value !== undefined && value !== '') secrets.push(value);
    }
    for (const variable of recordsAt(entry, 'user', 'exec', 'env')) {
      const value = textAt(variable, 'value');
      if (value !== undefined && /token|secret|password|key/i.test(textAt(variable, 'name') ?? '')) secrets.push(value);
    }
    for (const value of Object.values((at(entry, 'user', 'auth-provider', 'config') as object | undefined) ?? {})) {
      if (typeof value === 'string' && value.length >= 20) secrets.push(value);
    }
  }
  return secrets;
}

async function readKubeconfigFile(ports: KubeconfigPorts, given: string): Promise<{ text: string; folder: string }> {
  const home = ports.job.variable('HOME') ?? ports.files.workspace;
  const path = resolve(ports.files.workspace, given.replace(/^~(?=[\\/])/, home));
  try {
    if ((await stat(path)).size > largest) throw invalid(`${given} is larger than 1 MiB`);
    return { text: await readFile(path, 'utf8'), folder: dirname(path) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? 'does not exist' : `cannot be read (${messageOf(error)})`;
    throw new InputError(codes.KUBECONFIG_MISSING, [
      {
        subject: 'kubeconfig',
        problem: `the file ${ports.files.display(path)} ${problem}, and it is no kubeconfig itself`,
        example,
      },
    ]);
  }
}

/** No input: KUBECONFIG, ~/.kube/config, or the service account of the pod that the runner lives in. */
async function kubectlsOwn(ports: KubeconfigPorts, inputs: ClusterInputs, program: string): Promise<ResolvedKubectl> {
  const args = [
    ...(inputs.context === undefined ? [] : [`--context=${inputs.context}`]),
    'config',
    'view',
    '--minify',
    '--output=json',
  ];
  const result = await ports.exec.run({ command: program, args, timeoutMs: 30_000 });
  if (result.exitCode === 0) {
    const chosen = chooseContext(parseKubeconfig(result.stdout), inputs.context);
    return {
      program,
      ...(inputs.context === undefined ? {} : { context: inputs.context }),
      ...namespaceOf(inputs, chosen.namespace),
      server: chosen.server,
    };
  }
  if (inputs.context === undefined && ports.job.variable('KUBERNETES_SERVICE_HOST') !== undefined) {
    return { program, ...namespaceOf(inputs, await podNamespace()), server: undefined };
  }
  const known = knownFailure(result.stderr);
  throw new InputError(known?.code ?? codes.KUBECONFIG_MISSING, [
    {
      subject: known?.code === codes.KUBECONFIG_CONTEXT_UNKNOWN ? 'context' : 'kubeconfig',
      problem: known?.message ?? 'is not given, and kubectl has no configuration of its own',
      example,
    },
  ]);
}

/** The namespace of a runner that is a pod itself. */
async function podNamespace(): Promise<string | undefined> {
  try {
    return (await readFile('/var/run/secrets/kubernetes.io/serviceaccount/namespace', 'utf8')).trim();
  } catch {
    return undefined;
  }
}

function named(config: Record<string, unknown>, list: string, name: string): Record<string, unknown> | undefined {
  return recordsAt(config, list).find((entry) => entry.name === name);
}

function invalid(problem: string): InputError {
  return new InputError(codes.KUBECONFIG_INVALID, [{ subject: 'kubeconfig', problem, example }]);
}
