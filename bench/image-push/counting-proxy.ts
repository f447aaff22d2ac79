/** A TCP proxy on loopback that counts what goes through it. */
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

/** @param host where the server listens, 127.0.0.1:port */
export async function startCountingProxy(host: string): Promise<CountingProxy> {
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
        to.destroySoon();
      });
      from.pipe(to);
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
