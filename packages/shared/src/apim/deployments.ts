import type { Problem } from '../base/errors.ts';
import { didYouMean } from '../base/suggest.ts';
import type { Deployment } from './archive.ts';
import type { ApimEnvironment } from './environments.ts';
import type { ApiRevision } from './publisher.ts';

/** Everything that may say where an API is deployed. */
export interface DeploymentSources {
  /** `deploymentEnvironments` of the params file: wins over the archive's. */
  readonly params: readonly Deployment[] | undefined;
  readonly archive: readonly Deployment[];
  /** Oldest first. */
  readonly revisions: readonly ApiRevision[];
  /** The gateway environments that the API Manager has. */
  readonly gateways: readonly string[];
}

/**
 * Where an API is to be deployed; the first that says something: params, archive, what serves now, the environment's
 * gateways, the only gateway. Empty when nothing says it. An archive that names no virtual host leaves the API on the
 * one where it serves.
 * @param environment undefined for what serves nowhere unless params say so, or where it serves already
 */
export function chooseDeployments(
  sources: DeploymentSources,
  environment: ApimEnvironment | undefined,
): readonly Deployment[] {
  const plain = (gateway: string): Deployment => ({ gateway, vhost: undefined, displayOnDevportal: true });
  const serving = sources.revisions.flatMap(({ gateways }) =>
    gateways.map(({ name, vhost, display }) => ({ gateway: name, vhost, displayOnDevportal: display })),
  );
  // Exports name no virtual host, and an import without one would move the API to the first of the gateway.
  const archived = sources.archive.map((each) => ({
    ...each,
    vhost: each.vhost ?? serving.find(({ gateway }) => gateway === each.gateway)?.vhost,
  }));
  const choices = [
    sources.params ?? [],
    archived,
    serving,
    Object.keys(environment?.gateways ?? {}).map(plain),
    environment !== undefined && sources.gateways.length === 1 ? sources.gateways.map(plain) : [],
  ];
  return choices.find((each) => each.length > 0) ?? [];
}

/** What is wrong with deployments: no gateway is named, or one that the target does not have. */
export function deploymentProblems(
  subject: string,
  deployments: readonly Deployment[],
  gateways: readonly string[],
  environment: string,
): Problem[] {
  if (deployments.length === 0) {
    const problem = `nothing says on which gateway environment of ${environment} (${gateways.join(', ')}) it is deployed`;
    return [{ subject, problem, example: 'deploymentEnvironments:\n  - deploymentEnvironment: Default' }];
  }
  return deployments
    .filter(({ gateway }) => !gateways.includes(gateway))
    .map(({ gateway }) => ({
      subject,
      problem: `${environment} has no gateway environment '${gateway}', only ${gateways.join(', ')}.${didYouMean(gateway, gateways)}`,
    }));
}

/** Whether both mean the same places. A virtual host that one of them does not name may be any. */
export function areSamePlaces(some: readonly Deployment[], others: readonly Deployment[]): boolean {
  if (some.length !== others.length) return false;
  return some.every((one) => {
    const other = others.find(({ gateway }) => gateway === one.gateway);
    if (other === undefined) return false;
    const sameHost = one.vhost === undefined || other.vhost === undefined || one.vhost === other.vhost;
    return sameHost && other.displayOnDevportal === one.displayOnDevportal;
  });
}

/** Where this revision serves, of the gateways that count. */
export function deploymentsOn(
  revision: ApiRevision | undefined,
  planned: readonly Pick<Deployment, 'gateway'>[],
): readonly Deployment[] {
  const counting = new Set(planned.map(({ gateway }) => gateway));
  return (revision?.gateways ?? [])
    .filter(({ name }) => counting.has(name))
    .map(({ name, vhost, display }) => ({ gateway: name, vhost, displayOnDevportal: display }));
}
