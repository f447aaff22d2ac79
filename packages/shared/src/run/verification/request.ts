/** What the inputs of a verification ask for beyond their own kinds, checked before anything is asked of the cluster. */
import { readFileSync } from 'node:fs';
import type { Problem } from '../../base/errors.ts';
import { didYouMean } from '../../base/suggest.ts';
import type { Policy, Required } from '../../kubernetes/rollout/policy.ts';
import type { CarbonApplicationName } from '../../mi/image-label.ts';
import type { ManagementLogin } from '../../mi/management.ts';
import type { Declaration, InputsOf } from '../declaration.ts';
import type { verificationInputs } from './inputs.ts';

export type VerificationInputs = InputsOf<Declaration<typeof verificationInputs>>;

/** A question for each pod. */
export interface HealthUrl {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  readonly path: string;
  /** As the user wrote it. */
  readonly text: string;
}

export interface VerificationRequest {
  readonly policy: Policy;
  /** `from-image`, or what must run; undefined when that is not asked. */
  readonly applications: 'from-image' | readonly CarbonApplicationName[] | undefined;
  /** True when the preset `mi` asks for the check of MI also where no applications are known. */
  readonly microIntegrator: boolean;
  readonly urls: readonly HealthUrl[];
  readonly login: ManagementLogin | undefined;
  readonly managementCa: string | undefined;
}

/** API Manager's own answers about itself, on its servlet port. */
const presets: Readonly<Record<string, string | undefined>> = {
  mi: undefined,
  apim: 'https://pod:9443/services/Version',
  'apim-gateway': 'https://pod:9443/api/am/gateway/v2/server-startup-healthcheck',
};

/** Reads the inputs that have a form of their own; what is wrong is added to the problems. */
export function readVerification(inputs: VerificationInputs, problems: Problem[]): VerificationRequest {
  const applications = readApplications(inputs.carbonApplications, problems);
  const required = readRequired(inputs.required, problems);
  const urls = inputs.health.flatMap((line) => readUrl(line, problems));
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
    microIntegrator: inputs.health.includes('mi'),
    urls,
    login: username === undefined || password === undefined ? undefined : { username, password },
    managementCa: fileText(inputs.managementCa),
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

function readUrl(line: string, problems: Problem[]): readonly HealthUrl[] {
  if (line === 'mi') return [];
  const url = presets[line] ?? line;
  const parts = /^(?<scheme>https?):\/\/pod:(?<port>\d{1,5})(?<path>\/\S*)$/.exec(url)?.groups;
  const port = Number(parts?.port);
  if (parts?.path !== undefined && port > 0 && port < 65_536) {
    return [{ scheme: parts.scheme === 'https' ? 'https' : 'http', port, path: parts.path, text: url }];
  }
  problems.push({
    subject: 'health',
    problem: `'${line}' is neither a preset (${Object.keys(presets).join(', ')}) nor a URL with the host "pod" and a port.${didYouMean(line, Object.keys(presets))}`,
    example: 'http://pod:8290/health',
  });
  return [];
}
