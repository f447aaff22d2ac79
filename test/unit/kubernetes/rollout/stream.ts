/** Streams of a Deployment in the shape that a cluster gives, for what no recording holds. Times in ms. */
import type {
  ClusterEvent,
  ClusterObject,
  Condition,
  Pod,
  PodTemplate,
  ReplicaSet,
  Workload,
} from '@wso2-delivery/shared/kubernetes/rollout/objects';
import type { Recording, Row } from './replay.ts';

const template: PodTemplate = { spec: { containers: [{ name: 'web', image: 'registry.test/web:v2' }] } };

export interface PodShape {
  readonly ready?: boolean;
  readonly phase?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly node?: string | undefined;
  readonly terminating?: boolean;
  readonly conditions?: readonly Condition[];
}

/** One Deployment `web` with one ReplicaSet; what happens is added row by row. */
export class Stream {
  readonly rows: Row[] = [];
  #version = 0;

  #metadata(name: string, owner?: string) {
    const reference = { apiVersion: 'apps/v1', kind: 'x', name: owner ?? '', uid: owner ?? '', controller: true };
    return {
      name,
      namespace: 'shop',
      uid: name,
      resourceVersion: String((this.#version += 1)),
      ...(owner === undefined ? {} : { ownerReferences: [reference] }),
    };
  }

  #add(t: number, kind: string, object: ClusterObject, type: Row['type'] = 'MODIFIED'): this {
    this.rows.push({ t, kind, type, object });
    return this;
  }

  /** The Deployment asks for `replicas`, and of the new revision `available` are. */
  deployment(t: number, replicas: number, available: number, generation = 2): this {
    const all = Math.max(available, replicas);
    const counts = { replicas: all, updatedReplicas: all, availableReplicas: available };
    const workload: Workload = {
      metadata: { ...this.#metadata('web'), generation },
      spec: { replicas, template },
      status: { observedGeneration: generation, readyReplicas: available, ...counts },
    };
    const replicaSet: ReplicaSet = {
      metadata: { ...this.#metadata('web-1', 'web'), annotations: { 'deployment.kubernetes.io/revision': '2' } },
      spec: { replicas, template },
    };
    return this.#add(t, 'Deployment', workload).#add(t, 'ReplicaSet', replicaSet);
  }

  pod(t: number, name: string, shape: PodShape = {}): this {
    const { ready = false, phase = 'Running', reason, message, terminating = false, conditions = [] } = shape;
    const node = 'node' in shape ? shape.node : 'node-1';
    const pod: Pod = {
      metadata: {
        ...this.#metadata(name, 'web-1'),
        ...(terminating ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
      },
      spec: { ...template.spec, ...(node === undefined ? {} : { nodeName: node }) },
      status: {
        phase,
        ...(reason === undefined ? {} : { reason }),
        ...(message === undefined ? {} : { message }),
        conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }, ...conditions],
        containerStatuses:
          phase === 'Running'
            ? [{ name: 'web', ready, restartCount: 0, state: { running: { startedAt: '1970-01-01T00:00:00Z' } } }]
            : phase === 'Failed'
              ? [
                  {
                    name: 'web',
                    restartCount: 0,
                    // What the kubelet leaves behind of a container whose end it has not seen.
                    state: { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown' } },
                  },
                ]
              : [],
      },
    };
    return this.#add(t, 'Pod', pod);
  }

  gone(t: number, name: string): this {
    const row = this.rows.findLast(({ object }) => object.metadata.name === name);
    if (row === undefined) throw new Error(`no ${name}`);
    return this.#add(t, row.kind, row.object, 'DELETED');
  }

  event(t: number, pod: string, reason: string, message: string): this {
    const event: ClusterEvent = {
      metadata: this.#metadata(`${pod}.${this.#version}`),
      involvedObject: { kind: 'Pod', name: pod, uid: pod },
      reason,
      message,
      lastTimestamp: new Date(t).toISOString(),
    };
    return this.#add(t, 'Event', event);
  }

  recording(): Recording {
    return {
      name: 'stream',
      expected: '',
      target: { kind: 'Deployment', namespace: 'shop', name: 'web' },
      changes: [],
      rows: this.rows,
      acceptedMs: 0,
      firstCauseMs: null,
    };
  }
}

/** The condition of a pod that is taken away. */
export const disruption = (reason: string, message: string): Condition => ({
  type: 'DisruptionTarget',
  status: 'True',
  reason,
  message,
});
