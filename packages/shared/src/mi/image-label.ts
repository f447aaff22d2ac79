/** The label by which an image says which carbon applications it holds, so that a rollout can be held to it. */

/** The key of the label. */
export const carbonApplicationsLabel = 'io.wso2-delivery.carbon-applications';

/** A carbon application as MI names it. */
export interface CarbonApplicationName {
  readonly name: string;
  readonly version: string;
}

/** The label's value: JSON, sorted by name and version, so that the same applications give the same image. */
export function formatCarbonApplications(applications: readonly CarbonApplicationName[]): string {
  const sorted = [...applications].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
  return JSON.stringify(sorted.map(({ name, version }) => ({ name, version })));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Reads the label's value; undefined when it is not one. */
export function parseCarbonApplications(value: string): readonly CarbonApplicationName[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed)) return undefined;
  const applications = parsed.map(nameOf);
  return applications.every((application) => application !== undefined) ? applications : undefined;
}

function nameOf(value: unknown): CarbonApplicationName | undefined {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('version' in value)) return undefined;
  const { name, version } = value;
  return typeof name === 'string' && name !== '' && typeof version === 'string' ? { name, version } : undefined;
}
