/** What the kubelet knows about one container of a pod. */
import type { PodPort, Run } from './container-script.ts';
import type { Container, ContainerState, ContainerStatus, Pod } from './objects.ts';

export interface WrittenLine {
  /** Real milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
}

/** One life of a container. */
export interface Life {
  readonly run: Run;
  readonly startedAt: number;
  readonly logs: WrittenLine[];
  listening: boolean;
}

export interface KnownContainer {
  readonly container: Container;
  readonly init: boolean;
  state: ContainerState;
  lastState: ContainerState;
  restartCount: number;
  ready: boolean;
  started: boolean;
  imageId: string;
  containerId: string | undefined;
  /** The life that runs, or the last one that ran. */
  life: Life | undefined;
  previousLife: Life | undefined;
  /** Ended for good: nothing starts it again. */
  done: boolean;
}

export function knownContainer(container: Container, init: boolean, waitsForInit: boolean): KnownContainer {
  return {
    container,
    init,
    state: { waiting: { reason: init || waitsForInit ? 'PodInitializing' : 'ContainerCreating' } },
    lastState: {},
    restartCount: 0,
    ready: false,
    started: false,
    imageId: '',
    containerId: undefined,
    life: undefined,
    previousLife: undefined,
    done: false,
  };
}

/** What answers on a port of a running container that listens already. */
export function portOf(known: KnownContainer, port: number): PodPort | undefined {
  if (known.state.running === undefined || known.life?.listening !== true) return undefined;
  const found = known.life.run.ports?.[port];
  return typeof found === 'function' ? { handle: found } : found;
}

/** A container's entry in the pod's status. */
export function containerStatus(known: KnownContainer): ContainerStatus {
  const { container, state, containerId } = known;
  const requests = container.resources?.requests;
  const limits = container.resources?.limits;
  return {
    name: container.name,
    state,
    lastState: known.lastState,
    ready: known.ready,
    restartCount: known.restartCount,
    image: container.image,
    imageID: known.imageId,
    ...(containerId === undefined ? {} : { containerID: containerId }),
    started: known.started,
    ...(containerId === undefined || requests === undefined ? {} : { allocatedResources: requests }),
    ...(containerId === undefined
      ? {}
      : {
          resources: { ...(limits === undefined ? {} : { limits }), ...(requests === undefined ? {} : { requests }) },
        }),
    ...(container.volumeMounts === undefined
      ? {}
      : {
          volumeMounts: container.volumeMounts.map(({ name, mountPath, readOnly }) => ({
            name,
            mountPath,
            ...(readOnly === true ? { readOnly, recursiveReadOnly: 'Disabled' } : {}),
          })),
        }),
  };
}

/** Where events about a container point. */
export function fieldPath(known: KnownContainer): string {
  return `spec.${known.init ? 'initContainers' : 'containers'}{${known.container.name}}`;
}

/** `web-7ff54d8498-464g9_shop(12836825-…)`: how the kubelet names a pod in messages. */
export function podFullName(pod: Pod): string {
  return `${pod.metadata.name}_${pod.metadata.namespace ?? ''}(${pod.metadata.uid})`;
}
