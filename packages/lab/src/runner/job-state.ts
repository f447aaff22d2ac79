/** What the parts of a running job share, and the frames in which its steps run. */
import type { ConcurrencyGroups } from './concurrency.ts';
import type { Json, JsonObject, Scope } from './expressions.ts';
import { hashFiles } from './hash-files.ts';
import type { Masks } from './masking.ts';
import type { RunOptions } from './options.ts';
import type { ActionFile } from './parse-action.ts';
import type { Origin, StepDefinition } from './parse.ts';
import type { JobRef, RunEvent } from './result.ts';
import type { StandIn } from './stand-ins.ts';
import type { StepLog } from './step-log.ts';

/** One run of a workflow, with all that its jobs have in common. */
export interface Run {
  readonly options: RunOptions;
  readonly origin: Origin;
  readonly github: JsonObject;
  readonly masks: Masks;
  readonly secrets: Readonly<Record<string, string>>;
  readonly standIns: Readonly<Record<string, StandIn>>;
  readonly concurrency: ConcurrencyGroups;
  readonly emit: (event: RunEvent) => void;
  readonly runId: string;
  readonly attempt: number;
  readonly artifacts: string;
  /** Names of the artifacts of earlier attempts that may be uploaded anew. */
  readonly earlierArtifacts: Set<string>;
  /** Deployments that were approved in an earlier attempt. */
  readonly approved: ReadonlySet<string>;
  /** Numbers the jobs, for their folders. */
  nextJob: number;
  /** Downloaded repositories: source folder → copy. */
  readonly downloads: Map<string, string>;
}

export interface JobFolders {
  readonly workspace: string;
  readonly temp: string;
  /** Files behind GITHUB_ENV and its like. */
  readonly files: string;
  readonly toolCache: string;
}

export interface JobState {
  readonly run: Run;
  readonly ref: JobRef;
  readonly folders: JobFolders;
  readonly masks: Masks;
  /** vars, secrets, needs, strategy, matrix, runner and the like. */
  readonly contexts: Readonly<Record<string, Json>>;
  /** The `job` context without its status. */
  readonly identity: JsonObject;
  /** What is inherited from the machine and added by the caller. */
  readonly machine: Readonly<Record<string, string>>;
  /** Workflow and job `env`, and what steps wrote to GITHUB_ENV. */
  readonly env: Record<string, string>;
  /** What steps wrote to GITHUB_PATH, newest first. */
  readonly path: string[];
  readonly trackingId: string;
  /** Aborts when the job is cancelled, after `status` says so. */
  readonly cancelled: AbortSignal;
  status: 'success' | 'failure' | 'cancelled';
  /** To be run at the end, the last one first. */
  readonly posts: PostStep[];
  /** One use of an action, by the key of its step. */
  readonly instances: Map<string, ActionInstance>;
  nextStep: number;
}

export interface ActionInstance {
  readonly file: ActionFile;
  /** What GITHUB_STATE holds for the next stage. */
  readonly state: Record<string, string>;
  postRegistered: boolean;
}

export interface PostStep {
  readonly id: string;
  readonly name: string;
  /** An expression, evaluated with the job's status. */
  readonly condition: string;
  readonly frame: Frame;
  readonly definition: StepDefinition;
  readonly body: StepBody;
}

/** The steps of a job, or the steps of a composite action inside one step. */
export interface Frame {
  /** Distinguishes the steps of all frames of a job: `` for the job, `2/` for the composite action of its third step. */
  readonly key: string;
  readonly kind: 'job' | 'composite';
  /** The file in which the steps stand, for messages. */
  readonly file: string;
  /** The repository of that file: where `$/` leads. */
  readonly origin: Origin;
  readonly github: JsonObject;
  readonly inputs: JsonObject;
  /** `env` of the steps around a composite action. */
  readonly outerEnv: Readonly<Record<string, string>>;
  readonly steps: Record<string, Json>;
  readonly defaults: { readonly shell?: string | undefined; readonly workingDirectory?: string | undefined };
  /** Aborts when a step around this frame has timed out. */
  readonly deadline: AbortSignal | undefined;
  /** For a composite action: whether one of its own steps has failed. */
  failed: boolean;
}

/** One stage of one step, ready to run. */
export interface StepCall {
  readonly job: JobState;
  readonly frame: Frame;
  readonly definition: StepDefinition;
  readonly name: string;
  readonly log: StepLog;
  readonly scope: Scope;
  /** The step's own `env`. */
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: Record<string, string>;
  /** Aborts when the stage has to end, for whatever reason. */
  readonly signal: AbortSignal;
  /** Aborts when the step, or one around it, has timed out. */
  readonly deadline: AbortSignal;
}

/** Runs a stage and yields whether it succeeded. */
export type StepBody = (call: StepCall) => Promise<boolean>;

/** What the expressions of a step in a frame can see; `env` is the step's own. */
export function stepScope(job: JobState, frame: Frame, env: Readonly<Record<string, string>>): Scope {
  const { secrets, ...contexts } = job.contexts;
  const succeeded = frame.kind === 'composite' ? !frame.failed && job.status !== 'cancelled' : job.status === 'success';
  const failed = frame.kind === 'composite' ? frame.failed : job.status === 'failure';
  return {
    contexts: {
      ...contexts,
      // Composite actions do not see secrets.
      ...(frame.kind === 'composite' ? {} : { secrets: secrets ?? {} }),
      github: { ...frame.github, action_status: succeeded ? 'success' : failed ? 'failure' : 'cancelled' },
      inputs: frame.inputs,
      env: { ...job.env, ...frame.outerEnv, ...env },
      steps: Object.fromEntries(Object.entries(frame.steps).filter(([id]) => !id.startsWith('__'))),
      job: { ...job.identity, status: job.status },
    },
    functions: {
      success: () => succeeded,
      failure: () => failed,
      always: () => true,
      cancelled: () => job.status === 'cancelled',
      hashfiles: (...patterns) => hashFiles(job.folders.workspace, patterns.map(String)),
    },
  };
}
