/** What the inputs ask for, checked together before anything starts. */
import { readFileSync } from 'node:fs';
import { codes } from '@wso2-delivery/shared/base/codes';
import { InputError, type Problem } from '@wso2-delivery/shared/base/errors';
import { parseImages, type ImageWish } from '@wso2-delivery/shared/kubernetes/images';
import { formatWorkload, parseWorkload, type WorkloadName } from '@wso2-delivery/shared/kubernetes/workload';
import type { Login } from '@wso2-delivery/shared/oci/credentials';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import type { InputsOf } from '@wso2-delivery/shared/run/declaration';
import { readVerification, type VerificationRequest } from '@wso2-delivery/shared/run/verification/request';
import type { action } from './action.ts';

export type Inputs = InputsOf<typeof action>;

/** The inputs in the form that the flow works with. */
export interface Request {
  /** Empty when manifests are applied. */
  readonly workloads: readonly WorkloadName[];
  readonly wishes: readonly ImageWish[];
  readonly manifests: readonly string[];
  readonly logins: readonly Login[];
  readonly registryCa: string | undefined;
  /** What `wait` asks for. */
  readonly verification: VerificationRequest;
}

const examples = {
  workload: 'deployment/mi-service',
  images: 'mi=ghcr.io/acme/employee-service:1.4.0',
  manifests: 'deploy/staging/*.yaml',
};

/** @throws InputError INPUT_INVALID with everything that is wrong */
export function readRequest(inputs: Inputs): Request {
  const problems: Problem[] = [];
  const workloads: WorkloadName[] = [];
  for (const line of inputs.workload) {
    const workload = parseWorkload(line);
    if (typeof workload === 'string')
      problems.push({ subject: 'workload', problem: workload, example: examples.workload });
    else if (workloads.every((other) => formatWorkload(other) !== formatWorkload(workload))) workloads.push(workload);
  }
  const { wishes, problems: imageProblems } = parseImages(inputs.images);
  problems.push(...imageProblems, ...combinationProblems(inputs));
  for (const { image } of wishes) problems.push(...referenceProblems(image));
  const verification = readVerification(inputs, problems);
  if (problems.length > 0) throw new InputError(codes.INPUT_INVALID, problems);
  return {
    verification,
    workloads,
    wishes,
    manifests: inputs.manifests,
    logins: loginsFor(inputs, wishes),
    registryCa: inputs.registryCa === undefined ? undefined : readFileSync(inputs.registryCa, 'utf8'),
  };
}

function* combinationProblems(inputs: Inputs): Generator<Problem> {
  const { workload, images, manifests } = inputs;
  if (manifests.length > 0 && workload.length > 0) {
    yield {
      subject: 'workload',
      problem: 'does not go together with manifests, which name their workloads themselves',
      example: '(leave it out)',
    };
  }
  if (manifests.length === 0 && workload.length === 0) {
    yield {
      subject: 'workload',
      problem: 'is required, together with images (or manifests alone)',
      example: examples.workload,
    };
  }
  if (manifests.length === 0 && images.length === 0) {
    yield {
      subject: 'images',
      problem: 'is required, together with workload (or manifests alone)',
      example: examples.images,
    };
  }
  if (inputs.forceConflicts && manifests.length === 0) {
    yield { subject: 'force-conflicts', problem: 'has a meaning with manifests alone', example: 'false' };
  }
  if (inputs.firstDeployment === 'remove' && manifests.length === 0) {
    yield {
      subject: 'first-deployment',
      problem: 'remove has a meaning with manifests alone: other images create nothing',
      example: 'keep',
    };
  }
  if ((inputs.registryUsername === undefined) !== (inputs.registryPassword === undefined)) {
    const missing = inputs.registryUsername === undefined ? 'registry-username' : 'registry-password';
    yield { subject: missing, problem: 'is missing: user name and password go together' };
  }
}

function referenceProblems(image: string): readonly Problem[] {
  try {
    parseReference(image, 'images');
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

/** One user name and password: for every registry that the images come from. */
function loginsFor(inputs: Inputs, wishes: readonly ImageWish[]): Login[] {
  const { registryUsername: username, registryPassword: password } = inputs;
  if (username === undefined || password === undefined) return [];
  const registries = new Set(wishes.map(({ image }) => parseReference(image).registry));
  return [...registries].map((registry) => ({ registry, username, password }));
}
