/** The certificate that a server shows, for trusting exactly it. */
/**
 * Asks a server for its certificate, PEM. Only for the end of a tunnel that says by itself who is at its other end (a port
 * forwarding through the API server): MI's own certificate is self-signed unless somebody has replaced it.
 */
export async function certificateAt(host: string, port: number, timeoutMs: number): Promise<string> {
  // Loaded when it is needed: it takes as long as half a bare Node.
  const { connect } = await import('node:tls');
  return new Promise((resolve, reject) => {
    const socket = connect(
      { host, port, servername: 'localhost', rejectUnauthorized: false, timeout: timeoutMs },
      () => {
        const { raw } = socket.getPeerCertificate() as { raw?: Buffer };
        socket.destroy();
        if (raw === undefined) reject(new Error('the server shows no certificate'));
        else resolve(pem(raw));
      },
    );
    socket.once('error', reject);
    socket.once('timeout', () => socket.destroy(new Error('no answer to the TLS handshake')));
  });
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
