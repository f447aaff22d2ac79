/** `builder: maven`: the carbon applications that Maven packs. Loaded when that is the choice. */
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { formatDuration } from '@wso2-delivery/shared/base/duration';
import { buildProject } from '@wso2-delivery/shared/maven/build';
import { requireSuitableJdk } from '@wso2-delivery/shared/maven/jdk';
import type { MavenProject } from '@wso2-delivery/shared/maven/project';
import { countTests, sayCounts } from '@wso2-delivery/shared/maven/test-results';
import { findBuiltCars } from '@wso2-delivery/shared/mi/find-cars';
import type { Made } from './main.ts';
import type { Inputs } from './request.ts';

/**
 * Builds and tests the project, and finds what came of it.
 * @param made told of the build also when it failed
 * @returns the carbon applications, absolute
 * @throws ToolError when Maven or a test failed; VerificationError CAR_NOT_BUILT
 */
export async function buildWithMaven(
  made: Made,
  project: MavenProject,
  inputs: Inputs,
  ports: Ports,
): Promise<string[]> {
  const { files, log } = ports;
  await requireSuitableJdk(project, { skipTests: inputs.skipTests, arguments: inputs.mavenArgs }, ports);
  const options = {
    goals: inputs.goals.split(/\s+/).filter((goal) => goal !== ''),
    profiles: inputs.profiles,
    arguments: inputs.mavenArgs,
    settings: inputs.settings,
    skipTests: inputs.skipTests,
    timeoutMs: inputs.timeout,
  };
  const result = await buildProject(project, options, ports);
  made.build = result;
  for (const annotation of result.annotations) log.annotate(annotation);
  if (result.failure !== undefined) throw result.failure;
  log.info(`Maven: ${formatDuration(result.durationMs)}, ${sayCounts(countTests(result.tests.cases))}`);
  const ran = result.console.goals.some(({ goal }) => goal === 'car');
  return findBuiltCars(
    project.modules.map(({ folder }) => folder),
    result.startedAt,
    files,
    ran ? undefined : `No goal 'car' ran: no pom binds it to a phase that '${inputs.goals}' reaches.`,
  );
}
