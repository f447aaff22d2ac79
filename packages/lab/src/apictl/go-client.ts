import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request as httpRequest, STATUS_CODES, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { Reason } from './outcome.ts';

export interface GoRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface GoResponse {
  readonly code: number;
  /** As Go writes it: "404 Not Found". */
  readonly status: string;
  readonly body: Buffer;
}

export interface Trust {
  readonly insecure: boolean;
  /** A folder of PEM files to trust. */
  readonly certificates: string;
  /** SSL_CERT_FILE: replaces the system's authorities. */
  readonly certificateFile: string | undefined;
  /** In milliseconds; read when a request is made. */
  readonly timeoutMs: () => number;
}

/** HTTP as apictl does it: one attempt, redirects followed, and every failure in the words of Go's net/http. */
export class GoClient {
  readonly #trust: Trust;

  constructor(trust: Trust) {
    this.#trust = trust;
  }

  /** @throws Reason when no complete answer came */
  async send(request: GoRequest): Promise<GoResponse> {
    let current = request;
    for (let hops = 0; ; hops++) {
      const { message, body } = await this.#once(current);
      const code = message.statusCode ?? 0;
      const location = message.headers.location;
      if (![301, 302, 303, 307, 308].includes(code) || location === undefined) {
        return { code, status: `${code} ${STATUS_CODES[code] ?? ''}`, body };
      }
      if (hops === 10) throw new Reason(`${verb(request)} "${location}": stopped after 10 redirects`);
      const keeps = code === 307 || code === 308;
      const { 'Content-Type': contentType, ...headers } = current.headers ?? {};
      current = {
        method: keeps || current.method === 'HEAD' ? current.method : 'GET',
        url: new URL(location, current.url).href,
        headers: {
          ...headers,
          ...(keeps && contentType !== undefined ? { 'Content-Type': contentType } : {}),
          Referer: current.url,
        },
        ...(keeps && current.body !== undefined ? { body: current.body } : {}),
      };
    }
  }

  #once(request: GoRequest): Promise<{ message: IncomingMessage; body: Buffer }> {
    const url = new URL(request.url);
    const tls = url.protocol === 'https:' ? { ca: this.#authorities(), rejectUnauthorized: !this.#trust.insecure } : {};
    const failed = (text: string) => new Reason(`${verb(request)} "${request.url}": ${text}`);
    return new Promise((resolve, reject) => {
      const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const headers = {
        'User-Agent': 'go-resty/2.4.0 (https://github.com/go-resty/resty)',
        ...request.headers,
        ...(request.body === undefined ? {} : { 'Content-Length': Buffer.byteLength(request.body) }),
      };
      let local = '127.0.0.1:0';
      const outgoing = start(url, { method: request.method, headers, agent: false, ...tls }, (message) => {
        const chunks: Buffer[] = [];
        message.on('data', (chunk: Buffer) => chunks.push(chunk));
        message.on('end', () => {
          clearTimeout(deadline);
          resolve({ message, body: Buffer.concat(chunks) });
        });
        message.on('error', () => {
          clearTimeout(deadline);
          reject(new Reason('unexpected EOF'));
        });
      });
      outgoing.on('socket', (socket) => {
        socket.on('connect', () => (local = `${socket.localAddress ?? ''}:${socket.localPort ?? 0}`));
      });
      const deadline = setTimeout(() => {
        reject(failed('context deadline exceeded (Client.Timeout exceeded while awaiting headers)'));
        outgoing.destroy();
      }, this.#trust.timeoutMs());
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(deadline);
        reject(failed(goWords(error, url, local)));
      });
      outgoing.end(request.body);
    });
  }

  #authorities(): string[] {
    const { certificates, certificateFile } = this.#trust;
    const system = certificateFile === undefined ? [...rootCertificates] : [readFileSync(certificateFile, 'utf8')];
    const own = existsSync(certificates)
      ? readdirSync(certificates)
          .filter((name) => /\.(pem|crt|cer)$/.test(name))
          .map((name) => readFileSync(join(certificates, name), 'utf8'))
      : [];
    return [...system, ...own];
  }
}

/** "Get" for GET: Go's url.Error begins so. */
function verb(request: GoRequest): string {
  return request.method.charAt(0) + request.method.slice(1).toLowerCase();
}

function goWords(error: NodeJS.ErrnoException, url: URL, local: string): string {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const remote = `${url.hostname}:${port}`;
  switch (error.code) {
    case 'ECONNREFUSED':
      return `dial tcp ${remote}: connect: connection refused`;
    case 'ECONNRESET':
      return `read tcp ${local}->${remote}: read: connection reset by peer`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `dial tcp: lookup ${url.hostname}: no such host`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
    default:
      return error.message;
  }
}

/** Go's url.QueryEscape. */
export function queryEscape(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
