import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { convertDocument, keyRules, type Table } from '@wso2-delivery/shared/apim/params-conversion';
import { convertText } from '@wso2-delivery/shared/apim/params-conversion-text';
import { withSecretsAsVariables } from '@wso2-delivery/shared/apim/params-secrets';
import { unifiedDifference } from '@wso2-delivery/shared/formats/line-difference';
import { formatYaml, parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { patched } from '../../support/patch.ts';

const old = `# Who to ask: the platform team
environments:
  # before production
  - name: staging
    endpoints:
      production:
        url: https://staging.example.com # moves in May
    security:
      enabled: true
      type: basic
      username: u
      password: "staging: #pass" # rotated yearly
    gatewayEnvironments:
      - Production and Sandbox

  - name: production
    configs:
      endpointType: rest

  - name: dr
    endpoints:
      production:
        url: https://dr.example.com
    security:
      production:
        enabled: true
        password: dr-pass   # the same as ever
`;

describe('the text of a 3.x params file', () => {
  test('becomes 4.x where it stands: its comments, its order and its other environments stay', () => {
    const { text, faithful, secrets } = convertText(old);
    expect(faithful).toBe(true);
    expect(secrets).toEqual(['staging: #pass', 'dr-pass']);
    expect(text).toBe(`# Who to ask: the platform team
environments:
  # before production
  - name: staging
    configs:
      endpoints:
        production:
          url: https://staging.example.com # moves in May
      security:
        production:
          enabled: true
          type: basic
          username: u
          password: \${STAGING_PRODUCTION_PASSWORD}
      deploymentEnvironments:
        - deploymentEnvironment: Default
          displayOnDevportal: true

  - name: production
    configs:
      endpointType: rest

  - name: dr
    configs:
      endpoints:
        production:
          url: https://dr.example.com
      security:
        production:
          enabled: true
          password: \${DR_PRODUCTION_PASSWORD}
`);
  });

  test.each([
    ['flow style', 'environments: [{name: dev, endpoints: {production: {url: "https://a"}}}]\n'],
    ['a name that is not first', 'environments:\n  - endpoints:\n      production: {url: x}\n    name: dev\n'],
    ['an entry on a line of its own', 'environments:\n  -\n    name: dev\n    endpointType: rest\n'],
    [
      'a secret of several lines',
      'environments:\n- name: dev\n  security:\n    production:\n      password: |\n        a\n        b\n',
    ],
    [
      'an alias',
      'environments:\n  - name: dev\n    endpoints: &e {production: {url: x}}\n  - name: qa\n    endpoints: *e\n',
    ],
    ['Windows line ends', 'environments:\r\n  - name: dev\r\n    endpointType: rest\r\n'],
  ])('means what the converted document is, however it is written: %s', (_, text) => {
    expect(parseYaml(convertText(text).text)).toEqual(expectedOf(text));
  });

  test('its difference, applied to the file, is exactly the converted file', () => {
    const environment = fc.dictionary(fc.constantFrom(...keyRules.map(({ key }) => key), 'other'), fc.jsonValue());
    const secret = fc.record({ production: fc.record({ enabled: fc.boolean(), password: fc.string() }) });
    const given = fc.array(fc.oneof(environment, fc.record({ security: secret, endpointType: fc.string() })));
    fc.assert(
      fc.property(given, (environments) => {
        const before = formatYaml({
          environments: environments.map((each, index) => ({ name: `e${index}`, ...each })),
        });
        const { text } = convertText(before);
        expect(patched(before, unifiedDifference(before, text, 'params.yaml'))).toBe(text);
        expect(parseYaml(text)).toEqual(expectedOf(before));
      }),
    );
  });

  test('converting its result changes nothing', () => {
    const { text } = convertText(old);
    expect(convertText(text)).toEqual({ text, faithful: true, secrets: [] });
  });
});

function expectedOf(text: string): unknown {
  return withSecretsAsVariables(convertDocument(parseYaml(text) as Table)).document;
}
