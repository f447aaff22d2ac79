import type { Problem } from '../base/errors.ts';
import { didYouMean } from '../base/suggest.ts';
import { formatWorkload, parseWorkload } from './workload.ts';
import type { Workload, WorkloadName } from './workload.ts';

/** One line of the input `images`. */
export interface ImageWish {
  readonly image: string;
  /** undefined: the only container of the workload, or the one that runs this repository already. */
  readonly container: string | undefined;
  /** undefined: every workload that has the container. */
  readonly workload: WorkloadName | undefined;
  /** The line as written, for messages. */
  readonly line: string;
}

/** An image for one container of one workload, decided. */
export interface ContainerImage {
  readonly container: string;
  readonly init: boolean;
  readonly from: string;
  readonly to: string;
}

const example = 'mi=ghcr.io/acme/employee-service:1.4.0';

/** A DNS label. */
const containerName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads the lines of the input `images`: "image", "container=image" or "deployment/name/container=image".
 * @returns the wishes, and every problem found
 */
export function parseImages(lines: readonly string[]): { wishes: ImageWish[]; problems: Problem[] } {
  const wishes: ImageWish[] = [];
  const problems: Problem[] = [];
  const add = (problem: string) => problems.push({ subject: 'images', problem, example });
  for (const line of lines) {
    const equals = line.indexOf('=');
    const image = line.slice(equals + 1).trim();
    const target = equals < 0 ? undefined : line.slice(0, equals).trim();
    if (image === '') {
      add(`'${line}' has no image`);
      continue;
    }
    if (target === undefined) {
      wishes.push({ image, container: undefined, workload: undefined, line });
      continue;
    }
    const slash = target.lastIndexOf('/');
    const container = target.slice(slash + 1);
    const workload = slash < 0 ? undefined : parseWorkload(target.slice(0, slash));
    if (!containerName.test(container)) add(`'${line}': '${container}' is not a name of a container`);
    else if (typeof workload === 'string') add(workload);
    else wishes.push({ image, container, workload, line });
  }
  const seen = new Set<string>();
  for (const { container, workload, image } of wishes) {
    const key = `${workload === undefined ? '' : formatWorkload(workload)} ${container ?? `image ${imageRepository(image)}`}`;
    if (seen.has(key))
      add(`${container === undefined ? `image ${imageRepository(image)}` : `container ${container}`} is given twice`);
    seen.add(key);
  }
  return { wishes, problems };
}

/** The repository of an image reference, in full: without tag and digest, with Docker Hub's defaults written out. */
export function imageRepository(image: string): string {
  const [beforeDigest = ''] = image.split('@');
  const colon = beforeDigest.lastIndexOf(':');
  const name = colon > beforeDigest.lastIndexOf('/') ? beforeDigest.slice(0, colon) : beforeDigest;
  const [first = '', ...rest] = name.split('/');
  if (rest.length === 0) return `docker.io/library/${name}`;
  if (/[.:]/.test(first) || first === 'localhost') return name;
  return `docker.io/${name}`;
}

/** True when the reference names one exact image and cannot come to mean another one. */
export function isDigestPinned(image: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(image);
}

/**
 * Decides which container of which workload gets which image. A wish without a container goes to the only container
 * of a workload, or to those that run the same repository already.
 * @returns the images per workload (in its order), and every problem found, each listing what there is
 */
export function assignImages(
  workloads: readonly Workload[],
  wishes: readonly ImageWish[],
): { images: ContainerImage[][]; problems: Problem[] } {
  const images = workloads.map((): ContainerImage[] => []);
  const problems: Problem[] = [];
  for (const wish of wishes) {
    const meant = workloads.filter(
      ({ kind, name }) => wish.workload === undefined || (wish.workload.kind === kind && wish.workload.name === name),
    );
    let used = 0;
    for (const workload of meant) {
      for (const { name, image, init } of containersFor(workload, wish)) {
        const known = images[workloads.indexOf(workload)];
        used += 1;
        if (known?.some(({ container }) => container === name) === true) {
          problems.push({
            subject: 'images',
            problem: `container ${name} of ${formatWorkload(workload)} would get two images (line '${wish.line}')`,
            example,
          });
        } else known?.push({ container: name, init, from: image, to: wish.image });
      }
    }
    if (used === 0) problems.push(noContainer(wish, workloads, meant));
  }
  return { images, problems };
}

function containersFor({ containers }: Workload, { container, image }: ImageWish) {
  if (container !== undefined) return containers.filter(({ name }) => name === container);
  const main = containers.filter(({ init }) => !init);
  if (main.length === 1) return main;
  const repository = imageRepository(image);
  return containers.filter((each) => imageRepository(each.image) === repository);
}

function noContainer(wish: ImageWish, all: readonly Workload[], meant: readonly Workload[]): Problem {
  const subject = 'images';
  if (meant.length === 0 && wish.workload !== undefined) {
    const names = all.map(formatWorkload);
    const wanted = formatWorkload(wish.workload);
    return {
      subject,
      problem: `${wanted} is none of the workloads of this step: ${names.join(', ')}.${didYouMean(wanted, names)}`,
      example,
    };
  }
  const there = meant.map(
    (workload) =>
      `${formatWorkload(workload)} has ${workload.containers.map(({ name, init }) => (init ? `${name} (init)` : name)).join(', ')}`,
  );
  const names = meant.flatMap(({ containers }) => containers.map(({ name }) => name));
  return wish.container === undefined
    ? {
        subject,
        problem: `'${wish.image}' does not say for which container: ${there.join('; ')}. Write container=image`,
        example: `${names[0] ?? 'mi'}=${wish.image}`,
      }
    : {
        subject,
        problem: `there is no container ${wish.container}: ${there.join('; ')}.${didYouMean(wish.container, names)}`,
        example: `${names[0] ?? 'mi'}=${wish.image}`,
      };
}
