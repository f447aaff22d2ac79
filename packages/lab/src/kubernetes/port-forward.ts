/** Forwarded ports: connections that a client tunnels through the API server to what a pod serves. */
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { ServerCertificate } from '../certificate.ts';
import type { PodHandler } from './container-script.ts';
import { portOf } from './container-state.ts';
import type { Kubelet } from './kubelet.ts';
import type { Pod } from './objects.ts';
import { readBody } from './request-body.ts';
import { SpdyConnection } from './spdy.ts';

const protocol = 'portforward.k8s.io';

export class PortForwards {
  readonly #kubelet: Pick<Kubelet, 'containersOf'>;
  readonly #certificate: ServerCertificate;
  readonly #sockets = new Set<Duplex>();

  /** @param certificate what pods show on their HTTPS ports */
  constructor(kubelet: Pick<Kubelet, 'containersOf'>, certificate: ServerCertificate) {
    this.#kubelet = kubelet;
    this.#certificate = certificate;
  }

  /** True when the request wants the streams that are served here: clients fall back to them from WebSockets. */
  static understands(request: IncomingMessage): boolean {
    return request.headers.upgrade?.toUpperCase() === 'SPDY/3.1';
  }

  /** Serves one client until it goes. */
  serve(pod: Pod, socket: Duplex, head: Buffer): void {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${protocol}\r\n\r\n`,
    );
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    const errors = new Map<string, Duplex>();
    new SpdyConnection(socket, head, ({ headers, data }) => {
      const id = headers.get('requestid') ?? '';
      if (headers.get('streamtype') === 'error') {
        data.resume();
        errors.set(id, data);
        return;
      }
      const errorStream = errors.get(id);
      errors.delete(id);
      const port = Number(headers.get('port'));
      data.on('close', () => errorStream?.end());
      this.#connect(pod, port, data, errorStream);
    });
  }

  /** Cuts every forwarded connection. */
  closeAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #connect(pod: Pod, port: number, data: Duplex, errors: Duplex | undefined): void {
    const found = this.#kubelet
      .containersOf(pod)
      .map((known) => portOf(known, port))
      .find((candidate) => candidate !== undefined);
    if (found === undefined) {
      errors?.end(
        `error forwarding port ${port} to pod ${pod.metadata.uid}, uid : failed to execute portforward in network namespace: failed to connect to localhost:${port} inside namespace, IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused`,
      );
      data.end();
      return;
    }
    const listener = answering(found.handle);
    const { privateKey, certificate } = this.#certificate;
    const server =
      found.tls === true
        ? createHttpsServer({ key: privateKey, cert: certificate }, listener)
        : createHttpServer(listener);
    server.on('tlsClientError', () => data.destroy());
    server.emit('connection', data);
  }
}

function answering(handle: PodHandler): RequestListener {
  return (request, response) => {
    void (async () => {
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
      const body = await readBody(request);
      const answer = await handle({ method: request.method ?? 'GET', path: request.url ?? '/', headers, body });
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body ?? '');
    })().catch(() => response.destroy());
  };
}
