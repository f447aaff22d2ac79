import type { ApimEnvironment } from './environments.ts';
import type { ApiRevision, ExportChoice, PublishedApi } from './publisher.ts';

/**
 * The part of an API Manager that has everything of one kind: the publisher its APIs, the publisher its API products,
 * the devportal its applications. A promotion asks it what is there, and changes and proves through it.
 */
export interface Holder {
  readonly environment: ApimEnvironment;
  /** @param version of an application: its owner */
  find(name: string, version: string): Promise<PublishedApi | undefined>;
  details(id: string): Promise<PublishedApi>;
  /** Oldest first. */
  revisions(id: string): Promise<ApiRevision[]>;
  export(name: string, version: string, choice: ExportChoice): Promise<Buffer>;
  deploy(id: string, revision: ApiRevision): Promise<void>;
  undeploy(id: string, revision: ApiRevision, gateways: readonly string[]): Promise<void>;
  restoreRevision(id: string, revision: ApiRevision): Promise<void>;
  deleteRevision(id: string, revision: ApiRevision): Promise<void>;
  deleteApi(api: PublishedApi): Promise<void>;
  /** Of applications alone. Taking away twice is taking away once. @throws ServiceError APIM_FORBIDDEN for one of another owner */
  unsubscribe?(application: PublishedApi, api: { readonly name: string; readonly version: string }): Promise<void>;
  changeLifecycle(id: string, action: string): Promise<{ readonly state: string; readonly pending: boolean }>;
}
