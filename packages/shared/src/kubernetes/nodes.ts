import { ServiceError } from '../base/errors.ts';
import type { KubernetesClient } from './client.ts';
import { codes } from './codes.ts';
import { textAt } from './objects.ts';

/**
 * The platforms of the nodes, as image references name them ("linux/amd64"), sorted; undefined when the nodes may not
 * be read (they belong to no namespace, and many accounts for deployments have no right to them).
 */
export async function nodePlatforms(client: KubernetesClient): Promise<string[] | undefined> {
  try {
    const { items } = await client.list('Node');
    const platforms = items.flatMap((node) => {
      const os = textAt(node, 'status', 'nodeInfo', 'operatingSystem');
      const architecture = textAt(node, 'status', 'nodeInfo', 'architecture');
      return os === undefined || architecture === undefined ? [] : [`${os}/${architecture}`];
    });
    return [...new Set(platforms)].sort();
  } catch (error) {
    if (error instanceof ServiceError && error.code === codes.KUBERNETES_FORBIDDEN.code) return undefined;
    throw error;
  }
}
