/** What a composite application of the older layout lacks, and what of the sources is in none. Pure. */
import { nounOf } from './artifact-kinds.ts';
import type { Car } from './car.ts';
import { finding, type Finding } from './finding.ts';
import { isExported, type ExportedArtifact, type LegacySources } from './legacy-sources.ts';

export interface LegacyComparison {
  readonly car: Car;
  readonly legacy: LegacySources;
  /** What the pom of this composite application asks for, and that pom as annotations want it. */
  readonly exported: readonly ExportedArtifact[];
  readonly pom: string;
  readonly display: (path: string) => string;
}

/** Beyond what `checkCar` finds: what the pom asks for and no module declares (a library, another project's artifact). */
export function foreignArtifactFindings({ car, legacy, exported, pom }: LegacyComparison): Finding[] {
  const held = new Set(car.dependencies.map(({ artifact }) => artifact));
  const compared = new Set([
    ...legacy.sources.artifacts.map(({ name }) => name),
    ...legacy.sources.registry.items.map(({ artifact }) => artifact),
  ]);
  return exported
    .filter(({ artifactId }) => !held.has(artifactId) && !compared.has(artifactId))
    .map(({ artifactId, line }) => {
      const message = `${artifactId}, which the pom asks for, is not in ${car.name} ${car.version}.`;
      return finding('missing', artifactId, message, { file: pom, line });
    });
}

/** What is in no composite application of the project: declared and not asked for, or not even declared. */
export function notExportedFindings(
  { declared, unlisted }: LegacySources,
  exported: readonly ExportedArtifact[],
  display: (path: string) => string,
): Finding[] {
  return [
    ...declared
      .filter((artifact) => !isExported(artifact, exported))
      .map(({ name, type, list, line }) => {
        const message = `No composite application of this project asks for the ${nounOf(type)} '${name}'.`;
        return finding('not-exported', name, message, { file: display(list), line }, 'warning');
      }),
    ...unlisted.map((path) => {
      const file = display(path);
      return finding('not-exported', file, `${file} is listed in no artifact.xml.`, { file }, 'warning');
    }),
  ];
}
