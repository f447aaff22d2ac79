import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { convertDocument, convertEnvironment, keyRules } from '@wso2-delivery/shared/apim/params-conversion';

describe('3.x → 4.x', () => {
  test.each(keyRules.filter(({ note }) => note === undefined))('$key moves under configs as it is', ({ key, to }) => {
    const value = { some: ['thing'] };
    expect(convertEnvironment({ name: 'dev', [key]: value })).toEqual({ configs: { [to ?? '']: value }, notes: [] });
  });

  test('flat security goes to the endpoints that there are', () => {
    const security = { enabled: true, type: 'basic', username: 'u', password: 'p' };
    const { configs, notes } = convertEnvironment({
      name: 'dev',
      endpoints: { production: {}, sandbox: {} },
      security,
    });
    expect(configs.security).toEqual({ production: security, sandbox: security });
    expect(notes).toHaveLength(1);
    expect(convertEnvironment({ name: 'dev', security }).configs.security).toEqual({ production: security });
  });

  test('security that has production and sandbox stays', () => {
    const security = { production: { enabled: false } };
    expect(convertEnvironment({ name: 'dev', security })).toEqual({ configs: { security }, notes: [] });
  });

  test("gateway labels become deployments, and 3.x' default becomes 4.x' default", () => {
    const { configs } = convertEnvironment({
      name: 'dev',
      gatewayEnvironments: ['Production and Sandbox', 'Internal'],
    });
    expect(configs).toEqual({
      deploymentEnvironments: [
        { deploymentEnvironment: 'Default', displayOnDevportal: true },
        { deploymentEnvironment: 'Internal', displayOnDevportal: true },
      ],
    });
  });

  test('an environment in the 4.x shape is left alone', () => {
    const document = { environments: [{ name: 'dev', configs: { endpointType: 'rest' } }] };
    expect(convertDocument(document)).toEqual(document);
  });

  test('converting twice is converting once', () => {
    const table = fc.dictionary(fc.constantFrom(...keyRules.map(({ key }) => key), 'other'), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(table), (environments) => {
        const document = { environments: environments.map((each, index) => ({ name: `e${index}`, ...each })) };
        const once = convertDocument(document);
        expect(convertDocument(once)).toEqual(once);
      }),
    );
  });
});
