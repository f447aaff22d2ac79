import { parseBytes } from '../base/bytes.ts';
import { imageRepository } from './images.ts';
import { heapFlags, jvmVariables } from './jvm.ts';
import type { HeapFlags } from './jvm.ts';
import { at, isRecord, numberAt, recordsAt, textAt } from './objects.ts';

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
  /** `setBy` names the variable that says the maximum; undefined: the start script's default. */
  readonly heap: HeapFlags & { readonly setBy: string | undefined };
  /** The variables that hold flags for the JVM, as the manifest sets them. */
  readonly jvmOptions: readonly { readonly variable: string; readonly options: string }[];
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
    jvmOptions: jvmVariables[server].variables.flatMap((variable) => {
      const found = recordsAt(container, 'env').find((one) => textAt(one, 'name') === variable);
      const options = textAt(found, 'value');
      return options === undefined ? [] : [{ variable, options }];
    }),
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
    return { ...heapFlags(''), setBy: undefined };
  const parts = variables.map((name) => ({
    name: name,
    options: values.get(name) ?? (name === first ? byDefault : ''),
  }));
  const flags = heapFlags(parts.map(({ options }) => options).join(' '));
  const setter = [...parts].reverse().find(({ options }) => heapFlags(options).maximum !== undefined);
  return { ...flags, setBy: setter !== undefined && values.has(setter.name) ? setter.name : undefined };
}
