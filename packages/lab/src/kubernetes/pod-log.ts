/** The log of a container, as the log subresource answers. */
import type { KnownContainer, Life } from './container-state.ts';
import type { Pod } from './objects.ts';
import { badRequest } from './status.ts';

export interface LogOptions {
  readonly container?: string | undefined;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly tailLines?: number | undefined;
  readonly sinceSeconds?: number | undefined;
  readonly limitBytes?: number | undefined;
}

/**
 * The life whose log is asked for.
 * @throws StatusError 400 in the server's words when there is none, or it is not clear which.
 */
export function lifeToRead(pod: Pod, containers: readonly KnownContainer[], options: LogOptions): Life | undefined {
  const podName = pod.metadata.name;
  const names = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].map(({ name }) => name);
  const asked = options.container === '' ? undefined : options.container;
  if (asked === undefined && names.length > 1) {
    const main = pod.spec.containers.map(({ name }) => name).join(' ');
    const init = (pod.spec.initContainers ?? []).map(({ name }) => name).join(' ');
    const or = init === '' ? '' : ` or one of the init containers: [${init}]`;
    throw badRequest(`a container name must be specified for pod ${podName}, choose one of: [${main}]${or}`);
  }
  const name = asked ?? names[0] ?? '';
  if (!names.includes(name)) throw badRequest(`container ${name} is not valid for pod ${podName}`);
  const known = containers.find(({ container }) => container.name === name);
  if (options.previous) {
    const terminated = known?.state.terminated === undefined ? known?.lastState.terminated : known.previousLife;
    if (known === undefined || terminated === undefined) {
      throw badRequest(`previous terminated container "${name}" in pod "${podName}" not found`);
    }
    // While it waits for its next start, the life that ended last is the previous one.
    return known.state.waiting === undefined ? known.previousLife : known.life;
  }
  if (known === undefined) throw waiting(name, podName, 'ContainerCreating');
  const why = known.state.waiting?.reason;
  if (why !== undefined && known.life === undefined && known.lastState.terminated === undefined) {
    const pull = ['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull'];
    const text = why === 'ErrImagePull' || why === 'ImagePullBackOff' ? 'trying and failing to pull image' : why;
    throw waiting(name, podName, pull.includes(why) ? text : why);
  }
  return known.life;
}

function waiting(name: string, pod: string, why: string): Error {
  return badRequest(`container "${name}" in pod "${pod}" is waiting to start: ${why}`);
}

/** The lines of a life from index `from` on, as text. */
export function logText(life: Life | undefined, options: LogOptions, from = 0): string {
  let lines = (life?.logs ?? []).slice(from);
  const { sinceSeconds, tailLines, limitBytes } = options;
  if (sinceSeconds !== undefined) lines = lines.filter(({ at }) => at >= Date.now() - sinceSeconds * 1000);
  if (tailLines !== undefined && from === 0) lines = tailLines === 0 ? [] : lines.slice(-tailLines);
  const text = lines
    .map(({ at, text: line }) => `${options.timestamps ? `${new Date(at).toISOString()} ` : ''}${line}\n`)
    .join('');
  return limitBytes === undefined ? text : Buffer.from(text).subarray(0, limitBytes).toString();
}
