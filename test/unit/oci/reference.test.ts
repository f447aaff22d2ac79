import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '@wso2-delivery/shared/base/errors';
import {
  apiHost,
  credentialKey,
  defaultScheme,
  formatReference,
  manifestName,
  parseReference,
} from '@wso2-delivery/shared/oci/reference';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

function problemOf(text: string): string {
  try {
    parseReference(text, 'base-image');
  } catch (error) {
    if (error instanceof InputError && error.code === 'IMAGE_REFERENCE_INVALID') return error.message;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('image references', () => {
  test.each([
    ['alpine', { registry: 'docker.io', repository: 'library/alpine' }],
    ['wso2/wso2mi:4.4.0', { registry: 'docker.io', repository: 'wso2/wso2mi', tag: '4.4.0' }],
    ['docker.io/alpine', { registry: 'docker.io', repository: 'library/alpine' }],
    ['index.docker.io/wso2/wso2mi', { registry: 'docker.io', repository: 'wso2/wso2mi' }],
    ['ghcr.io/acme/a/b:1', { registry: 'ghcr.io', repository: 'acme/a/b', tag: '1' }],
    ['localhost/x', { registry: 'localhost', repository: 'x' }],
    ['localhost:5000/x:y', { registry: 'localhost:5000', repository: 'x', tag: 'y' }],
    ['127.0.0.1:5000/acme/x', { registry: '127.0.0.1:5000', repository: 'acme/x' }],
    ['[::1]:5000/x', { registry: '[::1]:5000', repository: 'x' }],
    ['acme/x__y-z.w', { registry: 'docker.io', repository: 'acme/x__y-z.w' }],
    [`ghcr.io/acme/x:1@${DIGEST}`, { registry: 'ghcr.io', repository: 'acme/x', tag: '1', digest: DIGEST }],
    [`ghcr.io/acme/x@${DIGEST}`, { registry: 'ghcr.io', repository: 'acme/x', digest: DIGEST }],
    ['Acme/x', { registry: 'Acme', repository: 'x' }],
  ])('%s is read', (text, expected) => {
    expect(parseReference(text)).toEqual(expected);
  });

  test.each([
    ['', 'is empty'],
    ['ghcr.io/acme/x ', 'white space'],
    ['https://ghcr.io/acme/x', 'is a URL; leave out the scheme'],
    ['ghcr.io/${OWNER}/x', 'placeholder that was not replaced'],
    ['ghcr.io/Acme/X:1', 'capital letters in the repository name; write acme/x'],
    ['ghcr.io//x', 'a slash too many'],
    ['ghcr.io/', 'has no repository name'],
    ['ghcr.io/acme/x:', 'has an empty tag'],
    ['ghcr.io/acme/x:-1', 'malformed tag "-1"'],
    [`ghcr.io/acme/x:${'t'.repeat(129)}`, 'longer than 128'],
    ['ghcr.io/acme/x@sha256:abc', 'malformed digest'],
    [`ghcr.io/acme/x@${DIGEST}@${DIGEST}`, 'more than one @'],
    ['ghcr.io/acme/x_-y', 'malformed part "x_-y"'],
    ['ghcr..io/acme/x', 'malformed registry host'],
    [`ghcr.io/${'x/'.repeat(200)}x`, 'longer than 255'],
  ])('%j is refused: %s', (text, problem) => {
    expect(problemOf(text)).toContain(problem);
    expect(problemOf(text)).toMatch(/^base-image: /);
  });

  test('writing and reading again gives the same reference', () => {
    const component = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,4})?$/);
    fc.assert(
      fc.property(
        fc.constantFrom('docker.io', 'ghcr.io', 'localhost:5000', '127.0.0.1:49152', 'registry.acme.example:8443'),
        fc.array(component, { minLength: 2, maxLength: 4 }),
        fc.option(fc.stringMatching(/^\w[\w.-]{0,20}$/), { nil: undefined }),
        fc.option(fc.constant(DIGEST), { nil: undefined }),
        (registry, parts, tag, digest) => {
          const reference = {
            registry,
            repository: parts.join('/'),
            ...(tag !== undefined && { tag }),
            ...(digest !== undefined && { digest }),
          };
          expect(parseReference(formatReference(reference))).toEqual(reference);
        },
      ),
    );
  });

  test('any text is either read or refused with a problem, never anything else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(formatReference(parseReference(text))).toContain('/');
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });

  test('the digest wins over the tag, and latest stands in for neither', () => {
    expect(manifestName(parseReference(`x/y:1@${DIGEST}`))).toBe(DIGEST);
    expect(manifestName(parseReference('x/y:1'))).toBe('1');
    expect(manifestName(parseReference('x/y'))).toBe('latest');
  });

  test('Docker Hub has its own API host and its own key for credentials', () => {
    expect([apiHost('docker.io'), apiHost('ghcr.io')]).toEqual(['registry-1.docker.io', 'ghcr.io']);
    expect([credentialKey('docker.io'), credentialKey('ghcr.io')]).toEqual(['https://index.docker.io/v1/', 'ghcr.io']);
  });

  test.each([
    ['localhost:5000', 'http'],
    ['127.0.0.1:5000', 'http'],
    ['registry.localhost', 'http'],
    ['[::1]:5000', 'http'],
    ['ghcr.io', 'https'],
    ['127.0.0.1.example.com', 'https'],
    ['localhost.example.com:5000', 'https'],
    ['10.0.0.1:5000', 'https'],
  ])('%s is spoken to over %s', (registry, scheme) => {
    expect(defaultScheme(registry)).toBe(scheme);
  });
});
