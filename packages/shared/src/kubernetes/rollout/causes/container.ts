/** Causes for which a container does not start, or does not stay. */
import { neutralise, oneLine } from '../../../base/text.ts';
import type { Terminated } from '../objects.ts';
import { lastHappened } from '../objects.ts';
import type { ContainerView } from '../views.ts';
import type { Cause } from './row.ts';
import { inContainer, read } from './row.ts';

const notStarted = /^(|ContainerCreating|PodInitializing)$/;

/** What the kubelet says when it cannot put the container's configuration together. */
function configurationError(view: ContainerView): string | undefined {
  const { waiting } = view;
  if (waiting?.reason === 'CreateContainerConfigError') return waiting.message ?? '';
  if (view.running || view.ended !== undefined || !notStarted.test(waiting?.reason ?? '')) return undefined;
  const failed = view.event(/^Failed$/, /^Error: (configmap |secret |couldn't find key |container has runAsNonRoot)/);
  const created = view.event(/^Created$/);
  if (failed === undefined || (created !== undefined && lastHappened(created) >= lastHappened(failed)))
    return undefined;
  return failed.message?.replace(/^Error: /, '');
}

function missingConfiguration(view: ContainerView): { kind: string; name: string; key: string } | undefined {
  const text = configurationError(view);
  const key = read<'key' | 'kind' | 'name'>(
    text,
    /couldn't find key (?<key>\S+) in (?<kind>ConfigMap|Secret) (?:[^/\s]+\/)?(?<name>\S+)/,
  );
  if (key !== undefined) return key;
  const whole = read<'kind' | 'name'>(text, /(?<kind>configmap|secret) "(?<name>[^"]+)" not found/i);
  if (whole === undefined) return undefined;
  return { kind: whole.kind.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap', name: whole.name, key: '' };
}

const noProgram = /no command specified|executable file .*not found|exec format error/i;

/** What the runtime said when it could not start the container's process. */
function startError(view: ContainerView): string | undefined {
  if (view.ended?.reason === 'StartError' || view.ended?.reason === 'ContainerCannotRun')
    return view.ended.message ?? '';
  if (view.waiting?.reason === 'RunContainerError') return view.waiting.message ?? '';
  // CRI-O looks for the program while it creates the container, containerd when it starts it.
  const { waiting } = view;
  if (waiting?.reason === 'CreateContainerError' && noProgram.test(waiting.message ?? '')) return waiting.message;
  if (view.running || view.ended !== undefined || !notStarted.test(view.waiting?.reason ?? '')) return undefined;
  return view.event(/^Failed$/, /^Error: failed to create (containerd|shim) task|OCI runtime create failed/)?.message;
}

const neverStarts =
  /no such file or directory|executable file not found|permission denied|exec format error|no command specified|is a directory|not a directory|read-only file system/i;

const hopeless = (view: ContainerView): { text: string } | undefined => {
  const text = startError(view);
  return text !== undefined && neverStarts.test(text) ? { text } : undefined;
};

/** The runtime's chain of errors without its first links, which say only that there was one. */
function runtimeError(text: string): string {
  const start = /(?:unable to start container process|error during container init|exec): .*/.exec(text)?.[0] ?? text;
  return start.replace(/: unknown$/, '').slice(0, 300);
}

const formatError = /exec format error|cannot execute binary file/i;

function crashed(view: ContainerView): Terminated | undefined {
  return view.crashes > 0 ? view.ended : undefined;
}

/** The line of a log that says most about an end: the last that speaks of an error, else the last. */
function lastWords(log: string | undefined): string | undefined {
  const lines = neutralise(log ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const telling =
    lines.findLast((line) => /error|exception|fatal|caused by|panic|cannot|failed/i.test(line)) ?? lines.at(-1);
  return telling === undefined ? undefined : oneLine(telling, 200);
}

function exited(ended: Terminated, log?: string): string {
  const signal = ended.exitCode > 128 && ended.exitCode < 160 ? ` (signal ${ended.exitCode - 128})` : '';
  const message = lastWords(ended.message) ?? lastWords(log);
  return `exit code ${ended.exitCode}${signal}${message === undefined ? '' : `, its last words: ${message}`}`;
}

/** Killed because of a probe: what the probe got last. */
function killedBy(kind: 'liveness' | 'startup', view: ContainerView): { answer: string } | undefined {
  if (crashed(view) === undefined) return undefined;
  const killing = view.event(/^Killing$/, new RegExp(`failed ${kind} probe`));
  const unhealthy = view.event(/^Unhealthy$/, new RegExp(`^${kind} probe`, 'i'));
  // Without the kubelet's word for it, an end by SIGTERM or SIGKILL (or a clean one after it) while the probe fails tells.
  const likely = unhealthy !== undefined && [0, 137, 143].includes(view.ended?.exitCode ?? -1);
  if (killing === undefined && !likely) return undefined;
  return { answer: (unhealthy?.message ?? '').replace(/^\w+ probe failed: /, '').slice(0, 200) };
}

/** The JVM's largest heap, as the container's environment sets it: of several flags the last counts. */
function largestHeap(env: NonNullable<ContainerView['spec']['env']>): string | undefined {
  const options = ['JAVA_TOOL_OPTIONS', 'JVM_MEM_OPTS', 'JAVA_OPTS'].map(
    (name) => env.find((variable) => variable.name === name)?.value ?? '',
  );
  return [...options.join(' ').matchAll(/-Xmx(\w+)/g)].at(-1)?.[1];
}

const crashRow = {
  heals: 'by-itself',
  tolerance: 'crash-tolerance',
  occurrences: (view: ContainerView) => view.crashes,
  evidence: ['logs', 'container-state', 'events'],
} as const;

/** The command is for whoever has the message and not the summary. */
function readTheLog(_: object, { name, pod: { namespace, pod } }: ContainerView): string {
  return `Mend what the last lines of its log say; they are in the evidence (kubectl -n ${namespace} logs ${pod.metadata.name} -c ${name} --previous).`;
}

export const containerCauses: readonly Cause[] = [
  inContainer('container-config', {
    heals: 'if-something-else-changes',
    seen: missingConfiguration,
    subject: ({ kind, name, key }) => `${kind}/${name}/${key}`,
    needs: ({ kind, name, key }) => ({
      kind: kind === 'Secret' ? 'Secret' : 'ConfigMap',
      name,
      ...(key === '' ? {} : { key }),
    }),
    says: ({ kind, name, key }, { name: container }) =>
      key === ''
        ? `${kind} ${name} does not exist, and container ${container} takes its environment from it.`
        : `${kind} ${name} has no key ${key}, which container ${container} takes its environment from.`,
    remedy: ({ kind, name, key }, { pod }) =>
      key === ''
        ? `Create it (kubectl -n ${pod.namespace} create ${kind === 'Secret' ? 'secret generic' : 'configmap'} ${name} …) or mark the reference optional.`
        : `Add the key ${key} to ${kind} ${name} in namespace ${pod.namespace}, or mark the reference optional.`,
    evidence: ['events', 'pod-spec'],
  }),
  inContainer('run-as-root-refused', {
    heals: 'never',
    seen: (view) => read<never>(configurationError(view), /runAsNonRoot(?<_>)/),
    says: (_, { name }) => `Container ${name} may not run as root (runAsNonRoot), and its image does.`,
    remedy: () => 'Set runAsUser to a user number other than 0, or build the image with a numeric USER.',
    evidence: ['events', 'pod-spec'],
  }),
  inContainer('cannot-start', {
    heals: 'never',
    seen: hopeless,
    says: ({ text }, { name }) => `Container ${name} cannot start: ${runtimeError(text)}.`,
    remedy: ({ text }) =>
      formatError.test(text)
        ? 'The program is built for another architecture than the node: build the image for it.'
        : /permission denied/i.test(text)
          ? 'Make the program executable for the user that the container runs as.'
          : 'Correct command and args of the container, or build the image with the program in it.',
    evidence: ['container-state', 'pod-spec'],
  }),
  inContainer('start-failed', {
    heals: 'by-itself',
    tolerance: 'crash-tolerance',
    occurrences: (view) => view.crashes,
    seen: (view) => {
      const text = startError(view);
      return text === undefined ? undefined : { text };
    },
    says: ({ text }, { name }) => `The runtime cannot start container ${name}: ${runtimeError(text)}.`,
    remedy: () => "Look at the runtime's words in the evidence.",
    evidence: ['container-state', 'events', 'pod-spec'],
  }),
  inContainer('exec-format-error', {
    heals: 'never',
    seen: (view) => (crashed(view) !== undefined && formatError.test(view.log ?? '') ? {} : undefined),
    says: (_, { name }) =>
      `Container ${name} cannot run: its program is built for another architecture than the node (exec format error), or is a script without an interpreter line.`,
    remedy: () => "Build the image for the nodes' platform (input platforms of build-mi).",
    evidence: ['logs', 'container-state', 'nodes'],
  }),
  inContainer('out-of-memory', {
    ...crashRow,
    seen: (view) =>
      crashed(view)?.reason === 'OOMKilled'
        ? { limit: view.spec.resources?.limits?.memory ?? '', heap: largestHeap(view.spec.env ?? []) }
        : undefined,
    says: ({ limit, heap }, { name }) =>
      `Container ${name} is killed for want of memory` +
      (limit === '' ? '' : `: it needs more than its limit of ${limit}`) +
      (heap === undefined ? '' : `, and its heap alone may grow to ${heap}`) +
      '.',
    remedy: () =>
      'Raise resources.limits.memory, or lower what the program takes. A JVM needs its heap (-Xmx) and about half as much again within the limit.',
  }),
  inContainer('startup-killed', {
    ...crashRow,
    seen: (view) => killedBy('startup', view),
    says: ({ answer }, { name }) =>
      `Container ${name} is killed and started again because its startup probe fails: ${answer}.`,
    remedy: (_, { spec }) =>
      `Give it more time (failureThreshold × periodSeconds of the startup probe are ${startupSeconds(spec.startupProbe)} s), or let the probe ask a port and path that it answers.`,
    evidence: ['probe', 'logs', 'events'],
  }),
  inContainer('liveness-killed', {
    ...crashRow,
    seen: (view) => killedBy('liveness', view),
    says: ({ answer }, { name }) =>
      `Container ${name} is killed and started again because its liveness probe fails: ${answer}.`,
    remedy: () =>
      'Let the liveness probe ask what holds as long as the program lives (MI: GET /liveness on 9201), and give a slow start a startup probe.',
    evidence: ['probe', 'logs', 'events'],
  }),
  inContainer('post-start-hook', {
    ...crashRow,
    seen: (view) => {
      const failed = view.event(/^FailedPostStartHook$/);
      return failed !== undefined && !view.running ? { text: failed.message ?? '' } : undefined;
    },
    occurrences: (view) => Math.max(1, view.crashes),
    says: ({ text }, { name }) =>
      `The postStart hook of container ${name} fails, so the container is killed: ${text.slice(0, 200)}.`,
    remedy: () => 'Correct the command of lifecycle.postStart.',
    evidence: ['events', 'logs', 'pod-spec'],
  }),
  inContainer('init-crash', {
    ...crashRow,
    seen: (view) => (view.role === 'init' ? crashed(view) : undefined),
    says: (ended, { name, log }) => `Init container ${name} fails, so the pod never starts: ${exited(ended, log)}.`,
    remedy: readTheLog,
  }),
  inContainer('sidecar-crash', {
    ...crashRow,
    seen: (view) => (view.role === 'sidecar' ? crashed(view) : undefined),
    says: (ended, { name, log }) =>
      `Container ${name}, beside the main container, crashes again and again: ${exited(ended, log)}.`,
    remedy: readTheLog,
  }),
  inContainer('exit-zero-loop', {
    ...crashRow,
    seen: (view) => (crashed(view)?.exitCode === 0 ? {} : undefined),
    says: (_, { name }) =>
      `Container ${name} ends without an error (exit code 0), and a workload's containers must not end.`,
    remedy: () =>
      'Start the server in the foreground. For work that ends, use a Job. MI exits with 0 on a JDK that it does not support.',
  }),
  inContainer('crash-loop', {
    ...crashRow,
    seen: crashed,
    says: (ended, { name, log }) => `Container ${name} crashes after each start: ${exited(ended, log)}.`,
    remedy: readTheLog,
  }),
  inContainer('create-failed', {
    heals: 'by-itself',
    seen: (view) =>
      /^(CreateContainerError|CreateContainerConfigError|CreatePodSandboxError|PreCreateHookError|PreStartHookError)$/.test(
        view.waiting?.reason ?? '',
      )
        ? { text: view.waiting?.message ?? '' }
        : undefined,
    says: ({ text }, { name }) => `Container ${name} cannot be created: ${runtimeError(text)}.`,
    remedy: () => "The kubelet tries again. If it goes on, look at the runtime's words in the evidence.",
    evidence: ['events', 'pod-spec'],
  }),
];

function startupSeconds(probe: ContainerView['spec']['startupProbe']): number {
  return (probe?.failureThreshold ?? 3) * (probe?.periodSeconds ?? 10);
}
