/** Bodies of requests: JSON, or YAML where somebody applies a file as it stands. */
import type { IncomingMessage } from 'node:http';
import { messageOf } from '@wso2-delivery/shared/base/errors';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { badRequest } from './status.ts';

/** @throws StatusError 400 when the text is neither. */
export function parseBody(text: string): unknown {
  try {
    return /^\s*[{[]/.test(text) ? (JSON.parse(text) as unknown) : parseYaml(text);
  } catch (thrown) {
    throw badRequest(`error decoding the body: ${messageOf(thrown)}`);
  }
}

/** Reads a request's body to its end. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
