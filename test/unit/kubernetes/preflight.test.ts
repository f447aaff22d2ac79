import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { judgeImages, type ImageFacts } from '@wso2-delivery/shared/kubernetes/image-preflight';
import type { Finding } from '@wso2-delivery/shared/kubernetes/manifest-check';
import { nodePlatforms } from '@wso2-delivery/shared/kubernetes/nodes';
import { requireSound, weighed } from '@wso2-delivery/shared/kubernetes/preflight';
import { credentialsOf, readPullSecrets } from '@wso2-delivery/shared/kubernetes/pull-secrets';
import { revisionNumber } from '@wso2-delivery/shared/kubernetes/revision';
import { workloadOf } from '@wso2-delivery/shared/kubernetes/workload';
import { status } from './fake-api.ts';
import { fakeCluster, paths, type FakeCluster } from './fake-cluster.ts';

describe('what the registries say', () => {
  const facts = (state: ImageFacts['state'], platforms?: string[]): ImageFacts => ({
    image: 'r/a:1',
    state,
    message: 'why',
    remedy: 'Do it.',
    ...(platforms && { platforms }),
  });

  test.each([
    { facts: facts('present'), nodes: ['linux/amd64'], found: [] },
    { facts: facts('absent'), nodes: undefined, found: ['error image-absent'] },
    { facts: facts('unusable'), nodes: undefined, found: ['error image-unusable'] },
    { facts: facts('unauthorized'), nodes: undefined, found: ['warning image-not-visible'] },
    { facts: facts('unreachable'), nodes: undefined, found: ['warning image-registry-unreachable'] },
    {
      facts: facts('platform-missing', ['linux/arm64']),
      nodes: ['linux/amd64'],
      found: ['error image-platform-missing'],
    },
    {
      facts: facts('platform-missing', ['linux/arm64']),
      nodes: ['linux/amd64', 'linux/arm64'],
      found: ['warning image-platform-missing'],
    },
  ])('$facts.state with nodes $nodes: $found', ({ facts: given, nodes, found }) => {
    expect(judgeImages([given], nodes).map(({ weight, id }) => `${weight} ${id}`)).toEqual(found);
  });
});

describe('findings', () => {
  const finding = (weight: Finding['weight'], id: string): Finding => ({
    id,
    weight,
    subject: 's',
    says: `says ${id}`,
    remedy: 'remedy',
    file: 'f.yaml',
    line: 3,
  });
  const all = [finding('notice', 'n'), finding('warning', 'w'), finding('error', 'e'), finding('error', 'e2')];
  const log = () => {
    const shown: string[] = [];
    return {
      shown,
      log: {
        info: () => undefined,
        debug: () => undefined,
        warning: () => undefined,
        annotate: ({ level, message, line }: { level: string; message: string; line?: number }) =>
          shown.push(`${level} ${line ?? ''} ${message}`),
        group: <T>(_: string, body: () => Promise<T>) => body(),
      },
    };
  };

  test('stop a step when one is an error', () => {
    const { log: port, shown } = log();
    expect(() => requireSound(port, all)).toThrow(
      expect.objectContaining({
        code: 'DEPLOY_PREFLIGHT_FAILED',
        message: 's: says e (and 1 more error, see the annotations)',
        location: { file: 'f.yaml', line: 3 },
      }),
    );
    expect(shown).toEqual(['warning 3 s: says w. remedy. [w]', 'error 3 s: says e2. remedy. [e2]']);
  });

  test('are warnings at most with preflight: warn, and nothing with off', () => {
    expect(weighed(all, 'warn').map(({ weight }) => weight)).toEqual(['notice', 'warning', 'warning', 'warning']);
    expect(weighed(all, 'error')).toEqual(all);
    expect(weighed(all, 'off')).toEqual([]);
    expect(() => requireSound(log().log, weighed(all, 'warn'))).not.toThrow();
  });
});

describe('facts from the cluster', () => {
  let cluster: FakeCluster;
  beforeEach(async () => {
    cluster = await fakeCluster();
  });
  afterEach(() => cluster.close());
  const forbid = (part: string) => {
    cluster.api.override = (request, response) => {
      const hit = request.path.includes(part);
      if (hit)
        status(
          response,
          403,
          'Forbidden',
          `${part} is forbidden: User "ci" cannot get resource "${part}" in API group ""`,
        );
      return hit;
    };
  };

  test('the platforms of the nodes, or that they may not be read', async () => {
    const node = (name: string, architecture: string) => ({
      metadata: { name },
      status: { nodeInfo: { operatingSystem: 'linux', architecture } },
    });
    for (const each of [node('a', 'arm64'), node('b', 'amd64'), node('c', 'amd64')]) cluster.api.put(paths.nodes, each);
    expect(await nodePlatforms(cluster.client)).toEqual(['linux/amd64', 'linux/arm64']);
    forbid('nodes');
    expect(await nodePlatforms(cluster.client)).toBeUndefined();
  });

  const secret = (auths: object) => ({
    data: { '.dockerconfigjson': Buffer.from(JSON.stringify({ auths })).toString('base64') },
  });

  test('the pull secrets of pods: their own, else those of the service account', async () => {
    cluster.api.put(paths.secrets, {
      metadata: { name: 'own' },
      ...secret({ 'ghcr.io': { username: 'u', password: 'passw0rd' } }),
    });
    cluster.api.put(paths.secrets, {
      metadata: { name: 'accounts' },
      ...secret({ 'r.example': { auth: Buffer.from('x:y:z').toString('base64') } }),
    });
    cluster.api.put(paths.serviceaccounts, { metadata: { name: 'default' }, imagePullSecrets: [{ name: 'accounts' }] });
    const own = { spec: { imagePullSecrets: [{ name: 'own' }, { name: 'gone' }] } };
    expect(await readPullSecrets(cluster.client, cluster.ports.secrets, [own, { spec: {} }])).toEqual({
      credentials: [
        { registry: 'ghcr.io', username: 'u', password: 'passw0rd' },
        { registry: 'r.example', username: 'x', password: 'y:z' },
      ],
      absent: ['gone'],
      hidden: false,
    });
    expect(cluster.ports.secrets.redact('passw0rd')).toBe('***');
    forbid('secrets');
    expect(await readPullSecrets(cluster.client, cluster.ports.secrets, [own])).toMatchObject({
      hidden: true,
      credentials: [],
    });
  });

  test.each([
    [secret({ 'https://index.docker.io/v1/': { username: 'u', password: 'p' } }), ['docker.io']],
    [
      {
        data: {
          '.dockercfg': Buffer.from(
            JSON.stringify({ 'https://r.example:5000/v1': { username: 'u', password: 'p' } }),
          ).toString('base64'),
        },
      },
      ['r.example:5000'],
    ],
    [{ data: { password: 'x' } }, []],
    [{ data: { '.dockerconfigjson': 'bm8ganNvbg==' } }, []],
  ])('a Secret holds credentials for registries %#', (given, registries) => {
    expect(credentialsOf(given).map(({ registry }) => registry)).toEqual(registries);
  });

  test('the revision of a StatefulSet is the newest of its own ControllerRevisions', async () => {
    const revision = (name: string, number: number, owner: string) => ({
      metadata: { name, ownerReferences: [{ uid: owner }] },
      revision: number,
    });
    for (const each of [revision('db-1', 1, 'u'), revision('db-2', 2, 'u'), revision('other', 9, 'x')])
      cluster.api.put(paths.controllerrevisions, each);
    const workload = workloadOf('StatefulSet', {
      metadata: { name: 'db', namespace: 'staging', uid: 'u' },
      spec: { selector: { matchLabels: { app: 'db' } } },
    });
    expect(await revisionNumber(cluster.client, workload)).toBe(2);
    forbid('controllerrevisions');
    expect(await revisionNumber(cluster.client, workload)).toBeUndefined();
  });
});
