import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderParams } from '@wso2-delivery/shared/apim/params-render';
import { withSecretsAsVariables } from '@wso2-delivery/shared/apim/params-secrets';
import type { EnvironmentParams } from '@wso2-delivery/shared/apim/params';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';

const params = (configs: Record<string, unknown>): EnvironmentParams => ({
  environment: 'staging',
  configs,
  shape: '4.x',
  notes: [],
  warnings: [],
});
const nobody = { register: () => undefined };

function roundTrip(value: string): unknown {
  const { text } = renderParams(params({ value: '${V}' }), () => value, nobody);
  expect(text).not.toMatch(/\$\{/);
  return (parseYaml(text) as { environments: { configs: { value: unknown } }[] }).environments[0]?.configs.value;
}

describe('rendering the file of one environment', () => {
  test.each([
    'a: b #c',
    '0123',
    'true',
    'null',
    '"quoted\'',
    'line\nbreak: x',
    '${LATER}',
    'pä\u2028ss\u0085',
    '- x',
    '1e3',
    '~',
  ])('the value %j comes out as it went in', (value) => {
    expect(roundTrip(value)).toBe(value);
  });

  test('so does any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        expect(roundTrip(value)).toBe(value);
      }),
    );
  });

  test('so does any text in the middle of another, made of what means something to YAML and to apictl', () => {
    const pieces = fc.constantFrom(
      '"',
      "'",
      '#',
      ' #',
      ': ',
      '\n',
      '\n  key: x',
      '\t',
      '{',
      '- ',
      '|',
      '&a',
      '*a',
      '!t',
      '%',
      '$',
      '${X}',
      'é',
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1 }), (parts) => {
        const value = parts.join('');
        const { text, configs } = renderParams(params({ url: 'https://u:${V}@b/' }), () => value, nobody);
        const read = (parseYaml(text) as { environments: { configs: unknown }[] }).environments[0]?.configs;
        expect([read, configs]).toEqual([{ url: `https://u:${value}@b/` }, { url: `https://u:${value}@b/` }]);
        expect(text).not.toMatch(/\$\{/);
      }),
    );
  });

  test('a value is not expanded again', () => {
    const { configs } = renderParams(params({ value: '${A}' }), (name) => (name === 'A' ? '${B}' : 'b'), nobody);
    expect(configs.value).toBe('${B}');
  });

  test('switches from variables are booleans', () => {
    const { configs } = renderParams(params({ security: { production: { enabled: '${ON}' } } }), () => 'true', nobody);
    expect(configs).toEqual({ security: { production: { enabled: true } } });
  });

  test('secrets are masked from then on', () => {
    const registered: string[] = [];
    const configs = { security: { production: { password: 'x-${PW}', username: 'u', clientSecret: 'cs' } } };
    renderParams(params(configs), () => 'pw', { register: (value) => registered.push(value) });
    expect(registered).toEqual(['x-pw', 'cs']);
  });
});

test('for showing, secrets in clear become variables named after their place', () => {
  const { document, secrets } = withSecretsAsVariables({
    environments: [
      { name: 'pre-prod', configs: { security: { sandbox: { password: 'p1', clientSecret: '${SET}' } } } },
      { name: 'b', configs: { awsLambdaEndpoints: { amznSecretKey: 'p2' } } },
    ],
  });
  expect(secrets.map(({ value }) => value)).toEqual(['p1', 'p2']);
  expect(document).toEqual({
    environments: [
      {
        name: 'pre-prod',
        configs: { security: { sandbox: { password: '${PRE_PROD_SANDBOX_PASSWORD}', clientSecret: '${SET}' } } },
      },
      { name: 'b', configs: { awsLambdaEndpoints: { amznSecretKey: '${B_AWSLAMBDAENDPOINTS_AMZN_SECRET_KEY}' } } },
    ],
  });
});
