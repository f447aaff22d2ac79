import type { Problem } from '../base/errors.ts';
import { didYouMean } from '../base/suggest.ts';
import type { Deployment } from './archive.ts';
import type { ApimEnvironment } from './environments.ts';
import type { ApiRevision, Gateway } from './publisher.ts';

/** Everything that may say where an API is deployed. */
export interface DeploymentSources {
  /** `deploymentEnvironments` of the params file: wins over the archive's. */
  readonly params: readonly Deployment[] | undefined;
  readonly archive: readonly Deployment[];
  /** Oldest first. */
  readonly revisions: readonly ApiRevision[];
  /** The gateway environments that the API Manager has. */
  readonly gateways: readonly Gateway[];
}

/**
 * Where an API is to be deployed; the first that says something: params, archive, what serves now, the environment's
 * gateways, the only gateway. Empty when nothing says it. An archive that names no virtual host leaves the API on the
 * one where it serves; what else names none is on the first of the gateway environment, as the server has it
 * (carbon-apimgt, import of deployments), and is said to be.
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
    environment !== undefined && sources.gateways.length === 1 ? sources.gateways.map(({ name }) => plain(name)) : [],
  ];
  const chosen = choices.find((each) => each.length > 0) ?? [];
  return chosen.map((each) => ({ ...each, vhost: each.vhost ?? hostsOf(each.gateway, sources.gateways)[0] }));
}

/** Empty where the API Manager tells none. */
function hostsOf(gateway: string, gateways: readonly Gateway[]): readonly string[] {
  return gateways.find(({ name }) => name === gateway)?.vhosts ?? [];
}

/**
 * For each gateway environment with more than one virtual host where nothing had named one: which one it is.
 * @param named what was said before a choice was made: of params or archive
 */
export function hostNotes(
  deployments: readonly Deployment[],
  named: readonly Deployment[],
  gateways: readonly Gateway[],
): string[] {
  return deployments.flatMap(({ gateway, vhost }) => {
    const hosts = hostsOf(gateway, gateways);
    const isNamed = named.some((each) => each.gateway === gateway && each.vhost !== undefined);
    if (vhost === undefined || isNamed || hosts.length < 2) return [];
    const others = hosts.filter((host) => host !== vhost).join(', ');
    return [`no virtual host of ${gateway} is named: it is served on ${vhost}, and not on ${others}`];
  });
}

/** What is wrong with deployments: no gateway is named, or one or a virtual host that the target does not have. */
export function deploymentProblems(
  subject: string,
  deployments: readonly Deployment[],
  gateways: readonly Gateway[],
  environment: string,
): Problem[] {
  const names = gateways.map(({ name }) => name);
  if (deployments.length === 0) {
    const problem = `nothing says on which gateway environment of ${environment} (${names.join(', ')}) it is deployed`;
    return [{ subject, problem, example: 'deploymentEnvironments:\n  - deploymentEnvironment: Default' }];
  }
  return deployments.flatMap(({ gateway, vhost }) => {
    if (!names.includes(gateway)) {
      const problem = `${environment} has no gateway environment '${gateway}', only ${names.join(', ')}.${didYouMean(gateway, names)}`;
      return [{ subject, problem }];
    }
    const hosts = hostsOf(gateway, gateways);
    if (vhost === undefined || hosts.length === 0 || hosts.includes(vhost)) return [];
    const problem = `the gateway environment ${gateway} of ${environment} has no virtual host '${vhost}', only ${hosts.join(', ')}.${didYouMean(vhost, hosts)}`;
    return [{ subject, problem }];
  });
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
