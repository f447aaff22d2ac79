/** Logs of pods, and the proxy to what pods and services serve. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '@wso2-delivery/shared/base/errors';
import type { Kubelet } from './kubelet.ts';
import type { Pod } from './objects.ts';
import { isReady } from './owned-pods.ts';
import { requestPod } from './pod-http.ts';
import { lifeToRead, logText, type LogOptions } from './pod-log.ts';
import type { ResourcePath } from './request-path.ts';
import { pods, services } from './resources.ts';
import { readBody } from './request-body.ts';
import { badRequest, unavailable } from './status.ts';
import type { Store } from './store.ts';
import type { Timing } from './timing.ts';

interface Target {
  readonly pod: Pod;
  readonly port: number;
  readonly tls: boolean;
}

/** What is served of pods beside their objects. */
export interface PodAnswers {
  log(pod: Pod, url: URL, response: ServerResponse): Promise<void>;
  proxy(path: ResourcePath, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export class PodEndpoint implements PodAnswers {
  readonly #store: Store;
  readonly #kubelet: Kubelet;
  readonly #timing: Timing;

  readonly #forwardsAuthorization: boolean;

  constructor(store: Store, kubelet: Kubelet, timing: Timing, forwardsAuthorization: boolean) {
    this.#forwardsAuthorization = forwardsAuthorization;
    this.#store = store;
    this.#kubelet = kubelet;
    this.#timing = timing;
  }

  /** Sends a log; with follow, until the container ends or the client goes. */
  async log(pod: Pod, url: URL, response: ServerResponse): Promise<void> {
    const query = url.searchParams;
    const number = (name: string): number | undefined => {
      const value = query.get(name);
      return value === null ? undefined : Number(value);
    };
    const options: LogOptions = {
      container: query.get('container') ?? undefined,
      previous: query.get('previous') === 'true',
      timestamps: query.get('timestamps') === 'true',
      tailLines: number('tailLines'),
      sinceSeconds: number('sinceSeconds'),
      limitBytes: number('limitBytes'),
    };
    const containers = this.#kubelet.containersOf(pod);
    const life = lifeToRead(pod, containers, options);
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.write(logText(life, options));
    let sent = life?.logs.length ?? 0;
    const follows = query.get('follow') === 'true' && !options.previous;
    const alive = (): boolean => containers.some((known) => known.life === life && known.state.running !== undefined);
    try {
      while (follows && life !== undefined && alive() && !response.destroyed) {
        await this.#timing.sleep(20, this.#timing.ended);
        response.write(logText(life, options, sent));
        sent = life.logs.length;
      }
    } catch (thrown) {
      if (!this.#timing.ended.aborted) throw thrown;
    }
    response.end();
  }

  /** Forwards a request to the port of a pod. @throws StatusError 400, 404, 503. */
  async proxy(path: ResourcePath, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pod, port, tls } = path.resource === services ? this.#ofService(path) : this.#ofPod(path);
    const ip = pod.status.podIP;
    if (ip === undefined)
      throw unavailable(`error trying to reach service: pod ${pod.metadata.name} has no address yet`);
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
    // Like a cluster: the API server takes the header that it has authenticated the caller by.
    if (!this.#forwardsAuthorization) delete headers.authorization;
    const answer = await requestPod(
      this.#kubelet.containersOf(pod),
      { ip, port, tls },
      {
        method: request.method ?? 'GET',
        path: `${path.rest}${url.search}`,
        headers,
        body: await readBody(request),
      },
    ).catch((thrown: unknown) => {
      throw unavailable(`error trying to reach service: ${messageOf(thrown)}`);
    });
    if (answer.afterMs !== undefined) await this.#timing.sleep(answer.afterMs, this.#timing.ended);
    response.writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8', ...answer.headers });
    response.end(answer.body ?? '');
  }

  #ofPod({ namespace, name = '' }: ResourcePath): Target {
    const { tls, target, port } = parseTarget(name);
    const pod = this.#store.get(pods, namespace, target);
    const declared = pod.spec.containers.flatMap((container) => container.ports ?? []);
    const first = declared[0]?.containerPort;
    const named = declared.find((candidate) => candidate.name === port)?.containerPort;
    const chosen = port === undefined ? (first ?? (tls ? 443 : 80)) : (named ?? Number(port));
    if (!Number.isInteger(chosen)) throw badRequest(`invalid pod request "${name}"`);
    return { pod, port: chosen, tls };
  }

  #ofService({ namespace, name = '' }: ResourcePath): Target {
    const { tls, target, port } = parseTarget(name);
    const service = this.#store.get(services, namespace, target);
    const ports = service.spec.ports ?? [];
    const found = port === undefined ? ports[0] : ports.find((p) => p.name === port || String(p.port) === port);
    const selector = Object.entries(service.spec.selector ?? {});
    const pod = this.#store
      .list(pods, namespace)
      .find(
        (candidate) =>
          isReady(candidate) && selector.every(([key, value]) => candidate.metadata.labels?.[key] === value),
      );
    if (found === undefined || selector.length === 0 || pod === undefined) {
      throw unavailable(`no endpoints available for service "${target}"`);
    }
    const wanted = found.targetPort ?? found.port;
    const declared = pod.spec.containers.flatMap((container) => container.ports ?? []);
    const named = declared.find((candidate) => candidate.name === wanted)?.containerPort;
    return { pod, port: named ?? Number(wanted), tls };
  }
}

/** `[https:]name[:port]` */
function parseTarget(text: string): { tls: boolean; target: string; port: string | undefined } {
  const parts = text.split(':');
  const schemed = parts.length === 3 || parts[0] === 'http' || parts[0] === 'https';
  const [scheme, target = '', port] = schemed ? parts : ['http', ...parts];
  if (scheme !== 'http' && scheme !== 'https' && scheme !== '')
    throw badRequest(`invalid service or pod request "${text}"`);
  return { tls: scheme === 'https', target, port: port === undefined || port === '' ? undefined : port };
}
