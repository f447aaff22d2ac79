/** What the image says about itself: labels and annotations of the OCI image specification, and what it holds. */
import type { Ports } from '@wso2-delivery/shared/base/ports';
import {
  carbonApplicationsLabel,
  formatCarbonApplications,
  type CarbonApplicationName,
} from '@wso2-delivery/shared/mi/image-label';
import type { CarbonApplication } from './carbon-applications.ts';

/** What is known of the base; nothing when docker builds. */
export type KnownBase = { readonly reference: string; readonly resolved: { readonly digest: string } } | undefined;

export function namesOf(applications: readonly CarbonApplication[]): CarbonApplicationName[] {
  return applications.map(({ car }) => ({ name: car.name, version: car.version }));
}

/** @param named everything that MI will activate */
export function imageLabels(
  applications: readonly CarbonApplication[],
  named: readonly CarbonApplicationName[],
  base: KnownBase,
  created: Date,
  ports: Pick<Ports, 'job'>,
): Record<string, string> {
  return {
    ...imageAnnotations(applications, base, created, ports),
    [carbonApplicationsLabel]: formatCarbonApplications(named),
  };
}

/** Those keys of the specification (org.opencontainers.image.…) whose values are known. */
export function imageAnnotations(
  applications: readonly CarbonApplication[],
  base: KnownBase,
  created: Date,
  { job }: Pick<Ports, 'job'>,
): Record<string, string> {
  const [only, ...others] = applications;
  const single = others.length === 0 ? only?.car : undefined;
  const source = job.repository === undefined ? undefined : `${job.serverUrl}/${job.repository}`;
  const values: Record<string, string | undefined> = {
    title: single?.name,
    version: single?.version,
    description:
      applications.length === 0
        ? undefined
        : `Micro Integrator with ${applications.map(({ car }) => `${car.name} ${car.version}`).join(', ')}`,
    // The epoch stands for "not said": then there is no time worth telling.
    created: created.getTime() === 0 ? undefined : created.toISOString(),
    revision: job.sha,
    source,
    url: source,
    'base.name': base?.reference,
    'base.digest': base?.resolved.digest,
  };
  return Object.fromEntries(
    Object.entries(values)
      .filter((entry): entry is [string, string] => entry[1] !== undefined)
      .map(([key, value]) => [`org.opencontainers.image.${key}`, value]),
  );
}
