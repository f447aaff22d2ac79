import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { send, type Cluster } from './cluster.ts';
import type { CommandLine } from './flags.ts';

/** `kubectl proxy`: hands every request on to the API server with the credentials added. Serves until it is killed. */
export async function proxy(cluster: Cluster, { flags }: CommandLine, out: (text: string) => void): Promise<never> {
  const prefix = flags.get('api-prefix') ?? '';
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url?.startsWith(prefix) === true ? incoming.url.slice(prefix.length) : undefined;
    if (path === undefined) {
      outgoing.writeHead(404).end();
      return;
    }
    const headers = { ...incoming.headers };
    delete headers.host;
    const onward = send(cluster, incoming.method ?? 'GET', path, headers, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    onward.on('error', () => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end();
    });
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  const socket = flags.get('unix-socket');
  await new Promise<void>((resolve) => {
    if (socket === undefined) server.listen(Number(flags.get('port') ?? '8001'), '127.0.0.1', resolve);
    else server.listen(socket, resolve);
  });
  out(`Starting to serve on ${socket ?? `127.0.0.1:${(server.address() as AddressInfo).port}`}\n`);
  return new Promise<never>(() => undefined);
}
