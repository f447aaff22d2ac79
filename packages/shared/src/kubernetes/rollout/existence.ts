/** Asks whether something that a cause says is missing exists by now. */
import { DeliveryError, messageOf, ServiceError } from '../../base/errors.ts';
import type { KubernetesClient } from '../client.ts';
import { codes as kubernetesCodes } from '../codes.ts';
import { at, isRecord } from '../objects.ts';
import type { Existence, Maker, Need } from './need.ts';

/** Asks an image's registry. Whoever calls knows the registries; undefined where nobody does. */
export type AskRegistry = (image: string) => Promise<Existence>;

/**
 * @param makerOf looks for what makes it, when it is absent
 *
 * Never throws for what the cluster or the registry answers: a missing right is an answer, too. Of a Secret nothing is
 * looked at but the names of its keys.
 */
export async function askExistence(
  client: KubernetesClient,
  askRegistry: AskRegistry | undefined,
  namespace: string,
  need: Need,
  makerOf: () => Promise<Maker | undefined> = () => Promise.resolve(undefined),
): Promise<Existence | undefined> {
  try {
    if (need.kind === 'Image') return await askRegistry?.(need.name);
    const object = await client.find(need.kind, need.name, { namespace });
    const keys = ['data', 'binaryData'].flatMap((field) => keysOf(at(object, field)));
    if (object !== undefined && (need.key === undefined || keys.includes(need.key))) return { state: 'present' };
    const maker = await makerOf();
    return { state: 'absent', ...(maker === undefined ? {} : { maker }) };
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.kind === 'cancelled') throw error;
    return { state: 'unknown', why: isForbidden(error) ? `${error.message}. ${error.remedy}` : error.message };
  }
}

function keysOf(value: unknown): readonly string[] {
  return isRecord(value) ? Object.keys(value) : [];
}

/** True when a right is missing, and the error says which. */
export function isForbidden(error: unknown): error is ServiceError {
  return error instanceof ServiceError && error.code === kubernetesCodes.KUBERNETES_FORBIDDEN.code;
}

/** What stands in place of something that the cluster does not give. @throws what is no answer of the cluster */
export function refused(what: string, error: unknown): string {
  if (!(error instanceof DeliveryError) || error.kind === 'cancelled') throw error;
  return `(no ${what}: ${messageOf(error)}. ${error.remedy})`;
}
