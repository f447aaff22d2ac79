/** `builder: native` and `auto`: the carbon application without Maven. Loaded when that is the choice. */
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import { activeParts, packsClassMediators } from '@wso2-delivery/shared/maven/packaging-without-maven';
import type { MavenProject } from '@wso2-delivery/shared/maven/project';
import { synapseUnitTests } from '@wso2-delivery/shared/maven/test-reports';
import { userHome } from '@wso2-delivery/shared/maven/user-home';
import {
  classMediatorPart,
  connectionTypesOf,
  connectorLibraryPart,
  connectorPart,
  connectorsOfResources,
  needsOf,
  packsLibraries,
} from '@wso2-delivery/shared/mi/packaging/connectors';
import { takeLibraries, type LibraryCoordinates } from '@wso2-delivery/shared/mi/packaging/library-store';
import { packCar } from '@wso2-delivery/shared/mi/packaging/pack-car';
import type { Part } from '@wso2-delivery/shared/mi/packaging/part';
import { readSources, type MiSources } from '@wso2-delivery/shared/mi/sources';
import type { Inputs } from './request.ts';

/** What packaging without Maven did. */
export interface NativeBuild {
  /** Absolute. */
  readonly car: string;
  readonly durationMs: number;
  /** Synapse unit tests that the pom does not run either, as paths for people. */
  readonly unitTestsNotRun: readonly string[];
}

/**
 * Packages the project into target/, as Maven would.
 * @throws InputError CAR_NOT_PACKABLE, LIBRARY_UNAVAILABLE
 */
export async function buildNatively(
  project: MavenProject,
  inputs: Inputs,
  { files, clock }: Pick<Ports, 'files' | 'clock'>,
): Promise<NativeBuild> {
  const startedAt = clock.now();
  const { pom, folder } = project;
  const { groupId = '', artifactId = '', version = '' } = pom;
  const display = (path: string) => files.display(path);
  const sources = readSources(folder);
  const dependencies = activeParts(pom).flatMap((part) => part.dependencies);
  const entries = packCar(
    {
      groupId,
      artifactId,
      version,
      mainSequence: pom.properties.mainSequence,
      versionedDeployment: pom.properties.versionedDeployment?.toLowerCase() === 'true',
      carDependencies: dependencies
        .filter(({ type }) => type === 'car')
        .map((car) => ({
          groupId: car.groupId ?? '',
          artifactId: car.artifactId ?? '',
          version: car.version ?? '',
        })),
    },
    sources,
    await librariesOf(project, sources, inputs, display),
    display,
  );
  const target = join(folder, 'target');
  mkdirSync(target, { recursive: true });
  const car = join(target, `${artifactId}_${version}.car`);
  // Never half a file under the name that others look for.
  await writeZip(`${car}.part`, entries);
  renameSync(`${car}.part`, car);
  return {
    car,
    durationMs: clock.now() - startedAt,
    unitTestsNotRun: synapseUnitTests(project).map(display),
  };
}

async function librariesOf(
  project: MavenProject,
  sources: MiSources,
  inputs: Inputs,
  display: (path: string) => string,
): Promise<{ fromResources: Part[]; fromRepository: Part[] }> {
  const { pom } = project;
  const runtime = pom.properties['project.runtime.version'];
  const version = pom.version ?? '';
  const folders = inputs.libraries === undefined ? [] : [inputs.libraries];
  const repository = join(userHome(), '.m2/repository');
  const take = (wanted: readonly LibraryCoordinates[]) => takeLibraries(wanted, folders, repository, display);

  const wantedBy = display(project.pomFile);
  const own = packsClassMediators(project)
    ? [{ groupId: pom.groupId ?? '', artifactId: pom.artifactId ?? '', version, type: 'jar', wantedBy }]
    : [];
  const mediators = takeLibraries(own, folders, undefined, display);
  const zips = take(
    activeParts(pom)
      .flatMap(({ dependencies }) => dependencies)
      .filter(({ type, artifactId = '' }) => type === 'zip' && (packsLibraries(runtime) || !isInbound(artifactId)))
      .map((zip) => ({
        groupId: zip.groupId ?? '',
        artifactId: zip.artifactId ?? '',
        version: zip.version ?? '',
        type: 'zip',
        wantedBy,
      })),
  ).map(({ artifactId, version: at, content }) => ({ fileName: `${artifactId}-${at}.zip`, content }));
  const fromResources = connectorsOfResources(join(sources.folder, 'resources'), runtime);
  const connectors = packsLibraries(runtime) ? [...zips, ...fromResources] : [];
  const used = connectionTypesOf(sources.artifacts);
  const needs = (await Promise.all(connectors.map((connector) => needsOf(connector, used)))).filter(
    (need) => need !== undefined,
  );
  const jars = needs.flatMap(({ connector, libraries }) => {
    const parts = take(libraries).map(({ artifactId, version: at, content }) =>
      connectorLibraryPart(connector, `${artifactId}-${at}.jar`, content, version),
    );
    return [...new Map(parts.map((part) => [part.name, part])).values()];
  });
  return {
    fromResources: fromResources.map(connectorPart),
    fromRepository: [
      ...mediators.map(({ artifactId, version: at, content }) => classMediatorPart(artifactId, at, content)),
      ...zips.map(connectorPart),
      ...jars,
    ],
  };
}

function isInbound(artifactId: string): boolean {
  return artifactId.includes('mi-inbound-');
}
