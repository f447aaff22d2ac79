/** Events as the components of a cluster write them: repetitions raise a count, many similar ones are combined. */
import { randomBytes } from 'node:crypto';
import { microTimestamp, timestamp, type KubeEvent, type KubeObject } from './objects.ts';
import { events } from './resources.ts';
import type { Store } from './store.ts';

/** From how many events that differ in their message alone they are combined. */
const similarLimit = 10;

export interface EventOptions {
  readonly fieldPath?: string;
}

export class EventRecorder {
  readonly #store: Store;
  readonly #component: string;
  readonly #host: string | undefined;
  readonly #messages = new Map<string, Set<string>>();

  constructor(store: Store, component: string, host?: string) {
    this.#store = store;
    this.#component = component;
    this.#host = host;
  }

  /** Writes an event about an object, or raises the count of the same one. */
  record(
    about: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    options: EventOptions = {},
  ): void {
    const namespace = about.metadata.namespace ?? 'default';
    const group = `${about.metadata.uid} ${reason} ${options.fieldPath ?? ''}`;
    const seen = this.#messages.get(group) ?? new Set<string>();
    this.#messages.set(group, seen.add(message));
    const combined = seen.size >= similarLimit;
    const prefix = '(combined from similar events): ';
    const same = this.#store
      .list(events, namespace)
      .find(
        (event) =>
          event.involvedObject.uid === about.metadata.uid &&
          event.reason === reason &&
          event.involvedObject.fieldPath === options.fieldPath &&
          event.source.component === this.#component &&
          (combined ? event.message.startsWith(prefix) : event.message === message),
      );
    const text = combined ? prefix + message : message;
    if (same !== undefined) {
      this.#store.update(events, namespace, same.metadata.name, (copy) => {
        copy.count = (copy.count ?? 1) + 1;
        copy.lastTimestamp = timestamp();
        copy.message = text;
      });
      return;
    }
    const now = timestamp();
    this.#store.create(events, {
      ...frame(about, namespace, options.fieldPath),
      reason,
      message: text,
      source: { component: this.#component, ...(this.#host === undefined ? {} : { host: this.#host }) },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      type,
      eventTime: null,
      reportingComponent: this.#component,
      reportingInstance: this.#host ?? '',
    } satisfies KubeEvent);
  }

  /** An event in the newer form that the scheduler writes: eventTime and action instead of a count. */
  recordAction(about: KubeObject, type: 'Normal' | 'Warning', reason: string, action: string, message: string): void {
    const namespace = about.metadata.namespace ?? 'default';
    this.#store.create(events, {
      ...frame(about, namespace, undefined),
      reason,
      message,
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
      type,
      eventTime: microTimestamp(),
      action,
      reportingComponent: this.#component,
      reportingInstance: `${this.#component}-lab`,
    } satisfies KubeEvent);
  }
}

function frame(
  about: KubeObject,
  namespace: string,
  fieldPath: string | undefined,
): Pick<KubeEvent, 'kind' | 'apiVersion' | 'metadata' | 'involvedObject'> {
  const { name, uid, resourceVersion } = about.metadata;
  return {
    kind: 'Event',
    apiVersion: 'v1',
    metadata: {
      name: `${name}.${randomBytes(8).toString('hex')}`,
      namespace,
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
    },
    involvedObject: {
      kind: about.kind,
      ...(about.metadata.namespace === undefined ? {} : { namespace }),
      name,
      uid,
      apiVersion: about.apiVersion,
      resourceVersion,
      ...(fieldPath === undefined ? {} : { fieldPath }),
    },
  };
}
