/** The flow: inputs → what the mode does → what became of each API. */
import { namedIfFull } from '@wso2-delivery/shared/apim/scratch-full';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { commentOutcome } from '@wso2-delivery/shared/run/outcome-comment';
import type { Outcome } from '@wso2-delivery/shared/run/run';
import type { action } from './action.ts';
import { withGivenVariables } from './given-variables.ts';
import { applyMode } from './mode-apply.ts';
import { driftMode, planMode } from './mode-plan.ts';
import { rollbackMode } from './mode-rollback.ts';
import { driftSummary, planSummary } from './plan-page.ts';
import { factsOf, type Story } from './report.ts';
import { resultSummary, rollbackSummary } from './result-page.ts';
import type { Inputs } from './request.ts';
import { countChanges, promotedOf, verdictOf } from './verdict.ts';

/** Each gives back its failure, or throws it. */
const modes = { plan: planMode, apply: applyMode, rollback: rollbackMode, drift: driftMode } as const;
const summaries = { plan: planSummary, apply: resultSummary, rollback: rollbackSummary, drift: driftSummary } as const;

export async function main(inputs: Inputs, ports: Ports): Promise<Outcome<typeof action>> {
  const { mode } = inputs;
  const story: Story = { mode, to: inputs.to, from: inputs.from };
  let failure: unknown;
  try {
    failure = await modes[mode](story, inputs, withGivenVariables(ports, inputs.paramsVariables));
  } catch (thrown) {
    failure = namedIfFull(thrown);
  }
  const summary = summaries[mode](story);
  if (summary !== '') ports.summary.add(summary);
  if (inputs.prComment) {
    const key = { action: 'promote-api', subject: `${mode} ${inputs.to}` };
    await commentOutcome(inputs.githubToken, key, summary, failure, ports);
  }
  return {
    outputs: {
      plan: story.planFile,
      changes: story.plan === undefined ? undefined : JSON.stringify(countChanges(story)),
      matrix: story.matrix === undefined ? undefined : JSON.stringify(story.matrix),
      convertedParams: story.convertedParams,
      journal: story.journalFile,
      promoted: story.promotions === undefined ? undefined : JSON.stringify(promotedOf(story.promotions)),
      verdict: verdictOf(story, failure),
    },
    facts: factsOf(story),
    ...(failure === undefined ? {} : { failure }),
  };
}
