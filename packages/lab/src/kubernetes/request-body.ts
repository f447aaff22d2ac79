/** Bodies of requests: JSON, which is what every client here sends, also where the media type says YAML. */
import type { IncomingMessage } from 'node:http';
import { messageOf } from '@wso2-delivery/shared/base/errors';
import { badRequest } from './status.ts';

/** @throws StatusError 400 when the text is no JSON. */
export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    throw badRequest(`error decoding the body: ${messageOf(thrown)} (this server reads JSON alone)`);
  }
}

/** Reads a request's body to its end. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
