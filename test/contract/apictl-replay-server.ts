import { STATUS_CODES, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import { Resettable } from '@wso2-delivery/lab/apim/broken-connection';
import { selfSignedCertificate } from '@wso2-delivery/lab/certificate';
import { parseMultipart } from '@wso2-delivery/lab/apim/multipart';
import { readZip } from '@wso2-delivery/shared/formats/zip';
import type { RecordedRequest, RecordedZip, Transcript } from './apictl-transcripts.ts';

/** Plays API Manager as it was recorded: answers in order, whatever is asked, and keeps what was asked. */
export class ReplayServer {
  readonly certificate: string;
  readonly #server: Server;
  readonly #connections: Resettable;
  #script: readonly RecordedRequest[] = [];
  #next = 0;
  #contents: Readonly<Record<string, unknown>> = {};
  #seen: unknown[] = [];
  #setup = true;

  private constructor(server: Server, certificate: string) {
    this.#server = server;
    this.#connections = new Resettable(server);
    this.certificate = certificate;
  }

  static async start(): Promise<ReplayServer> {
    const { certificate, privateKey } = selfSignedCertificate('replay');
    const server = createServer({ key: privateKey, cert: certificate });
    const replay = new ReplayServer(server, certificate);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s, 2);
        if (replay.#setup) {
          const body = path.endsWith('/token')
            ? { access_token: 'ACCESS_TOKEN_1' }
            : { clientId: 'CLIENT_ID_1', clientSecret: 'CLIENT_SECRET_1' };
          response.end(JSON.stringify(replay.#setupAnswer ?? body));
          return;
        }
        void replay.#answer(request.method ?? '', path, query, request.rawHeaders, Buffer.concat(chunks), response);
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return replay;
  }

  #setupAnswer: object | undefined;

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers for the commands that prepare a case. */
  prepare(registration?: object): void {
    this.#setup = true;
    this.#setupAnswer = registration;
  }

  play(transcript: Transcript): void {
    this.#setup = false;
    this.#contents = exportedContents(transcript);
    this.#script = transcript.http.filter(({ method }) => method !== undefined);
    this.#next = 0;
    this.#seen = [];
  }

  get seen(): readonly unknown[] {
    return this.#seen;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  async #answer(
    method: string,
    path: string,
    query: string,
    rawHeaders: readonly string[],
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    const headers: Record<string, string> = {};
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const [name = '', value = ''] = rawHeaders.slice(i, i + 2);
      if (!CONSTANT_HEADERS.has(name.toLowerCase())) headers[name] = value;
    }
    this.#seen.push({ method, path, query, requestHeaders: headers, requestBody: await describeBody(headers, body) });
    const recorded = this.#script[this.#next++];
    if (recorded?.status === undefined || recorded.status === null) return;
    if (recorded.status === 'connection-reset') {
      this.#connections.reset(response.socket);
      return;
    }
    const content = bodyOf(recorded.responseBody, this.#contents);
    if (recorded.status === 'truncated-body') {
      response.writeHead(200, { ...recorded.responseHeaders, 'Content-Length': '3030' });
      response.write(content.subarray(0, 100), () => response.socket?.destroy());
      return;
    }
    const status = Number(recorded.status);
    const answerHeaders = Object.fromEntries(
      Object.entries(recorded.responseHeaders ?? {}).map(([name, value]) => [
        name,
        value.replaceAll('$APIM_HOST', this.host),
      ]),
    );
    response.writeHead(status, STATUS_CODES[status], answerHeaders);
    response.end(content);
  }
}

const CONSTANT_HEADERS = new Set(['host', 'user-agent', 'accept-encoding', 'content-length', 'connection']);

async function describeBody(headers: Record<string, string>, body: Buffer): Promise<unknown> {
  const name = Object.keys(headers).find((each) => each.toLowerCase() === 'content-type') ?? '';
  const boundary = /boundary=(.+)$/.exec(headers[name] ?? '')?.[1];
  const parts = parseMultipart(headers[name], body);
  if (boundary === undefined || parts === undefined) return body.length === 0 ? null : body.toString('utf8');
  headers[name] = 'multipart/form-data; boundary=$BOUNDARY';
  return {
    multipart: await Promise.all(
      parts.map(async ({ name, filename, contentType, data }) => ({
        name,
        filename,
        contentType,
        zip: await describeZip(Buffer.from(data)),
      })),
    ),
  };
}

export async function describeZip(zip: Buffer): Promise<unknown> {
  const entries = await readZip(zip);
  const shown = entries.map(({ name, data }) => (name.endsWith('.zip') ? name : `${name} (${data.length})`));
  const contents: Record<string, unknown> = {};
  for (const { name, data } of entries) {
    if (/params\.yaml$|_meta\.yaml$|deployment_environments\.yaml$|application\.yaml$|\.j2$/.test(name))
      contents[name] = data.toString('utf8');
    if (name.endsWith('.zip')) contents[name] = await describeZip(data);
  }
  return Object.keys(contents).length === 0 ? { entries: shown } : { entries: shown, contents };
}

function bodyOf(recorded: unknown, contents: Readonly<Record<string, unknown>>): Buffer {
  if (typeof recorded === 'string') return Buffer.from(recorded, 'utf8');
  const zip = (recorded as { zip?: { entries: string[] } } | null)?.zip;
  if (zip === undefined) return Buffer.alloc(0);
  return buildZip(zip.entries, contents);
}

/** A zip with entries given as "name (bytes)", in that order: contents that are not known are filled up to the size. */
export function buildZip(entries: readonly string[], contents: Readonly<Record<string, unknown>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const [, name = '', size = '0'] = /^(.*) \((\d+)\)$/s.exec(entry) ?? [];
    const known = contents[name];
    const data = typeof known === 'string' ? Buffer.from(known) : Buffer.alloc(Number(size), '#');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const stored = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, Buffer.from(name), data]);
    local.push(stored);
    central.push(Buffer.from('PK\u0001\u0002', 'latin1'), Buffer.from([20, 0]), common, tail, Buffer.from(name));
    offset += stored.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

/** What the export wrote, as far as it was kept: the server must have sent it. */
function exportedContents(transcript: Transcript): Readonly<Record<string, unknown>> {
  const zips = transcript.files.map(
    ({ content }) => (content as { zip?: RecordedZip } | undefined)?.zip?.contents ?? {},
  );
  return Object.assign({}, ...zips) as Record<string, unknown>;
}
