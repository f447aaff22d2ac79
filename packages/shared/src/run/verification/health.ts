/** Looks inside the pods that are available: Micro Integrator's applications, API Manager's nodes, the URLs of the workflow. */
import type { Ports } from '../../base/ports.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { forwardPort } from '../../kubernetes/port-forward.ts';
import { isForbidden } from '../../kubernetes/rollout/existence.ts';
import type { Pod } from '../../kubernetes/rollout/objects.ts';
import type { HealthCheck } from '../../kubernetes/rollout/verify.ts';
import type { MicroIntegratorPod, PodAccess } from '../../mi/health.ts';
import { checkMicroIntegrators } from '../../mi/health.ts';
import type { CarbonApplicationName } from '../../mi/image-label.ts';
import { certificateAt } from '../../mi/server-certificate.ts';
import type { ExpectedApplications } from './expected-applications.ts';
import { checkGateways, imagesOf } from './api-manager.ts';
import { asker, askEverywhere, join, nothing } from './health-answer.ts';
import type { VerificationRequest } from './request.ts';

/** A server whose pod is available without a readiness probe may need a moment until it answers. */
const patienceMs = 20_000;
/** From the log's beginning: MI deploys its applications in the first lines. */
const logBytes = 4 * 1024 * 1024;

/** The check that the request asks for. */
export function healthCheck(
  cluster: Cluster,
  ports: Ports,
  request: VerificationRequest,
  expectedOf: ExpectedApplications,
): HealthCheck {
  return async ({ target: { namespace }, pods }) => {
    const notes: string[] = [];
    const integrators = await microIntegrators(pods, request, expectedOf, notes);
    const access = podAccess(cluster, ports, namespace, request.managementCa);
    const options = { login: request.login, patienceMs };
    const { questions, apis, apiManager } = request.health;
    const names = pods.map(({ metadata }) => metadata.name);
    const ask = asker(cluster, ports, { namespace, healthCa: request.healthCa });
    const [inside, asked, gateways] = await Promise.all([
      integrators.length === 0 ? nothing : checkMicroIntegrators(access, ports, integrators, options),
      Promise.all(questions.map((question) => askEverywhere(ask, ports, names, question))),
      checkGateways(access, ports, names, apis, options),
    ]);
    const sameBuild = apiManager ? imagesOf(pods) : nothing;
    const health = [{ ...nothing, unchecked: notes }, inside, sameBuild, ...asked, gateways].reduce(join);
    for (const note of health.unchecked) ports.log.warning(note);
    return health;
  };
}

/** The pods with a Micro Integrator, and what must run in each. */
async function microIntegrators(
  pods: readonly Pod[],
  { applications, health: { microIntegrator } }: VerificationRequest,
  expectedOf: ExpectedApplications,
  notes: string[],
): Promise<readonly MicroIntegratorPod[]> {
  const found: MicroIntegratorPod[] = [];
  for (const pod of pods) {
    const [first] = pod.spec.containers;
    let own: MicroIntegratorPod | undefined;
    if (applications !== undefined && applications !== 'from-image' && first !== undefined) {
      own = { name: pod.metadata.name, container: first.name, expected: applications };
    }
    for (const container of applications === 'from-image' ? pod.spec.containers : []) {
      const expected = await labelled(container.image ?? '', expectedOf, notes);
      if (expected !== undefined) own ??= { name: pod.metadata.name, container: container.name, expected };
    }
    if (own === undefined && microIntegrator && first !== undefined) {
      own = { name: pod.metadata.name, container: first.name, expected: undefined };
    }
    if (own !== undefined) found.push(own);
  }
  return found;
}

async function labelled(
  image: string,
  expectedOf: ExpectedApplications,
  notes: string[],
): Promise<readonly CarbonApplicationName[] | undefined> {
  const answer = await expectedOf(image);
  if (answer.unreadable !== undefined && !notes.includes(answer.unreadable)) notes.push(answer.unreadable);
  return answer.applications;
}

function podAccess(cluster: Cluster, ports: Ports, namespace: string, managementCa: string | undefined): PodAccess {
  const { client, kubectl } = cluster;
  return {
    get: async (pod, port, path) => {
      const { status, body } = await client.podGet(pod, { namespace, port, path, timeoutMs: 10_000 });
      return { status, body: body.toString('utf8') };
    },
    isFinal: isForbidden,
    log: (pod, container) => client.logs(pod, { namespace, container, limitBytes: logBytes }),
    forward: async (pod, port) => {
      const forwarded = await forwardPort(ports, kubectl, pod, port);
      try {
        const ca = managementCa ?? (await certificateAt(forwarded.host, forwarded.port, 10_000));
        return { baseUrl: `https://localhost:${forwarded.port}`, ca, close: () => forwarded.stop() };
      } catch (error) {
        await forwarded.stop();
        throw error;
      }
    },
  };
}
