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

/** @throws WorkflowError when an action cannot be found or read. */
export function collectPreStages(job: JobState, frame: Frame, steps: readonly StepDefinition[]): PreStage[] {
  return steps.flatMap((definition): PreStage[] => {
    if (definition.uses === undefined) return [];
    const action = resolveAction(job, frame, definition.uses);
    // Actions of the workspace exist after the checkout only: they have no pre stage.
    if (action.kind === 'stand-in' || action.local) return [];
    const instance = instanceOf({ job, frame, definition }, action);
    const { runs } = instance.file;
    if (runs.kind === 'composite') {
      const inner = (): Frame => {
        const scope = stepScope(job, frame, {});
        const env = evaluateTexts(definition.env, scope);
        return compositeFrame({ frame, definition, env }, action, bindActionInputs(definition, scope, instance.file));
      };
      // The inputs matter to pre stages only: without one, they are not evaluated before their time.
      return collectPreStages(
        job,
        { ...frame, origin: action.origin, key: `${frame.key}${definition.index}/` },
        runs.steps,
      ).length === 0
        ? []
        : collectPreStages(job, inner(), runs.steps);
    }
    const { pre } = runs;
    if (pre === undefined) return [];
    const name = stepName(job, frame, definition);
    const body: StepBody = (call) => {
      registerPost({ job, frame, definition, name }, action, instance, runs);
      return runJavaScript(call, action, instance, pre);
    };
    return [
      {
        id: definition.id,
        name: `Pre ${name}`,
        perform: (log) => performStage(job, frame, definition, runs.preIf, body, log),
      },
    ];
  });
}
