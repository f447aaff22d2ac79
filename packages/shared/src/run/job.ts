import type { Job } from '../base/ports.ts';

/** The facts about the job that GitHub gives in the environment of a step. */
export function readJob(variables: Readonly<Record<string, string | undefined>>): Job {
  const variable = (name: string) => {
    const value = variables[name];
    return value === undefined || value === '' ? undefined : value;
  };
  return {
    repository: variable('GITHUB_REPOSITORY'),
    sha: variable('GITHUB_SHA'),
    ref: variable('GITHUB_REF'),
    runId: variable('GITHUB_RUN_ID'),
    serverUrl: variable('GITHUB_SERVER_URL') ?? 'https://github.com',
    platform: process.platform,
    arch: process.arch,
    variable,
  };
}
