/** What clients ask first: versions, groups and resources. */
import type { JsonObject } from './objects.ts';
import { accessReviews, apiVersionOf, served, verbs, type Resource } from './resources.ts';

/** The version that the server claims: that of the recordings it imitates. */
export const serverVersion: JsonObject = {
  major: '1',
  minor: '33',
  emulationMajor: '1',
  emulationMinor: '33',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '32',
  gitVersion: 'v1.33.13',
  gitCommit: '0000000000000000000000000000000000000000',
  gitTreeState: 'clean',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: 'go1.24.0',
  compiler: 'gc',
  platform: 'linux/amd64',
};

const groups = [...new Set(served.map((resource) => resource.group))].filter((group) => group !== '');

export function coreVersions(host: string): JsonObject {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: host }],
  };
}

export function groupList(): JsonObject {
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupEntry) };
}

function groupEntry(name: string): JsonObject {
  const version = { groupVersion: `${name}/v1`, version: 'v1' };
  return { name, versions: [version], preferredVersion: version };
}

/** One group at /apis/<group>. */
export function group(name: string): JsonObject | undefined {
  return groups.includes(name) ? { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(name) } : undefined;
}

function verbsOf(resource: Resource): readonly string[] {
  return resource === accessReviews ? ['create'] : verbs;
}

interface Subresource {
  readonly name: string;
  readonly verbs: readonly string[];
  readonly kind: string;
  readonly group?: string;
  readonly version?: string;
}

function subresources(resource: Resource): Subresource[] {
  const change = ['get', 'patch', 'update'];
  const proxy = ['create', 'delete', 'get', 'patch', 'update'];
  return [
    ...(resource.kind === 'Pod'
      ? [
          { name: 'log', verbs: ['get'], kind: 'Pod' },
          { name: 'portforward', verbs: ['create', 'get'], kind: 'PodPortForwardOptions' },
          { name: 'proxy', verbs: proxy, kind: 'PodProxyOptions' },
        ]
      : []),
    ...(resource.kind === 'Service' ? [{ name: 'proxy', verbs: proxy, kind: 'ServiceProxyOptions' }] : []),
    ...(resource.scale ? [{ name: 'scale', verbs: change, kind: 'Scale', group: 'autoscaling', version: 'v1' }] : []),
    ...(resource.status ? [{ name: 'status', verbs: change, kind: resource.kind }] : []),
  ];
}

/** The resources of one group and version; undefined when there are none. */
export function resourceList(groupName: string, version: string): JsonObject | undefined {
  const members = served.filter((resource) => resource.group === groupName && resource.version === version);
  const [first] = members;
  if (first === undefined) return undefined;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersionOf(first),
    resources: members.flatMap((resource) => [
      {
        name: resource.plural,
        singularName: resource.singular,
        namespaced: resource.namespaced,
        kind: resource.kind,
        verbs: verbsOf(resource),
        ...(resource.shortNames.length === 0 ? {} : { shortNames: resource.shortNames }),
        ...(resource.categories.length === 0 ? {} : { categories: resource.categories }),
      },
      ...subresources(resource).map(({ name, ...rest }) => ({
        name: `${resource.plural}/${name}`,
        singularName: '',
        namespaced: resource.namespaced,
        ...rest,
      })),
    ]),
  };
}

/** Everything in one answer (apidiscovery.k8s.io/v2), which current clients ask for at /api and /apis. */
export function aggregated(core: boolean): JsonObject {
  const names = core ? [''] : groups;
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: names.map((name) => ({
      metadata: { name, creationTimestamp: null },
      versions: [
        {
          version: 'v1',
          freshness: 'Current',
          resources: served
            .filter((resource) => resource.group === name)
            .map((resource) => ({
              resource: resource.plural,
              responseKind: { group: resource.group, version: resource.version, kind: resource.kind },
              scope: resource.namespaced ? 'Namespaced' : 'Cluster',
              singularResource: resource.singular,
              verbs: verbsOf(resource),
              shortNames: resource.shortNames,
              categories: resource.categories,
              subresources: subresources(resource).map((sub) => ({
                subresource: sub.name,
                responseKind: { group: sub.group ?? '', version: sub.version ?? 'v1', kind: sub.kind },
                verbs: sub.verbs,
              })),
            })),
        },
      ],
    })),
  };
}
