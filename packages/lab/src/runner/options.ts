/** What a caller of the runner decides. */
import type { ConcurrencyGroups } from './concurrency.ts';
import type { JsonObject } from './expressions.ts';
import type { Grace } from './processes.ts';
import type { RunEvent, WorkflowResult } from './result.ts';
import type { StandIn } from './stand-ins.ts';

export interface EnvironmentSettings {
  /** Asked before a job of this environment starts; false rejects the deployment and fails the job. */
  readonly approve?: (job: { readonly path: string; readonly name: string }) => Promise<boolean>;
  /** Win over the repository's secrets and variables of the same name. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
}

export interface RunOptions {
  /** The workflow file, relative to the workspace, for example `.github/workflows/deliver.yml`. */
  readonly file: string;
  /** The folder that stands for the repository at the commit that triggered the run. It is never written to. */
  readonly workspace: string;
  /** owner/name */
  readonly repository: string;
  /** push, workflow_dispatch, schedule, … */
  readonly event: string;
  /** The event's payload, `github.event`. */
  readonly payload?: JsonObject;
  /** Inputs of a workflow_dispatch. */
  readonly inputs?: JsonObject;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** `owner/name@ref` or `owner/name` (any ref) → a folder, for actions and reusable workflows of other repositories. */
  readonly repositories?: Readonly<Record<string, string>>;
  /** Actions that run inside the lab, by `owner/name` or `owner/name/path`, added to and winning over the built-in ones. */
  readonly actionStandIns?: Readonly<Record<string, StandIn>>;
  /** Added to the clean environment of all steps. */
  readonly env?: Readonly<Record<string, string>>;
  readonly environments?: Readonly<Record<string, EnvironmentSettings>>;
  readonly onEvent?: (event: RunEvent) => void;
  /** Where jobs, artifacts and caches live. It is created, and left for the caller to remove. */
  readonly tempFolder: string;
  /** The node that runs JavaScript actions; this process's own by default. */
  readonly nodePath?: string;
  /** Aborting it cancels the run as the button on GitHub does. */
  readonly signal?: AbortSignal;
  /** Share one between runs so that their concurrency groups meet. */
  readonly concurrency?: ConcurrencyGroups;
  /** Default refs/heads/main. */
  readonly ref?: string;
  /** Default: HEAD of the workspace's git repository, else zeros. */
  readonly sha?: string;
  readonly actor?: string;
  /** `github.token` and secrets.GITHUB_TOKEN. */
  readonly token?: string;
  readonly serverUrl?: string;
  readonly apiUrl?: string;
  readonly runId?: string;
  readonly runNumber?: number;
  /**
   * "Re-run failed jobs" of this result: jobs that succeeded or were skipped keep their results and outputs and do not
   * run, unless they need one that runs again. Run id, commit, ref and artifacts are those of that run.
   */
  readonly previous?: WorkflowResult;
  /** Shows `::debug::` lines and sets RUNNER_DEBUG. */
  readonly debug?: boolean;
  /** How long a cancelled process may take; GitHub's times by default. */
  readonly grace?: Grace;
}
