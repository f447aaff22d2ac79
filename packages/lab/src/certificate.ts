import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A self-signed server certificate that is its own authority. */
export interface ServerCertificate {
  /** PEM. Also what a client has to trust. */
  readonly certificate: string;
  /** PEM, PKCS #8. */
  readonly privateKey: string;
}

/**
 * Makes a certificate for 127.0.0.1, ::1 and localhost, valid for a day. Written out in DER here because node:crypto
 * reads certificates and cannot make them (X.509: RFC 5280; ECDSA with SHA-256: RFC 5758).
 */
export function selfSignedCertificate(commonName: string, now = new Date()): ServerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = sequence(objectId('1.2.840.10045.4.3.2'));
  const name = sequence(set(sequence(objectId('2.5.4.3'), der(0x0c, Buffer.from(commonName, 'utf8')))));
  const validity = sequence(
    utcTime(new Date(now.getTime() - 3_600_000)),
    utcTime(new Date(now.getTime() + 86_400_000)),
  );
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    name,
    validity,
    name,
    publicKeyInfo,
    der(0xa3, sequence(...extensions(publicKeyInfo))),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, algorithm, bitString(signature));
  return {
    certificate: pem('CERTIFICATE', certificate),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function extensions(publicKeyInfo: Buffer): Buffer[] {
  const alternativeNames = sequence(
    der(0x82, Buffer.from('localhost', 'ascii')),
    der(0x87, Buffer.from([127, 0, 0, 1])),
    der(0x87, Buffer.from('00000000000000000000000000000001', 'hex')),
  );
  const keyId = createHash('sha1').update(publicKeyInfo).digest();
  const critical = der(0x01, Buffer.from([0xff]));
  return [
    sequence(objectId('2.5.29.19'), critical, octets(sequence(critical))),
    sequence(objectId('2.5.29.17'), octets(alternativeNames)),
    sequence(objectId('2.5.29.14'), octets(octets(keyId))),
  ];
}

/** Tag, length, value. */
function der(tag: number, value: Buffer): Buffer {
  const size = value.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), value]);
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]): Buffer => der(0x31, Buffer.concat(parts));
const integer = (value: Buffer): Buffer => der(0x02, value);
const octets = (value: Buffer): Buffer => der(0x04, value);
const bitString = (value: Buffer): Buffer => der(0x03, Buffer.concat([Buffer.from([0]), value]));

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`, 'ascii'));
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
