import type { Problem } from '../base/errors.ts';
import { didYouMean } from '../base/suggest.ts';
import { parseYaml } from '../formats/yaml.ts';
import { imageRepository } from './images.ts';
import type { ContainerImage, ImageWish } from './images.ts';
import type { ManifestDocument } from './manifests.ts';
import { at, isRecord, recordsAt, textAt } from './objects.ts';
import { containersOf, formatWorkload } from './workload.ts';
import type { WorkloadContainer } from './workload.ts';

/**
 * The pod template of an object of any kind that has one where Kubernetes puts it, custom resources included; a Pod is
 * its own template.
 */
export function podTemplateOf(object: unknown): Record<string, unknown> | undefined {
  const places = [
    ['spec', 'template'],
    ['spec', 'jobTemplate', 'spec', 'template'],
    ...(textAt(object, 'kind') === 'Pod' ? [[]] : []),
  ];
  for (const place of places) {
    const template = at(object, ...place);
    if (isRecord(template) && recordsAt(template, 'spec', 'containers').length > 0) return template;
  }
  return undefined;
}

/** Every image that the documents name in a pod template. */
export function imagesIn(documents: readonly ManifestDocument[]): string[] {
  return [
    ...new Set(documents.flatMap(({ object }) => containersOf(podTemplateOf(object)).map(({ image }) => image))),
  ].filter((image) => image !== '');
}

/**
 * Puts the wished images into the documents: by container where the line names one, else by repository. Exactly the
 * image's text is exchanged, and the result is compared with what it should mean.
 */
export function substituteImages(
  documents: readonly ManifestDocument[],
  wishes: readonly ImageWish[],
): { documents: ManifestDocument[]; problems: Problem[] } {
  const used = new Set<ImageWish>();
  const result = documents.map((document) => {
    const changes: ContainerImage[] = [];
    for (const container of containersOf(podTemplateOf(document.object))) {
      const wish = wishFor(document, container, wishes);
      if (wish === undefined) continue;
      used.add(wish);
      if (wish.image !== container.image)
        changes.push({ container: container.name, init: container.init, from: container.image, to: wish.image });
    }
    return changes.length === 0 ? document : withImages(document, changes);
  });
  return {
    documents: result,
    problems: wishes.filter((wish) => !used.has(wish)).map((wish) => unused(wish, documents)),
  };
}

function wishFor(
  document: ManifestDocument,
  container: WorkloadContainer,
  wishes: readonly ImageWish[],
): ImageWish | undefined {
  const { kind = '', metadata } = document.object;
  const meant = wishes.filter(
    ({ workload }) => workload === undefined || (workload.kind === kind && workload.name === metadata.name),
  );
  const named = meant.filter((wish) => wish.container === container.name);
  return (
    named.find(({ workload }) => workload !== undefined) ??
    named[0] ??
    meant.find(
      (wish) => wish.container === undefined && imageRepository(wish.image) === imageRepository(container.image),
    )
  );
}

/** The document with other images. Its text stays as it is but for them; where that cannot be done, it becomes JSON. */
export function withImages(document: ManifestDocument, changes: readonly ContainerImage[]): ManifestDocument {
  const object = structuredClone(document.object);
  const template = podTemplateOf(object);
  for (const { container, init, to } of changes) {
    for (const record of recordsAt(template, 'spec', init ? 'initContainers' : 'containers')) {
      if (record.name === container) record.image = to;
    }
  }
  const text = document.text
    .split('\n')
    .map((line) => {
      const parts = /^(\s*(?:- +)?(?:image|"image"): +)(["']?)([^"'\s]+)\2(\s*(?:,|#.*)?)$/.exec(line);
      const change = parts === null ? undefined : changes.find(({ from }) => from === parts[3]);
      return parts === null || change === undefined
        ? line
        : `${parts[1] ?? ''}${parts[2] ?? ''}${change.to}${parts[2] ?? ''}${parts[4] ?? ''}`;
    })
    .join('\n');
  return meansTheSame(text, object)
    ? { ...document, text, object }
    : { ...document, line: undefined, text: JSON.stringify(object), object };
}

function meansTheSame(text: string, object: unknown): boolean {
  try {
    return JSON.stringify(parseYaml(text)) === JSON.stringify(object);
  } catch {
    return false;
  }
}

function unused(wish: ImageWish, documents: readonly ManifestDocument[]): Problem {
  const there = documents.flatMap(({ object }) =>
    containersOf(podTemplateOf(object)).map(({ name, image }) => ({
      name,
      image,
      owner: formatWorkload({ kind: object.kind ?? '', name: object.metadata.name }),
    })),
  );
  const list =
    there.map(({ owner, name, image }) => `${owner} has ${name} (${image})`).join('; ') ||
    'no document has a pod template';
  const hint =
    wish.container === undefined
      ? ''
      : didYouMean(
          wish.container,
          there.map(({ name }) => name),
        );
  const problem =
    wish.container === undefined
      ? `no container in the manifests runs ${imageRepository(wish.image)}: ${list}. Name the container (container=image)`
      : `no container of the manifests is meant by '${wish.line}': ${list}.${hint}`;
  return { subject: 'images', problem, example: `${there[0]?.name ?? 'mi'}=${wish.image}` };
}
