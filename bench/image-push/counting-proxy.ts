/** A TCP proxy on loopback that counts what goes through it, and can be as far away as a registry is. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Traffic {
  /** Bytes from the clients to the server: headers and bodies. */
  readonly up: number;
  readonly down: number;
}

export interface CountingProxy {
  /** 127.0.0.1:port. */
  readonly host: string;
  /** What has gone through since the last call. */
  take(): Traffic;
  close(): Promise<void>;
}

/**
 * @param host where the server listens, 127.0.0.1:port
 * @param delayMs how long everything is on its way, each way; connecting takes a way there and back, too
 */
export async function startCountingProxy(host: string, delayMs = 0): Promise<CountingProxy> {
  let [up, down] = [0, 0];
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const [address, port] = host.split(':');
    const upstream = connect({ host: address ?? '', port: Number(port), noDelay: true });
    client.setNoDelay(true);
    for (const [from, to, count] of [
      [client, upstream, (n: number) => (up += n)],
      [upstream, client, (n: number) => (down += n)],
    ] as const) {
      open.add(from);
      from.on('data', (chunk: Buffer) => count(chunk.length));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        setTimeout(() => to.destroySoon(), delayMs);
      });
      if (delayMs === 0) from.pipe(to);
      else far(from, to, delayMs);
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = { up, down };
      [up, down] = [0, 0];
      return taken;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** Everything arrives later, and in order; as much as there is may be on its way. */
function far(from: Socket, to: Socket, delayMs: number): void {
  const later = (act: () => void) => setTimeout(act, delayMs);
  // The handshake, which the proxy has answered already.
  let [queue, open] = [[] as Buffer[], false];
  setTimeout(() => {
    open = true;
    for (const chunk of queue) later(() => to.write(chunk));
    queue = [];
  }, 2 * delayMs);
  from.on('data', (chunk: Buffer) => {
    if (open) later(() => to.write(chunk));
    else queue.push(chunk);
  });
  from.on('end', () => later(() => to.end()));
}
