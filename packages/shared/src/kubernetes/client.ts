/** The client for one cluster, as everything but the wire sees it. */
import type { HttpResponse } from '../base/ports.ts';
import type { AnyKind } from './any-kind.ts';
import type { Kind } from './kinds.ts';
import type { KubernetesObject, WatchEvent } from './objects.ts';
import type { ObjectList, WatchOptions } from './watch.ts';

export interface Selection {
  /** Default: the namespace of the client. `all`: every namespace. */
  readonly namespace?: string | { readonly all: true };
  /** "app=web,tier in (a,b)" */
  readonly labels?: string | undefined;
  /** "involvedObject.name=web" */
  readonly fields?: string | undefined;
}

export interface InNamespace {
  readonly namespace?: string;
}

export interface PatchOptions extends InNamespace {
  /** RFC 7386, Kubernetes' own, RFC 6902. Default: merge. */
  readonly type?: 'merge' | 'strategic' | 'json';
  /** Change only this version of the object. */
  readonly resourceVersion?: string | undefined;
  readonly dryRun?: boolean;
  /** For example "scale". */
  readonly subresource?: string;
}

export interface DeleteOptions extends InNamespace {
  /** Delete only this very object, not another one of its name. */
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly gracePeriodSeconds?: number;
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
}

export interface LogOptions extends InNamespace {
  readonly container: string;
  /** Of the container that ran before the last restart. */
  readonly previous?: boolean;
  readonly tailLines?: number;
  readonly limitBytes?: number;
}

export interface PodRequest extends InNamespace {
  readonly port: number | string;
  /** Default http. TLS ends at the API server, which does not verify the pod's certificate. */
  readonly scheme?: 'http' | 'https';
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface Right {
  readonly verb: string;
  readonly kind: Kind;
  readonly subresource?: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** Reads, watches and small changes of API objects. All methods throw ServiceError with the codes of this room. */
export interface KubernetesClient {
  readonly namespace: string;
  get(kind: Kind, name: string, where?: InNamespace): Promise<KubernetesObject>;
  /** undefined when it does not exist. */
  find(kind: Kind, name: string, where?: InNamespace): Promise<KubernetesObject | undefined>;
  list(kind: Kind, selection?: Selection): Promise<ObjectList>;
  /** What is there as ADDED, then every change; see watch.ts for what it survives. */
  watch(kind: Kind, selection?: Selection & WatchOptions): AsyncGenerator<WatchEvent, void, undefined>;
  /** @throws ServiceError KUBERNETES_CONFLICT when the resourceVersion is no longer the given one. */
  patch(kind: Kind, name: string, patch: unknown, options?: PatchOptions): Promise<KubernetesObject>;
  /** False when it was not there any more. */
  delete(kind: Kind, name: string, options?: DeleteOptions): Promise<boolean>;
  /** undefined when there is no such log (not started, no previous container, pod gone). */
  logs(pod: string, options: LogOptions): Promise<string | undefined>;
  /**
   * GET on a port of a pod through the API server. Whatever the pod answers is an answer. An Authorization header does
   * not get through: the API server takes it for its own and removes it (apiserver filters/authentication.go); use
   * port-forward.ts where the pod wants one.
   * @throws ServiceError POD_UNREACHABLE when the API server cannot connect to the port.
   */
  podGet(pod: string, request: PodRequest): Promise<HttpResponse>;
  /** Asks the API server whether the user of the kubeconfig has a right (SelfSubjectAccessReview). */
  may(right: Right): Promise<boolean>;
  /** For example "v1.33.2". */
  version(): Promise<string>;
  /** Objects of kinds that only the server knows, as manifests hold them. */
  readonly anyKind: AnyKind;
}
