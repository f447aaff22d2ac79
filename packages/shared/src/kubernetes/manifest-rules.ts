import { parseBytes } from '../base/bytes.ts';
import { heapFlags, jvmVariables } from './jvm.ts';
import type { HeapFlags } from './jvm.ts';
import { imageRepository, isDigestPinned } from './images.ts';
import { at, isRecord, numberAt, recordsAt, textAt } from './objects.ts';

/** How much a finding weighs: an error cannot work, a warning may not, a notice could be better. */
export type Weight = 'error' | 'warning' | 'notice';

/** What the rules look at: one container in its pod template. */
export interface ContainerFacts {
  readonly name: string;
  readonly init: boolean;
  readonly image: string;
  /** What the image seems to run. */
  readonly server: 'mi' | 'apim' | 'other';
  readonly ports: readonly { readonly name: string | undefined; readonly port: number }[];
  readonly probes: readonly ProbeFacts[];
  /** Bytes; undefined when there is none. */
  readonly memoryLimit: number | undefined;
  readonly requests: Readonly<Record<string, unknown>>;
  readonly heap: HeapFlags & { readonly setBy: string };
}

export interface ProbeFacts {
  readonly kind: 'startupProbe' | 'livenessProbe' | 'readinessProbe';
  /** undefined when the probe is not an HTTP request. */
  readonly path: string | undefined;
  /** A port that is given by name is looked up. */
  readonly port: number | undefined;
  readonly scheme: 'HTTP' | 'HTTPS';
  /** Seconds until the first failures have consequences. */
  readonly patience: number;
}

export interface TemplateFacts {
  readonly kind: string;
  readonly containers: readonly ContainerFacts[];
  readonly templateLabels: Readonly<Record<string, unknown>>;
  readonly selector: Readonly<Record<string, unknown>> | undefined;
  readonly minReadySeconds: number | undefined;
}

/** What a rule found, with the words to look for in the manifest. */
export interface RuleHit {
  readonly says: string;
  readonly remedy: string;
  /** Looked for one after the other, each below the one before: the last one is the line. */
  readonly lines: readonly RegExp[];
}

export interface Rule {
  readonly id: string;
  readonly weight: Weight;
  readonly container?: (container: ContainerFacts, template: TemplateFacts) => Iterable<RuleHit>;
  readonly template?: (template: TemplateFacts) => Iterable<RuleHit>;
}

const key = (name: string) => new RegExp(`^\\s*(?:- +)?"?${name}"?\\s*:`);
const named = (name: string) => new RegExp(`^\\s*(?:- +)?"?name"?\\s*:\\s*["']?${name}["']?\\s*,?$`);
const mebibytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)}Mi`;

const miProbe = 'httpGet: {path: /healthz, port: 9201}  # readiness; liveness: {path: /liveness, port: 9201}';
/** MI 4.x: the probes are served on 9201 alone (9191 + offset 10); 9164 is the management API (HTTPS, login), 8290 and 8253 the integrations. */
const miPorts: Readonly<Record<number, string>> = {
  9164: 'is the management API, which speaks HTTPS, wants a login and has no probes',
  8290: 'serves the integrations, and answers 404 to a probe',
  8253: 'serves the integrations over HTTPS, and answers 404 to a probe',
};

/** A JVM needs metaspace, threads and buffers besides its heap. */
const beyondHeap = (heap: number) => Math.max(128 * 1024 ** 2, heap * 0.25);

/** The checks of a manifest, one row each: what is known to fail with these servers, found before anything is applied. */
export const manifestRules: readonly Rule[] = [
  {
    id: 'mi-readiness-path',
    weight: 'error',
    *container({ server, probes }) {
      for (const probe of probes) {
        if (server !== 'mi' || probe.path !== '/readiness') continue;
        yield {
          says: `the ${probe.kind} asks ${probe.path}, which no version of Micro Integrator answers`,
          remedy: `Use ${miProbe}`,
          lines: [key(probe.kind), key('path')],
        };
      }
    },
  },
  {
    id: 'mi-probe-port',
    weight: 'error',
    *container({ server, probes }) {
      for (const probe of probes) {
        const what = probe.port === undefined ? undefined : miPorts[probe.port];
        if (server !== 'mi' || what === undefined || !/^\/(healthz|liveness)$/.test(probe.path ?? '')) continue;
        yield {
          says: `the ${probe.kind} asks port ${probe.port ?? ''}, which ${what}`,
          remedy: `Micro Integrator answers probes on port 9201: ${miProbe}`,
          lines: [key(probe.kind), key('port')],
        };
      }
    },
  },
  {
    id: 'mi-probe-scheme',
    weight: 'error',
    *container({ server, probes }) {
      for (const probe of probes) {
        if (server !== 'mi' || probe.port !== 9201 || probe.scheme !== 'HTTPS') continue;
        yield {
          says: `the ${probe.kind} asks port 9201 over HTTPS, and the port speaks HTTP`,
          remedy: 'Remove the line with the scheme.',
          lines: [key(probe.kind), key('scheme')],
        };
      }
    },
  },
  {
    id: 'apim-probe-port',
    weight: 'error',
    *container({ server, probes }) {
      for (const probe of probes) {
        if (server !== 'apim' || (probe.port !== 8243 && probe.port !== 8280)) continue;
        if (!/^\/(services\/Version|api\/am\/)/.test(probe.path ?? '')) continue;
        yield {
          says: `the ${probe.kind} asks port ${probe.port}, which serves the published APIs and not ${probe.path ?? ''}`,
          remedy: 'Ask port 9443 (scheme HTTPS) or 9763.',
          lines: [key(probe.kind), key('port')],
        };
      }
    },
  },
  {
    id: 'heap-exceeds-limit',
    weight: 'error',
    *container({ memoryLimit, heap }) {
      if (memoryLimit === undefined || heap.maximum === undefined || heap.maximum < memoryLimit) return;
      yield {
        says: `the heap (-Xmx of ${mebibytes(heap.maximum)}, ${heap.setBy}) does not fit into the memory limit of ${mebibytes(memoryLimit)}: the kernel will kill the process`,
        remedy: `Set limits.memory to ${mebibytes(heap.maximum + beyondHeap(heap.maximum))} or more, or lower -Xmx`,
        lines: [key('limits'), key('memory')],
      };
    },
  },
  {
    id: 'heap-near-limit',
    weight: 'warning',
    *container({ memoryLimit, heap }) {
      if (memoryLimit === undefined || heap.maximum === undefined || heap.maximum >= memoryLimit) return;
      const needed = heap.maximum + beyondHeap(heap.maximum);
      if (needed <= memoryLimit) return;
      yield {
        says: `the heap (-Xmx of ${mebibytes(heap.maximum)}, ${heap.setBy}) leaves ${mebibytes(memoryLimit - heap.maximum)} of the memory limit for everything else`,
        remedy: `A JVM takes about a quarter more than its heap: set limits.memory to ${mebibytes(needed)}`,
        lines: [key('limits'), key('memory')],
      };
    },
  },
  {
    id: 'liveness-before-start',
    weight: 'warning',
    *container({ server, probes }) {
      const liveness = probes.find(({ kind }) => kind === 'livenessProbe');
      if (server === 'other' || liveness === undefined || probes.some(({ kind }) => kind === 'startupProbe')) return;
      if (liveness.patience >= 60) return;
      yield {
        says: `the livenessProbe kills the server ${liveness.patience} s after its start when it does not answer, and it may take 60 s to start on a busy node`,
        remedy: 'Add a startupProbe with the same request and failureThreshold × periodSeconds of 120 s or more',
        lines: [key('livenessProbe')],
      };
    },
  },
  {
    id: 'image-not-fixed',
    weight: 'warning',
    *container({ image }) {
      const tag = isDigestPinned(image) ? undefined : image.slice(image.lastIndexOf('/') + 1).split(':')[1];
      if (isDigestPinned(image) || (tag !== undefined && tag !== 'latest')) return;
      yield {
        says: `the image ${image} ${tag === undefined ? 'has no tag, which means latest' : 'has the tag latest'}: what runs depends on when a node pulls it`,
        remedy: 'Deploy a digest (the output image of build-mi), or at least a version',
        lines: [key('image')],
      };
    },
  },
  {
    id: 'no-memory-limit',
    weight: 'warning',
    *container({ init, memoryLimit, server }) {
      if (init || server === 'other' || memoryLimit !== undefined) return;
      yield {
        says: 'there is no memory limit: a JVM takes its size from the node, and is the first to go when the node is full',
        remedy: 'Set resources.requests and resources.limits.memory',
        lines: [],
      };
    },
  },
  {
    id: 'no-requests',
    weight: 'warning',
    *container({ init, requests, memoryLimit }) {
      if (init || 'memory' in requests || memoryLimit !== undefined) return;
      yield {
        says: 'there are no resource requests: the scheduler cannot know whether the pod fits on a node',
        remedy: 'Set resources.requests for cpu and memory',
        lines: [],
      };
    },
  },
  {
    id: 'no-readiness-probe',
    weight: 'warning',
    *container({ init, probes, server, ports }) {
      if (init || (server === 'other' && ports.length === 0) || probes.some(({ kind }) => kind === 'readinessProbe'))
        return;
      yield {
        says: 'there is no readinessProbe: the pod counts as ready, and gets requests, before its server listens',
        remedy:
          server === 'mi' ? `Add readinessProbe: {httpGet: {path: /healthz, port: 9201}}` : 'Add a readinessProbe',
        lines: [],
      };
    },
  },
  {
    id: 'selector-mismatch',
    weight: 'error',
    *template({ selector, templateLabels }) {
      for (const [label, value] of Object.entries(selector ?? {})) {
        if (templateLabels[label] === value) continue;
        yield {
          says: `the selector asks for the label ${label}=${String(value)}, and the pod template has ${label in templateLabels ? `${label}=${String(templateLabels[label])}` : 'no such label'}`,
          remedy: 'Make spec.selector.matchLabels and spec.template.metadata.labels agree',
          lines: [key('template'), key(label.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))],
        };
      }
    },
  },
  {
    id: 'no-min-ready-seconds',
    weight: 'notice',
    *template({ kind, minReadySeconds }) {
      if (kind !== 'Deployment' || minReadySeconds !== undefined) return;
      yield {
        says: 'without minReadySeconds one moment of readiness is enough to stop the old pods, also when the new ones then crash',
        remedy: 'Set spec.minReadySeconds: 10',
        lines: [key('spec')],
      };
    },
  },
];

/** The lines by which a container is found in a manifest. */
export function containerLines({ name, init }: Pick<ContainerFacts, 'name' | 'init'>): readonly RegExp[] {
  return [key(init ? 'initContainers' : 'containers'), named(name)];
}

/** Reads what the rules look at out of an object with a pod template. */
export function templateFacts(object: unknown, template: Record<string, unknown>): TemplateFacts {
  const read = (list: string, init: boolean) =>
    recordsAt(template, 'spec', list).map((container) => containerFacts(container, init));
  const selector = at(object, 'spec', 'selector', 'matchLabels');
  const labels = at(template, 'metadata', 'labels');
  return {
    kind: textAt(object, 'kind') ?? '',
    containers: [...read('initContainers', true), ...read('containers', false)],
    templateLabels: isRecord(labels) ? labels : {},
    selector: isRecord(selector) ? selector : undefined,
    minReadySeconds: numberAt(object, 'spec', 'minReadySeconds'),
  };
}

function containerFacts(container: Record<string, unknown>, init: boolean): ContainerFacts {
  const ports = recordsAt(container, 'ports').flatMap((port) => {
    const number = numberAt(port, 'containerPort');
    return number === undefined ? [] : [{ name: textAt(port, 'name'), port: number }];
  });
  const image = textAt(container, 'image') ?? '';
  const name = textAt(container, 'name') ?? '';
  const server = serverOf(
    image,
    ports.map(({ port }) => port),
  );
  const requests = at(container, 'resources', 'requests');
  const limit = at(container, 'resources', 'limits', 'memory');
  return {
    name,
    init,
    image,
    server,
    ports,
    probes: probesOf(container, ports),
    memoryLimit: typeof limit === 'string' || typeof limit === 'number' ? parseBytes(String(limit)) : undefined,
    requests: isRecord(requests) ? requests : {},
    heap: heapOf(container, server),
  };
}

/** What an image runs, by its name, else by the ports that only these servers use. */
export function serverOf(image: string, ports: readonly number[]): ContainerFacts['server'] {
  const repository = imageRepository(image);
  if (
    /(^|\/)(wso2mi|wso2-mi|micro-integrator)(-|$)/.test(repository) ||
    ports.some((port) => [8290, 8253, 9164, 9201].includes(port))
  )
    return 'mi';
  if (/(^|\/)(wso2am|wso2-am)(-|$)/.test(repository) || ports.some((port) => [8243, 8280, 9763].includes(port)))
    return 'apim';
  return 'other';
}

function probesOf(container: Record<string, unknown>, ports: ContainerFacts['ports']): ProbeFacts[] {
  return (['startupProbe', 'livenessProbe', 'readinessProbe'] as const).flatMap((kind) => {
    const probe = container[kind];
    if (!isRecord(probe)) return [];
    const port = at(probe, 'httpGet', 'port') ?? at(probe, 'tcpSocket', 'port');
    const number =
      typeof port === 'number' ? port : (ports.find(({ name }) => name === port)?.port ?? (Number(port) || undefined));
    return {
      kind,
      path: isRecord(probe.httpGet) ? (textAt(probe, 'httpGet', 'path') ?? '/') : undefined,
      port: number,
      scheme: textAt(probe, 'httpGet', 'scheme')?.toUpperCase() === 'HTTPS' ? 'HTTPS' : 'HTTP',
      patience:
        (numberAt(probe, 'initialDelaySeconds') ?? 0) +
        (numberAt(probe, 'periodSeconds') ?? 10) * (numberAt(probe, 'failureThreshold') ?? 3),
    };
  });
}

function heapOf(container: Record<string, unknown>, server: ContainerFacts['server']): ContainerFacts['heap'] {
  const { variables, default: byDefault } = jvmVariables[server];
  const values = new Map(
    recordsAt(container, 'env').map((variable) => [textAt(variable, 'name') ?? '', textAt(variable, 'value')]),
  );
  const [first] = variables;
  // A value that comes from a Secret or ConfigMap is not known here: nothing is said about it.
  if (variables.some((name) => values.has(name) && values.get(name) === undefined))
    return { ...heapFlags(''), setBy: '' };
  const parts = variables.map((name) => ({
    name: name,
    options: values.get(name) ?? (name === first ? byDefault : ''),
  }));
  const flags = heapFlags(parts.map(({ options }) => options).join(' '));
  const setter = [...parts].reverse().find(({ options }) => heapFlags(options).maximum !== undefined);
  return {
    ...flags,
    setBy: setter === undefined || values.get(setter.name) === undefined ? "the server's default" : setter.name,
  };
}
