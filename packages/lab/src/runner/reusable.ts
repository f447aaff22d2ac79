/** Jobs that call a reusable workflow. */
import { evaluateText, evaluateTexts, evaluateToken, objectOf } from './expressions.ts';
import { bindCallInputs, bindCallSecrets, sectionOf } from './inputs.ts';
import type { JobInstance } from './job-instance.ts';
import { mappingEntries, readWorkflow } from './parse.ts';
import { resolveWorkflow } from './resolve-action.ts';
import { isMapping } from '@actions/workflow-parser/templates/tokens/type-guards';
import type { Conclusion, JobResult } from './result.ts';
import { WorkflowError } from './result.ts';
import { runJobs } from './workflow.ts';

/** GitHub allows ten levels: the caller and nine below it. */
const MAX_DEPTH = 10;

export interface CallOutcome {
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly [];
  readonly annotations: readonly [];
  readonly results: readonly JobResult[];
}

/** Runs the called workflow. @throws WorkflowError when it cannot be found, read or called with these values. */
export async function callWorkflow(instance: JobInstance, uses: string, cancel: AbortSignal): Promise<CallOutcome> {
  const { call, definition, ref, scope } = instance;
  const { run } = call;
  if (call.depth + 1 >= MAX_DEPTH) throw new WorkflowError([`${uses}: more than ${MAX_DEPTH} levels of workflows`]);
  const found = resolveWorkflow(run, call.workflow.origin, uses);
  const workflow = await readWorkflow(found.origin, found.path);
  if (!workflow.events.has('workflow_call')) {
    throw new WorkflowError([`${uses}: the workflow is not reusable as it is missing an \`on.workflow_call\` trigger`]);
  }
  const event = workflow.events.get('workflow_call');
  const withSecrets = { ...scope, contexts: { ...scope.contexts, secrets: call.secrets } };
  const given = definition.with === undefined ? {} : objectOf(evaluateToken(definition.with, scope));
  const declaredScope = { contexts: { github: run.github, vars: run.options.vars ?? {} } };
  const inputs = bindCallInputs(uses, event, given, declaredScope);
  const inherited = definition.secrets === 'inherit';
  const passed = definition.secrets === 'inherit' ? call.secrets : evaluateTexts(definition.secrets, withSecrets);
  // An empty value is a secret that does not exist.
  const present = Object.fromEntries(Object.entries(passed).filter(([, value]) => value !== ''));
  const token = { GITHUB_TOKEN: call.secrets.GITHUB_TOKEN ?? '' };
  const secrets = { ...bindCallSecrets(uses, event, present, inherited), ...token };
  const outcome = await runJobs({
    run,
    workflow,
    inputs,
    secrets,
    within: ref,
    depth: call.depth + 1,
    held: call.held,
    cancel,
    previous: call.previous,
  });
  const jobs = Object.fromEntries(
    [...outcome.jobs].map(([id, job]) => [id, { result: job.result, outputs: { ...job.outputs } }]),
  );
  const outputsScope = { contexts: { ...declaredScope.contexts, inputs, jobs } };
  const outputs: Record<string, string> = {};
  for (const [name, output] of mappingEntries(sectionOf(event, 'outputs'))) {
    const value = isMapping(output) ? output.find('value') : undefined;
    const text = evaluateText(value, outputsScope) ?? '';
    if (text !== '') outputs[name] = text;
  }
  return { conclusion: outcome.conclusion, outputs, steps: [], annotations: [], results: outcome.results };
}
