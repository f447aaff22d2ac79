/** `uses` steps: JavaScript actions with pre, main and post, composite actions, and stand-ins. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bindActionInputs, inputVariables } from './action-inputs.ts';
import { evaluateText, textOf } from './expressions.ts';
import type { ActionInstance, Frame, StepCall } from './job-state.ts';
import { stepScope } from './job-state.ts';
import type { ActionFile, CompositeRuns, JavaScriptRuns } from './parse-action.ts';
import { readActionFile } from './parse-action.ts';
import type { ResolvedAction } from './resolve-action.ts';
import { resolveAction } from './resolve-action.ts';
import { runStandIn } from './stand-in-step.ts';
import { runStepProcess } from './step-process.ts';
import { performStep } from './steps.ts';

type FolderAction = Extract<ResolvedAction, { kind: 'folder' }>;

/** Runs the main stage of an action. */
export async function runAction(call: StepCall): Promise<boolean> {
  const uses = call.definition.uses ?? '';
  const action = resolveAction(call.job, call.frame, uses);
  call.log.mark('group', `Run ${uses}`);
  for (const [name, token] of Object.entries(givenInputs(call))) call.log.write(`  ${name}: ${token}`);
  call.log.mark('endgroup');
  if (action.kind === 'stand-in') return runStandIn(call, action);
  const instance = instanceOf(call, action);
  const { runs } = instance.file;
  return runs.kind === 'composite'
    ? runComposite(call, action, instance.file, runs)
    : runJavaScriptMain(call, action, instance, runs);
}

function givenInputs(call: StepCall): Record<string, string> {
  const { definition, scope } = call;
  if (definition.with === undefined) return {};
  const mapping = definition.with.assertMapping('with');
  return Object.fromEntries([...mapping].map(({ key, value }) => [key.toString(), evaluateText(value, scope) ?? '']));
}

/** One use of an action keeps its state from stage to stage. */
export function instanceOf(call: Pick<StepCall, 'job' | 'frame' | 'definition'>, action: FolderAction): ActionInstance {
  const key = `${call.frame.key}${call.definition.index}`;
  const known = call.job.instances.get(key);
  if (known !== undefined) return known;
  const file = readActionFile(action.folder, call.definition.uses ?? '');
  const instance = { file, state: {}, postRegistered: false };
  call.job.instances.set(key, instance);
  return instance;
}

async function runJavaScriptMain(
  call: StepCall,
  action: FolderAction,
  instance: ActionInstance,
  runs: JavaScriptRuns,
): Promise<boolean> {
  registerPost(call, action, instance, runs);
  return runJavaScript(call, action, instance, runs.main, true);
}

/** Once an action has begun, its post stage is due. */
export function registerPost(
  call: Pick<StepCall, 'job' | 'frame' | 'definition' | 'name'>,
  action: FolderAction,
  instance: ActionInstance,
  runs: JavaScriptRuns,
): void {
  const { post } = runs;
  if (post === undefined || instance.postRegistered) return;
  instance.postRegistered = true;
  call.job.posts.push({
    id: call.definition.id,
    name: `Post ${call.name}`,
    condition: runs.postIf,
    frame: call.frame,
    definition: call.definition,
    body: (stage) => runJavaScript(stage, action, instance, post),
  });
}

/** Runs one script of a JavaScript action; its main stage warns of wrong inputs. A non-zero exit code fails the step. */
export async function runJavaScript(
  call: StepCall,
  action: FolderAction,
  instance: ActionInstance,
  script: string,
  warns = false,
): Promise<boolean> {
  const path = join(action.folder, script);
  if (!existsSync(path)) throw new Error(`File not found: '${path}'`);
  const inputs = bindActionInputs(call.definition, call.scope, instance.file, warns ? call.log : undefined);
  const state = Object.entries(instance.state).map(([name, value]) => [`STATE_${name}`, value]);
  const frame = { ...call.frame, github: { ...call.frame.github, ...actionContext(action) } };
  const code = await runStepProcess(
    { ...call, frame },
    {
      command: call.job.run.options.nodePath ?? process.execPath,
      args: [path],
      cwd: call.job.folders.workspace,
      variables: { ...inputVariables(inputs), ...(Object.fromEntries(state) as Record<string, string>) },
      state: instance.state,
    },
  );
  return code === 0;
}

function actionContext(action: FolderAction): Record<string, string> {
  return action.repository === undefined
    ? { action_repository: '', action_ref: '' }
    : { action_repository: action.repository.name, action_ref: action.repository.ref };
}

async function runComposite(
  call: StepCall,
  action: FolderAction,
  file: ActionFile,
  runs: CompositeRuns,
): Promise<boolean> {
  const inner = compositeFrame(call, action, bindActionInputs(call.definition, call.scope, file, call.log));
  for (const step of runs.steps) {
    const { conclusion } = await performStep(call.job, inner, step, call.log);
    if (conclusion === 'failure' || conclusion === 'cancelled') inner.failed = true;
    if (call.deadline.aborted) return false;
  }
  const scope = stepScope(call.job, inner, {});
  for (const [name, value] of file.outputs) {
    if (value !== undefined) call.outputs[name] = textOf(evaluateText(value, scope) ?? '');
  }
  return !inner.failed;
}

/** The frame for the steps of a composite action. */
export function compositeFrame(
  call: Pick<StepCall, 'frame' | 'definition' | 'env'> & Partial<Pick<StepCall, 'deadline'>>,
  action: FolderAction,
  inputs: Readonly<Record<string, string>>,
): Frame {
  const { frame, definition } = call;
  return {
    key: `${frame.key}${definition.index}/`,
    kind: 'composite',
    file: definition.uses ?? '',
    origin: action.origin,
    github: { ...frame.github, ...actionContext(action), action: definition.id, action_path: action.folder },
    inputs,
    outerEnv: { ...frame.outerEnv, ...call.env },
    steps: {},
    defaults: {},
    deadline: call.deadline,
    failed: false,
  };
}
