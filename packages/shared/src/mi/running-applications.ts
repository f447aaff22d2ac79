/**
 * What a running Micro Integrator says about its carbon applications, by three witnesses of different strength: the management
 * API (the active list), the readiness resource (names of faulty ones only) and the log. MI leaves an application out without
 * calling it faulty when a dependency is unsatisfied, its archive is damaged or its name and version are taken
 * (CappDeployer.java): only the active list, or the log's absence of a success, shows that.
 */
import type { CarbonApplicationName } from './image-label.ts';

/** MI's HTTP port for probes: GET /healthz and /liveness (9191 + offset 10). */
export const probePort = 9201;
/** MI's HTTPS port for the management API (9154 + offset 10). */
export const managementPort = 9164;

/** The applications of one server. */
export interface RunningApplications {
  readonly active: readonly CarbonApplicationName[];
  /** Names; the version where the witness knows it. */
  readonly faulty: readonly string[];
}

/** Reads the answer of GET /management/applications; undefined when it is none. */
export function parseApplications(body: unknown): RunningApplications | undefined {
  if (typeof body !== 'object' || body === null || !('activeList' in body)) return undefined;
  const active = listOf(body.activeList);
  const faulty = 'faultyList' in body ? listOf(body.faultyList) : [];
  if (active === undefined || faulty === undefined) return undefined;
  return { active, faulty: faulty.map(({ name, version }) => (version === '' ? name : `${name} ${version}`)) };
}

function listOf(value: unknown): readonly CarbonApplicationName[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((entry: unknown) => {
    const text = (key: string): string => {
      const field: unknown = typeof entry === 'object' && entry !== null ? Reflect.get(entry, key) : undefined;
      return typeof field === 'string' ? field : '';
    };
    return { name: text('name'), version: text('version') };
  });
}

/** The names of faulty applications in the answer of GET /healthz (ReadinessResource.java: status 500 and a list). */
export function faultyInHealthz(body: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(body);
    const list: unknown =
      typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'Faulty CAPPs') : undefined;
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
}

/** What a log that reaches back to the server's start says. */
export interface LoggedApplications {
  /** False when the log does not hold the end of the start: then the absence of a line says nothing. */
  readonly complete: boolean;
  /** False when it holds nothing of a start: it was rotated, and will not come to hold it. */
  readonly begun: boolean;
  /** As logged: name_version. */
  readonly deployed: ReadonlySet<string>;
  /** Lines of the deployer that speak of trouble. */
  readonly troubles: readonly string[];
}

/** Reads the lines of MI's deployer out of the log of a server. */
export function readDeployerLog(log: string): LoggedApplications {
  const lines = log.split('\n');
  const deployed = lines.flatMap(
    (line) => /Successfully Deployed Carbon Application : (\S+?)\s*(?:\{|$)/.exec(line)?.[1] ?? [],
  );
  return {
    complete: lines.some((line) => /Micro Integrator started in [\d.]+ seconds/.test(line)),
    begun: lines.some((line) => /Micro Integrator|CappDeployer/.test(line)),
    deployed: new Set(deployed),
    troubles: lines.filter((line) => line.includes('CappDeployer') && /\b(ERROR|WARN)\b/.test(line)),
  };
}

/** The expected applications that are not among the active ones, with what is active under their name instead. */
export function missingApplications(
  expected: readonly CarbonApplicationName[],
  active: readonly CarbonApplicationName[],
): readonly (CarbonApplicationName & { readonly instead: string | undefined })[] {
  return expected
    .filter(({ name, version }) => !active.some((one) => one.name === name && one.version === version))
    .map((wanted) => ({ ...wanted, instead: active.find(({ name }) => name === wanted.name)?.version }));
}
