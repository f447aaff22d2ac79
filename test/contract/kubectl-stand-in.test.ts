/** The lab's stand-in for kubectl beside the real one: the same commands against the same server, the same answers. */
import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test as plainTest } from '@jest/globals';
import { installKubectl } from '@wso2-delivery/lab/kubectl/install';
import { startKubernetes, type Kubernetes } from '@wso2-delivery/lab/kubernetes/cluster';
import { always, serving } from '@wso2-delivery/lab/kubernetes/container-script';
import {
  applyArgs,
  diffArgs,
  kustomizeArgs,
  portForwardArgs,
  proxyArgs,
} from '@wso2-delivery/shared/kubernetes/kubectl';
import { knownFailure } from '@wso2-delivery/shared/kubernetes/kubectl-failures';
import { findTool, testWith } from '../support/tools.ts';
import { webDeployment } from '../support/lab-kubernetes.ts';

const test = testWith('kubectl');

interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let cluster: Kubernetes;
let folder: string;
let programs: Readonly<Record<'real' | 'standIn', string>>;
let serial = 0;

beforeAll(async () => {
  const ready = serving({ 8080: () => ({ status: 200, body: '' }) });
  cluster = await startKubernetes({ timeScale: 0.05, containerScript: () => always(ready) });
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kubectl-contract-')));
  writeFileSync(join(folder, 'kubeconfig'), cluster.kubeconfig(), { mode: 0o600 });
  programs = { real: findTool('kubectl') ?? 'kubectl', standIn: await installKubectl(join(folder, 'bin')) };
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await cluster.close();
});

interface Call {
  readonly args: readonly string[];
  readonly input?: string | undefined;
  readonly kubeconfig?: string | undefined;
}

function run(
  program: string,
  namespace: string,
  { args, input, kubeconfig = join(folder, 'kubeconfig') }: Call,
): Promise<Said> {
  return new Promise((resolve, reject) => {
    const given = [`--kubeconfig=${kubeconfig}`, `--namespace=${namespace}`, ...args];
    const child = spawn(program, given, { env: { PATH: process.env.PATH ?? '', HOME: folder } });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
  });
}

/** One program after the other, each in a namespace of its own that is called the same in what is compared. */
async function both(calls: readonly Call[]): Promise<Readonly<Record<'real' | 'standIn', readonly Said[]>>> {
  const answers: Said[][] = [];
  for (const program of [programs.real, programs.standIn]) {
    const namespace = `contract-${(serial += 1)}`;
    cluster.createNamespace(namespace);
    const said: Said[] = [];
    for (const call of calls) {
      const { code, out, err } = await run(program, namespace, call);
      const plain = (text: string) => text.replaceAll(namespace, 'NAMESPACE');
      said.push({ code, out: plain(out), err: plain(err) });
    }
    answers.push(said);
  }
  const [real = [], standIn = []] = answers;
  return { real, standIn };
}

/** How the actions see a failure: the code of the known one, and the object that it is about. */
const meaning = ({ code, out, err }: Said) => ({
  code,
  out,
  failure: code === 0 ? undefined : knownFailure(err)?.code.code,
});

const stream = (...objects: readonly object[]): string =>
  objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('');
const web = (image = 'registry.example/shop/web:v1') => webDeployment({}, { image });
const configMap = (data: object, name = 'settings') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});
const apply = (input: string, options: Parameters<typeof applyArgs>[0] = {}): Call => ({
  args: applyArgs(options),
  input,
});
const diff = (input: string): Call => ({ args: diffArgs(), input });

describe('apply', () => {
  test.each<[string, readonly Call[]]>([
    [
      'creates, changes, and says nothing else',
      [apply(stream(configMap({ a: '1' }), web())), apply(stream(web('r/web:v2')))],
    ],
    ['of what is there already', [apply(stream(web())), apply(stream(web()))]],
    ['as a dry run', [apply(stream(web()), { dryRun: true }), apply(stream(web()), { dryRun: true })]],
    ['of a list', [apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [configMap({ a: '1' }), web()] }))]],
    ['of a field that does not exist', [apply(stream(webDeployment({ replica: 2 })))]],
    ['of a value that is not allowed', [apply(stream(webDeployment({ replicas: -1 })))]],
    [
      'of a kind that nobody knows',
      [apply(stream({ apiVersion: 'example.com/v1', kind: 'Gadget', metadata: { name: 'x' } }))],
    ],
    [
      'of three, of which the second is refused',
      [apply(stream(configMap({ a: '1' }), webDeployment({ replicas: -1 }), configMap({ b: '2' }, 'other')))],
    ],
    [
      'into another namespace than the one that was said',
      [apply(stream({ ...configMap({ a: '1' }), metadata: { name: 'settings', namespace: 'NAMESPACE-not-there' } }))],
    ],
  ])('%s', async (_, calls) => {
    const { real, standIn } = await both(calls);
    expect(standIn.map(meaning)).toEqual(real.map(meaning));
  });

  test('of a field that another manager owns is refused in the same words, and taken over by force', async () => {
    const theirs = {
      args: ['apply', '--server-side', '--field-manager=helm', '--output=name', '--filename=-'],
      input: stream(configMap({ a: '1' })),
    };
    const { real, standIn } = await both([
      theirs,
      apply(stream(configMap({ a: '2' }))),
      apply(stream(configMap({ a: '2' })), { force: true }),
    ]);
    expect(standIn.map(meaning)).toEqual(real.map(meaning));
    expect(real[1]?.err).toContain('conflict with "helm"');
    expect(standIn[1]?.err.split('\n')[0]).toBe(real[1]?.err.split('\n')[0]);
  });
});

describe('diff', () => {
  /** The changed lines as a reader sees them: neither indentation, quotes nor what each object has of its own. */
  const changes = ({ out }: Said) =>
    out
      .split('\n')
      .filter((line) => /^[+-](?![+-]{2} )/.test(line))
      .map(
        (line) =>
          `${line.charAt(0)}${line
            .slice(1)
            .replace(/^\s*(- )?/, '')
            .replaceAll('"', "'")}`,
      )
      .filter((line) => !/^.(uid|creationTimestamp|resourceVersion):/.test(line))
      .sort();

  test.each<[string, string, string]>([
    ['of nothing', stream(web()), stream(web())],
    ['of an image', stream(web()), stream(web('r/web:v2'))],
    ['of a value, one more and one less', stream(configMap({ a: '1', b: '2' })), stream(configMap({ a: '9', c: '3' }))],
    ['of what does not exist yet', stream(configMap({}, 'other')), stream(configMap({ a: '1' }))],
    [
      'of a Secret never shows it',
      stream({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { pin: 'first-secret' } }),
      stream({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { pin: 'second-secret' } }),
    ],
  ])('%s', async (_, before, after) => {
    const { real, standIn } = await both([apply(before), diff(after)]);
    expect(standIn[1]?.code).toBe(real[1]?.code);
    expect(changes(standIn[1]!)).toEqual(changes(real[1]!));
    for (const { out } of [real[1]!, standIn[1]!]) {
      expect(out).not.toContain(Buffer.from('second-secret').toString('base64'));
      expect(out).not.toContain('second-secret');
    }
  });

  test('of what the server refuses fails with more than 1', async () => {
    const { real, standIn } = await both([diff(stream(webDeployment({ replicas: -1 })))]);
    for (const [said] of [real, standIn]) expect(said?.code).toBeGreaterThan(1);
  });
});

describe('without access', () => {
  const withToken = (name: string, token: string): string => {
    const file = join(folder, name);
    writeFileSync(file, cluster.kubeconfig({ token }), { mode: 0o600 });
    return file;
  };

  test('the same failures are known by the words of both', async () => {
    const denied = withToken(
      'denied',
      cluster.addToken({ user: 'ci', deny: [{ verbs: ['patch'], resources: ['configmaps'] }] }),
    );
    const expired = withToken('expired', 'no-such-token');
    const dead = join(folder, 'dead');
    writeFileSync(dead, cluster.kubeconfig().replace(cluster.url, 'https://127.0.0.1:1'));
    const call = apply(stream(configMap({ a: '1' })));
    const calls = [denied, expired, dead].map((kubeconfig) => ({ ...call, kubeconfig }));
    const context = { ...call, args: ['--context=nowhere', ...call.args] };
    const { real, standIn } = await both([...calls, context]);
    expect(standIn.map(meaning)).toEqual(real.map(meaning));
    expect(real.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    expect(real.every(({ err }) => knownFailure(err) !== undefined)).toBe(true);
  });
});

describe('proxy', () => {
  /** Starts it, asks for paths, and ends it. */
  async function proxied(program: string, name: string, paths: readonly string[]) {
    const socketPath = join(folder, `${name}.sock`);
    const child = spawn(program, [`--kubeconfig=${join(folder, 'kubeconfig')}`, ...proxyArgs({ socket: socketPath })], {
      env: { PATH: process.env.PATH ?? '', HOME: folder },
    });
    try {
      const first = await new Promise<string>((resolve) => {
        child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().replace(socketPath, 'SOCKET')));
      });
      const answers = [];
      for (const path of paths) {
        answers.push(
          await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
            const sent = request({ socketPath, path }, (answer) => {
              const chunks: Buffer[] = [];
              answer.on('data', (chunk: Buffer) => chunks.push(chunk));
              answer.on('end', () => resolve({ status: answer.statusCode, body: Buffer.concat(chunks).toString() }));
            });
            sent.on('error', reject);
            sent.end();
          }),
        );
      }
      return { first, answers };
    } finally {
      child.kill();
    }
  }

  test('says where it serves, and hands on what the server answers', async () => {
    const paths = ['/version', '/api/v1/namespaces/default', '/api/v1/namespaces/none/pods/x', '/apis/nothing/v1'];
    const real = await proxied(programs.real, 'real', paths);
    const standIn = await proxied(programs.standIn, 'stand-in', paths);
    expect(standIn).toEqual(real);
    expect(real.first).toMatch(/^Starting to serve on SOCKET/);
  });
});

describe('what is asked of the machine alone', () => {
  test('the version of the program, in the same form', async () => {
    const { real, standIn } = await both([{ args: ['version', '--client', '--output=json'] }]);
    const formOf = (said: Said | undefined) =>
      typeof (JSON.parse(said?.out ?? '{}') as { clientVersion?: { gitVersion?: string } }).clientVersion?.gitVersion;
    expect([formOf(real[0]), formOf(standIn[0])]).toEqual(['string', 'string']);
  });

  test('the chosen context of a kubeconfig', async () => {
    const call = { args: ['config', 'view', '--minify', '--output=json'] };
    const { real, standIn } = await both([call, { args: ['--context=nowhere', ...call.args] }]);
    const chosen = (said: Said | undefined) => {
      const { contexts, clusters, users, ...rest } = JSON.parse(said?.out ?? '{}') as Record<string, unknown>;
      return {
        contexts,
        names: [clusters, users].map((list) => (list as { name: string }[]).map(({ name }) => name)),
        current: rest['current-context'],
      };
    };
    expect(chosen(standIn[0])).toEqual(chosen(real[0]));
    expect(meaning(standIn[1]!)).toEqual(meaning(real[1]!));
  });
});

plainTest.each([
  ['kustomize', kustomizeArgs('folder', 'file')],
  ['port-forward', portForwardArgs('pod', 9164)],
])('%s, which the stand-in cannot do, it refuses by name', async (command, args) => {
  const { code, err } = await run(programs.standIn, 'default', { args });
  expect(code).toBe(1);
  expect(err).toContain(`unknown command "${command}" for the lab's stand-in of kubectl`);
});
