/** What happens to a new pod before it is stored: service account, tolerations, quota. */
import type { Pod, Quantities } from './objects.ts';
import { quantity, quantityText, total } from './quantities.ts';
import { namespaces, pods, resourceQuotas, serviceAccounts } from './resources.ts';
import { notFound, refused } from './status.ts';
import type { Store } from './store.ts';
import { randomSuffix } from './names.ts';

/**
 * Completes a pod as the admission plugins do. Changes `pod`.
 * @throws StatusError 403 when its service account does not exist or a quota is exceeded, 404 without a namespace.
 */
export function admitPod(store: Store, pod: Pod): void {
  const namespace = pod.metadata.namespace ?? '';
  const { spec } = pod;
  spec.serviceAccountName ??= 'default';
  spec.serviceAccount = spec.serviceAccountName;
  if (store.find(serviceAccounts, namespace, spec.serviceAccountName) === undefined) {
    const shown = pod.metadata.generateName ?? pod.metadata.name;
    throw refused(
      pods,
      shown,
      `error looking up service account ${namespace}/${spec.serviceAccountName}: serviceaccount "${spec.serviceAccountName}" not found`,
    );
  }
  mountToken(pod);
  spec.tolerations = [
    ...(spec.tolerations ?? []),
    ...['not-ready', 'unreachable'].map((state) => ({
      key: `node.kubernetes.io/${state}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    })),
  ];
  spec.priority ??= 0;
  spec.enableServiceLinks ??= true;
  spec.preemptionPolicy ??= 'PreemptLowerPriority';
  checkQuota(store, pod);
  pod.status = { phase: 'Pending', qosClass: qosClass(pod) };
}

function mountToken(pod: Pod): void {
  const { spec } = pod;
  if (spec.automountServiceAccountToken === false) return;
  const name = `kube-api-access-${randomSuffix()}`;
  spec.volumes = [
    ...(spec.volumes ?? []),
    {
      name,
      projected: {
        sources: [
          { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
          { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          {
            downwardAPI: {
              items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
            },
          },
        ],
        defaultMode: 420,
      },
    },
  ];
  for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
    container.volumeMounts = [
      ...(container.volumeMounts ?? []),
      { name, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
    ];
  }
}

function qosClass(pod: Pod): string {
  const resources = pod.spec.containers.map((container) => container.resources ?? {});
  const named = (maps: (Quantities | undefined)[]): boolean => maps.some((map) => Object.keys(map ?? {}).length > 0);
  if (!named(resources.flatMap(({ requests, limits }) => [requests, limits]))) return 'BestEffort';
  const guaranteed = resources.every(({ requests, limits }) =>
    ['cpu', 'memory'].every(
      (name) => limits?.[name] !== undefined && quantity(limits[name]) === quantity(requests?.[name]),
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

/** How much of a quota's resource one pod uses. */
function usage(pod: Pod, resource: string): number {
  if (resource === 'pods' || resource === 'count/pods') return 1;
  const [, side = 'requests', name = ''] =
    /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage)$/.exec(resource) ?? [];
  if (name === '') return 0;
  return total(
    pod.spec.containers.map((container) => container.resources?.[side as 'requests' | 'limits']),
    name,
  );
}

function isCounted(pod: Pod): boolean {
  return pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed';
}

function checkQuota(store: Store, pod: Pod): void {
  const { namespace } = pod.metadata;
  for (const quota of store.list(resourceQuotas, namespace)) {
    const hard = quota.spec.hard ?? {};
    const counted = store.list(pods, namespace).filter(isCounted);
    const must = Object.keys(hard).filter((name) => /cpu$|memory$/.test(name) && usage(pod, name) === 0);
    if (must.length > 0)
      throw refused(pods, pod.metadata.name, `failed quota: ${quota.metadata.name}: must specify ${must.join(',')}`);
    const exceeded = Object.entries(hard).filter(([name, limit]) => {
      const used = counted.reduce((sum, other) => sum + usage(other, name), 0);
      return usage(pod, name) > 0 && used + usage(pod, name) > quantity(limit);
    });
    if (exceeded.length === 0) continue;
    const list = (amount: (name: string, limit: string | number) => string): string =>
      exceeded.map(([name, limit]) => `${name}=${amount(name, limit)}`).join(',');
    const usedText = (name: string): string =>
      quantityText(
        name,
        counted.reduce((sum, other) => sum + usage(other, name), 0),
      );
    throw refused(
      pods,
      pod.metadata.name,
      `exceeded quota: ${quota.metadata.name}, requested: ${list((name) => quantityText(name, usage(pod, name)))}, used: ${list(usedText)}, limited: ${list((_, limit) => String(limit))}`,
    );
  }
}

/** Brings status.used of every quota of a namespace up to date. */
export function countQuotas(store: Store, namespace: string): void {
  const counted = store.list(pods, namespace).filter(isCounted);
  for (const quota of store.list(resourceQuotas, namespace)) {
    store.update(resourceQuotas, namespace, quota.metadata.name, (copy) => {
      const hard = copy.spec.hard ?? {};
      const used = Object.keys(hard).map((name) => [
        name,
        quantityText(
          name,
          counted.reduce((sum, pod) => sum + usage(pod, name), 0),
        ),
      ]);
      copy.status = { hard, used: Object.fromEntries(used) as Quantities };
    });
  }
}

/** @throws StatusError 404 when the namespace does not exist, 403 when it is being deleted. */
export function requireNamespace(store: Store, name: string): void {
  const namespace = store.find(namespaces, undefined, name);
  if (namespace === undefined) throw notFound(namespaces, name);
  if (namespace.metadata.deletionTimestamp !== undefined) {
    throw refused(namespaces, name, `unable to create new content in namespace ${name} because it is being terminated`);
  }
}
