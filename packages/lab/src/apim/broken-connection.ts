import type { Server } from 'node:https';
import type { Socket } from 'node:net';

/**
 * Breaks TLS connections with a TCP reset. A TLS socket cannot do that itself: the TCP socket below it can, and is
 * found again by the port of the other end.
 */
export class Resettable {
  readonly #raw = new Map<number, Socket>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      const port = socket.remotePort ?? 0;
      this.#raw.set(port, socket);
      socket.on('close', () => this.#raw.delete(port));
    });
  }

  reset(socket: Socket | null): void {
    this.#raw.get(socket?.remotePort ?? 0)?.resetAndDestroy();
  }
}
