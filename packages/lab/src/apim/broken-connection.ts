import type { Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/**
 * Breaks TLS connections with a TCP reset. A TLS socket cannot do that itself: the TCP socket below it can, and is
 * found again by the port of the other end.
 */
export class Resettable {
  readonly #server: Server;
  readonly #raw = new Map<number, Socket>();
  #return: NodeJS.Timeout | undefined;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      const port = socket.remotePort ?? 0;
      this.#raw.set(port, socket);
      socket.on('close', () => this.#raw.delete(port));
    });
  }

  reset(socket: Socket | null): void {
    this.#raw.get(socket?.remotePort ?? 0)?.resetAndDestroy();
  }

  /** Breaks every connection, and refuses new ones for some milliseconds. */
  refuse(forMs: number): void {
    if (!this.#server.listening) return;
    const { port, address } = this.#server.address() as AddressInfo;
    this.#server.close();
    for (const socket of this.#raw.values()) socket.resetAndDestroy();
    this.#return = setTimeout(() => this.#server.listen(port, address), forMs);
  }

  /** A server that is away does not come back. */
  stop(): void {
    clearTimeout(this.#return);
  }
}
