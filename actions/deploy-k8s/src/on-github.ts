/** What was asked of GitHub beside the deployment: a record with its states, a comment about a failed rollout. */
import { messageOf } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { DeploymentRecord } from '@wso2-delivery/shared/github/deployment';
import { commentOutcome } from '@wso2-delivery/shared/run/outcome-comment';
import type { Inputs } from './request.ts';

/** Before anything is changed. A dry run deploys nothing and has no record. */
export async function openRecord(inputs: Inputs, ports: Ports): Promise<DeploymentRecord | undefined> {
  const { githubEnvironment: environment, githubEnvironmentUrl: url, githubToken } = inputs;
  if (environment === undefined || inputs.dryRun === 'server') return undefined;
  const description = [...inputs.workload, ...inputs.images].join(' ') || inputs.manifests.join(' ');
  return DeploymentRecord.open(githubToken, { environment, url, description }, ports);
}

/** The end of the record; without `wait` a good one stays in progress for the step that verifies. */
export async function closeRecord(record: DeploymentRecord, inputs: Inputs, failure: unknown): Promise<void> {
  if (failure !== undefined) await record.say('failure', messageOf(failure));
  else if (inputs.wait) await record.say('success', 'The rollout holds.');
}

/** A failure becomes a comment; a good end updates the one that is there. */
export async function comment(inputs: Inputs, summary: string, failure: unknown, ports: Ports): Promise<void> {
  if (!inputs.prComment || inputs.dryRun === 'server') return;
  const subject = [inputs.namespace ?? '', ...inputs.workload, ...inputs.manifests].join(' ');
  const key = { action: 'deploy-k8s', subject };
  await commentOutcome(inputs.githubToken, key, summary, failure, ports, failure !== undefined);
}
