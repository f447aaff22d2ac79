/** What the inputs of a verification ask for beyond their own kinds, checked before anything is asked of the cluster. */
import { readFileSync } from 'node:fs';
import type { Problem } from '../../base/errors.ts';
import type { Created } from '../../kubernetes/put-back.ts';
import type { Policy, Required } from '../../kubernetes/rollout/policy.ts';
import type { CarbonApplicationName } from '../../mi/image-label.ts';
import type { ManagementLogin } from '../../mi/management.ts';
import type { Declaration, InputsOf } from '../declaration.ts';
import type { HealthRequest } from './health-question.ts';
import { readHealth } from './health-question.ts';
import type { verificationInputs } from './inputs.ts';

type DeclaredInputs = InputsOf<Declaration<typeof verificationInputs>>;

/** The inputs of both actions; deploy-k8s alone knows what it has created, and can remove it. */
export type VerificationInputs = Omit<DeclaredInputs, 'firstDeployment'> & { readonly firstDeployment: Created };

export interface VerificationRequest {
  readonly policy: Policy;
  /** `from-image`, or what must run; undefined when that is not asked. */
  readonly applications: 'from-image' | readonly CarbonApplicationName[] | undefined;
  /** What the input `health` asks for. */
  readonly health: HealthRequest;
  readonly login: ManagementLogin | undefined;
  readonly managementCa: string | undefined;
  /** Certificate authority of URLs that are asked directly, PEM. */
  readonly healthCa: string | undefined;
}

/** Reads the inputs that have a form of their own; what is wrong is added to the problems. */
export function readVerification(inputs: VerificationInputs, problems: Problem[]): VerificationRequest {
  const applications = readApplications(inputs.carbonApplications, problems);
  const required = readRequired(inputs.required, problems);
  const health = readHealth(inputs.health, problems);
  const { managementUsername: username, managementPassword: password } = inputs;
  if ((username === undefined) !== (password === undefined)) {
    problems.push({
      subject: username === undefined ? 'management-username' : 'management-password',
      problem: 'is needed together with the other one',
      example: username === undefined ? 'admin' : '${{ secrets.MI_MANAGEMENT_PASSWORD }}',
    });
  }
  return {
    policy: {
      graceMs: inputs.grace,
      crashTolerance: inputs.crashTolerance,
      unschedulableGraceMs: inputs.unschedulableGrace,
      readinessGraceMs: inputs.readinessGrace,
      stableForMs: inputs.stableFor,
      required,
      timeoutMs: inputs.timeout,
    },
    applications,
    health,
    login: username === undefined || password === undefined ? undefined : { username, password },
    managementCa: fileText(inputs.managementCa),
    healthCa: fileText(inputs.healthCa),
  };
}

function fileText(file: string | undefined): string | undefined {
  return file === undefined ? undefined : readFileSync(file, 'utf8');
}

function readRequired(text: string, problems: Problem[]): Required {
  if (text === 'all' || text === 'maxUnavailable') return text;
  const percent = Number(/^(\d{1,3})%$/.exec(text)?.[1]);
  if (percent > 0 && percent <= 100) return { percent };
  problems.push({
    subject: 'required',
    problem: `'${text}' is neither all, nor maxUnavailable, nor a percentage from 1% to 100%`,
    example: '75%',
  });
  return 'all';
}

function readApplications(lines: readonly string[], problems: Problem[]): VerificationRequest['applications'] {
  const [only] = lines;
  if (lines.length === 1 && only === 'from-image') return 'from-image';
  if (lines.length === 1 && only === 'off') return undefined;
  return lines.flatMap((line) => {
    const [name = '', version = '', ...rest] = line.split('=').map((part) => part.trim());
    if (name !== '' && version !== '' && rest.length === 0) return [{ name, version }];
    problems.push({
      subject: 'carbon-applications',
      problem: `'${line}' is neither from-image, nor off, nor name=version`,
      example: 'employee-service=1.0.0',
    });
    return [];
  });
}
