import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { selfSignedCertificate } from '@wso2-delivery/lab/certificate';
import { readParams } from '@wso2-delivery/shared/apim/params';
import { InputError } from '@wso2-delivery/shared/base/errors';

const chapter = readFileSync(join(import.meta.dirname, '../../../examples/employee-api/api_params.yaml'), 'utf8');

const now = Date.parse('2026-06-01T00:00:00Z');

function read(
  text: string,
  environment = 'staging',
  variables: Record<string, string> = {},
  certificates: Record<string, string> = {},
) {
  const certificate = (name: string) => {
    const text = certificates[name];
    return text === undefined ? undefined : Buffer.from(text);
  };
  const source = { text, file: 'api_params.yaml', certificate, now };
  return readParams(source, environment, (name) => (variables[name] === '' ? undefined : variables[name]));
}

function problems(
  text: string,
  environment?: string,
  variables?: Record<string, string>,
  certificates?: Record<string, string>,
) {
  try {
    read(text, environment, variables, certificates);
  } catch (error) {
    if (error instanceof InputError) {
      return error.problems.map(({ subject, problem, location }) => [location?.line, subject, problem]);
    }
    throw error;
  }
  return [];
}

const wrap = (configs: string, name = 'staging') =>
  `environments:\n  - name: ${name}\n    configs:\n${configs.replace(/^/gm, '      ')}\n`;
const endpoints = 'endpoints:\n  production:\n    url: https://b\n';

describe("the founding chapter's file, as it stands", () => {
  test.each(['staging', 'production'])('%s is read in the 3.x shape and converted', (environment) => {
    const params = read(chapter, environment);
    expect(params.shape).toBe('3.x');
    expect(params.configs).toHaveProperty('endpoints.production.url');
    expect(params.configs).toHaveProperty('security.production.enabled', true);
  });

  test('its literal passwords are warnings that say where they belong, at their lines', () => {
    expect(read(chapter).warnings).toEqual([
      {
        problem:
          'environments[0].security.production.password: stands in clear in the repository. Put it into a secret and write ${STAGING_PRODUCTION_PASSWORD}',
        location: { file: 'api_params.yaml', line: 13 },
      },
    ]);
  });
});

describe('a file in the wrong shape', () => {
  test.each<[name: string, text: string, expected: unknown]>([
    ['is empty', '', [[1, 'params', 'the params file is empty']]],
    ['is null', 'null\n', [[1, 'params', 'the params file is empty']]],
    ['holds nothing below its first line', '---\n# environments:\n', [[1, 'params', 'the params file is empty']]],
    ['is a list', '- a\n', [[1, 'params', 'must be a table with the key environments:']]],
    [
      'is an OpenAPI definition',
      'openapi: 3.0.1\n',
      [[1, 'params', 'this is an OpenAPI definition, not a params file']],
    ],
    [
      'is a Swagger definition',
      'swagger: "2.0"\n',
      [[1, 'params', 'this is an OpenAPI definition, not a params file']],
    ],
    [
      'has an environment as text',
      'environments:\n  - staging\n',
      [
        [2, 'environments[0]', expect.stringContaining('must be a table that begins with "- name:"')],
        [1, 'environments', expect.stringContaining('there are none')],
      ],
    ],
    [
      'has an environment that is null',
      'environments:\n  -\n  - name: staging\n    configs: {endpointType: dynamic}\n',
      [[2, 'environments[0]', expect.stringContaining('must be a table')]],
    ],
    [
      'has configs as text',
      'environments:\n  - name: staging\n    configs: rest\n',
      [[3, 'environments[0].configs', expect.stringContaining('is empty')]],
    ],
    [
      'has a typo in environments',
      'enviroments:\n  - name: staging\n',
      [[1, 'params', "has no key environments:. 'enviroments' was probably meant to be that."]],
    ],
    [
      'names environments as a table',
      'environments:\n  staging: {}\n',
      [[1, 'environments', expect.stringContaining('must be a list')]],
    ],
    [
      'has lost its indentation',
      'environments:\n- name: staging\nendpoints:\n  production:\n    url: https://b\n',
      [[3, 'endpoints', expect.stringContaining('the indentation is lost')]],
    ],
    [
      'has a name and nothing else',
      'environments:\n  - name: staging\n',
      [[2, 'environments[0]', expect.stringContaining('nothing else')]],
    ],
    [
      'has empty configs',
      'environments:\n  - name: staging\n    configs:\n',
      [[3, 'environments[0].configs', expect.stringContaining('is empty')]],
    ],
    [
      'writes config',
      'environments:\n  - name: staging\n    config:\n      endpointType: rest\n',
      [[3, 'environments[0].config', "'config' is not known. Did you mean 'configs'?"]],
    ],
    [
      'mixes both shapes',
      'environments:\n  - name: staging\n    endpoints: {}\n    configs:\n      endpointType: rest\n',
      [[3, 'environments[0].endpoints', expect.stringContaining('beside configs')]],
    ],
    [
      'has a number for a name',
      'environments:\n  - name: 1\n',
      [
        [2, 'environments[0]', 'the name 1 is not text: put it in quotes'],
        [1, 'environments', expect.stringContaining('there are none')],
      ],
    ],
    [
      'has the environment twice',
      `${wrap(endpoints)}${wrap(endpoints).replace('environments:\n', '')}`,
      [[8, 'environments[1]', expect.stringContaining('more than once')]],
    ],
    [
      'has two documents',
      'environments: []\n---\nenvironments: []\n',
      [[1, 'api_params.yaml', expect.stringContaining('several documents')]],
    ],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('without the environment: the names are listed, the nearest suggested', () => {
    expect(problems(chapter, 'stagging')).toEqual([
      [1, 'environments', "no environment is named 'stagging'; there are staging, production. Did you mean 'staging'?"],
    ]);
  });

  test.each(['environments:\n  - name: [\n', 'environments:\n\t- name: staging\n'])('not YAML: %j', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'PARAMS_MALFORMED' }));
  });

  test('a tab that indents is named', () => {
    expect(() => read('environments:\n\t- name: staging\n')).toThrow(/tab/);
  });
});

describe('secrets in clear', () => {
  test.each<[name: string, configs: string, variable: string]>([
    [
      'of an endpoint',
      `${endpoints}security:\n  sandbox: {enabled: true, type: basic, username: u, password: p}`,
      'STAGING_SANDBOX_PASSWORD',
    ],
    [
      'of one whose protection is off',
      `${endpoints}security:\n  sandbox: {enabled: false, password: p}`,
      'STAGING_SANDBOX_PASSWORD',
    ],
    [
      'of a token endpoint',
      `${endpoints}security:\n  production: {enabled: true, type: oauth, grantType: g, tokenUrl: u, clientId: i, clientSecret: p}`,
      'STAGING_PRODUCTION_CLIENT_SECRET',
    ],
    [
      'of AWS',
      'endpointType: aws\nawsLambdaEndpoints: {amznSecretKey: p}',
      'STAGING_AWSLAMBDAENDPOINTS_AMZN_SECRET_KEY',
    ],
  ])('%s are a warning that says where they belong', (_, configs, variable) => {
    expect(read(wrap(configs)).warnings.map(({ problem }) => problem)).toEqual([
      expect.stringContaining(`stands in clear in the repository. Put it into a secret and write \${${variable}}`),
    ]);
  });

  test('of an API inside a product are one warning', () => {
    const api = `${endpoints}security:\n  production: {enabled: true, type: basic, username: u, password: p}`;
    const text = wrap(`dependentAPIs:\n  A-1:\n${api.replace(/^/gm, '    ')}`);
    const source = { text, file: 'p.yaml', certificate: () => undefined, now: 0 };
    expect(readParams(source, 'staging', () => undefined, 'api-product').warnings).toHaveLength(1);
  });
});

describe('what API Manager would take wrongly without a word', () => {
  test.each<[name: string, configs: string, expected: unknown]>([
    [
      'no endpoints: it would set localhost',
      'policies: [Gold]\n',
      [[3, 'environments[0].configs', expect.stringContaining('https://localhost')]],
    ],
    [
      'an endpoint as text',
      'endpoints:\n  production: https://b\n',
      [[5, expect.any(String), expect.stringContaining('url: below it')]],
    ],
    [
      'an endpoint without URL',
      'endpoints:\n  production:\n    uri: https://b\n',
      [[5, expect.any(String), 'is absent']],
    ],
    [
      'an endpoint that is no URL',
      'endpoints:\n  production:\n    url: b\n',
      [[6, expect.any(String), 'is not a URL']],
    ],
    [
      'flat security: it would be switched off',
      `${endpoints}security:\n  enabled: true\n  type: basic\n`,
      [[7, 'environments[0].configs.security', expect.stringContaining('switch the protection off')]],
    ],
    [
      'security without its parts, all at once',
      `${endpoints}security:\n  production:\n    enabled: true\n    type: basic\n  sandbox:\n    type: digest\n`,
      [
        [8, 'environments[0].configs.security.production.username', expect.stringContaining('is needed')],
        [8, 'environments[0].configs.security.production.password', expect.stringContaining('is needed')],
        [11, 'environments[0].configs.security.sandbox.enabled', 'is absent'],
      ],
    ],
    [
      'a security type that is none',
      `${endpoints}security:\n  production:\n    enabled: true\n    type: bearer\n`,
      [[10, expect.any(String), 'must be basic, digest or oauth']],
    ],
    [
      'an unknown key',
      `${endpoints}endpointTyp: rest\n`,
      [[7, expect.any(String), expect.stringContaining("Did you mean 'endpointType'?")]],
    ],
    [
      'deploymentEnvironments as a table',
      `${endpoints}deploymentEnvironments:\n  Default: true\n`,
      [[7, expect.any(String), 'must be a list']],
    ],
    [
      'a certificate that is not there',
      `${endpoints}certs:\n  - hostName: https://b\n    alias: b\n    path: b.crt\n`,
      [[10, 'environments[0].configs.certs[0].path', 'certificates/b.crt is not beside the params file']],
    ],
    [
      'a default that nobody applies',
      'endpoints:\n  production:\n    url: https://${HOST:-b}\n',
      [
        [6, 'environments[0].configs.endpoints.production.url', "'${HOST:-b}' is not replaced: only ${NAME} is"],
        [6, expect.any(String), 'is not a URL'],
      ],
    ],
    [
      'an operator that nobody applies',
      'endpoints:\n  production:\n    url: https://b/${A-B}\n',
      [[6, expect.any(String), "'${A-B}' is not replaced: only ${NAME} is"]],
    ],
    [
      'a URL that is indented too little',
      'endpoints:\n  production:\n  url: https://b\n',
      [
        [5, 'environments[0].configs.endpoints.production', expect.stringContaining('url: below it, indented')],
        [6, 'environments[0].configs.endpoints.url', expect.stringContaining('is not known')],
      ],
    ],
    [
      'endpoints whose parts are indented too little',
      'endpoints:\nproduction:\n  url: https://b\n',
      [
        [5, 'environments[0].configs.production', expect.stringContaining('is not known')],
        [4, 'environments[0].configs.endpoints', 'must be a table with production and sandbox'],
      ],
    ],
    ['security as text', `${endpoints}security: basic\n`, [[7, 'environments[0].configs.security', 'must be a table']]],
    [
      'the security of production as text',
      `${endpoints}security:\n  production: basic\n`,
      [[8, 'environments[0].configs.security.production', 'must be a table with enabled and type']],
    ],
    [
      'a gateway environment as text',
      `${endpoints}deploymentEnvironments:\n  - Default\n`,
      [[8, 'environments[0].configs.deploymentEnvironments[0]', 'needs deploymentEnvironment']],
    ],
    ['certs as text', `${endpoints}certs: b.crt\n`, [[7, 'environments[0].configs.certs', 'must be a list']]],
    [
      'endpoints as text, and policies too',
      'endpoints: https://b\npolicies: Gold\n',
      [
        [4, 'environments[0].configs.endpoints', 'must be a table with production and sandbox'],
        [5, 'environments[0].configs.policies', 'must be a list'],
      ],
    ],
    [
      'a key of security that is wrong by a letter',
      `${endpoints}security:\n  production:\n    enabled: false\n    usernam: u\n`,
      [[10, expect.any(String), "is not known. Did you mean 'username'?"]],
    ],
  ])('%s', (_, configs, expected) => {
    const found = problems(wrap(configs));
    expect(found).toEqual(expect.arrayContaining(expected as unknown[]));
  });

  test('dynamic and aws endpoints, load balancing and failover need no endpoints', () => {
    for (const configs of [
      'endpointType: dynamic\n',
      'endpointType: aws\nawsLambdaEndpoints: {}\n',
      'endpointRoutingPolicy: load_balanced\nloadBalanceEndpoints: {}\n',
      'endpointRoutingPolicy: failover\nfailoverEndpoints: {}\n',
    ]) {
      expect(problems(wrap(configs))).toEqual([]);
    }
  });
});

describe('certificates', () => {
  const text = wrap(
    `${endpoints}certs:\n  - hostName: https://b\n    alias: b\n    path: b.crt\nmutualSslCerts:\n  - alias: c\n    path: c.pem\n`,
  );
  /** Valid for a day from then. */
  const madeOn = (day: string) => selfSignedCertificate('b', new Date(day)).certificate;
  const valid = madeOn('2026-06-01T00:00:00Z');

  test('that are valid are fine', () => {
    expect(problems(text, 'staging', {}, { 'b.crt': valid, 'c.pem': valid })).toEqual([]);
  });

  test('that have expired, or are none, are refused with their lines', () => {
    const certificates = { 'b.crt': madeOn('2026-05-01T00:00:00Z'), 'c.pem': 'not a certificate' };
    expect(problems(text, 'staging', {}, certificates)).toEqual([
      [
        10,
        'environments[0].configs.certs[0].path',
        'certificates/b.crt has expired: it was valid until May  2 00:00:00 2026 GMT',
      ],
      [
        13,
        'environments[0].configs.mutualSslCerts[0].path',
        'certificates/c.pem is not an X.509 certificate, PEM or DER',
      ],
    ]);
  });
});

describe('variables', () => {
  test('unset and empty ones are listed, with their lines', () => {
    const text = wrap('endpoints:\n  production:\n    url: https://${HOST}/${PATH_PART}\n');
    expect(problems(text, 'staging', { PATH_PART: '' })).toEqual([
      [
        6,
        'environments[0].configs.endpoints.production.url',
        '${HOST} is not set (or empty) in the environment of the step',
      ],
      [
        6,
        'environments[0].configs.endpoints.production.url',
        '${PATH_PART} is not set (or empty) in the environment of the step',
      ],
    ]);
  });

  test("another environment's are not needed", () => {
    const other = wrap('endpoints:\n  production:\n    url: https://${NOT_SET}\n', 'production').replace(
      'environments:\n',
      '',
    );
    expect(problems(`${wrap(endpoints)}${other}`)).toEqual([]);
  });

  test('$NAME without braces is a warning: it is taken literally', () => {
    const text = wrap(`${endpoints}policies:\n  - $TIER_NAME\n`);
    expect(read(text).warnings.map(({ problem }) => problem)).toEqual([
      "environments[0].configs.policies[0]: '$TIER_NAME' is taken literally: only ${TIER_NAME} is replaced",
    ]);
  });
});

describe('params of an API product', () => {
  const read = (configs: string) => {
    const text = `environments:\n  - name: staging\n    configs:\n${configs.replace(/^/gm, '      ')}\n`;
    const source = { text, file: 'product_params.yaml', certificate: () => undefined, now: 0 };
    return readParams(source, 'staging', () => undefined, 'api-product');
  };
  const api = 'endpoints: {production: {url: https://b}}';

  test('need no endpoints, and hold those of its APIs', () => {
    const { configs, warnings } = read(`policies: [Gold]\ndependentAPIs:\n  EmployeeAPI-1.0.0: {${api}}`);
    expect(Object.keys(configs)).toEqual(['policies', 'dependentAPIs']);
    expect(warnings).toEqual([]);
  });

  test('the example', () => {
    const folder = join(import.meta.dirname, '../../../examples/employee-product');
    const text = readFileSync(join(folder, 'product_params.yaml'), 'utf8');
    const source = { text, file: 'product_params.yaml', certificate: () => undefined, now: 0 };
    const variable = (name: string) => (name === 'STAGING_BACKEND_PASSWORD' ? 'pw' : undefined);
    expect(readParams(source, 'staging', variable, 'api-product').warnings).toEqual([]);
  });

  test.each<[name: string, configs: string, says: string, line: number]>([
    ['endpoints of its own', api, 'belongs below dependentAPIs', 4],
    ['a list of APIs', 'dependentAPIs: [EmployeeAPI]', 'must be a table with Name-Version', 4],
    ['an API without version', `dependentAPIs:\n  EmployeeAPI: {${api}}`, 'Name-Version', 5],
    ['an API without settings', 'dependentAPIs:\n  EmployeeAPI-1.0.0:', 'must be a table with the settings', 5],
    ['an API without endpoints', 'dependentAPIs:\n  EmployeeAPI-1.0.0:\n    policies: [Gold]', 'has no endpoints', 5],
    [
      'a word wrong in an API',
      `dependentAPIs:\n  EmployeeAPI-1.0.0:\n    ${api}\n    polices: [Gold]`,
      "'policies'",
      7,
    ],
    ['a variable that is not set', 'policies: ["${TIER}"]', 'TIER', 4],
  ])('%s', (_, configs, says, line) => {
    let thrown: unknown;
    try {
      read(configs);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code: 'PARAMS_INVALID',
      problems: [{ problem: expect.stringContaining(says), location: { line } }],
    });
  });
});
