/** A token service that a real docker-registry trusts: it signs what is asked for, for one user. */
import { sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { selfSignedCertificate } from '@wso2-delivery/lab/certificate';

const ISSUER = 'test-issuer';
const SERVICE = 'test-registry';
export const USER = { username: 'me', password: 'registry-secret' };

export interface TokenService {
  readonly host: string;
  /** Tokens given so far. */
  given(): number;
  /** The part of the registry's configuration that makes it ask for tokens from `realm`. */
  configuration(realm: string): string;
  close(): Promise<void>;
}

/** @param lifeSeconds what the tokens live, and what it says they do */
export async function startTokenService(folder: string, lifeSeconds = 300): Promise<TokenService> {
  const { certificate, privateKey } = selfSignedCertificate('token service');
  const bundle = join(folder, 'token-service.pem');
  writeFileSync(bundle, certificate);
  const der = certificate.replace(/-----[^-]+-----|\s/g, '');
  let given = 0;
  const token = (scopes: readonly string[]): string => {
    given += 1;
    const now = Math.floor(Date.now() / 1000);
    const access = scopes.map((scope) => {
      const [, name, actions] = /^repository:([^:]+):(.*)$/.exec(scope) ?? [];
      return { type: 'repository', name, actions: actions?.split(',') };
    });
    const claims = { iss: ISSUER, sub: 'me', aud: SERVICE, iat: now, nbf: now - 5, exp: now + lifeSeconds };
    const encoded = [
      { typ: 'JWT', alg: 'ES256', x5c: [der] },
      { ...claims, jti: String(given), access },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = sign('sha256', Buffer.from(encoded), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${encoded}.${signature.toString('base64url')}`;
  };
  const expected = `Basic ${Buffer.from(`${USER.username}:${USER.password}`).toString('base64')}`;
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://localhost');
    response.setHeader('content-type', 'application/json');
    if (request.headers.authorization !== expected) {
      response.writeHead(401).end('{"details":"incorrect username or password"}');
      return;
    }
    response.end(JSON.stringify({ token: token(searchParams.getAll('scope')), expires_in: lifeSeconds }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    given: () => given,
    configuration: (realm) =>
      `auth: { token: { realm: "${realm}", service: ${SERVICE}, issuer: ${ISSUER}, rootcertbundle: ${bundle} } }\n`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
