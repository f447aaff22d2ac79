import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '@wso2-delivery/lab/apim/faults';
import { InputError } from '@wso2-delivery/shared/base/errors';
import type { ExecRequest } from '@wso2-delivery/shared/base/ports';
import { testPorts } from '../../../support/ports.ts';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';

let lab: LabPromotion;

beforeEach(async () => {
  lab = await startLabPromotion();
});
afterEach(() => lab.close());

const loginPage = { status: 200, body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } } as const;
const apimError = (status: number, description: string) => ({
  status,
  body: JSON.stringify({ code: status, message: 'm', description, moreInfo: '', error: [] }),
});

describe('faults of the servers', () => {
  const cases: { name: string; side: 'dev' | 'staging'; fault: Fault; code: string; says: string }[] = [
    {
      name: 'the source API does not exist, which apictl says with exit code 0',
      side: 'dev',
      fault: { path: /\/apis\/export/, does: apimError(404, 'Requested API not found') },
      code: 'API_NOT_FOUND',
      says: 'Requested API not found',
    },
    {
      name: 'an export that answers 500, of which apictl prints the bare body with exit code 0',
      side: 'dev',
      fault: { path: /\/apis\/export/, does: apimError(500, 'database is down') },
      code: 'APIM_ERROR',
      says: 'database is down',
    },
    {
      name: 'an export that is a login page',
      side: 'dev',
      fault: { path: /\/apis\/export/, does: loginPage },
      code: 'ARCHIVE_INVALID',
      says: 'not an API archive',
    },
    {
      name: 'a token endpoint that refuses, which apictl says with exit code 0',
      side: 'dev',
      fault: { path: /\/oauth2\/token/, does: { status: 401, body: '{"error":"invalid_client"}' } },
      code: 'APIM_LOGIN_REFUSED',
      says: '401 Unauthorized',
    },
    {
      name: 'a registration that is a login page',
      side: 'dev',
      fault: { path: /\/register/, does: loginPage },
      code: 'APIM_NOT_APIM',
      says: 'not theirs',
    },
    {
      name: 'an import that is a login page, which apictl calls a success',
      side: 'staging',
      fault: { path: /\/apis\/import/, does: loginPage },
      code: 'IMPORT_NOT_PROVEN',
      says: 'does not have it',
    },
    {
      name: 'an import that is refused',
      side: 'staging',
      fault: { path: /\/apis\/import/, does: apimError(400, 'Invalid endpoint configuration') },
      code: 'APIM_ERROR',
      says: 'Invalid endpoint configuration',
    },
    {
      name: 'an import that collides',
      side: 'staging',
      fault: { path: /\/apis\/import/, does: apimError(409, 'The API context already exists') },
      code: 'API_CONFLICT',
      says: 'context already exists',
    },
    {
      name: 'an import that is throttled',
      side: 'staging',
      fault: { path: /\/apis\/import/, does: apimError(429, 'throttled out') },
      code: 'APIM_BUSY',
      says: 'throttled out',
    },
    {
      name: 'a connection that breaks during the import',
      side: 'staging',
      fault: { path: /\/apis\/import/, does: 'reset' },
      code: 'SERVICE_UNREACHABLE',
      says: 'connection reset by peer',
    },
    {
      name: 'a publisher that answers the proof with a login page',
      side: 'staging',
      fault: { path: /\/apis\?/, skip: 1, does: loginPage },
      code: 'APIM_NOT_APIM',
      says: 'text/html',
    },
    {
      name: 'a publisher that forbids',
      side: 'staging',
      fault: { path: /\/settings/, does: apimError(403, 'lacks the scope') },
      code: 'APIM_FORBIDDEN',
      says: 'lacks the scope',
    },
    {
      name: 'a gateway that never serves the API',
      side: 'staging',
      fault: { path: /^\/employees/, does: { status: 404, body: '{"code":"404","type":"Status report"}' } },
      code: 'GATEWAY_NOT_SERVING',
      says: 'it answers 404',
    },
  ];
  test.each(cases)('$name: $code', async ({ side, fault, code, says }) => {
    lab[side].fault(fault);
    const { failure, outputs } = await lab.run({ verify: '1s' });
    expect(failure).toMatchObject({ code, message: expect.stringContaining(says) });
    expect(outputs.verdict).toBe('failed');
  });

  test('a token that ends in mid-run is renewed', async () => {
    lab.staging.fault({ path: /\/settings/, times: 1, does: apimError(401, 'expired') });
    expect((await lab.run()).failure).toBeUndefined();
  });

  test('a publisher that is busy for a moment is asked again', async () => {
    lab.staging.fault({ method: 'GET', path: /\/settings/, times: 2, does: { status: 503, body: '' } });
    expect((await lab.run()).failure).toBeUndefined();
  });

  test('a certificate that is not trusted is named, and nothing is sent', async () => {
    const { failure } = await lab.run({ 'ca-file': undefined });
    expect(failure).toMatchObject({ code: 'SERVICE_TLS' });
    expect(lab.dev.requests).toEqual([]);
  });

  test('a gateway environment that the target does not have is refused before the import', async () => {
    writeFileSync(
      join(lab.workspace, 'p.yaml'),
      'environments:\n  - name: staging\n    configs:\n      endpoints: { production: { url: https://b } }\n      deploymentEnvironments: [{ deploymentEnvironment: Defualt }]\n',
    );
    const { failure } = await lab.run({ params: 'p.yaml' });
    expect(failure).toMatchObject({
      code: 'GATEWAY_UNKNOWN',
      message: expect.stringContaining("Did you mean 'Default'?"),
    });
    expect(lab.staging.apis).toEqual([]);
  });
});

describe('undo', () => {
  test('a new API that the gateway never serves is removed again', async () => {
    lab.staging.fault({ path: /^\/employees/, does: { status: 404, body: '{"type":"Status report"}' } });
    const { failure, outputs } = await lab.run({ 'on-failure': 'rollback', verify: '1s' });
    expect(failure).toMatchObject({ code: 'GATEWAY_NOT_SERVING' });
    expect(outputs.verdict).toBe('rolled-back');
    expect(lab.staging.apis).toEqual([]);
    expect(lab.ports.markdown()).toContain('the new API was removed');
  });

  test('an updated API gets its working copy, its endpoint password and its deployed revision back', async () => {
    await lab.run({ params: 'api_params.yaml' });
    lab.changeSource();
    const before = lab.staging.apis[0]?.revisions[0]?.id;
    lab.staging.fault({ path: /^\/employees/, does: { status: 404, body: '{"type":"Status report"}' } });
    const { outputs } = await lab.run({ 'on-failure': 'rollback', verify: '1s' });
    expect(outputs.verdict).toBe('rolled-back');
    const [api] = lab.staging.apis;
    expect(api?.revisions.map(({ id, deployments }) => [id, deployments.length])).toEqual([[before, 1]]);
    expect(JSON.stringify(api?.working.api.endpointConfig)).toContain('staging_pass');
  });

  test('an import that did nothing needs no undo, and this is said', async () => {
    await lab.run();
    lab.changeSource();
    lab.staging.fault({ path: /\/apis\/import/, does: loginPage });
    const { failure, outputs } = await lab.run({ 'on-failure': 'rollback' });
    expect(failure).toMatchObject({ code: 'IMPORT_NOT_PROVEN', message: expect.stringContaining('no new revision') });
    expect(outputs.verdict).toBe('rolled-back');
    expect(lab.ports.markdown()).toContain('nothing had been changed');
  });

  test('an undo that fails tells both causes', async () => {
    lab.staging.fault({ path: /^\/employees/, does: { status: 404, body: '{"type":"Status report"}' } });
    lab.staging.fault({ method: 'DELETE', path: /\/apis\//, does: apimError(403, 'may not delete') });
    const { failure, outputs } = await lab.run({ 'on-failure': 'rollback', verify: '1s' });
    expect(outputs.verdict).toBe('rollback-failed');
    expect(failure).toMatchObject({ code: 'UNDO_FAILED', message: expect.stringContaining('may not delete') });
  });
});

describe('faults of apictl', () => {
  const fake = (script: string): string => {
    const path = join(lab.workspace, 'fake-apictl');
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const preamble =
    'case "$1" in version) echo "Version: 4.7.0";; set) echo "Http Request Timeout is set to : 1";; add) echo "Successfully added environment";; login) echo "Logged into APIM in  dev environment";;';

  test('absent: the error says how to get it', async () => {
    const ports = testPorts({ workspace: lab.workspace, variables: { PATH: '/nonexistent' } });
    const { failure } = await lab.run({ engine: 'apictl', 'apictl-path': undefined }, ports);
    expect(failure).toMatchObject({ code: 'APICTL_UNAVAILABLE' });
    ports.dispose();
  });

  test('not an apictl at all', async () => {
    const { failure } = await lab.run({ 'apictl-path': fake('echo hello') });
    expect(failure).toMatchObject({ code: 'APICTL_NO_SUCCESS' });
  });

  test('older than 4.2: refused', async () => {
    const { failure } = await lab.run({ 'apictl-path': fake('echo "Version: 4.1.6"') });
    expect(failure).toMatchObject({ code: 'APICTL_VERSION' });
  });

  test('exit code 0 with words that nobody knows is no success', async () => {
    const { failure } = await lab.run({ 'apictl-path': fake(`${preamble} export) echo "something new";; esac`) });
    expect(failure).toMatchObject({ code: 'APICTL_NO_SUCCESS', evidence: 'something new' });
  });

  test('success text without an archive is no success', async () => {
    const { failure } = await lab.run({
      'apictl-path': fake(`${preamble} export) echo "Successfully exported API!";; esac`),
    });
    expect(failure).toMatchObject({
      code: 'APICTL_NO_SUCCESS',
      message: expect.stringContaining('no archive was written'),
    });
  });

  test('an archive of an earlier run is not taken for the new one', async () => {
    const target = '"$APICTL_CONFIG_DIR/.wso2apictl/exported/apis/dev"';
    const script = `${preamble} export) echo "Error exporting API: 404 Not Found";; esac
if [ "$1" = login ]; then mkdir -p ${target}; echo old > ${target}/EmployeeAPI_1.0.0.zip; fi`;
    const { failure } = await lab.run({ 'apictl-path': fake(script) });
    expect(failure).toMatchObject({ code: 'API_NOT_FOUND' });
  });

  test('an export of another API than the one asked for', async () => {
    mkdirSync(join(lab.workspace, 'Other-1'));
    writeFileSync(join(lab.workspace, 'Other-1/api.yaml'), 'data: {name: Other, version: "1"}\n');
    const { failure } = await lab.run({ from: undefined, archives: 'Other-1' });
    expect(failure).toBeInstanceOf(InputError);
    expect(failure).toMatchObject({ message: expect.stringContaining('none holds EmployeeAPI:1.0.0, only Other:1') });
  });

  test('hanging: ended at its deadline', async () => {
    const ports = testPorts({ workspace: lab.workspace, variables: { PATH: process.env.PATH } });
    const exec = { ...ports.exec, run: (request: ExecRequest) => ports.exec.run({ ...request, timeoutMs: 300 }) };
    const { failure } = await lab.run({ 'apictl-path': fake('sleep 60') }, { ...ports, exec });
    expect(failure).toMatchObject({ code: 'TOOL_TIMEOUT' });
    ports.dispose();
  });

  test('cancelled: apictl is ended, and no private folder is left', async () => {
    const temp = join(lab.workspace, '..', 'runner-temp');
    mkdirSync(temp);
    const { createFiles } = await import('@wso2-delivery/shared/run/private-folders');
    const files = createFiles(lab.workspace, temp);
    const ports = testPorts({ workspace: lab.workspace, variables: { PATH: process.env.PATH }, files });
    const running = lab.run({ 'apictl-path': fake(`${preamble} export) sleep 60;; esac`) }, ports);
    setTimeout(() => ports.cancel(), 500);
    expect((await running).failure).toMatchObject({ kind: 'cancelled' });
    expect(readdirSync(temp)).not.toEqual([]);
    files.removeAll();
    expect(readdirSync(temp)).toEqual([]);
    ports.dispose();
  });
});

describe('secrets', () => {
  test('stand in no argument, no environment variable, no log line, no summary; what is private is private', async () => {
    const seen: ExecRequest[] = [];
    const ports = testPorts({
      workspace: lab.workspace,
      variables: { PATH: process.env.PATH, STAGING_PW: 'va#l: "ue' },
    });
    const exec = {
      ...ports.exec,
      run: (request: ExecRequest) => {
        seen.push(request);
        return ports.exec.run(request);
      },
    };
    writeFileSync(
      join(lab.workspace, 'p.yaml'),
      `environments:
  - name: staging
    configs:
      endpoints: { production: { url: https://b } }
      security: { production: { enabled: true, type: basic, username: u, password: "\${STAGING_PW}" } }
  - name: production
    configs:
      endpoints: { production: { url: "https://\${NOT_SET_HERE}" } }
`,
    );
    const { failure, outputs, facts } = await lab.run({ params: 'p.yaml' }, { ...ports, exec });
    expect(failure).toBeUndefined();
    expect(JSON.stringify(lab.staging.apis[0]?.working.api.endpointConfig)).toContain(JSON.stringify('va#l: "ue'));
    for (const secret of ['dev-secret-pw', 'staging-secret-pw', 'va#l']) {
      for (const request of seen) {
        expect(JSON.stringify([request.command, request.args, request.env])).not.toContain(secret);
      }
      expect(ports.lines.join('\n')).not.toContain(secret);
      expect(ports.markdown()).not.toContain(secret);
      expect(JSON.stringify([outputs, facts])).not.toContain(secret);
    }
    for (const request of seen) expect(request).toMatchObject({ inherit: 'private', umask: 0o077 });
    ports.dispose();
  });
});

describe('bad input is told all at once, before anything is sent', () => {
  test.each([
    {
      name: 'no API, no source, no credentials',
      inputs: { apis: '', from: undefined, 'to-username': undefined, 'to-password': undefined },
      subjects: ['apis', 'from', 'to-username', 'to-password'],
    },
    { name: 'a name without a version', inputs: { apis: 'EmployeeAPI' }, subjects: ['apis'] },
    { name: 'a name that leaves its folder', inputs: { apis: '../../etc:1.0.0' }, subjects: ['apis'] },
    { name: 'the same API twice', inputs: { apis: 'A:1\nA:1' }, subjects: ['apis'] },
    { name: 'source and target are the same', inputs: { to: 'dev' }, subjects: ['to'] },
    { name: 'a user name that apictl mangles', inputs: { 'to-username': 'us+er' }, subjects: ['to-username'] },
    { name: 'token and password together', inputs: { 'to-token': 't' }, subjects: ['to-token'] },
    {
      name: 'params for an application, which has none',
      inputs: { kind: 'application', params: 'api_params.yaml' },
      subjects: ['params'],
    },
    { name: 'a revision that is none', inputs: { revision: 'newest' }, subjects: ['revision'] },
    {
      name: 'an archive that does not exist',
      inputs: { from: undefined, archives: 'nope.zip' },
      subjects: ['archives'],
    },
    { name: 'an environment that does not exist', inputs: { to: 'stagng' }, subjects: ['to'] },
  ])('$name', async ({ inputs, subjects }) => {
    const { failure } = await lab.run(inputs);
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as InputError).problems.map(({ subject }) => subject)).toEqual(subjects);
    expect([...lab.dev.requests, ...lab.staging.requests]).toEqual([]);
  });

  test('update off: an API that exists and differs is refused', async () => {
    await lab.run();
    lab.changeSource();
    const { failure } = await lab.run({ update: 'false' });
    expect(failure).toMatchObject({ code: 'API_CONFLICT' });
  });
});

test('a password that is a word of the success text does not hide the success', async () => {
  await lab.close();
  lab = await startLabPromotion({ staging: { users: { admin: 'Successfully' } } });
  const { failure } = await lab.run({ 'to-password': 'Successfully' });
  expect(failure).toBeUndefined();
});
