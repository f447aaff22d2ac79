/** What a pod refers to and needs before its containers can be created. */
import type { Container, Pod } from './objects.ts';
import { configMaps, secrets } from './resources.ts';
import type { Store } from './store.ts';

/** The first volume that cannot be mounted, in the kubelet's words. */
export function unmountable(store: Store, pod: Pod): string | undefined {
  const { namespace } = pod.metadata;
  for (const volume of pod.spec.volumes ?? []) {
    const map = volume.configMap;
    if (map !== undefined && map.optional !== true && store.find(configMaps, namespace, map.name) === undefined) {
      return `MountVolume.SetUp failed for volume "${volume.name}" : configmap "${map.name}" not found`;
    }
    const secret = volume.secret;
    if (
      secret !== undefined &&
      secret.optional !== true &&
      store.find(secrets, namespace, secret.secretName) === undefined
    ) {
      return `MountVolume.SetUp failed for volume "${volume.name}" : secret "${secret.secretName}" not found`;
    }
  }
  return undefined;
}

/** Why a container's environment cannot be made, in the kubelet's words. */
export function missingConfig(store: Store, pod: Pod, container: Container): string | undefined {
  const namespace = pod.metadata.namespace ?? '';
  for (const { configMapRef, secretRef } of container.envFrom ?? []) {
    if (
      configMapRef !== undefined &&
      configMapRef.optional !== true &&
      store.find(configMaps, namespace, configMapRef.name) === undefined
    ) {
      return `configmap "${configMapRef.name}" not found`;
    }
    if (
      secretRef !== undefined &&
      secretRef.optional !== true &&
      store.find(secrets, namespace, secretRef.name) === undefined
    ) {
      return `secret "${secretRef.name}" not found`;
    }
  }
  for (const { valueFrom } of container.env ?? []) {
    const fromMap = valueFrom?.configMapKeyRef;
    if (fromMap !== undefined && fromMap.optional !== true) {
      const map = store.find(configMaps, namespace, fromMap.name);
      if (map === undefined) return `configmap "${fromMap.name}" not found`;
      if (!(fromMap.key in { ...map.data, ...map.binaryData })) {
        return `couldn't find key ${fromMap.key} in ConfigMap ${namespace}/${fromMap.name}`;
      }
    }
    const fromSecret = valueFrom?.secretKeyRef;
    if (fromSecret !== undefined && fromSecret.optional !== true) {
      const secret = store.find(secrets, namespace, fromSecret.name);
      if (secret === undefined) return `secret "${fromSecret.name}" not found`;
      if (!(fromSecret.key in (secret.data ?? {}))) {
        return `couldn't find key ${fromSecret.key} in Secret ${namespace}/${fromSecret.name}`;
      }
    }
  }
  return undefined;
}

/** Pull secrets that the pod names and that do not exist. */
export function missingPullSecrets(store: Store, pod: Pod): string[] {
  return (pod.spec.imagePullSecrets ?? [])
    .map(({ name }) => name)
    .filter((name) => store.find(secrets, pod.metadata.namespace, name) === undefined);
}

/** `user:password` for a registry host from the pod's pull secrets. */
export function pullCredentials(store: Store, pod: Pod, host: string): string | undefined {
  for (const { name } of pod.spec.imagePullSecrets ?? []) {
    const secret = store.find(secrets, pod.metadata.namespace, name);
    const text = Buffer.from(secret?.data?.['.dockerconfigjson'] ?? '', 'base64').toString();
    if (text === '') continue;
    const { auths = {} } = JSON.parse(text) as {
      auths?: Record<string, { auth?: string; username?: string; password?: string } | undefined>;
    };
    const entry = auths[host] ?? auths[`http://${host}`] ?? auths[`https://${host}`];
    if (entry?.auth !== undefined) return Buffer.from(entry.auth, 'base64').toString();
    if (entry?.username !== undefined) return `${entry.username}:${entry.password ?? ''}`;
  }
  return undefined;
}
