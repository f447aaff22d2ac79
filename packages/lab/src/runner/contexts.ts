/** The github and runner contexts, and the default variables that come from them. */
import { arch } from 'node:os';
import type { Json, JsonObject } from './expressions.ts';
import { objectOf, textOf } from './expressions.ts';
import type { RunOptions } from './options.ts';
import type { Origin, Workflow } from './parse.ts';

/** The github context as far as it is the same for all jobs of an attempt. */
export function githubContext(
  options: RunOptions,
  workflow: Workflow,
  payload: Json,
  token: string,
  { runId, attempt }: { readonly runId: string; readonly attempt: number },
): JsonObject {
  const { ref, sha } = workflow.origin;
  const owner = options.repository.split('/')[0] ?? '';
  const serverUrl = options.serverUrl ?? 'https://github.com';
  const pullRequest = objectOf(objectOf(payload).pull_request);
  const actor = options.actor ?? owner;
  return {
    token,
    job: '',
    ref,
    sha,
    repository: options.repository,
    repository_id: '1',
    repository_owner: owner,
    repository_owner_id: '1',
    repositoryUrl: `git://${new URL(serverUrl).host}/${options.repository}.git`,
    run_id: runId,
    run_number: String(options.runNumber ?? 1),
    run_attempt: String(attempt),
    retention_days: '90',
    artifact_cache_size_limit: '10',
    actor,
    actor_id: '1',
    triggering_actor: actor,
    workflow: workflow.name,
    workflow_ref: `${options.repository}/${workflow.path}@${ref}`,
    workflow_sha: sha,
    head_ref: textOf(objectOf(pullRequest.head).ref ?? ''),
    base_ref: textOf(objectOf(pullRequest.base).ref ?? ''),
    event_name: options.event,
    event: payload,
    server_url: serverUrl,
    api_url: options.apiUrl ?? 'https://api.github.com',
    graphql_url: `${options.apiUrl ?? 'https://api.github.com'}/graphql`,
    ref_name: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_protected: false,
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    secret_source: 'Actions',
  };
}

/** Keys of the github context that steps see as GITHUB_* variables. */
const GITHUB_VARIABLES = [
  'action', 'action_path', 'action_ref', 'action_repository', 'actor', 'actor_id', 'api_url', 'base_ref', 'event_name',
  'event_path', 'graphql_url', 'head_ref', 'job', 'ref', 'ref_name', 'ref_protected', 'ref_type', 'repository',
  'repository_id', 'repository_owner', 'repository_owner_id', 'retention_days', 'run_attempt', 'run_id', 'run_number',
  'server_url', 'sha', 'triggering_actor', 'workflow', 'workflow_ref', 'workflow_sha', 'workspace',
] as const; // prettier-ignore

export function githubVariables(github: JsonObject): Record<string, string> {
  const variables: Record<string, string> = { CI: 'true', GITHUB_ACTIONS: 'true' };
  for (const key of GITHUB_VARIABLES) {
    const value = github[key];
    if (value !== undefined) variables[`GITHUB_${key.toUpperCase()}`] = textOf(value);
  }
  return variables;
}

export function runnerContext(temp: string, toolCache: string, debug: boolean): JsonObject {
  const os = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }[process.platform as string] ?? 'Linux';
  return {
    os,
    arch: arch().toUpperCase(),
    name: 'lab',
    environment: 'github-hosted',
    temp,
    tool_cache: toolCache,
    ...(debug ? { debug: '1' } : {}),
  };
}

export function runnerVariables(runner: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(runner).map(([key, value]) => [`RUNNER_${key.toUpperCase()}`, textOf(value)]),
  );
}

/** Where the workflow file of a job comes from: in a reusable workflow that is not the repository of the run. */
export function workflowIdentity(workflow: { readonly origin: Origin; readonly path: string }): JsonObject {
  const { origin, path } = workflow;
  return {
    workflow_ref: `${origin.repository}/${path}@${origin.ref}`,
    workflow_sha: origin.sha,
    workflow_repository: origin.repository,
    workflow_file_path: path,
  };
}
