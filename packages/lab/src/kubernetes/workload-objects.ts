/** The shapes of the workloads beside Deployments, and of what they are made from. */
import type { Condition, KubeObject, LabelSelector, PodTemplate } from './objects.ts';

export interface PersistentVolumeClaim extends KubeObject {
  spec: { storageClassName?: string; [field: string]: unknown };
  status: { phase?: string };
}

export interface StatefulSet extends KubeObject {
  spec: {
    replicas: number;
    selector: LabelSelector;
    template: PodTemplate;
    serviceName?: string;
    podManagementPolicy: string;
    updateStrategy: { type: string; rollingUpdate?: { partition?: number; maxUnavailable?: number | string } };
    minReadySeconds?: number;
    revisionHistoryLimit?: number;
    volumeClaimTemplates?: (Pick<KubeObject, 'spec'> & { metadata: { name: string } })[];
  };
  status: {
    observedGeneration?: number;
    replicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    currentReplicas?: number;
    updatedReplicas?: number;
    currentRevision?: string;
    updateRevision?: string;
    collisionCount?: number;
  };
}

export interface DaemonSet extends KubeObject {
  spec: {
    selector: LabelSelector;
    template: PodTemplate;
    updateStrategy: {
      type: string;
      rollingUpdate?: { maxUnavailable?: number | string; maxSurge?: number | string };
    };
    minReadySeconds?: number;
    revisionHistoryLimit?: number;
  };
  status: {
    observedGeneration?: number;
    currentNumberScheduled?: number;
    desiredNumberScheduled?: number;
    numberMisscheduled?: number;
    numberReady?: number;
    numberAvailable?: number;
    numberUnavailable?: number;
    updatedNumberScheduled?: number;
  };
}

export interface ControllerRevision extends KubeObject {
  revision: number;
  /** The patch that brings the template back. */
  data: { spec: { template: object } };
}

export interface Job extends KubeObject {
  spec: {
    parallelism: number;
    completions?: number;
    backoffLimit: number;
    suspend?: boolean;
    activeDeadlineSeconds?: number;
    selector?: LabelSelector;
    template: PodTemplate;
  };
  status: {
    active?: number;
    ready?: number;
    succeeded?: number;
    failed?: number;
    startTime?: string;
    completionTime?: string;
    conditions?: Condition[];
  };
}
