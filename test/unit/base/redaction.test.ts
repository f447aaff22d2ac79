import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { derivedForms, redact } from '@wso2-delivery/shared/base/redaction';

const password = 'p@ss w0rd/"+ü';

test.each([
  ['as it is', password],
  ['in JSON', JSON.stringify({ password })],
  ['in a query', `?password=${encodeURIComponent(password)}`],
  ['in a form', new URLSearchParams({ password }).toString().replace('password=', '')],
  ['in base64', Buffer.from(password).toString('base64')],
  ['in a Basic header', `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`],
  ['in base64url', Buffer.from(`x:${password}`).toString('base64url')],
])('a secret is masked %s', (_, text) => {
  const clean = redact(text, derivedForms(password));
  expect(clean).toContain('***');
  expect(clean).not.toContain('p@ss');
  for (const shift of ['', 'a', 'ab']) {
    const core = Buffer.from(shift + password)
      .toString('base64')
      .slice(4, 12);
    expect(clean).not.toContain(core);
  }
});

test('each longer line of a multi-line secret is masked on its own', () => {
  const key = '-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END KEY-----';
  expect(redact('log: hkiG9w0BAQEFAASC', derivedForms(key))).toBe('log: ***');
});

test('the words of a kubeconfig stay readable, its credentials are registered apart', () => {
  const kubeconfig = 'kind: Config\ncontexts:\n- context:\n    namespace: staging\n';
  expect(redact('the context: staging, kind: Config', derivedForms(kubeconfig))).toBe(
    'the context: staging, kind: Config',
  );
});

test('wherever a secret stands in a longer text, in clear or in base64, none of it is left', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary-ascii', minLength: 8, maxLength: 40 }).filter((s) => s.trim().length >= 8),
      fc.string({ maxLength: 20 }),
      fc.string({ maxLength: 20 }),
      (secret, before, after) => {
        const forms = derivedForms(secret);
        expect(redact(before + secret + after, forms)).not.toContain(secret);
        const encoded = Buffer.concat([Buffer.from(before), Buffer.from(secret), Buffer.from(after)]).toString(
          'base64',
        );
        expect(redact(encoded, forms)).toContain('***');
      },
    ),
  );
});
