import { isDigestPinned } from './images.ts';
import { flagsRefused } from './jvm.ts';
import type { ContainerFacts, TemplateFacts } from './manifest-facts.ts';

/** How much a finding weighs: an error cannot work, a warning may not, a notice could be better. */
export type Weight = 'error' | 'warning' | 'notice';

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
      if (heap.setBy === undefined || memoryLimit === undefined || heap.maximum === undefined) return;
      if (heap.maximum < memoryLimit) return;
      yield {
        says: `the heap (-Xmx of ${mebibytes(heap.maximum)} in ${heap.setBy}) does not fit into the memory limit of ${mebibytes(memoryLimit)}: the kernel will kill the process`,
        remedy: `Set limits.memory to ${mebibytes(heap.maximum + beyondHeap(heap.maximum))} or more, or lower -Xmx`,
        lines: [key('limits'), key('memory')],
      };
    },
  },
  {
    id: 'heap-near-limit',
    weight: 'warning',
    *container({ memoryLimit, heap }) {
      if (heap.setBy === undefined || memoryLimit === undefined || heap.maximum === undefined) return;
      const needed = heap.maximum + beyondHeap(heap.maximum);
      if (heap.maximum >= memoryLimit || needed <= memoryLimit) return;
      yield {
        says: `the heap (-Xmx of ${mebibytes(heap.maximum)} in ${heap.setBy}) leaves ${mebibytes(memoryLimit - heap.maximum)} of the memory limit for everything else`,
        remedy: `A JVM takes about a quarter more than its heap: set limits.memory to ${mebibytes(needed)}`,
        lines: [key('limits'), key('memory')],
      };
    },
  },
  {
    id: 'default-heap-exceeds-limit',
    weight: 'warning',
    *container({ memoryLimit, heap }) {
      // The image may set the variables as well, which a manifest does not show.
      if (heap.setBy !== undefined || memoryLimit === undefined || heap.maximum === undefined) return;
      if (heap.maximum + beyondHeap(heap.maximum) <= memoryLimit) return;
      yield {
        says: `the start script gives the JVM a heap of ${mebibytes(heap.maximum)} where nobody says otherwise, too much for the memory limit of ${mebibytes(memoryLimit)}`,
        remedy: `Set JVM_MEM_OPTS, for example to -Xms256m -Xmx${Math.floor(memoryLimit / 1024 ** 2 / 1.5)}m, or raise limits.memory`,
        lines: [key('limits'), key('memory')],
      };
    },
  },
  {
    id: 'jvm-flag-refused',
    weight: 'warning',
    *container({ server, jvmOptions }) {
      if (server === 'other') return;
      for (const { variable, options } of jvmOptions) {
        for (const { flag, since } of flagsRefused(options)) {
          yield {
            says: `${variable} has ${flag}, with which a JVM of JDK ${since} or later does not start`,
            remedy:
              since === 11
                ? 'Leave it out; for the log of the garbage collector say -Xlog:gc*:file=…'
                : 'Leave it out, unless the image is known to have an older JDK',
            lines: [key('env'), named(variable), key('value')],
          };
        }
      }
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
