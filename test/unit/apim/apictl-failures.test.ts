import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { apictlFailures, explain, serverWords } from '@wso2-delivery/shared/apim/apictl-failures';
import * as apictl from '@wso2-delivery/shared/apim/apictl';

const folder = join(import.meta.dirname, '../../fixtures/apictl/4.7.0');
interface Recorded {
  readonly case: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}
const recorded = readdirSync(folder)
  .filter((name) => /^(login|(export|import)-(api|api-product|app))-.*\.json$/.test(name))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded);

const flags = { update: true, preserveProvider: true, params: undefined };
const success = (name: string) => {
  if (name.startsWith('login')) return apictl.login('dev', 'admin').success;
  const kind = name.includes('-api-product-') ? 'api-product' : name.includes('-app-') ? 'application' : 'api';
  return name.startsWith('export')
    ? apictl.exportProject({ kind, name: 'A', version: '1', revision: 'latest' }, 'dev').success
    : apictl.importProject('a.zip', 'A:1', 'dev', { kind, ...flags }).success;
};
const failed = recorded.filter(({ case: name, exitCode, stdout }) => exitCode !== 0 || !success(name).test(stdout));

/** Recorded failures that need no row: they come from arguments that we never give. */
const notOurs = new Set([
  'login-stdin-no-user',
  'export-api-unknown-env',
  'import-api-unknown-env',
  'export-api-dir-not-writable',
  'import-api-missing-file',
  'import-api-params-missing-file',
  'import-api-params-dir-named-yaml',
  'import-api-params-dir-no-paramsfile',
  'import-api-params-yml',
  'import-api-params-bad-yaml',
  'import-api-params-value-special',
  'import-api-zip-flat',
  // Dry runs are not used.
  'import-api-dryrun-500',
  'import-api-dryrun-html200',
  'import-api-dryrun-ok',
  'import-api-dryrun-old-server',
  'import-api-dryrun-update',
  'import-api-dryrun-violations-json',
  'import-api-dryrun-violations-table',
  'import-api-dryrun-violations-weird',
  'export-api-product-no-version',
  'import-app-missing-file',
  // Told by another way: see applications.test.ts.
  'import-app-207',
  // A 2xx that apictl itself takes for a failure.
  'import-api-202',
  'import-api-204',
]);

describe('every recorded failure has a cause', () => {
  test.each(failed.filter(({ case: name }) => !notOurs.has(name)))('$case', ({ stdout, stderr }) => {
    expect(explain(`${stdout}\n${stderr}`)).toEqual({
      code: expect.any(Object),
      says: expect.not.stringMatching(/(^|[^$])\{/),
    });
  });

  test.each([...notOurs])('%s is recorded, and not ours', (name) => {
    expect(failed.map((each) => each.case)).toContain(name);
  });
});

test.each<[name: string, code: string, says: string]>([
  ['login-wrong-password', 'APIM_LOGIN_REFUSED', 'client registration refuses'],
  ['login-dcr-html200', 'APIM_NOT_APIM', 'not theirs'],
  ['login-no-tls-trust', 'SERVICE_TLS', 'unknown authority'],
  ['login-conn-refused', 'SERVICE_UNREACHABLE', 'connection refused'],
  ['export-api-401', 'APIM_UNAUTHORIZED', '401'],
  ['export-api-403', 'APIM_FORBIDDEN', '403'],
  ['export-api-404', 'API_NOT_FOUND', '404'],
  ['export-api-429', 'APIM_BUSY', '429 Too Many Requests'],
  ['export-api-500', 'APIM_ERROR', 'answers with an error'],
  ['export-api-stale-tok400', 'APIM_LOGIN_REFUSED', '400 Bad Request'],
  ['export-api-html200', 'ARCHIVE_INVALID', 'not an API archive'],
  ['export-api-timeout', 'SERVICE_TIMEOUT', 'request-timeout'],
  ['export-api-truncated', 'SERVICE_UNREACHABLE', 'unexpected EOF'],
  ['export-api-product-404', 'API_NOT_FOUND', '404'],
  ['export-api-product-401', 'APIM_UNAUTHORIZED', '401'],
  ['export-api-product-html200', 'ARCHIVE_INVALID', 'not an API archive'],
  ['export-app-404', 'API_NOT_FOUND', '404'],
  ['export-app-401', 'APIM_UNAUTHORIZED', '401'],
  ['export-app-tok400', 'APIM_LOGIN_REFUSED', '400 Bad Request'],
  ['import-api-product-409', 'API_CONFLICT', '409'],
  ['import-api-product-bad-flag', 'APICTL_VERSION', '--update'],
  ['import-app-409', 'API_CONFLICT', '409'],
  ['import-app-tok400', 'APIM_LOGIN_REFUSED', '400 Bad Request'],
  ['import-api-tok401', 'APIM_LOGIN_REFUSED', '401 Unauthorized'],
  ['import-api-401', 'APIM_UNAUTHORIZED', '401'],
  ['import-api-409', 'API_CONFLICT', '409'],
  ['import-api-500', 'APIM_ERROR', '500'],
  ['import-api-params-3x-shape', 'PARAMS_INVALID', 'environment'],
  ['import-api-policy-var-unset', 'ARCHIVE_INVALID', '${REGION}'],
])('%s is %s', (name, code, says) => {
  const found = recorded.find((each) => each.case === name);
  const cause = explain(`${found?.stdout}\n${found?.stderr}`);
  expect([cause?.code.code, cause?.says]).toEqual([code, expect.stringContaining(says)]);
});

test("the server's own words are its description", () => {
  const found = recorded.find((each) => each.case === 'import-api-409');
  expect(serverWords(found?.stdout ?? '')).toBe(
    'Error while importing API: The API context already exists. /pizzashackapi/1.0.0',
  );
  expect(serverWords('nothing')).toBeUndefined();
});

test('every row of the table can be told in one line', () => {
  for (const { says, seen } of apictlFailures) {
    for (const [, name = ''] of says.matchAll(/\{(\w+)\}/g)) expect(seen.source).toContain(`(?<${name}>`);
  }
});
