/** Compares the registry resources of a project with those in its CAR. Pure. */
import { basename } from 'node:path';
import type { Car } from './car.ts';
import { finding, type Finding } from './finding.ts';
import type { RegistryItem, RegistrySources } from './registry-sources.ts';

export function registryFindings(
  car: Car,
  { items, beyond, unlisted, malformed }: RegistrySources,
  display: (path: string) => string,
): Finding[] {
  if (malformed !== undefined) {
    const list = display(malformed.list);
    const place = { file: list, line: malformed.line };
    return [finding('malformed', list, `${list} is not well-formed XML (${malformed.message}).`, place)];
  }
  return [
    ...items.flatMap((item) => itemFinding(car, item, display) ?? []),
    ...beyond.map(({ artifact, registryPath, list, line }) => {
      const message = `The artifact '${artifact}' has an item before ${registryPath}: the plugin packs the first one alone.`;
      return finding('missing', registryPath, message, { file: display(list), line });
    }),
    ...unlisted.map((path) => {
      const file = display(path);
      return finding('resource-unlisted', file, `${file} is listed in no artifact.xml.`, { file }, 'warning');
    }),
  ];
}

function itemFinding(car: Car, item: RegistryItem, display: (path: string) => string): Finding | undefined {
  const { artifact, registryPath, file, content, generated, expected, list, line } = item;
  const place = { file: display(list), line };
  if (file === undefined && !generated) {
    const message = `The registry resource ${registryPath} has no file ${expected}.`;
    return finding('resource-missing', registryPath, message, place);
  }
  if (!car.dependencies.some((dependency) => dependency.artifact === artifact)) {
    return finding(
      'missing',
      artifact,
      `The registry resource '${artifact}' is not in ${car.name} ${car.version}.`,
      place,
    );
  }
  // What the plugin generates is younger than the sources by right.
  if (file === undefined || generated || content === undefined) return undefined;
  if (packedResource(car, artifact, basename(file))?.equals(content) !== false) return undefined;
  const shown = display(file);
  return finding('stale', registryPath, `${shown} in the CAR is not what its source is.`, { file: shown });
}

/** The file of a registry resource; undefined when the CAR does not hold one of this name. */
function packedResource(car: Car, name: string, file: string): Buffer | undefined {
  return car.artifacts.find((artifact) => artifact.name === name)?.attachments.get(`resources/${file}`);
}
