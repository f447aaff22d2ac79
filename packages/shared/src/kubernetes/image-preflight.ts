import type { Finding } from './manifest-check.ts';

/** What a registry says about an image. The action asks (rooms do not know each other) and hands the answer in. */
export interface ImageFacts {
  readonly image: string;
  readonly state: 'present' | 'platform-missing' | 'absent' | 'unauthorized' | 'unreachable' | 'unusable';
  readonly digest?: string;
  /** "linux/amd64" …, of the image. */
  readonly platforms?: readonly string[];
  /** Why it is not present. */
  readonly message?: string;
  readonly remedy?: string;
}

/**
 * What the state of the images means for a deployment. An image that does not exist cannot start; one that cannot be
 * seen from the runner may well be seen from the nodes.
 * @param nodes the platforms of the nodes, undefined when they are not known
 */
export function judgeImages(images: readonly ImageFacts[], nodes: readonly string[] | undefined): Finding[] {
  return images.flatMap((facts): Finding[] => {
    const { image, state, message = state, remedy = '' } = facts;
    const finding = (id: string, weight: Finding['weight'], says: string, advice: string): Finding[] => [
      { id, weight, subject: `image ${image}`, says, remedy: advice.replace(/\.$/, '') },
    ];
    switch (state) {
      case 'present':
        return [];
      case 'absent':
      case 'unusable':
        return finding(`image-${state}`, 'error', message, remedy);
      case 'unauthorized':
        return finding(
          'image-not-visible',
          'warning',
          `the registry does not show it to this step, so nobody knows whether it exists: ${message}`,
          'Log in to the registry before this step, or give registry-username and registry-password',
        );
      case 'unreachable':
        return finding(
          'image-registry-unreachable',
          'warning',
          `its registry cannot be asked from here: ${message}`,
          remedy,
        );
      case 'platform-missing': {
        const none = nodes !== undefined && !nodes.some((platform) => facts.platforms?.includes(platform) === true);
        return finding(
          'image-platform-missing',
          none ? 'error' : 'warning',
          none ? `no node can run it: ${message}` : `it does not run on all nodes: ${message}`,
          none
            ? 'Build the image for the platform of the nodes (input platforms of build-mi)'
            : 'Build it for all of them, or keep the pods on the others with a nodeSelector',
        );
      }
    }
  });
}
