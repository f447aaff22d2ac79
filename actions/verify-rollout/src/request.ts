/** What the inputs ask for beyond their own kinds, checked together before anything is asked of the cluster. */
import { readFileSync } from 'node:fs';
import { codes } from '@wso2-delivery/shared/base/codes';
import { InputError, type Problem } from '@wso2-delivery/shared/base/errors';
import { workloadProblems } from '@wso2-delivery/shared/kubernetes/rollout/workloads';
import type { InputsOf } from '@wso2-delivery/shared/run/declaration';
import { readVerification, type VerificationRequest } from '@wso2-delivery/shared/run/verification/request';
import type { action } from './action.ts';

export type Inputs = InputsOf<typeof action>;

export interface Request extends VerificationRequest {
  readonly registryCa: string | undefined;
}

/**
 * Reads the inputs that have a form of their own.
 * @throws InputError INPUT_INVALID with every problem
 */
export function readRequest(inputs: Inputs): Request {
  const problems: Problem[] = [...workloadProblems(inputs.workloads)];
  const verification = readVerification(inputs, problems);
  if ((inputs.registryUsername === undefined) !== (inputs.registryPassword === undefined)) {
    problems.push({
      subject: inputs.registryUsername === undefined ? 'registry-username' : 'registry-password',
      problem: 'is needed together with the other one',
      example: inputs.registryUsername === undefined ? '${{ github.actor }}' : '${{ secrets.GITHUB_TOKEN }}',
    });
  }
  if (problems.length > 0) throw new InputError(codes.INPUT_INVALID, problems);
  const { registryCa } = inputs;
  return { ...verification, registryCa: registryCa === undefined ? undefined : readFileSync(registryCa, 'utf8') };
}
