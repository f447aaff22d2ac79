/** What the inputs ask for beyond their own kinds, checked together before anything is asked of the cluster. */
import { readFileSync } from 'node:fs';
import { codes } from '@wso2-delivery/shared/base/codes';
import { InputError, type Problem } from '@wso2-delivery/shared/base/errors';
import { didYouMean } from '@wso2-delivery/shared/base/suggest';
import { workloadProblems } from '@wso2-delivery/shared/kubernetes/rollout/workloads';
import type { Policy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import type { CarbonApplicationName } from '@wso2-delivery/shared/mi/image-label';
import type { ManagementLogin } from '@wso2-delivery/shared/mi/management';
import type { InputsOf } from '@wso2-delivery/shared/run/declaration';
import type { action } from './action.ts';

export type Inputs = InputsOf<typeof action>;

/** A question for each pod. */
export interface HealthUrl {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  readonly path: string;
  /** As the user wrote it. */
  readonly text: string;
}

export interface Request {
  readonly policy: Policy;
  /** `from-image`, or what must run; undefined when that is not asked. */
  readonly applications: 'from-image' | readonly CarbonApplicationName[] | undefined;
  /** True when the preset `mi` asks for the check of MI also where no applications are known. */
  readonly microIntegrator: boolean;
  readonly urls: readonly HealthUrl[];
  readonly login: ManagementLogin | undefined;
  readonly managementCa: string | undefined;
  readonly registryCa: string | undefined;
}

/** API Manager's own answers about itself, on its servlet port. */
const presets: Readonly<Record<string, string | undefined>> = {
  mi: undefined,
  apim: 'https://pod:9443/services/Version',
  'apim-gateway': 'https://pod:9443/api/am/gateway/v2/server-startup-healthcheck',
};

/**
 * Reads the inputs that have a form of their own.
 * @throws InputError INPUT_INVALID with every problem
 */
export function readRequest(inputs: Inputs): Request {
  const problems: Problem[] = [...workloadProblems(inputs.workloads)];
  const applications = readApplications(inputs.carbonApplications, problems);
  const urls = inputs.health.flatMap((line) => readUrl(line, problems));
  const { managementUsername: username, managementPassword: password } = inputs;
  if ((username === undefined) !== (password === undefined)) {
    problems.push({
      subject: username === undefined ? 'management-username' : 'management-password',
      problem: 'is needed together with the other one',
      example: username === undefined ? 'admin' : '${{ secrets.MI_MANAGEMENT_PASSWORD }}',
    });
  }
  if ((inputs.registryUsername === undefined) !== (inputs.registryPassword === undefined)) {
    problems.push({
      subject: inputs.registryUsername === undefined ? 'registry-username' : 'registry-password',
      problem: 'is needed together with the other one',
      example: inputs.registryUsername === undefined ? '${{ github.actor }}' : '${{ secrets.GITHUB_TOKEN }}',
    });
  }
  if (problems.length > 0) throw new InputError(codes.INPUT_INVALID, problems);
  return {
    policy: {
      graceMs: inputs.grace,
      crashTolerance: inputs.crashTolerance,
      unschedulableGraceMs: inputs.unschedulableGrace,
      readinessGraceMs: inputs.readinessGrace,
      stableForMs: inputs.stableFor,
      timeoutMs: inputs.timeout,
    },
    applications,
    microIntegrator: inputs.health.includes('mi'),
    urls,
    login: username === undefined || password === undefined ? undefined : { username, password },
    managementCa: fileText(inputs.managementCa),
    registryCa: fileText(inputs.registryCa),
  };
}

function fileText(file: string | undefined): string | undefined {
  return file === undefined ? undefined : readFileSync(file, 'utf8');
}

function readApplications(lines: readonly string[], problems: Problem[]): Request['applications'] {
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
