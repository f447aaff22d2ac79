/** What a run yields, and what it tells while it runs. */
import type { Json } from './expressions.ts';

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface RunAnnotation {
  readonly level: 'error' | 'warning' | 'notice';
  /** Masked. */
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
}

export interface StepResult {
  /** The id from the file, or one the runner made (`__run`, `__self`, …). */
  readonly id: string;
  readonly name: string;
  readonly stage: 'pre' | 'main' | 'post';
  /** Before `continue-on-error`. */
  readonly outcome: Conclusion;
  /** After `continue-on-error`. */
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  /** As GitHub's raw log has them, masked: `##[group]`, `##[error]`, … are markers. */
  readonly log: readonly string[];
  readonly annotations: readonly RunAnnotation[];
  /** Masked Markdown of this step. */
  readonly summary: string;
  readonly durationMs: number;
}

export interface JobRef {
  /** Job ids from the outermost workflow to this job, and the matrix index: `deliver/build`, `test[1]`. */
  readonly path: string;
  /** The name as GitHub shows it: `deliver / build`, `test (20, linux)`. */
  readonly name: string;
}

export interface JobResult extends JobRef {
  readonly id: string;
  /** `workflow`: the job calls a reusable workflow, whose jobs have results of their own. */
  readonly kind: 'job' | 'workflow';
  /** The attempt of the run in which the job ran: an earlier one when it was kept. */
  readonly attempt: number;
  readonly conclusion: Conclusion;
  /** True when the job failed and its `continue-on-error` keeps that from the workflow and from `needs`. */
  readonly tolerated: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  readonly matrix: Json;
  readonly environment?: {
    readonly name: string;
    readonly url?: string;
    /** True when somebody was asked, now or in an earlier attempt, and said yes. */
    readonly approved?: boolean;
  };
  readonly steps: readonly StepResult[];
  /** Those of its steps and those of the job itself. */
  readonly annotations: readonly RunAnnotation[];
  /** The summaries of all its steps. */
  readonly summary: string;
  readonly durationMs: number;
}

export interface WorkflowResult {
  readonly name: string;
  readonly file: string;
  readonly conclusion: Conclusion;
  readonly runId: string;
  /** 1, or more after "Re-run failed jobs". */
  readonly attempt: number;
  /** The commit and the ref of all attempts. */
  readonly sha: string;
  readonly ref: string;
  /** Folder of the run's artifacts, shared by all its attempts. */
  readonly artifacts: string;
  /** In the order in which they ended; those that a re-run kept came first of all. */
  readonly jobs: readonly JobResult[];
  readonly durationMs: number;
}

export type RunEvent =
  | { readonly type: 'workflow-started'; readonly name: string }
  | { readonly type: 'job-waiting'; readonly job: JobRef; readonly reason: string }
  | { readonly type: 'job-started'; readonly job: JobRef }
  | { readonly type: 'step-started'; readonly job: JobRef; readonly step: string }
  | { readonly type: 'log'; readonly job: JobRef; readonly step: string; readonly line: string }
  | { readonly type: 'annotation'; readonly job: JobRef; readonly annotation: RunAnnotation }
  | { readonly type: 'step-finished'; readonly job: JobRef; readonly step: StepResult }
  | { readonly type: 'job-finished'; readonly job: JobResult }
  | { readonly type: 'job-kept'; readonly job: JobResult }
  | { readonly type: 'workflow-finished'; readonly result: WorkflowResult };

/** The workflow file, an action file or what was handed to them is wrong, so that GitHub would not have run it. */
export class WorkflowError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'WorkflowError';
    this.problems = problems;
  }
}
