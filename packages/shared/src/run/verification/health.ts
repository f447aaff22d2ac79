/** Looks inside the pods that are available: Micro Integrator's applications, and the URLs that the workflow names. */
import { DeliveryError, messageOf } from '../../base/errors.ts';
import type { Ports } from '../../base/ports.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { forwardPort } from '../../kubernetes/port-forward.ts';
import { isForbidden } from '../../kubernetes/rollout/existence.ts';
import type { Pod } from '../../kubernetes/rollout/objects.ts';
import type { Health, HealthCheck } from '../../kubernetes/rollout/verify.ts';
import type { MicroIntegratorPod, PodAccess } from '../../mi/health.ts';
import { checkMicroIntegrators } from '../../mi/health.ts';
import type { CarbonApplicationName } from '../../mi/image-label.ts';
import { certificateAt } from '../../mi/server-certificate.ts';
import type { ExpectedApplications } from './expected-applications.ts';
import type { HealthUrl, VerificationRequest } from './request.ts';

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
    const inside =
      integrators.length === 0 ? nothing : await checkMicroIntegrators(access, ports, integrators, options);
    const asked = await Promise.all(request.urls.map((url) => askAll(cluster, ports, pods, url, namespace)));
    const health = [{ ...nothing, unchecked: notes }, inside, ...asked].reduce(join);
    for (const note of health.unchecked) ports.log.warning(note);
    return health;
  };
}

const nothing: Health = { checked: [], unchecked: [], problems: [] };

function join(one: Health, other: Health): Health {
  return {
    checked: [...one.checked, ...other.checked],
    unchecked: [...one.unchecked, ...other.unchecked],
    problems: [...one.problems, ...other.problems],
  };
}

/** The pods with a Micro Integrator, and what must run in each. */
async function microIntegrators(
  pods: readonly Pod[],
  { applications, microIntegrator }: VerificationRequest,
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

async function askAll(
  cluster: Cluster,
  ports: Ports,
  pods: readonly Pod[],
  url: HealthUrl,
  namespace: string,
): Promise<Health> {
  const answers = await Promise.all(
    pods.map(async ({ metadata: { name } }) => ({
      name,
      answer: await askPatiently(cluster, ports, name, url, namespace),
    })),
  );
  const unasked = answers.flatMap(({ answer }) => answer.unasked ?? []);
  if (unasked.length > 0) {
    const why = `GET ${url.text} could not be asked: ${unasked[0] ?? ''}`;
    return { ...nothing, unchecked: [why] };
  }
  const bad = answers.filter(({ answer }) => !answer.healthy);
  if (bad.length === 0) return { ...nothing, checked: [`GET ${url.text}: healthy on all ${pods.length} pods.`] };
  const problems = bad.map(({ name, answer }) => ({
    cause: 'not-healthy',
    message: `${name}: GET ${url.text} ${answer.says}.`,
    remedy: 'Look at the log of the server, and at whether the URL is the right question.',
    evidence: answer.body,
  }));
  return { ...nothing, problems };
}

interface Answer {
  /** Why nobody could ask: a right is missing. That says nothing about the server. */
  readonly unasked?: string;
  readonly healthy: boolean;
  readonly says: string;
  readonly body: string;
}

async function askPatiently(
  cluster: Cluster,
  ports: Ports,
  pod: string,
  url: HealthUrl,
  namespace: string,
): Promise<Answer> {
  const until = ports.clock.now() + patienceMs;
  for (;;) {
    const answer = await ask(cluster, pod, url, namespace);
    if (answer.healthy || answer.unasked !== undefined || ports.clock.now() >= until) return answer;
    await ports.clock.sleep(2000, ports.cancelled);
  }
}

async function ask({ client }: Cluster, pod: string, url: HealthUrl, namespace: string): Promise<Answer> {
  try {
    const { scheme, port, path } = url;
    const { status, body } = await client.podGet(pod, { namespace, scheme, port, path, timeoutMs: 10_000 });
    const text = body.toString('utf8').slice(0, 2000);
    return { healthy: status >= 200 && status < 300, says: `answers ${status}`, body: text };
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.kind === 'cancelled') throw error;
    if (isForbidden(error)) {
      return { healthy: false, unasked: `${error.message}. ${error.remedy}`, says: 'was not asked', body: '' };
    }
    return { healthy: false, says: 'is not answered', body: messageOf(error) };
  }
}
