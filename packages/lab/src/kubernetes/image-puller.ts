/** Gets a container's image onto the node, as often as it takes. */
import type { RunnerPorts } from './container-runner.ts';
import { fieldPath, type KnownContainer } from './container-state.ts';
import type { Pod } from './objects.ts';
import { missingPullSecrets } from './pod-config.ts';

const reference =
  /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\.[a-z0-9-]+)*(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/;

/** What is wrong with an image name, in the kubelet's words. */
export function imageNameProblem(image: string): string | undefined {
  if (reference.test(image)) return undefined;
  const repository = image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  const path = repository.replace(/^[^/]*[.:][^/]*\//, '');
  const why = /[A-Z]/.test(path)
    ? `invalid reference format: repository name (${path}) must be lowercase`
    : 'invalid reference format';
  return `Failed to apply default image tag "${image}": couldn't parse image name "${image}": ${why}`;
}

export class ImagePuller {
  readonly #pod: Pod;
  readonly #known: KnownContainer;
  readonly #ports: Pick<RunnerPorts, 'timing' | 'events' | 'script' | 'images' | 'store' | 'changed'>;
  #attempts = 0;

  constructor(pod: Pod, known: KnownContainer, ports: RunnerPorts) {
    this.#pod = pod;
    this.#known = known;
    this.#ports = ports;
  }

  /** Returns when the image is there; waits and tries again until then. Rejects when `signal` aborts. */
  async ensure(signal: AbortSignal): Promise<void> {
    const { timing, images } = this.#ports;
    const { image, imagePullPolicy } = this.#known.container;
    for (;;) {
      const problem = imageNameProblem(image);
      if (problem !== undefined) {
        this.#event('Warning', 'InspectFailed', problem);
        this.#event('Warning', 'Failed', 'Error: InvalidImageName');
        this.#wait('InvalidImageName', problem);
      } else if (images.has(image) && imagePullPolicy !== 'Always') {
        this.#event('Normal', 'Pulled', `Container image "${image}" already present on machine`);
        return;
      } else if (imagePullPolicy === 'Never') {
        const message = `Container image "${image}" is not present with pull policy of Never`;
        this.#event('Warning', 'ErrImageNeverPull', message);
        this.#event('Warning', 'Failed', 'Error: ErrImageNeverPull');
        this.#wait('ErrImageNeverPull', message);
      } else if (await this.#pull(signal)) return;
      else continue;
      await timing.sleep(timing.real(12), signal);
    }
  }

  async #pull(signal: AbortSignal): Promise<boolean> {
    const { timing, script, images, store } = this.#ports;
    const { image } = this.#known.container;
    const absent = missingPullSecrets(store, this.#pod);
    if (absent.length > 0) {
      this.#ports.events.record(
        this.#pod,
        'Warning',
        'FailedToRetrieveImagePullSecret',
        `Unable to retrieve some image pull secrets (${absent.join(', ')}); attempting to pull the image may not succeed.`,
      );
    }
    this.#event('Normal', 'Pulling', `Pulling image "${image}"`);
    const startedAt = Date.now();
    const outcome = (await script.pull?.(this.#attempts)) ?? { pulled: true };
    if (outcome.afterMs !== undefined) await timing.sleep(outcome.afterMs, signal);
    if (signal.aborted) throw signal.reason as Error;
    if (outcome.pulled) {
      images.add(image);
      this.#known.imageId = outcome.imageId ?? image;
      const took = `${Math.max(Date.now() - startedAt, 1)}ms`;
      const size = outcome.bytes ?? 2744214;
      const message = `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: ${size} bytes.`;
      this.#event('Normal', 'Pulled', message);
      return true;
    }
    this.#event('Warning', 'Failed', `Failed to pull image "${image}": ${outcome.message}`);
    this.#event('Warning', 'Failed', 'Error: ErrImagePull');
    this.#wait('ErrImagePull', outcome.message);
    const backOff = timing.real(Math.min(10 * 2 ** this.#attempts, 300));
    this.#attempts += 1;
    await timing.sleep(Math.min(timing.real(1), backOff), signal);
    this.#event('Normal', 'BackOff', `Back-off pulling image "${image}"`);
    this.#event('Warning', 'Failed', 'Error: ImagePullBackOff');
    this.#wait('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${outcome.message}`);
    await timing.sleep(backOff, signal);
    return false;
  }

  #wait(reason: string, message: string): void {
    this.#known.state = { waiting: { reason, message } };
    this.#ports.changed();
  }

  #event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#ports.events.record(this.#pod, type, reason, message, { fieldPath: fieldPath(this.#known) });
  }
}
