/** The flow: project → Maven and its tests → carbon applications → comparison with the sources → image. */
import { readFileSync } from 'node:fs';
import { InputError } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { formatDuration } from '@wso2-delivery/shared/base/duration';
import type { MavenBuild } from '@wso2-delivery/shared/maven/build';
import { findProject, hasPom, type MavenProject } from '@wso2-delivery/shared/maven/project';
import { countTests } from '@wso2-delivery/shared/maven/test-results';
import { checkDeploymentToml } from '@wso2-delivery/shared/mi/check-deployment-toml';
import { codes } from '@wso2-delivery/shared/mi/codes';
import { annotationOf } from '@wso2-delivery/shared/mi/finding';
import { findGivenCars } from '@wso2-delivery/shared/mi/find-cars';
import type { Outcome } from '@wso2-delivery/shared/run/run';
import type { action } from './action.ts';
import { chooseBuilder } from './choose-builder.ts';
import { artifactsOf, readCarbonApplications, requireSame, type CarbonApplication } from './carbon-applications.ts';
import { makeImage, prepareImage, type BuiltImage } from './image.ts';
import type { NativeBuild } from './native.ts';
import { factsOf, summaryOf } from './report.ts';
import { checkInputs, imageRequest, type Inputs } from './request.ts';

/** What exists so far: outputs and summary tell of it also when a later part fails. */
export interface Made {
  project?: MavenProject;
  build?: MavenBuild;
  native?: NativeBuild;
  applications?: readonly CarbonApplication[];
  image?: BuiltImage;
}

export async function main(inputs: Inputs, ports: Ports): Promise<Outcome<typeof action>> {
  const made: Made = {};
  let failure: unknown;
  try {
    await make(made, inputs, ports);
  } catch (thrown) {
    failure = thrown;
  }
  const summary = summaryOf(made, ports.files);
  if (summary !== '') ports.summary.add(summary);
  return {
    outputs: outputsOf(made, ports),
    facts: factsOf(made, ports.files),
    ...(failure !== undefined && { failure }),
  };
}

async function make(made: Made, inputs: Inputs, ports: Ports): Promise<void> {
  const { files, log, job } = ports;
  checkInputs(inputs, job.platform);
  const prebuilt = inputs.cars.length > 0;
  // Given carbon applications need no project; where there is one, they are compared with it.
  if (!prebuilt || inputs.project !== undefined || hasPom(files.workspace)) {
    made.project = findProject(inputs.project, files);
  }
  const given = prebuilt ? findGivenCars(inputs.cars, files) : undefined;
  const request = imageRequest(inputs, made.project, files, job.sha);
  if (request?.deploymentToml !== undefined) checkToml(request.deploymentToml, inputs, ports);
  const preparing = request === undefined ? undefined : prepareImage(request, ports);
  // Maven takes minutes: what is wrong with the base is to be known before. Without it both take an instant, together.
  preparing?.catch(() => undefined);
  if (given === undefined && inputs.builder !== 'native') await preparing;

  const cars = given ?? (await build(made, inputs, ports));
  made.applications = await readCarbonApplications(cars, made.project, files);
  for (const { file, car } of made.applications) {
    log.info(`${files.display(file)}: ${car.name} ${car.version} with ${artifactsOf(car).length} artifacts`);
  }
  if (inputs.check !== 'off') {
    const softened = inputs.check === 'warn';
    for (const { findings } of made.applications) {
      for (const finding of findings) log.annotate(annotationOf(finding, softened));
    }
    if (!softened) requireSame(made.applications);
  }
  if (request !== undefined && preparing !== undefined) {
    made.image = await makeImage(request, await preparing, made.applications, ports);
  }
}

/** @throws InputError DEPLOYMENT_TOML_MISREAD */
function checkToml(path: string, { check }: Inputs, { files, log }: Ports): void {
  if (check === 'off') return;
  const file = files.display(path);
  const findings = checkDeploymentToml(readFileSync(path, 'utf8'));
  for (const { severity, message, line } of findings) {
    log.annotate({ level: check === 'error' ? severity : 'warning', message, file, line });
  }
  const problems = findings
    .filter(({ severity }) => severity === 'error')
    .map(({ message, line }) => ({ subject: file, problem: message, location: { file, line } }));
  if (check === 'error' && problems.length > 0) throw new InputError(codes.DEPLOYMENT_TOML_MISREAD, problems);
}

/** @throws ToolError when Maven or a test failed; VerificationError CAR_NOT_BUILT; InputError MAVEN_NEEDED */
async function build(made: Made, inputs: Inputs, ports: Ports): Promise<string[]> {
  const { files, log } = ports;
  const project = made.project ?? findProject(inputs.project, files);
  const { builder, obstacles } = chooseBuilder(inputs, project, files);
  if (builder === 'native') {
    const { buildNatively } = await import('./native.ts');
    made.native = await buildNatively(project, inputs, ports);
    const unproven = obstacles.map(({ what }) => `\n  ${what}`).join('');
    const doubt = unproven === '' ? '' : ` Whether Maven would pack the same cannot be told:${unproven}`;
    log.info(`Packaged without Maven in ${formatDuration(made.native.durationMs)}.${doubt}`);
    return [made.native.car];
  }
  if (obstacles.length > 0) {
    log.info(`Maven builds: ${obstacles.map(({ what }) => what).join('; ')}.`);
  }
  const { buildWithMaven } = await import('./with-maven.ts');
  return buildWithMaven(made, project, inputs, ports);
}

function outputsOf(made: Made, { files }: Ports): Outcome<typeof action>['outputs'] {
  const { applications, build: result, image } = made;
  return {
    cars: applications?.map(({ file }) => files.display(file)).join('\n'),
    carbonApplications:
      applications === undefined
        ? undefined
        : JSON.stringify(
            applications.map(({ car }) => ({ name: car.name, version: car.version, artifacts: artifactsOf(car) })),
          ),
    tests: result === undefined ? undefined : JSON.stringify(countTests(result.tests.cases)),
    image: image?.pushed === true ? `${image.repository}@${image.digest}` : undefined,
    digest: image?.digest,
    tags: image?.pushed === true ? image.tags.join('\n') : undefined,
  };
}
