import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { ExecRequest, ExecResult } from '@wso2-delivery/shared/base/ports';
import { changedWorkloads, describedWorkloads } from '@wso2-delivery/shared/kubernetes/applied-workloads';
import { applyManifests, readableDiff, tryManifests } from '@wso2-delivery/shared/kubernetes/apply';
import { readDocuments } from '@wso2-delivery/shared/kubernetes/manifests';
import { fakeCluster, paths, type FakeCluster } from './fake-cluster.ts';
import { scriptedExec } from './scripted-exec.ts';

const kubectl = { program: 'kubectl', namespace: 'staging' };
const yaml = (kind: string, name: string, more = '') =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: ${name}}\n${more}`;
const documentsOf = (...parts: string[]) => readDocuments(parts.join('---\n'), 'f.yaml').documents;

describe('applying manifests', () => {
  let cluster: FakeCluster;
  let answers: (verb: string, request: ExecRequest) => Partial<ExecResult>;
  let exec: ReturnType<typeof scriptedExec>;
  const slept: number[] = [];
  const ports = () => ({
    ...cluster.ports,
    exec,
    clock: { now: () => 0, sleep: (ms: number) => Promise.resolve(void slept.push(ms)) },
  });
  const verbs = () =>
    exec.calls.map((args) => [args[1], ...args.filter((arg) => /^--(dry-run|force)/.test(arg))].join(' '));

  beforeEach(async () => {
    cluster = await fakeCluster();
    answers = () => ({});
    exec = scriptedExec({ answer: (args, request) => answers(args[1] ?? '', request) });
    slept.length = 0;
  });
  afterEach(() => cluster.close());

  test('is tried as a whole, in order, and compared', async () => {
    answers = (verb) => (verb === 'diff' ? { exitCode: 1, stdout: '+a: 1\n' } : {});
    const documents = documentsOf(yaml('Deployment', 'web'), yaml('ConfigMap', 'settings'));
    expect(await tryManifests(ports(), kubectl, cluster.client, documents)).toEqual({
      diff: '+a: 1\n',
      differs: true,
      untried: [],
      force: false,
    });
    expect(verbs()).toEqual(['apply --dry-run=server', 'diff']);
    const text = exec.requests[0]!.stdin as string;
    expect(text.indexOf('ConfigMap')).toBeLessThan(text.indexOf('Deployment'));
    expect(exec.requests[1]!.stdin).toBe(text);
  });

  test('shows a diff without the names of temporary files', () => {
    const diff = [
      'diff -u -N /tmp/LIVE-23/apps.v1.Deployment.staging.mi /tmp/MERGED-26/apps.v1.Deployment.staging.mi',
      '--- /tmp/LIVE-23/apps.v1.Deployment.staging.mi\t2026-11-24 15:02:30.618252009 +0000',
      '+++ /tmp/MERGED-26/apps.v1.Deployment.staging.mi\t2026-11-24 15:02:30.618252009 +0000',
      '@@ -1 +1 @@',
      '-  replicas: 1',
      '+  replicas: 2',
      '',
    ].join('\n');
    expect(readableDiff(diff)).toBe(
      '--- cluster: apps.v1.Deployment.staging.mi\n+++ wanted: apps.v1.Deployment.staging.mi\n@@ -1 +1 @@\n-  replicas: 1\n+  replicas: 2\n',
    );
  });

  test('knows that nothing differs', async () => {
    expect(await tryManifests(ports(), kubectl, cluster.client, documentsOf(yaml('ConfigMap', 'a')))).toMatchObject({
      differs: false,
      diff: '',
    });
  });

  test('goes on without a diff when it cannot be made', async () => {
    answers = (verb) =>
      verb === 'diff' ? { exitCode: 2, stderr: 'error: failed to run "diff": executable file not found in $PATH' } : {};
    expect(await tryManifests(ports(), kubectl, cluster.client, documentsOf(yaml('ConfigMap', 'a')))).toMatchObject({
      differs: true,
      diff: undefined,
    });
    expect(cluster.ports.lines.at(-1)).toMatch(/^warning: No diff: kubectl failed \(exit code 2\)/);
  });

  test('is refused with the place of the document that the server means', async () => {
    answers = () => ({ exitCode: 1, stderr: 'The Deployment "web" is invalid: spec.selector: Required value' });
    const documents = documentsOf(yaml('ConfigMap', 'a'), yaml('Deployment', 'web'));
    await expect(tryManifests(ports(), kubectl, cluster.client, documents)).rejects.toMatchObject({
      code: 'KUBERNETES_INVALID',
      location: { file: 'f.yaml', line: 5 },
    });
    expect(verbs()).toEqual(['apply --dry-run=server']);
  });

  const conflict = /error: Apply failed with 1 conflict[\s\S]+?#conflicts/.exec(
    readFileSync(new URL('../../fixtures/kubernetes/apply-errors.txt', import.meta.url), 'utf8'),
  )![0];

  test('is stopped by a conflict with another tool', async () => {
    answers = () => ({ exitCode: 1, stderr: conflict });
    await expect(
      tryManifests(ports(), kubectl, cluster.client, documentsOf(yaml('Deployment', 'web'))),
    ).rejects.toMatchObject({
      code: 'KUBERNETES_FIELD_CONFLICT',
      message: expect.stringContaining('kubectl-client-side-apply'),
    });
  });

  test('is not stopped by a conflict with what this tool itself has changed', async () => {
    answers = (_, { args }) =>
      args.includes('--force-conflicts')
        ? {}
        : { exitCode: 1, stderr: conflict.replace('kubectl-client-side-apply', 'wso2-delivery') };
    expect(await tryManifests(ports(), kubectl, cluster.client, documentsOf(yaml('Deployment', 'web')))).toMatchObject({
      force: true,
    });
    expect(verbs()).toEqual([
      'apply --dry-run=server',
      'apply --force-conflicts --dry-run=server',
      'diff --force-conflicts',
    ]);
  });

  test('leaves out of the trial what needs a namespace that comes with it', async () => {
    const documents = documentsOf(
      yaml('Namespace', 'shop'),
      yaml('Deployment', 'web').replace('name: web', 'name: web, namespace: shop'),
      yaml('ConfigMap', 'a'),
    );
    const { untried, differs } = await tryManifests(ports(), kubectl, cluster.client, documents);
    expect(untried.map(({ object }) => object.metadata.name)).toEqual(['web']);
    expect(differs).toBe(true);
    cluster.api.put(paths.namespaces, { metadata: { name: 'shop' } });
    expect((await tryManifests(ports(), kubectl, cluster.client, documents)).untried).toEqual([]);
  });

  test('puts namespaces and definitions first, and waits until a definition is served', async () => {
    let attempts = 0;
    answers = (_, { stdin }) => {
      if (String(stdin).includes('kind: Widget') && ++attempts < 3)
        return { exitCode: 1, stderr: 'error: no matches for kind "Widget" in version "example.com/v1"' };
      return { stdout: 'applied\n' };
    };
    const documents = documentsOf(yaml('Widget', 'w'), yaml('CustomResourceDefinition', 'widgets.example.com'));
    expect(await applyManifests(ports(), kubectl, documents)).toEqual(['applied', 'applied']);
    expect(exec.requests.map(({ stdin }) => /kind: (\w+)/.exec(String(stdin))?.[1])).toEqual([
      'CustomResourceDefinition',
      'Widget',
      'Widget',
      'Widget',
    ]);
    expect(slept).toEqual([1000, 1000]);
  });

  test('passes the warnings of the server on', async () => {
    answers = () => ({ stdout: 'a\n', stderr: 'Warning: autoscaling/v2beta2 is deprecated\nsomething else\n' });
    await applyManifests(ports(), kubectl, documentsOf(yaml('ConfigMap', 'a')));
    expect(cluster.ports.lines).toEqual(['warning: Warning: autoscaling/v2beta2 is deprecated']);
  });

  test('does not wait for a kind that nobody defines', async () => {
    answers = () => ({ exitCode: 1, stderr: 'error: no matches for kind "Widget" in version "example.com/v1"' });
    await expect(applyManifests(ports(), kubectl, documentsOf(yaml('Widget', 'w')))).rejects.toMatchObject({
      code: 'KUBERNETES_KIND_UNKNOWN',
    });
    expect(slept).toEqual([]);
  });
});

describe('what an apply made of the workloads', () => {
  let cluster: FakeCluster;
  beforeEach(async () => {
    cluster = await fakeCluster();
  });
  afterEach(() => cluster.close());
  const stored = (name: string, image: string, generation: number) => ({
    metadata: {
      name,
      namespace: 'staging',
      generation,
      annotations: { 'deployment.kubernetes.io/revision': String(generation) },
    },
    spec: { template: { spec: { containers: [{ name: 'mi', image }] } } },
    status: { observedGeneration: generation },
  });

  test('is told for those that are new or whose specification changed', async () => {
    for (const name of ['same', 'other']) cluster.api.put(paths.deployments, stored(name, 'r/mi:1', 1));
    const documents = documentsOf(
      yaml('Deployment', 'same'),
      yaml('Deployment', 'other'),
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: new, annotations: {kubernetes.io/change-cause: my own}}\n`,
      yaml('ConfigMap', 'settings'),
    );
    const described = await describedWorkloads(cluster.client, documents);
    cluster.api.put(paths.deployments, stored('other', 'r/mi:2', 2));
    cluster.api.put(paths.deployments, stored('new', 'r/mi:1', 1));
    expect(await changedWorkloads(cluster.client, cluster.ports, described, 'release 2')).toMatchObject([
      { name: 'other', previousRevision: 1, revision: 2, previousImages: { mi: 'r/mi:1' }, images: { mi: 'r/mi:2' } },
      { name: 'new', previousRevision: undefined, revision: 1, previousImages: {} },
    ]);
    const causeOf = async (name: string) =>
      (await cluster.client.get('Deployment', name)).metadata.annotations?.['kubernetes.io/change-cause'];
    expect([await causeOf('other'), await causeOf('same'), await causeOf('new')]).toEqual([
      'release 2',
      undefined,
      undefined,
    ]);
  });
});
