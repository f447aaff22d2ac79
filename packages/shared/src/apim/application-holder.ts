import { ServiceError } from '../base/errors.ts';
import { codes } from './codes.ts';
import type { Devportal, KnownApplication } from './devportal.ts';
import type { Holder } from './holder.ts';
import type { ApiRevision, ExportChoice, PublishedApi } from './publisher.ts';

/**
 * The applications of an API Manager, held as APIs are: `version` is the owner. They have neither revisions nor
 * gateways nor a life cycle.
 */
export class ApplicationHolder implements Holder {
  readonly #devportal: Devportal;
  readonly #seen = new Map<string, KnownApplication>();

  constructor(devportal: Devportal) {
    this.#devportal = devportal;
  }

  get environment() {
    return this.#devportal.environment;
  }

  async find(name: string, owner: string): Promise<PublishedApi | undefined> {
    const found = await this.#devportal.find(name, owner);
    if (found === undefined) return undefined;
    this.#seen.set(found.id, found);
    return heldOf(found);
  }

  async details(id: string): Promise<PublishedApi> {
    const known = this.#seen.get(id);
    const found = known === undefined ? undefined : await this.#devportal.find(known.name, known.owner);
    if (found?.id === id) return heldOf(found);
    const message = `${this.#devportal.client.shown} has no application ${known?.name ?? id} any more`;
    throw new ServiceError(codes.API_NOT_FOUND, message, { method: 'GET', url: this.environment.admin, status: 404 });
  }

  revisions(): Promise<ApiRevision[]> {
    return Promise.resolve([]);
  }

  /** Credentials are its consumer keys and secrets. */
  async export(name: string, owner: string, { credentials }: ExportChoice): Promise<Buffer> {
    const archive = await this.#devportal.export(name, owner, credentials);
    if (archive !== undefined) return archive;
    const message = `${this.#devportal.client.shown} has no application ${name} of ${owner}`;
    throw new ServiceError(codes.API_NOT_FOUND, message, {
      method: 'GET',
      url: this.environment.devportal,
      status: 404,
    });
  }

  async deleteApi({ id, name, version: owner }: PublishedApi): Promise<void> {
    await this.#devportal.remove({ id, name, owner });
  }

  async unsubscribe({ id }: PublishedApi, api: { readonly name: string; readonly version: string }): Promise<void> {
    for (const each of await this.#devportal.subscriptions(id)) {
      if (each.name === api.name && each.version === api.version) await this.#devportal.unsubscribe(each);
    }
  }

  deploy(): Promise<void> {
    return none('deploy');
  }

  undeploy(): Promise<void> {
    return none('undeploy');
  }

  restoreRevision(): Promise<void> {
    return none('restore');
  }

  deleteRevision(): Promise<void> {
    return none('remove a revision of');
  }

  changeLifecycle(): Promise<{ state: string; pending: boolean }> {
    return none('change the life cycle of');
  }
}

/** No plan of an application has such a step. */
function none(what: string): Promise<never> {
  return Promise.reject(new Error(`there is nothing to ${what} an application`));
}

function heldOf({ id, name, owner }: KnownApplication): PublishedApi {
  return { id, name, version: owner, context: '', provider: owner, lifeCycleStatus: '' };
}
