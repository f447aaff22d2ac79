import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chooseChallenge, parseChallenges } from '@wso2-delivery/shared/oci/challenge';

describe('WWW-Authenticate', () => {
  test.each([
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
      [
        {
          scheme: 'bearer',
          parameters: {
            realm: 'https://auth.docker.io/token',
            service: 'registry.docker.io',
            scope: 'repository:a/b:pull,push',
          },
        },
      ],
    ],
    [
      'Basic realm="Sonatype Nexus Repository Manager"',
      [{ scheme: 'basic', parameters: { realm: 'Sonatype Nexus Repository Manager' } }],
    ],
    ['BASIC', [{ scheme: 'basic', parameters: {} }]],
    [
      'Basic realm="a, b", Bearer realm="https://x/t" , service=plain',
      [
        { scheme: 'basic', parameters: { realm: 'a, b' } },
        { scheme: 'bearer', parameters: { realm: 'https://x/t', service: 'plain' } },
      ],
    ],
    [
      'Negotiate, Basic realm="x"',
      [
        { scheme: 'negotiate', parameters: {} },
        { scheme: 'basic', parameters: { realm: 'x' } },
      ],
    ],
    ['Bearer Realm = "q\\"uoted"', [{ scheme: 'bearer', parameters: { realm: 'q"uoted' } }]],
    ['', []],
    ['"""', []],
  ])('%s is read', (header, expected) => {
    expect(parseChallenges(header)).toEqual(expected);
  });

  test('bearer is preferred to basic, and a bearer without a realm is no use', () => {
    expect(chooseChallenge('Basic realm="x", Bearer realm="https://t"')?.scheme).toBe('bearer');
    expect(chooseChallenge('Basic realm="x", Bearer service="t"')?.scheme).toBe('basic');
    expect(chooseChallenge('Negotiate')).toBeUndefined();
    expect(chooseChallenge(undefined)).toBeUndefined();
  });

  test('any header ends in an answer', () => {
    fc.assert(fc.property(fc.string(), (header) => Array.isArray(parseChallenges(header))));
  });
});
