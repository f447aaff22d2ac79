/** The carbon applications of this run, each compared with the sources that it is made of. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { VerificationError } from '@wso2-delivery/shared/base/errors';
import type { Files } from '@wso2-delivery/shared/base/ports';
import type { ZipEntry } from '@wso2-delivery/shared/formats/zip';
import { count } from '@wso2-delivery/shared/base/text';
import { packsClassMediators } from '@wso2-delivery/shared/maven/packaging-without-maven';
import type { MavenProject, Module } from '@wso2-delivery/shared/maven/project';
import { isInside } from '@wso2-delivery/shared/base/safe-path';
import { artifactOf, readCar, type Car } from '@wso2-delivery/shared/mi/car';
import { checkCar } from '@wso2-delivery/shared/mi/check-car';
import { foreignArtifactFindings, notExportedFindings } from '@wso2-delivery/shared/mi/check-legacy';
import { type ClassComparison, classFindings } from '@wso2-delivery/shared/mi/class-use';
import { codes } from '@wso2-delivery/shared/mi/codes';
import { connectorsIn } from '@wso2-delivery/shared/mi/connector-use';
import type { Finding } from '@wso2-delivery/shared/mi/finding';
import {
  hasArtifactList,
  readLegacySources,
  type ExportedArtifact,
  type LegacySources,
} from '@wso2-delivery/shared/mi/legacy-sources';
import { hasWso2miSources, readSources } from '@wso2-delivery/shared/mi/sources';

export interface CarbonApplication {
  /** Absolute. */
  readonly file: string;
  readonly car: Car;
  /** What the archive holds. */
  readonly entries: readonly ZipEntry[];
  /** False when only the CAR itself could be checked: another layout, or no project beside a given CAR. */
  readonly compared: boolean;
  readonly findings: readonly Finding[];
}

/** Name, version and type of each artifact that artifacts.xml lists, in its order. */
export function artifactsOf(car: Car): { readonly name: string; readonly version: string; readonly type: string }[] {
  return car.dependencies.map((dependency) => ({
    name: dependency.artifact,
    version: dependency.version,
    type: artifactOf(car, dependency)?.type ?? 'unknown',
  }));
}

/**
 * Reads and compares them.
 * @throws InputError CAR_MALFORMED, CAR_NOT_FOUND; VerificationError CAR_DUPLICATE
 */
export async function readCarbonApplications(
  cars: readonly string[],
  project: MavenProject | undefined,
  files: Files,
): Promise<CarbonApplication[]> {
  const read: Pick<CarbonApplication, 'file' | 'car' | 'entries'>[] = [];
  for (const file of cars) {
    const { entries, ...car } = await readCar(file, files.display(file));
    const twin = read.find(({ car: other }) => other.name === car.name && other.version === car.version);
    if (twin !== undefined) {
      const both = `${files.display(twin.file)} and ${files.display(file)}`;
      throw new VerificationError(
        codes.CAR_DUPLICATE,
        `${both} are both the carbon application ${car.name} ${car.version}`,
      );
    }
    read.push({ file, car, entries });
  }
  const applications: CarbonApplication[] = [];
  for (const { file, car, entries } of read) {
    const module = moduleOf(file, car, project);
    const others = read.filter(({ car: other }) => other !== car).map(({ car: other }) => other);
    const legacy = module === undefined || project === undefined ? undefined : legacyOf(module, project);
    const sources = module !== undefined && hasLayout(module) ? readSources(module.folder) : legacy?.legacy.sources;
    const display = (path: string) => files.display(path);
    const findings = checkCar({
      car,
      sources,
      connectors: module === undefined ? [] : connectorsOf(module, files),
      packedConnectors: await connectorsIn(car),
      elsewhere: await namesIn(others),
      display,
    });
    if (sources !== undefined && module !== undefined && project !== undefined) {
      const { sourceOf, hint } = javaOf(project, module);
      findings.push(...(await classFindings({ car, sources, others, sourceOf, hint, display })));
    }
    if (legacy !== undefined && module !== undefined) {
      const { exported } = legacy;
      const pom = display(module.pomFile);
      findings.push(...foreignArtifactFindings({ car, legacy: legacy.legacy, exported, pom, display }));
      // What no composite application has is said once, not with each.
      if (!applications.some((earlier) => earlier.compared)) {
        findings.push(...notExportedFindings(legacy.legacy, legacy.exportedByAny, display));
      }
    }
    applications.push({ file, car, entries, compared: sources !== undefined, findings });
  }
  return applications;
}

/** Where the project has Java classes, and what its pom says about their way into the CAR. */
function javaOf(project: MavenProject, { pom, folder }: Module): Pick<ClassComparison, 'sourceOf' | 'hint'> {
  const early = pom.packaging === 'jar' && !packsClassMediators({ ...project, pom, folder });
  return {
    sourceOf: (className) => {
      const path = `src/main/java/${className.replace(/\$.*$/, '').replaceAll('.', '/')}.java`;
      return project.modules.map((module) => join(module.folder, path)).find((file) => existsSync(file));
    },
    hint: early
      ? "The goal 'car' runs before the phase 'package', and there is no jar before it: bind the goal to 'package'."
      : undefined,
  };
}

/** What the other carbon applications of this run bring: artifacts and connectors. */
async function namesIn(cars: readonly Car[]): Promise<ReadonlySet<string>> {
  const connectors = await Promise.all(cars.map(connectorsIn));
  return new Set([
    ...cars.flatMap(({ artifacts }) => artifacts.map(({ name }) => name)),
    ...connectors.flatMap((names) => [...(names ?? [])]),
  ]);
}

/** @throws VerificationError CAR_DIFFERS when there is an error among the findings */
export function requireSame(applications: readonly CarbonApplication[]): void {
  const errors = applications.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error'));
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length > 1 ? ` And ${count(errors.length - 1, 'more difference')}, see the annotations.` : '';
  throw new VerificationError(codes.CAR_DIFFERS, `${first.message} ${first.effect}${more}`, {
    location:
      first.file === undefined
        ? undefined
        : { file: first.file, ...(first.line !== undefined && { line: first.line }) },
  });
}

/** The module that made the CAR: the one whose target it lies in, else the one of the application's name. */
function moduleOf(file: string, car: Car, project: MavenProject | undefined): Module | undefined {
  const around = project?.modules
    .filter(({ folder }) => isInside(folder, file))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
  return around ?? project?.modules.find(({ pom }) => pom.artifactId === car.name);
}

interface Legacy {
  readonly legacy: LegacySources;
  /** What this composite application asks for, and what any of the project does. */
  readonly exported: readonly ExportedArtifact[];
  readonly exportedByAny: readonly ExportedArtifact[];
}

/** undefined when the module is no composite application, or no module lists its artifacts. */
function legacyOf(module: Module, { modules }: MavenProject): Legacy | undefined {
  const isComposite = ({ pom }: Module) => pom.packaging === 'carbon/application';
  const folders = modules.map(({ folder }) => folder);
  if (!isComposite(module) || !folders.some(hasArtifactList)) return undefined;
  const exportedBy = ({ pom }: Module) =>
    pom.dependencies
      .filter(({ type }) => type !== 'pom')
      .map(({ groupId, artifactId = '', line }) => ({ groupId, artifactId, line }));
  const exported = exportedBy(module);
  const exportedByAny = modules.filter(isComposite).flatMap(exportedBy);
  return { legacy: readLegacySources(folders, module.folder, exported), exported, exportedByAny };
}

/** A project of the CAR plugin for this layout may also have no sources at all: its CAR is then empty. */
function hasLayout({ folder, pom }: Module): boolean {
  return hasWso2miSources(folder) || pom.plugins.some(({ artifactId }) => artifactId === 'vscode-car-plugin');
}

function connectorsOf({ pom, pomFile }: Module, files: Files): { name: string; file: string; line: number }[] {
  return pom.dependencies
    .filter(
      ({ type, groupId = '', artifactId = '' }) =>
        type === 'zip' &&
        (groupId.startsWith('org.wso2.integration.connector') || /connector|inbound/.test(artifactId)),
    )
    .map(({ artifactId = '', line }) => ({ name: artifactId, file: files.display(pomFile), line }));
}
