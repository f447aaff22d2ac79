import { ServiceError } from '../base/errors.ts';
import type { Log } from '../base/ports.ts';
import type { KubernetesClient } from './client.ts';
import { codes } from './codes.ts';
import type { Kind } from './kinds.ts';
import type { KubernetesObject } from './objects.ts';

/**
 * The objects of a kind, for a check that the step can do without: where they may not be read the missing right is told
 * with what is left out, and where the server does not know the kind there are none.
 * @param leftOut a sentence without its stop: "It is not checked whether …"
 */
export async function listIfAllowed(
  client: KubernetesClient,
  log: Pick<Log, 'warning'>,
  kind: Kind,
  namespace: string,
  leftOut: string,
): Promise<readonly KubernetesObject[]> {
  try {
    return (await client.list(kind, { namespace })).items;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code === codes.KUBERNETES_NOT_FOUND.code) return [];
    if (error.code !== codes.KUBERNETES_FORBIDDEN.code) throw error;
    log.warning(`${error.message}. ${leftOut}. ${error.remedy}`);
    return [];
  }
}
