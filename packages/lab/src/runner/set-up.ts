/** The set-up of a job: every action that does not come from the workspace is read, and its pre stage, if any, is due. */
import { compositeFrame, instanceOf, registerPost, runJavaScript } from './action-step.ts';
import { bindActionInputs } from './action-inputs.ts';
import { evaluateTexts } from './expressions.ts';
import type { Frame, JobState, StepBody } from './job-state.ts';
import { stepScope } from './job-state.ts';
import type { StepDefinition } from './parse.ts';
import { resolveAction } from './resolve-action.ts';
import type { StepLog } from './step-log.ts';
import type { StepOutcome } from './steps.ts';
import { performStage, stepName } from './steps.ts';

export interface PreStage {
  readonly id: string;
  readonly name: string;
  readonly perform: (log: StepLog) => Promise<StepOutcome>;
}

/**
 * Reads the actions of steps, nested ones included, and yields their pre stages in order. `ready` is the frame with its
 * inputs, asked for when a stage runs.
 * @throws WorkflowError when an action cannot be found or read.
 */
export function collectPreStages(
  job: JobState,
  frame: Frame,
  steps: readonly StepDefinition[],
  ready: () => Frame = () => frame,
): PreStage[] {
  return steps.flatMap((definition): PreStage[] => {
    if (definition.uses === undefined) return [];
    const action = resolveAction(job, frame, definition.uses);
    // Actions of the workspace exist after the checkout only: they have no pre stage.
    if (action.kind === 'stand-in' || action.local) return [];
    const instance = instanceOf({ job, frame, definition }, action);
    const { runs } = instance.file;
    if (runs.kind === 'composite') {
      const inner = (): Frame => {
        const outer = ready();
        const scope = stepScope(job, outer, {});
        const env = evaluateTexts(definition.env, scope);
        const inputs = bindActionInputs(definition, scope, instance.file);
        return compositeFrame({ frame: outer, definition, env }, action, inputs);
      };
      return collectPreStages(job, compositeFrame({ frame, definition, env: {} }, action, {}), runs.steps, inner);
    }
    const { pre } = runs;
    if (pre === undefined) return [];
    const name = stepName(job, frame, definition);
    const body: StepBody = (call) => {
      registerPost({ ...call, name }, action, instance, runs);
      return runJavaScript(call, action, instance, pre);
    };
    const perform = (log: StepLog): Promise<StepOutcome> =>
      performStage(job, ready(), definition, runs.preIf, body, log);
    return [{ id: definition.id, name: `Pre ${name}`, perform }];
  });
}
