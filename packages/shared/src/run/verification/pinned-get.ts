/** A GET whose server is known by its certificate alone: neither its authority nor its name counts. */
import { isIP } from 'node:net';

/** It shows another certificate than the pinned one: asking again does not mend that. */
export class WrongCertificate extends Error {}

/**
 * Asks once, and believes the answer only from the one certificate.
 * @param at where to connect to; the URL's host is what the server is told
 * @param pin SHA-256 of the certificate, lower case hexadecimal
 * @throws WrongCertificate; Error when nobody answers
 */
export function pinnedGet(
  url: URL,
  at: { readonly host: string; readonly port: number },
  pin: string,
  { timeoutMs, maxBytes, cancelled }: { timeoutMs: number; maxBytes: number; cancelled: AbortSignal },
): Promise<{ readonly status: number; readonly body: string }> {
  // Loaded when it is needed: it takes as long as half a bare Node.
  const { request } = process.getBuiltinModule('node:https');
  const { TLSSocket } = process.getBuiltinModule('node:tls');
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.any([cancelled, AbortSignal.timeout(timeoutMs)]);
    const options = {
      host: at.host,
      port: at.port,
      path: `${url.pathname}${url.search}`,
      // A name for the server to choose its certificate by; an address is none (RFC 6066).
      ...(isIP(url.hostname) === 0 ? { servername: url.hostname } : {}),
      headers: { host: url.host, 'user-agent': 'wso2-delivery' },
      // The fingerprint below is what is verified, and nothing secret is sent.
      rejectUnauthorized: false,
      agent: false,
      signal,
    } as const;
    const sent = request(options, (answer) => {
      const { socket } = answer;
      const shown = socket instanceof TLSSocket ? socket.getPeerCertificate().fingerprint256 : '';
      const fingerprint = shown.replaceAll(':', '').toLowerCase();
      if (fingerprint !== pin) {
        sent.destroy(
          new WrongCertificate(`the server shows another certificate than the pinned one: sha256:${fingerprint}`),
        );
        return;
      }
      const chunks: Buffer[] = [];
      let length = 0;
      answer.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length <= maxBytes) chunks.push(chunk);
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
      answer.on('error', reject);
    });
    sent.on('error', (error) =>
      reject(
        error.name === 'AbortError' || error.name === 'TimeoutError'
          ? new Error(`no answer within ${timeoutMs / 1000} s`)
          : error,
      ),
    );
    sent.end();
  });
}
