/** `concurrency` of a workflow or a job: its settings, and the way into its group. */
import { isMapping } from '@actions/workflow-parser/templates/tokens/type-guards';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import type { Scope } from './expressions.ts';
import { evaluateToken, objectOf, textOf } from './expressions.ts';
import type { Run } from './job-state.ts';
import type { JobRef } from './result.ts';
import { WorkflowError } from './result.ts';

export interface GroupRequest {
  readonly run: Run;
  readonly concurrency: TemplateToken | undefined;
  readonly scope: Scope;
  readonly ref: JobRef;
  readonly cancel: AbortSignal;
  /** Groups that the workflows and jobs around this one hold, in lower case. */
  readonly held: readonly string[];
}

/** A job or called workflow wants a group that is held around it: it would wait for itself. */
export class ConcurrencyDeadlock extends WorkflowError {
  constructor(group: string, ref: JobRef) {
    super([
      `Canceling since a deadlock for concurrency group '${group}' was detected between '${ref.name}' and what calls it`,
    ]);
    this.name = 'ConcurrencyDeadlock';
  }
}

/**
 * Runs a body when its concurrency group is free, with what cancels it and what is held from now on. Nothing runs when a
 * newer request took the place or the wait was cancelled.
 * @throws ConcurrencyDeadlock
 */
export async function withinGroup(
  request: GroupRequest,
  body: (cancel: AbortSignal, held: readonly string[]) => Promise<void>,
): Promise<void> {
  const { run, concurrency, scope, ref, cancel, held } = request;
  if (concurrency === undefined) return body(cancel, held);
  const value = evaluateToken(concurrency, scope);
  const settings = isMapping(concurrency) ? objectOf(value) : { group: value };
  const group = textOf(settings.group ?? '');
  if (held.includes(group.toLowerCase())) throw new ConcurrencyDeadlock(group, ref);
  const superseded = new AbortController();
  const release = await run.concurrency.acquire(
    {
      group,
      cancelInProgress: settings['cancel-in-progress'] === true || settings['cancel-in-progress'] === 'true',
      queue: settings.queue === 'max' ? 'max' : 'single',
      onCancel: () => superseded.abort(),
      signal: cancel,
    },
    () => run.emit({ type: 'job-waiting', job: ref, reason: `concurrency group ${group}` }),
  );
  if (release === undefined) return;
  try {
    await body(AbortSignal.any([cancel, superseded.signal]), [...held, group.toLowerCase()]);
  } finally {
    release();
  }
}
