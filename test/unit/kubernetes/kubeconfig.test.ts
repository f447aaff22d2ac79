import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@wso2-delivery/shared/base/errors';
import {
  chooseContext,
  contentOf,
  credentialsIn,
  parseKubeconfig,
  resolveKubectl,
  withAbsolutePaths,
} from '@wso2-delivery/shared/kubernetes/kubeconfig';
import { testPorts } from '../../support/ports.ts';
import type { TestPortOptions, TestPorts } from '../../support/ports.ts';
import { scriptedExec } from './scripted-exec.ts';

const content = `apiVersion: v1
kind: Config
current-context: staging
clusters:
  - name: main
    cluster: {server: "https://10.0.0.1:6443", certificate-authority: pki/ca.crt}
users:
  - name: deployer
    user: {token: s3cr3t-token-value, client-key: /abs/key.pem}
contexts:
  - name: staging
    context: {cluster: main, user: deployer, namespace: shop}
  - name: production
    context: {cluster: main, user: deployer}
`;

describe('the kubeconfig input', () => {
  let ports: TestPorts;
  const open = (options: TestPortOptions = {}) => {
    ports = testPorts(options);
    return ports;
  };
  const problemOf = async (work: Promise<unknown>): Promise<string> => {
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    if (!(error instanceof InputError)) throw new Error('no InputError', { cause: error });
    return `${error.code} ${error.message}`;
  };
  beforeEach(() => {
    open();
  });
  afterEach(() => ports.dispose());

  test('as content becomes a private file, and its credentials are masked', async () => {
    const kubectl = await resolveKubectl(ports, { kubeconfig: content });
    expect(kubectl).toMatchObject({
      program: 'kubectl',
      context: 'staging',
      namespace: 'shop',
      server: 'https://10.0.0.1:6443',
    });
    expect(statSync(kubectl.kubeconfig!).mode & 0o777).toBe(0o600);
    expect(kubectl.kubeconfig!.startsWith(`${ports.files.workspace}/wso2-delivery-kubeconfig-`)).toBe(true);
    expect(ports.secrets.redact('token s3cr3t-token-value')).toBe('token ***');
  });

  test('as base64, as many secrets hold it, is understood', async () => {
    const kubectl = await resolveKubectl(ports, {
      kubeconfig: Buffer.from(content).toString('base64'),
      context: 'production',
    });
    expect(kubectl).toMatchObject({ context: 'production', namespace: 'default' });
  });

  test('as a path keeps its relative references', async () => {
    mkdirSync(join(ports.files.workspace, 'deploy'));
    writeFileSync(join(ports.files.workspace, 'deploy/config'), content);
    const kubectl = await resolveKubectl(ports, { kubeconfig: 'deploy/config', namespace: 'other' });
    expect(kubectl.namespace).toBe('other');
    const copy = JSON.parse(readFileSync(kubectl.kubeconfig!, 'utf8')) as {
      clusters: { cluster: object }[];
      users: { user: object }[];
    };
    expect(copy.clusters[0]!.cluster).toMatchObject({
      'certificate-authority': join(ports.files.workspace, 'deploy/pki/ca.crt'),
    });
    expect(copy.users[0]!.user).toMatchObject({ 'client-key': '/abs/key.pem' });
  });

  test('below the home folder is found', async () => {
    const home = ports.files.workspace;
    writeFileSync(join(home, 'config'), content);
    const other = testPorts({ variables: { HOME: home, PATH: '' } });
    expect((await resolveKubectl(other, { kubeconfig: '~/config' })).context).toBe('staging');
    other.dispose();
  });

  test.each([
    [
      { kubeconfig: 'no/such/file' },
      'KUBECONFIG_MISSING kubeconfig: the file no/such/file does not exist, and it is no kubeconfig itself',
    ],
    [{ kubeconfig: 'apiVersion: v1\nfoo: [' }, /^KUBECONFIG_INVALID kubeconfig: is not valid YAML/],
    [{ kubeconfig: 'apiVersion: v1\nkind: Config' }, 'KUBECONFIG_INVALID kubeconfig: has no contexts'],
    [
      { kubeconfig: content, context: 'stagin' },
      "KUBECONFIG_CONTEXT_UNKNOWN context: the kubeconfig has no context 'stagin'. It has: staging, production. Did you mean 'staging'?",
    ],
    [
      { kubeconfig: content.replace('name: main', 'name: other') },
      "KUBECONFIG_INVALID kubeconfig: has no cluster 'main', which its context 'staging' refers to",
    ],
    [
      { kubeconfig: content.replace('name: deployer', 'name: other') },
      "KUBECONFIG_INVALID kubeconfig: has no user 'deployer', which its context 'staging' refers to",
    ],
    [
      { kubeconfig: content.replace('current-context: staging\n', '') },
      'KUBECONFIG_INVALID context: is not given, and the kubeconfig has no current-context. It has: staging, production',
    ],
  ])('that cannot be used is explained: %j', async (inputs, problem) => {
    expect(await problemOf(resolveKubectl(ports, inputs))).toEqual(
      typeof problem === 'string' ? problem : expect.stringMatching(problem),
    );
  });

  describe('left out', () => {
    test('means what kubectl uses by itself', async () => {
      const stdout = JSON.stringify({
        'current-context': 'kind',
        clusters: [{ name: 'kind', cluster: { server: 'https://127.0.0.1:1' } }],
        contexts: [{ name: 'kind', context: { cluster: 'kind', user: '', namespace: 'dev' } }],
      });
      ports.dispose();
      const exec = scriptedExec({ answer: () => ({ stdout }) });
      expect(await resolveKubectl(open({ exec }), {})).toEqual({
        program: 'kubectl',
        namespace: 'dev',
        namespaceOfContext: true,
        server: 'https://127.0.0.1:1',
      });
      expect(exec.calls).toEqual([['config', 'view', '--minify', '--output=json']]);
    });

    test('on a runner inside a cluster means its service account', async () => {
      ports.dispose();
      const exec = scriptedExec({
        answer: () => ({ exitCode: 1, stderr: 'error: current-context must exist in order to minify' }),
      });
      open({ exec, variables: { KUBERNETES_SERVICE_HOST: '10.96.0.1' } });
      expect(await resolveKubectl(ports, { namespace: 'dev' })).toEqual({
        program: 'kubectl',
        namespace: 'dev',
        server: undefined,
      });
    });

    test('with nothing to fall back on is an error that says what to give', async () => {
      ports.dispose();
      const exec = scriptedExec({
        answer: () => ({ exitCode: 1, stderr: 'error: current-context must exist in order to minify' }),
      });
      expect(await problemOf(resolveKubectl(open({ exec, variables: {} }), {}))).toBe(
        'KUBECONFIG_MISSING kubeconfig: no kubeconfig names a current context',
      );
    });
  });

  test.each([
    ['deploy/kubeconfig', false],
    ['/home/runner/.kube/config', false],
    [content, true],
    [JSON.stringify({ clusters: [] }), true],
    [Buffer.from(content).toString('base64'), true],
    [
      Buffer.from(content)
        .toString('base64')
        .replace(/(.{76})/g, '$1\n'),
      true,
    ],
    ['a'.repeat(200), false],
  ])('%j is content: %j', (given, isContent) => expect(contentOf(given) !== undefined).toBe(isContent));

  test('a command without a separator stays a matter of the PATH', () => {
    const user = (command: string) => ({ users: [{ name: 'u', user: { exec: { command } } }] });
    expect(withAbsolutePaths(user('aws'), '/k')).toMatchObject(user('aws'));
    expect(withAbsolutePaths(user('bin/token'), '/k')).toMatchObject(user('/k/bin/token'));
  });

  test('the namespace of a context may be empty', () => {
    const config = parseKubeconfig(content.replace('namespace: shop', "namespace: ''"));
    expect(chooseContext(config, undefined).namespace).toBeUndefined();
  });

  test('all credentials are found', () => {
    const users = [
      { name: 'a', user: { token: 't', password: 'p', 'client-key-data': 'k' } },
      {
        name: 'b',
        user: {
          exec: {
            env: [
              { name: 'AWS_SECRET_ACCESS_KEY', value: 's' },
              { name: 'AWS_PROFILE', value: 'dev' },
            ],
          },
        },
      },
      { name: 'c', user: { 'auth-provider': { config: { 'refresh-token': 'r'.repeat(30), 'client-id': 'short' } } } },
    ];
    expect(credentialsIn({ users })).toEqual(['t', 'p', 'k', 's', 'r'.repeat(30)]);
  });
});
