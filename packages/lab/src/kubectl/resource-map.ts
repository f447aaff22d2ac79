import { accepted, call, KubectlError, type Cluster } from './cluster.ts';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface ResourceList {
  readonly resources: readonly { name: string; kind: string; namespaced: boolean }[];
}

/** Finds where objects live by asking the server's discovery, each group once. */
export class ResourceMap {
  readonly #cluster: Cluster;
  readonly #lists = new Map<string, Promise<ResourceList | undefined>>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** @throws KubectlError when the server does not know the kind */
  async locate({ apiVersion, kind, metadata }: Manifest): Promise<{ path: string; printed: string }> {
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    let list = this.#lists.get(base);
    if (list === undefined) {
      list = call(this.#cluster, 'GET', base).then((answer) =>
        answer.status === 404 ? undefined : (accepted(answer) as unknown as ResourceList),
      );
      this.#lists.set(base, list);
    }
    const resource = (await list)?.resources.find((one) => one.kind === kind && !one.name.includes('/'));
    if (resource === undefined) {
      throw new KubectlError(
        `error: resource mapping not found for name: "${metadata.name}" namespace: "${metadata.namespace ?? ''}" from "STDIN": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`,
      );
    }
    const namespace = resource.namespaced ? `/namespaces/${metadata.namespace ?? this.#cluster.namespace}` : '';
    const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0] ?? ''}` : '';
    return {
      path: `${base}${namespace}/${resource.name}/${metadata.name}`,
      printed: `${kind.toLowerCase()}${group}/${metadata.name}`,
    };
  }
}
