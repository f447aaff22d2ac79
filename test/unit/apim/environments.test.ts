import { describe, expect, test } from '@jest/globals';
import { environmentNamed, readEnvironments } from '@wso2-delivery/shared/apim/environments';
import { InputError } from '@wso2-delivery/shared/base/errors';

describe('reading environments', () => {
  test('one URL serves everything', () => {
    const [environment] = readEnvironments({ environments: [{ name: 'dev', apim: 'https://apim:9443/' }] });
    expect(environment).toEqual({
      name: 'dev',
      apim: 'https://apim:9443',
      publisher: 'https://apim:9443',
      token: 'https://apim:9443/oauth2/token',
      registration: 'https://apim:9443',
      devportal: 'https://apim:9443',
      admin: 'https://apim:9443',
      gateways: {},
    });
  });

  test('parts win over the one URL', () => {
    const [environment] = readEnvironments({
      environments: [
        { name: 'dev', apim: 'https://a', token: 'https://t/oauth2/token', gateways: { Default: 'https://g' } },
      ],
    });
    expect(environment).toMatchObject({ token: 'https://t/oauth2/token', gateways: { Default: 'https://g' } });
  });

  test.each<[name: string, value: unknown, problem: string]>([
    ['nothing', null, 'must hold a list'],
    ['an empty list', { environments: [] }, 'must hold a list'],
    ['no name', { environments: [{ apim: 'https://a' }] }, 'needs a name'],
    ['no URL at all', { environments: [{ name: 'a' }] }, 'needs apim, or every URL by itself'],
    [
      'a part absent',
      { environments: [{ name: 'a', publisher: 'https://a', registration: 'https://a', admin: 'https://a' }] },
      'devportal is absent',
    ],
    ['what is no URL', { environments: [{ name: 'a', apim: 'apim.example.com' }] }, 'is not a URL'],
    ['plain http', { environments: [{ name: 'a', apim: 'http://apim.example.com' }] }, 'https is needed'],
    ['credentials in the URL', { environments: [{ name: 'a', apim: 'https://u:p@a' }] }, 'do not belong into the URL'],
    [
      'a password',
      { environments: [{ name: 'a', apim: 'https://a', password: 'x' }] },
      'credentials are inputs of the step',
    ],
    ['a typo', { environments: [{ name: 'a', apim: 'https://a', gateway: {} }] }, "Did you mean 'gateways'?"],
    [
      'the same name twice',
      {
        environments: [
          { name: 'a', apim: 'https://a' },
          { name: 'a', apim: 'https://b' },
        ],
      },
      'more than once',
    ],
  ])('%s is refused', (_, value, problem) => {
    expect(() => readEnvironments(value)).toThrow(InputError);
    expect(() => readEnvironments(value)).toThrow(problem);
  });

  test('plain http on this machine is fine', () => {
    expect(readEnvironments({ environments: [{ name: 'a', apim: 'http://localhost:9763' }] })).toHaveLength(1);
  });

  test('an environment that is not there: the nearest is suggested', () => {
    const environments = readEnvironments({ environments: [{ name: 'staging', apim: 'https://a' }] });
    expect(() => environmentNamed('stagin', environments, 'to')).toThrow("Did you mean 'staging'?");
  });
});
