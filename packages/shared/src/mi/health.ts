/** Is the Micro Integrator in each pod healthy, and does it run the carbon applications that its image holds? */
import { DeliveryError, messageOf } from '../base/errors.ts';
import type { Ports } from '../base/ports.ts';
import { count, tail } from '../base/text.ts';
import type { CarbonApplicationName } from './image-label.ts';
import type { ManagementLogin, ManagementServer } from './management.ts';
import { readRunningApplications } from './management.ts';
import {
  faultyInHealthz,
  managementPort,
  missingApplications,
  probePort,
  readDeployerLog,
} from './running-applications.ts';

/** How a pod is reached; whoever calls knows the cluster. */
export interface PodAccess {
  /** GET on a port of a pod. @throws DeliveryError when the port cannot be reached. */
  get(pod: string, port: number, path: string): Promise<{ readonly status: number; readonly body: string }>;
  /** The log of a container from its beginning; undefined when there is none. */
  log(pod: string, container: string): Promise<string | undefined>;
  /** A port of a pod on this machine, where a header must reach the pod that the API server would remove. */
  forward(pod: string, port: number): Promise<ManagementServer & { close(): Promise<void> }>;
  /** True for a failure that asking again does not mend: a missing right. */
  isFinal?(error: unknown): boolean;
}

export interface MicroIntegratorPod {
  readonly name: string;
  readonly container: string;
  /** What must be active in it; undefined when nobody knows. */
  readonly expected: readonly CarbonApplicationName[] | undefined;
}

export interface HealthProblem {
  readonly cause: 'applications-faulty' | 'applications-missing' | 'not-healthy';
  readonly message: string;
  readonly remedy: string;
  readonly evidence: string;
}

export interface MicroIntegratorHealth {
  readonly checked: readonly string[];
  readonly unchecked: readonly string[];
  readonly problems: readonly HealthProblem[];
  /** What is unchecked will stay so. */
  readonly final?: boolean;
}

export interface HealthOptions {
  /** Without it the management API is not asked. */
  readonly login: ManagementLogin | undefined;
  /** How long a server may take until it answers, in milliseconds. */
  readonly patienceMs: number;
}

type HealthPorts = Pick<Ports, 'http' | 'secrets' | 'clock' | 'cancelled'>;

/** Looks at every pod. What cannot be asked is said, never passed over. */
export async function checkMicroIntegrators(
  access: PodAccess,
  ports: HealthPorts,
  pods: readonly MicroIntegratorPod[],
  options: HealthOptions,
): Promise<MicroIntegratorHealth> {
  const each = await Promise.all(pods.map((pod) => checkPatiently(access, ports, pod, options)));
  const active = count(pods.length, 'pod');
  const good = each.filter(({ problems, unchecked }) => problems.length === 0 && unchecked.length === 0);
  const ways = [...new Set(good.flatMap(({ checked }) => checked))];
  return {
    checked: good.length === 0 ? [] : ways.map((way) => `${way} (${good.length} of ${active}).`),
    unchecked: [...new Set(each.flatMap(({ unchecked }) => unchecked))],
    problems: each.flatMap(({ problems }) => problems),
  };
}

async function checkPatiently(
  access: PodAccess,
  ports: HealthPorts,
  pod: MicroIntegratorPod,
  options: HealthOptions,
): Promise<MicroIntegratorHealth> {
  const until = ports.clock.now() + options.patienceMs;
  for (;;) {
    const health = await checkOne(access, ports, pod, options);
    // What a server says about its applications is final once it has started; only silence may end.
    const mayChange =
      (health.unchecked.length > 0 && health.final !== true) ||
      health.problems.some(({ cause }) => cause === 'not-healthy');
    if (!mayChange || ports.clock.now() >= until) return health;
    await ports.clock.sleep(2000, ports.cancelled);
  }
}

async function checkOne(
  access: PodAccess,
  ports: HealthPorts,
  pod: MicroIntegratorPod,
  { login }: HealthOptions,
): Promise<MicroIntegratorHealth> {
  const healthz = await readHealthz(access, pod);
  if (healthz.problems.length > 0 || pod.expected === undefined || pod.expected.length === 0) return healthz;
  const byApi = login === undefined ? undefined : await askManagement(access, ports, pod, pod.expected, login);
  if (byApi?.unchecked.length === 0) return merge(healthz, byApi);
  const byLog = await readLog(access, pod, pod.expected);
  const hint =
    byLog.unchecked.length > 0 && login === undefined
      ? ['With management-username and management-password the list of active applications would be compared.']
      : [];
  // What the API could not say the log may say: only what neither says stays unchecked.
  const unchecked = byLog.unchecked.length === 0 ? [] : [...(byApi?.unchecked ?? []), ...byLog.unchecked, ...hint];
  // Neither says more when asked again.
  const final = byLog.final === true && (byApi === undefined || byApi.final === true);
  return merge(healthz, { ...byLog, unchecked, final });
}

function merge(one: MicroIntegratorHealth, other: MicroIntegratorHealth): MicroIntegratorHealth {
  return {
    checked: [...one.checked, ...other.checked],
    unchecked: [...one.unchecked, ...other.unchecked],
    problems: [...one.problems, ...other.problems],
    ...(one.final === true || other.final === true ? { final: true } : {}),
  };
}

const nothing: MicroIntegratorHealth = { checked: [], unchecked: [], problems: [] };

async function readHealthz(access: PodAccess, { name }: MicroIntegratorPod): Promise<MicroIntegratorHealth> {
  try {
    const { status, body } = await access.get(name, probePort, '/healthz');
    if (status === 200) return { ...nothing, checked: [`GET /healthz on ${probePort} answers 200`] };
    const faulty = faultyInHealthz(body);
    const evidence = `${status} ${body.slice(0, 2000)}`;
    if (faulty.length > 0) return { ...nothing, problems: [faultyProblem(name, faulty, evidence)] };
    const message = `${name}: GET /healthz on ${probePort} answers ${status}.`;
    const remedy = 'Look at the log of the server.';
    return { ...nothing, problems: [{ cause: 'not-healthy', message, remedy, evidence }] };
  } catch (error) {
    return unreached(access, error, `/healthz of ${name} could not be asked`);
  }
}

function unreached(access: PodAccess, error: unknown, what: string): MicroIntegratorHealth {
  if (error instanceof DeliveryError && error.kind === 'cancelled') throw error;
  // What could not be asked is mended by whoever reads it: a missing right comes with the rule to add.
  const remedy = error instanceof DeliveryError ? ` ${error.remedy}` : '';
  const final = access.isFinal?.(error) === true;
  return { ...nothing, unchecked: [`${what}: ${messageOf(error)}.${remedy}`], ...(final ? { final } : {}) };
}

async function askManagement(
  access: PodAccess,
  ports: HealthPorts,
  { name }: MicroIntegratorPod,
  expected: readonly CarbonApplicationName[],
  login: ManagementLogin,
): Promise<MicroIntegratorHealth> {
  try {
    const server = await access.forward(name, managementPort);
    try {
      const { active, faulty } = await readRunningApplications(ports, server, login);
      const evidence = JSON.stringify({ active, faulty }, null, 2);
      if (faulty.length > 0) return { ...nothing, problems: [faultyProblem(name, faulty, evidence)] };
      const missing = missingApplications(expected, active);
      if (missing.length > 0) return { ...nothing, problems: [missingProblem(name, missing, evidence)] };
      return { ...nothing, checked: [`${all(expected)} active, by the management API`] };
    } finally {
      await server.close();
    }
  } catch (error) {
    return unreached(access, error, `The management API of ${name} could not be asked`);
  }
}

async function readLog(
  access: PodAccess,
  { name, container }: MicroIntegratorPod,
  expected: readonly CarbonApplicationName[],
): Promise<MicroIntegratorHealth> {
  let log: string | undefined;
  try {
    log = await access.log(name, container);
  } catch (error) {
    return unreached(access, error, `The log of ${name} could not be read`);
  }
  const { complete, begun, deployed, troubles } = readDeployerLog(log ?? '');
  const missing = expected.filter((one) => !deployed.has(`${one.name}_${one.version}`));
  if (missing.length === 0) return { ...nothing, checked: [`${all(expected)} deployed, by the server's log`] };
  if (!complete) {
    const names = missing.map(nameAndVersion).join(', ');
    return {
      ...nothing,
      unchecked: [
        `The log of ${name} does not reach back to the server's start: whether it runs ${names} is not known.`,
      ],
      final: !begun,
    };
  }
  const evidence = troubles.length > 0 ? troubles.slice(-40).join('\n') : tail(log ?? '', 40);
  return { ...nothing, problems: [missingProblem(name, missing, evidence)] };
}

const nameAndVersion = ({ name, version }: CarbonApplicationName): string => `${name} ${version}`;

function all(expected: readonly CarbonApplicationName[]): string {
  return expected.length === 1
    ? `The carbon application ${expected.map(nameAndVersion).join('')} is`
    : `All ${expected.length} carbon applications are`;
}

function faultyProblem(pod: string, faulty: readonly string[], evidence: string): HealthProblem {
  return {
    cause: 'applications-faulty',
    message: `${pod}: MI could not deploy ${faulty.join(', ')}.`,
    remedy:
      "The server's log says why, in the lines of CappDeployer: a connector or a data source that is missing, most often.",
    evidence,
  };
}

function missingProblem(
  pod: string,
  missing: readonly (CarbonApplicationName & { readonly instead?: string | undefined })[],
  evidence: string,
): HealthProblem {
  const what = missing.map(
    (one) => `${nameAndVersion(one)}${one.instead === undefined ? '' : ` (it runs ${one.instead})`}`,
  );
  return {
    cause: 'applications-missing',
    message: `${pod}: MI does not run ${what.join(', ')}, which the image should hold.`,
    remedy:
      'MI leaves an application out with nothing but a line in its log when a dependency is unsatisfied, the archive is damaged, or its name and version are taken.',
    evidence,
  };
}
