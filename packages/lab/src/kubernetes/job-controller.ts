/** Runs the pods of Jobs until enough have succeeded, or too many have failed. */
import { admitPod } from './admission.ts';
import { EventRecorder } from './event-recorder.ts';
import { randomSuffix } from './names.ts';
import { controllerOf, timestamp, type Condition } from './objects.ts';
import { activePodsOf, isReady, isTerminating, podFrom, podsOf } from './owned-pods.ts';
import { jobs, pods } from './resources.ts';
import { StatusError } from './status.ts';
import type { Change, Store } from './store.ts';
import type { Timing } from './timing.ts';
import { WorkQueue } from './work-queue.ts';
import type { Job } from './workload-objects.ts';

export class JobController {
  readonly #store: Store;
  readonly #timing: Timing;
  readonly #events: EventRecorder;
  readonly #queue: WorkQueue;
  /** When the next pod of a Job may start after a failure, in real milliseconds since the epoch. */
  readonly #notBefore = new Map<string, { readonly failed: number; readonly at: number }>();

  constructor(store: Store, timing: Timing) {
    this.#store = store;
    this.#timing = timing;
    this.#events = new EventRecorder(store, 'job-controller');
    this.#queue = new WorkQueue(timing, (key) => this.#reconcile(key));
    store.subscribe((change) => this.#observe(change));
  }

  #observe({ resource, object }: Change): void {
    const namespace = object.metadata.namespace ?? '';
    if (resource === jobs) this.#queue.add(`${namespace}/${object.metadata.name}`);
    const owner = resource === pods ? controllerOf(object) : undefined;
    if (owner?.kind === 'Job') this.#queue.add(`${namespace}/${owner.name}`);
  }

  #reconcile(key: string): void {
    const [namespace = '', name = ''] = key.split('/');
    const job = this.#store.find(jobs, namespace, name);
    if (job === undefined || job.metadata.deletionTimestamp !== undefined || isOver(job)) return;
    const own = podsOf(this.#store, job);
    const succeeded = own.filter((pod) => pod.status.phase === 'Succeeded').length;
    const failed = own.filter((pod) => pod.status.phase === 'Failed').length;
    const restarts = own
      .flatMap((pod) => (pod.spec.restartPolicy === 'OnFailure' ? (pod.status.containerStatuses ?? []) : []))
      .reduce((sum, status) => sum + status.restartCount, 0);
    const wanted = job.spec.completions ?? 1;
    if (succeeded >= wanted) this.#finish(job, succeeded, failed, 'Complete');
    else if (failed + restarts > job.spec.backoffLimit) this.#finish(job, succeeded, failed, 'Failed');
    else {
      this.#start(job, key, wanted - succeeded, failed);
      this.#writeStatus(job, succeeded, failed);
    }
  }

  #start(job: Job, key: string, wanted: number, failed: number): void {
    const active = activePodsOf(this.#store, job);
    if (job.spec.suspend === true) {
      for (const pod of active) this.#store.delete(pods, pod.metadata.namespace, pod.metadata.name);
      return;
    }
    let due = this.#notBefore.get(job.metadata.uid);
    if (failed > (due?.failed ?? 0)) {
      due = { failed, at: Date.now() + this.#timing.real(Math.min(10 * 2 ** (failed - 1), 360)) };
      this.#notBefore.set(job.metadata.uid, due);
    }
    const wait = (due?.at ?? 0) - Date.now();
    if (wait > 0) {
      this.#queue.addAfter(key, wait);
      return;
    }
    for (let count = active.length; count < Math.min(job.spec.parallelism, wanted); count++) {
      const pod = podFrom(job, job.spec.template, `${job.metadata.name}-${randomSuffix()}`, labelsOf(job));
      try {
        admitPod(this.#store, pod);
        this.#store.create(pods, pod);
        this.#events.record(job, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
      } catch (thrown) {
        if (!(thrown instanceof StatusError)) throw thrown;
        this.#events.record(job, 'Warning', 'FailedCreate', `Error creating: ${thrown.message}`);
        this.#queue.addAfter(key, Math.max(this.#timing.real(1), 5));
        return;
      }
    }
  }

  #finish(job: Job, succeeded: number, failed: number, type: 'Complete' | 'Failed'): void {
    const good = type === 'Complete';
    const why = good
      ? { reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' }
      : { reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' };
    for (const pod of activePodsOf(this.#store, job)) {
      if (!isTerminating(pod)) this.#store.delete(pods, pod.metadata.namespace, pod.metadata.name);
    }
    this.#events.record(
      job,
      good ? 'Normal' : 'Warning',
      good ? 'Completed' : why.reason,
      good ? 'Job completed' : why.message,
    );
    const now = timestamp();
    const conditions = ['SuccessCriteriaMet', 'Complete'].map((name): Condition => ({
      type: good ? name : name === 'Complete' ? 'Failed' : 'FailureTarget',
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: now,
      ...why,
    }));
    this.#writeStatus(job, succeeded, failed, conditions);
  }

  #writeStatus(job: Job, succeeded: number, failed: number, conditions?: Condition[]): void {
    const { namespace, name } = job.metadata;
    const active = conditions === undefined ? activePodsOf(this.#store, job) : [];
    const numbers = { active: active.length, succeeded, failed };
    this.#store.update(jobs, namespace, name, (copy) => {
      const { startTime = timestamp() } = copy.status;
      copy.status = {
        ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== 0)),
        ready: active.filter(isReady).length,
        ...(copy.spec.suspend === true ? {} : { startTime }),
        ...(conditions === undefined ? {} : { conditions }),
        ...(conditions?.at(-1)?.type === 'Complete' ? { completionTime: timestamp() } : {}),
      };
    });
  }
}

function isOver({ status }: Job): boolean {
  return (
    status.conditions?.some((held) => ['Complete', 'Failed'].includes(held.type) && held.status === 'True') ?? false
  );
}

/** What marks the pods of a Job. */
export function labelsOf({ metadata: { name, uid } }: Pick<Job, 'metadata'>): Record<string, string> {
  return {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
}
