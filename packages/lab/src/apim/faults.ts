import type { ServerResponse } from 'node:http';
import type { Resettable } from './broken-connection.ts';
import { send, type Answer, type Incoming } from './exchange.ts';

/** Something that goes wrong on purpose. */
export interface Fault {
  readonly method?: string;
  /** Matched against "path?query". */
  readonly path: RegExp;
  /** How many matching requests are let through first (default 0). */
  readonly skip?: number;
  /** How many matching requests meet it (default: all). */
  readonly times?: number;
  /**
   * An answer instead of the real one; `reset`: the connection breaks; `reset-after`: it breaks when the request has been
   * carried out; `refuse`: all connections break, and new ones are refused for a moment; `hang`: no answer at all;
   * `truncate`: the real status with half a body; `delayMs`: the real answer, late.
   */
  readonly does: Answer | 'reset' | 'reset-after' | 'refuse' | 'hang' | 'truncate' | { readonly delayMs: number };
}

/** How long a server that refuses stays away, in milliseconds: less than a client waits before it tries again. */
const AWAY_MS = 4;

/** The faults that are set, counted down as they are met. */
export class Faults {
  readonly #set: { fault: Fault; skip: number; times: number }[] = [];

  add(fault: Fault): void {
    this.#set.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#set.length = 0;
  }

  /** The fault that this request meets, if any. */
  met(request: Incoming): Fault | undefined {
    const target = request.rawQuery === '' ? request.path : `${request.path}?${request.rawQuery}`;
    for (const entry of this.#set) {
      const { fault } = entry;
      if (entry.times <= 0 || !fault.path.test(target)) continue;
      if (fault.method !== undefined && fault.method !== request.method) continue;
      if (entry.skip-- > 0) continue;
      entry.times--;
      return fault;
    }
    return undefined;
  }
}

/** Answers a request, as a fault would have it. */
export async function answerWith(
  fault: Fault | undefined,
  response: ServerResponse,
  connections: Resettable,
  real: () => Promise<Answer>,
): Promise<Answer | undefined> {
  if (fault === undefined) return deliver(response, await real());
  const { does } = fault;
  if (does === 'hang') return undefined;
  if (does === 'refuse') {
    connections.refuse(AWAY_MS);
    return undefined;
  }
  if (does === 'reset' || does === 'reset-after') {
    if (does === 'reset-after') await real();
    connections.reset(response.socket);
    return undefined;
  }
  if (does === 'truncate') {
    const answer = await real();
    const body = Buffer.from(answer.body ?? 'truncated');
    response.writeHead(answer.status, { ...answer.headers, 'content-length': String(body.length) });
    response.write(body.subarray(0, body.length >> 1), () => response.socket?.destroy());
    return answer;
  }
  if ('delayMs' in does) {
    await new Promise((resolve) => setTimeout(resolve, does.delayMs));
    return deliver(response, await real());
  }
  return deliver(response, does);
}

function deliver(response: ServerResponse, answer: Answer): Answer {
  send(response, answer);
  return answer;
}
