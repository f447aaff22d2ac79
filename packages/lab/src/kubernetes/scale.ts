/** The scale subresource (autoscaling/v1 Scale). */
import { isObject, type Deployment, type JsonObject, type KubeObject } from './objects.ts';
import { jsonPatch, mergePatch } from './patch.ts';
import { badRequest } from './status.ts';

/** The Scale of a workload. */
export function scaleOf(object: KubeObject): JsonObject {
  const { metadata, spec, status } = object as Deployment;
  const selector = Object.entries(spec.selector.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas },
    status: { replicas: (status as Deployment['status'] | undefined)?.replicas ?? 0, selector: selector.join(',') },
  };
}

/** The replicas after a change of the Scale. @throws StatusError 400 when it holds no number. */
export function applyScale(live: KubeObject, type: string, body: unknown): number {
  const scale = scaleOf(live);
  const changed =
    type === 'put' ? body : type === 'application/json-patch+json' ? jsonPatch(scale, body) : mergePatch(scale, body);
  const spec = isObject(changed) && isObject(changed.spec) ? changed.spec : {};
  const replicas = spec.replicas;
  if (typeof replicas !== 'number') throw badRequest('spec.replicas is not a number');
  return replicas;
}
