/** The nodes of an API Manager: one build on all of them, and the APIs that their gateways must hold. */
import { artifactPath, type ApiName } from '../../apim/server-health.ts';
import { CancelledError, DeliveryError, messageOf } from '../../base/errors.ts';
import type { Ports } from '../../base/ports.ts';
import { count } from '../../base/text.ts';
import type { Pod } from '../../kubernetes/rollout/objects.ts';
import { containerStatuses } from '../../kubernetes/rollout/objects.ts';
import type { Health } from '../../kubernetes/rollout/result.ts';
import type { HealthOptions, PodAccess } from '../../mi/health.ts';
import { join, nothing } from './health-answer.ts';

/**
 * The tags of WSO2's own registries, {PRODUCT_VERSION}.{UPDATE_LEVEL} (apim.docs.wso2.com, "Docker Image Tags"). Of images
 * that somebody builds on them nobody can say what a fourth number means.
 */
const wso2Tag = /^(?:docker|registry)\.wso2\.com\/[^:@]+:(?<tag>\d+\.\d+\.\d+\.(?<level>\d+))(?![\d.])/;

/**
 * The update level of an API Manager is that of its image. No URL tells it (/services/Version has the product's version
 * alone, and updates/config.json is a file of the container): all nodes must run the same image, by the digest that their
 * kubelets name, and what is in it is then the same. A tag that was pushed again between two pulls shows here.
 */
export function imagesOf(pods: readonly Pod[]): Health {
  const byContainer = new Map<string, Map<string, string[]>>();
  for (const pod of pods) {
    for (const { name, imageID } of containerStatuses(pod)) {
      const digest = /sha256:[0-9a-f]{64}/.exec(imageID ?? '')?.[0];
      if (digest === undefined) continue;
      const images = byContainer.get(name) ?? new Map<string, string[]>();
      byContainer.set(name, images.set(digest, [...(images.get(digest) ?? []), pod.metadata.name]));
    }
  }
  const problems = [...byContainer]
    .filter(([, images]) => images.size > 1)
    .map(([container, images]) => {
      const list = [...images].map(([digest, names]) => `${digest.slice(0, 19)} on ${names.join(', ')}`).join('; ');
      return {
        cause: 'versions-differ',
        message: `The nodes run different builds of container ${container}: ${list}.`,
        remedy: 'Its tag was pushed again between two pulls: deploy the image by its digest.',
        evidence: [...images.keys()].join('\n'),
      };
    });
  if (problems.length > 0) return { ...nothing, problems };
  if (byContainer.size === 0) return nothing;
  const { tag, level } =
    pods
      .flatMap(({ spec }) => spec.containers)
      .map(({ image = '' }) => wso2Tag.exec(image)?.groups)
      .find((groups) => groups !== undefined) ?? {};
  const known = level === undefined ? '' : ` (${level}, as its tag ${tag ?? ''} says)`;
  const where = pods.length === 1 ? 'its one pod' : `all ${count(pods.length, 'pod')}`;
  return { ...nothing, checked: [`One build, update level included${known}, on ${where}.`] };
}

type GatewayPorts = Pick<Ports, 'http' | 'secrets' | 'clock' | 'cancelled'>;

const againMs = 2000;

/** Asks every gateway for every API; with its administrator's login, through a forwarded port. */
export async function checkGateways(
  access: PodAccess,
  ports: GatewayPorts,
  pods: readonly string[],
  apis: readonly { readonly port: number; readonly api: ApiName }[],
  { login, patienceMs }: HealthOptions,
): Promise<Health> {
  if (apis.length === 0) return nothing;
  if (login === undefined) {
    const unchecked =
      'Which APIs the gateways hold was not asked: it needs management-username and management-password.';
    return { ...nothing, unchecked: [unchecked] };
  }
  const basic = Buffer.from(`${login.username}:${login.password}`).toString('base64');
  ports.secrets.register(basic);
  const headers = { authorization: `Basic ${basic}`, accept: 'application/json' };
  const until = ports.clock.now() + patienceMs;
  const each = await Promise.all(
    pods.map(async (pod) => {
      for (;;) {
        const found = await askGateway(access, ports, pod, apis, headers);
        // A gateway loads its APIs after it listens; what may not be asked stays so.
        if (found.final || ports.clock.now() >= until) return found.health;
        await ports.clock.sleep(againMs, ports.cancelled);
      }
    }),
  );
  const all = each.reduce(join);
  if (all.problems.length > 0 || all.unchecked.length > 0) {
    return { checked: [], unchecked: [...new Set(all.unchecked)], problems: all.problems };
  }
  const names = apis.map(({ api }) => `${api.name} ${api.version}`).join(', ');
  return { ...nothing, checked: [`${names} deployed on all ${count(pods.length, 'gateway')}.`] };
}

async function askGateway(
  access: PodAccess,
  ports: GatewayPorts,
  pod: string,
  apis: readonly { readonly port: number; readonly api: ApiName }[],
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly health: Health; readonly final: boolean }> {
  const answers: { readonly api: ApiName; readonly status: number; readonly body: string }[] = [];
  try {
    for (const port of new Set(apis.map((one) => one.port))) {
      const server = await access.forward(pod, port);
      try {
        for (const { api } of apis.filter((one) => one.port === port)) {
          const ca = server.ca === undefined ? {} : { ca: server.ca };
          const url = `${server.baseUrl}${artifactPath(api)}`;
          const answer = await ports.http.request({ method: 'GET', url, headers, attempts: 1, ...ca });
          answers.push({ api, status: answer.status, body: answer.text() });
        }
      } finally {
        await server.close();
      }
    }
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    const remedy = error instanceof DeliveryError ? ` ${error.remedy}` : '';
    const unchecked = `Which APIs ${pod} holds could not be asked: ${messageOf(error)}.${remedy}`;
    return { health: { ...nothing, unchecked: [unchecked] }, final: access.isFinal?.(error) === true };
  }
  const refused = answers.find(({ status }) => status === 401 || status === 403);
  if (refused !== undefined) {
    const unchecked = `Which APIs ${pod} holds could not be asked: its gateway API refuses the login (${refused.status}).`;
    return { health: { ...nothing, unchecked: [unchecked] }, final: true };
  }
  const missing = answers.filter(({ status }) => status !== 200);
  const problems = missing.map(({ api, status, body }) => ({
    cause: 'apis-missing',
    message: `${pod}: the gateway does not hold ${api.name} ${api.version} (it answers ${status}).`,
    remedy:
      'Deploy a revision of it to the environment that this gateway serves, and look in its log for the error with which it could not load it.',
    evidence: body.slice(0, 2000),
  }));
  return { health: { ...nothing, problems }, final: problems.length === 0 };
}
