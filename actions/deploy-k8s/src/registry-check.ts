/** Asks the registries for the images, with what the step was given and the pull secrets that the pods will use. */
import { InputError } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import type { KubernetesClient } from '@wso2-delivery/shared/kubernetes/client';
import { judgeImages, type ImageFacts } from '@wso2-delivery/shared/kubernetes/image-preflight';
import type { Finding } from '@wso2-delivery/shared/kubernetes/manifest-check';
import { nodePlatforms } from '@wso2-delivery/shared/kubernetes/nodes';
import { readPullSecrets } from '@wso2-delivery/shared/kubernetes/pull-secrets';
import { parsePlatform } from '@wso2-delivery/shared/oci/platform';
import { checkImage } from '@wso2-delivery/shared/oci/preflight';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import { openRegistries } from '@wso2-delivery/shared/oci/registry';
import type { Request } from './request.ts';

export interface ImageChecks {
  readonly images: readonly ImageFacts[];
  /** undefined when the nodes may not be read. */
  readonly nodePlatforms: readonly string[] | undefined;
  readonly findings: readonly Finding[];
}

/** Checks the images of these pod templates. */
export async function checkImages(
  ports: Ports,
  client: KubernetesClient,
  request: Pick<Request, 'logins' | 'registryCa'>,
  images: readonly string[],
  templates: readonly unknown[],
): Promise<ImageChecks> {
  const [nodes, secrets] = await Promise.all([
    nodePlatforms(client),
    readPullSecrets(client, ports.secrets, templates),
  ]);
  if (nodes === undefined) {
    ports.log.info('The nodes may not be read ("list" on nodes), so the images are not compared with their platforms.');
  }
  const logins = [...request.logins, ...secrets.credentials];
  const registries = openRegistries(ports, { logins, ca: request.registryCa });
  const platforms = (nodes ?? []).map((platform) => parsePlatform(platform));
  const facts = await Promise.all(
    images.map(async (image): Promise<ImageFacts> => {
      try {
        return { image, ...(await checkImage(parseReference(image), platforms, registries)) };
      } catch (error) {
        // A manifest may hold what is no image reference: a placeholder that nobody replaced.
        if (!(error instanceof InputError)) throw error;
        return { image, state: 'unusable', message: error.message, remedy: error.remedy };
      }
    }),
  );
  for (const { image, digest } of facts) {
    if (digest !== undefined) ports.log.info(`${image} exists${image.includes('@') ? '' : ` (${digest})`}`);
  }
  return {
    images: facts,
    nodePlatforms: nodes,
    findings: [...judgeImages(facts, nodes), ...secrets.absent.map(absentSecret)],
  };
}

function absentSecret(name: string): Finding {
  return {
    id: 'pull-secret-absent',
    weight: 'warning',
    subject: `secret/${name}`,
    says: 'the pods name it in imagePullSecrets, and it is not in the namespace',
    remedy: `Create it (kubectl create secret docker-registry ${name} …), or remove the name`,
  };
}
