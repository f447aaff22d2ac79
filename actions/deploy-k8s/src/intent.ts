/** What a deployment is about, whichever way it was asked for: the flow in main.ts knows no other difference. */
import type { Budget, GuardedWorkload } from '@wso2-delivery/shared/kubernetes/disruption-budget';
import type { Finding } from '@wso2-delivery/shared/kubernetes/manifest-check';
import type { PodDemand } from '@wso2-delivery/shared/kubernetes/quota';
import type { PutBack } from '@wso2-delivery/shared/kubernetes/put-back';
import type { ChangeResult } from '@wso2-delivery/shared/kubernetes/set-image';

/** A workload to be verified afterwards. */
export interface DeployTarget {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Where its manifest stands. */
  readonly location?: { readonly file: string; readonly line: number };
}

/** What the server's trial has shown. */
export interface Trial {
  /** False: nothing would change. */
  readonly differs: boolean;
  /** Lines for the log and the summary. */
  readonly lines: readonly string[];
  readonly diff?: string | undefined;
}

/** Changes that are planned and not yet made. */
export interface Intent {
  /** Known before the server was asked: there is nothing to do. */
  readonly nothingToDo: boolean;
  /** One line. */
  readonly says: string;
  /** The images that have to exist. */
  readonly images: readonly string[];
  /** The pod templates that will use them. */
  readonly templates: readonly unknown[];
  /** What the rules found in the pod templates. */
  readonly findings: readonly Finding[];
  readonly targets: readonly DeployTarget[];
  /** The pods that the rollouts need in addition. */
  readonly demands: readonly PodDemand[];
  /** The workloads that PodDisruptionBudgets may be about, and the budgets that come with the step. */
  readonly guarded: readonly GuardedWorkload[];
  readonly budgets: readonly Budget[];
  /** Lets the server try everything, and changes nothing. @throws when the server refuses */
  attempt(): Promise<Trial>;
  /** Makes the changes. A failure on the way is part of the result. */
  make(): Promise<ChangeResult>;
  /**
   * After a rollout that did not hold: what `make` has changed as it was. Nothing unless it was asked for.
   * @param which `foundations`: what was there before and is no workload, so that pods that go back start with it
   */
  putBack(which: 'foundations' | 'all'): Promise<readonly PutBack[]>;
}
