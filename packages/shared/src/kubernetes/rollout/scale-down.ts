/** A first deployment that failed has nothing to go back to: on request it is scaled to zero, so that nothing broken runs. */
import { DeliveryError, messageOf } from '../../base/errors.ts';
import type { KubernetesClient } from '../client.ts';
import type { Workload } from './objects.ts';
import { sameTemplate } from './revision.ts';
import type { RolloutState } from './state.ts';

/** Scales it to zero unless somebody has changed it. Says what came of it; never throws for what the cluster refuses. */
export async function scaleToZero(
  client: KubernetesClient,
  { target: { kind, namespace, name }, workload: judged }: RolloutState,
): Promise<string> {
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return `A ${kind} cannot be scaled to zero.`;
  try {
    const present = (await client.get(kind, name, { namespace })) as unknown as Workload;
    if (judged === undefined || !sameTemplate(present.spec.template, judged.spec.template)) {
      return 'It was changed by somebody else meanwhile, so it is not scaled to zero.';
    }
    // Its status changes all the time, so the precondition is its template alone.
    const change = [
      { op: 'test', path: '/spec/template', value: present.spec.template },
      { op: 'replace', path: '/spec/replicas', value: 0 },
    ];
    await client.patch(kind, name, change, { namespace, type: 'json' });
    return `It is scaled to zero (it asked for ${present.spec.replicas ?? 1}).`;
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.kind === 'cancelled') throw error;
    return `It could not be scaled to zero: ${messageOf(error)}. ${error.remedy}`;
  }
}
