/**
 * Serves a recording of a real cluster as a live API: the objects and their changes come at their recorded times, so that
 * real clients can be run against it. Nothing can be changed: what is asked for is answered as it was.
 */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { selfSignedCertificate } from '../certificate.ts';
import { Accounts } from './access.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import type { Pod } from './objects.ts';
import type { PodAnswers } from './pod-endpoint.ts';
import { PortForwards } from './port-forward.ts';
import type { ClusterRecording } from './recording.ts';
import { logAt, readRecording } from './recording.ts';
import { ResourceEndpoint } from './resource-endpoint.ts';
import { namespaces, resourceOfKind } from './resources.ts';
import { ApiServer, type SeenRequest } from './server.ts';
import { badRequest, unavailable } from './status.ts';
import { Store } from './store.ts';
import { Timing } from './timing.ts';
import { Watches } from './watch.ts';

export interface PlaybackOptions {
  /** A recording, or the folder that holds it. */
  readonly recording: ClusterRecording | string;
  /** 1: as it was; 0.1 (default): ten times faster. */
  readonly timeScale?: number;
  /** The recorded time to begin with, in milliseconds (default: when the change was accepted). */
  readonly from?: number;
  /** When time begins to pass: with the first watch (default), or when `play` is called. */
  readonly begin?: 'first-watch' | 'when-told';
  readonly onRequest?: (request: SeenRequest) => void;
}

export interface Playback {
  /** https://127.0.0.1:… */
  readonly url: string;
  readonly namespace: string;
  /** `deployment/web` */
  readonly target: string;
  /** A kubeconfig for this server, YAML. It may read, not write. */
  kubeconfig(): string;
  /** Lets time begin to pass. */
  play(): void;
  /** The recorded time that is reached, in milliseconds. */
  position(): number;
  /** Resolves when the last change has been played. */
  readonly ended: Promise<unknown>;
  close(): Promise<void>;
}

const readOnly = { verbs: ['get', 'list', 'watch'], resources: ['*', 'pods/log', 'pods/proxy'] };

/** Starts the server on a loopback port of the system's choice. */
export async function startPlayback(options: PlaybackOptions): Promise<Playback> {
  const { timeScale = 0.1, begin = 'first-watch', onRequest } = options;
  const recording = typeof options.recording === 'string' ? readRecording(options.recording) : options.recording;
  const from = options.from ?? recording.acceptedMs;
  const store = new Store();
  const timing = new Timing(timeScale);
  const watches = new Watches(store);
  const over = Promise.withResolvers<undefined>();
  let startedAt: number | undefined;
  const position = (): number => (startedAt === undefined ? from : from + (Date.now() - startedAt) / timeScale);

  store.create(namespaces, {
    kind: 'Namespace',
    apiVersion: 'v1',
    metadata: { name: recording.namespace, uid: '', resourceVersion: '', creationTimestamp: '' },
    status: { phase: 'Active' },
  });
  const tell = ({ kind, type, object }: ClusterRecording['changes'][number]): void => {
    const resource = resourceOfKind(kind);
    if (resource !== undefined) store.adopt(resource, object, type);
  };
  const past = recording.changes.filter(({ t }) => t <= from);
  const future = recording.changes.filter(({ t }) => t > from);
  for (const change of past) tell(change);

  const play = (): void => {
    if (startedAt !== undefined) return;
    startedAt = Date.now();
    playFrom(0);
  };
  /** One timer at a time, for the next change. */
  const playFrom = (index: number): void => {
    const due = future.slice(index).findIndex(({ t }) => t > position());
    const end = due === -1 ? future.length : index + due;
    for (const change of future.slice(index, end)) tell(change);
    const next = future[end];
    if (next === undefined) over.resolve(undefined);
    else timing.after((next.t - position()) * timeScale, () => playFrom(end));
  };

  const token = `playback-${randomBytes(16).toString('hex')}`;
  const accounts = new Accounts();
  accounts.add(token, {
    user: 'reader',
    allow: [readOnly, { verbs: ['create'], resources: ['selfsubjectaccessreviews'] }],
  });
  const certificate = selfSignedCertificate('kubernetes');
  const server = new ApiServer({
    certificate,
    portForwards: new PortForwards({ containersOf: () => [] }, certificate),
    store,
    proxyFallback: undefined,
    accounts,
    endpoint: new ResourceEndpoint(store, watches, new RecordedPods(recording, position)),
    onRequest: (request) => {
      onRequest?.(request);
      if (begin === 'first-watch' && /[?&]watch=(true|1)\b/.test(request.url)) play();
    },
  });
  const url = await server.listen();
  return {
    url,
    namespace: recording.namespace,
    target: recording.target,
    kubeconfig: () =>
      kubeconfigFor({ server: url, ca: certificate.certificate, token, namespace: recording.namespace }),
    play,
    position,
    ended: over.promise,
    close: async () => {
      timing.end();
      watches.endAll();
      await server.close();
    },
  };
}

/** Logs as they were read; what the pods' ports answered was not recorded. */
class RecordedPods implements PodAnswers {
  readonly #recording: ClusterRecording;
  readonly #position: () => number;

  constructor(recording: ClusterRecording, position: () => number) {
    this.#recording = recording;
    this.#position = position;
  }

  log(pod: Pod, url: URL, response: ServerResponse): Promise<void> {
    const container = url.searchParams.get('container') ?? pod.spec.containers[0]?.name ?? '';
    const previous = url.searchParams.get('previous') === 'true';
    const text = logAt(this.#recording, { pod: pod.metadata.name, container, previous }, this.#position());
    if (text === undefined) {
      const what = previous ? 'previous terminated container' : 'container';
      throw badRequest(`${what} "${container}" in pod "${pod.metadata.name}" not found`);
    }
    response.writeHead(200, { 'content-type': 'text/plain' }).end(text);
    return Promise.resolve();
  }

  proxy(): Promise<void> {
    throw unavailable('error trying to reach service: the recording holds no answers of pods');
  }
}
