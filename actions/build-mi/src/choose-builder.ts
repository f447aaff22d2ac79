import { InputError } from '@wso2-delivery/shared/base/errors';
import type { Files } from '@wso2-delivery/shared/base/ports';
import { codes } from '@wso2-delivery/shared/maven/codes';
import { obstaclesToPackagingWithoutMaven, type Obstacle } from '@wso2-delivery/shared/maven/packaging-without-maven';
import type { MavenProject } from '@wso2-delivery/shared/maven/project';
import type { Inputs } from './request.ts';

/**
 * Who packages: what the input says, or for `auto` the native way when nothing speaks against it.
 * @throws InputError MAVEN_NEEDED when `native` is asked for and only Maven can do it
 */
export function chooseBuilder(
  inputs: Inputs,
  project: MavenProject,
  files: Files,
): { readonly builder: 'maven' | 'native'; readonly obstacles: readonly Obstacle[] } {
  if (inputs.builder === 'maven') return { builder: 'maven', obstacles: [] };
  const obstacles = obstaclesToPackagingWithoutMaven(project, {
    goals: inputs.goals.split(/\s+/).filter((goal) => goal !== ''),
    profiles: inputs.profiles,
    arguments: inputs.mavenArgs,
    settings: inputs.settings,
    skipTests: inputs.skipTests,
  });
  if (inputs.builder === 'auto') return { builder: obstacles.length === 0 ? 'native' : 'maven', obstacles };
  const impossible = obstacles.filter(({ kind }) => kind === 'impossible');
  if (impossible.length === 0) return { builder: 'native', obstacles };
  const pom = files.display(project.pomFile);
  throw new InputError(
    codes.MAVEN_NEEDED,
    impossible.map(({ what, line }) => ({
      subject: pom,
      problem: what,
      location: { file: pom, ...(line !== undefined && { line }) },
    })),
  );
}
