import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '@wso2-delivery/shared/kubernetes/objects';
import type { Workload } from '@wso2-delivery/shared/kubernetes/rollout/objects';
import { defaultPolicy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import { failureOf, verificationOutputs, verificationSummary } from '@wso2-delivery/shared/kubernetes/rollout/report';
import type { HealthCheck, VerifyOptions } from '@wso2-delivery/shared/kubernetes/rollout/verify';
import { verifyRollouts } from '@wso2-delivery/shared/kubernetes/rollout/verify';
import type { PlayOptions } from './playback.ts';
import { play, virtualClock } from './playback.ts';
import type { Recording, Row } from './replay.ts';
import { listed, recording } from './replay.ts';

interface Setting extends PlayOptions, Partial<VerifyOptions> {
  readonly played?: Recording;
  /** What the cluster does once it is patched, by the time of the patch. */
  readonly afterPatch?: (at: number) => readonly Row[];
}

async function verify(name: string, setting: Setting = {}) {
  const { played = recording(name), afterPatch } = setting;
  const from = played.acceptedMs;
  const clock = virtualClock(from);
  const lines: string[] = [];
  let rows = played.rows;
  const { client, calls } = play(played, clock, from, {
    ...setting,
    rows: () => rows,
    ...(afterPatch === undefined
      ? {}
      : {
          patch: () => {
            rows = [...rows.filter((row) => row.t <= clock.now()), ...afterPatch(clock.now())];
            const changed = rows.find((row) => row.t > clock.now() && row.kind === played.target.kind);
            return changed?.object as unknown as KubernetesObject;
          },
        }),
  });
  const log = {
    info: (text: string) => lines.push(text),
    debug: () => undefined,
    warning: (text: string) => lines.push(text),
    annotate: () => undefined,
    group: <T>(_: string, body: () => Promise<T>) => body(),
  };
  const workload = listed(rows, from).find((row) => row.kind === played.target.kind)?.object as Workload;
  const options: VerifyOptions = { policy: defaultPolicy, onFailure: 'none', logLines: 20, ...setting };
  const ports = { client, clock, log, cancelled: new AbortController().signal };
  const verification = await clock.run(verifyRollouts(ports, [{ ...played.target, workload }], options));
  const [result] = verification.results;
  if (result === undefined) throw new Error('no result');
  return { verification, result, calls, lines };
}

/** The recording of a missing image, up to its undo; and what its undo did, at any time. */
const undone = recording('rollback-undo');
const undoneAt = undone.changes[1]?.t ?? 0;
const broken: Recording = { ...undone, rows: undone.rows.filter((row) => row.t < undoneAt) };
const afterUndo = (at: number): readonly Row[] =>
  undone.rows
    .filter((row) => row.t >= undoneAt)
    .map((row) => ({ ...row, t: row.t - undoneAt + at + 1 }))
    .map((row) => ({ ...row, object: { ...row.object } }));

describe('a verification', () => {
  test('of a good rollout says that it holds, and for how long', async () => {
    const { result } = await verify('good-rollout');
    expect(result).toMatchObject({ outcome: 'succeeded', cause: undefined, revision: '2' });
    expect(result.message).toBe('Revision 2 is available with all 3 pods ready and has held for 30 s.');
    expect(failureOf(result)).toBeUndefined();
  });

  test('of a crashing rollout brings the logs of both lives of the container', async () => {
    const { result, calls } = await verify('crashloop-exit1', { logs: { web: 'Error: DATABASE_URL is not set' } });
    expect(result).toMatchObject({ outcome: 'failed', cause: 'crash-loop' });
    expect(calls).toEqual(expect.arrayContaining(['logs web', 'logs web --previous']));
    expect(result.evidence).toContainEqual({
      title: expect.stringMatching(/^Log of web-\S+, container web$/) as unknown,
      text: 'Error: DATABASE_URL is not set',
    });
    expect(result.evidence.map(({ title }) => title)).toContain('Events');
  });

  test('of pods that crash after they were ready says what would have kept the old ones', async () => {
    const { verification, result } = await verify('sidecar-crash');
    expect(result.hints.join()).toContain('minReadySeconds');
    expect(verificationSummary(verification)).toContain('minReadySeconds');
    expect((await verify('crashloop-min-ready-seconds')).result.hints).toEqual([]);
    expect((await verify('crashloop-before-listen')).result.hints).toEqual([]);
  });

  test("of a rollout that nobody's rules let in shows the quota", async () => {
    const { result } = await verify('quota-surge-blocked');
    expect(result.evidence).toContainEqual({
      title: 'Quota of namespace rec-quota-surge-blocked',
      text: 'team-quota: pods used 3 of 3',
    });
  });

  test('names each object once: the pod where it is about a pod, else the workload alone', async () => {
    const message = async (name: string) => failureOf((await verify(name)).result)?.message;
    expect(await message('quota-surge-blocked')).toMatch(/^deployment\/web: No pod can be created: quota team-quota/);
    expect(await message('crashloop-exit1')).toMatch(/^deployment\/web: web-7ff54d8498-464g9: Container web crashes/);
  });

  test('tells the remedy beside the cause in the log, and only what can be done', async () => {
    const told = async (name: string) => (await verify(name)).lines.find((line) => line.includes(': failed. '));
    expect(await told('quota-surge-blocked')).toMatch(/let the rollout remove an old pod first/);
    expect(await told('quota-hard-first-deploy')).toMatch(/Raise the quota, or lower the requests\.$/);
    expect(await told('crashloop-exit1')).toMatch(/kubectl -n \S+ logs web-7ff54d8498-464g9 -c web --previous\)\.$/);
  });

  test('control sequences and workflow commands in foreign text are harmless in the evidence', async () => {
    const { verification, result } = await verify('crashloop-exit1', {
      logs: { web: '::error::pwned\n\u001b[31mred <img src=x>\n```\n# heading' },
    });
    const log = result.evidence.find(({ title }) => title.startsWith('Log of'));
    expect(log?.text).not.toMatch(/^::error|\u001b/m);
    const markdown = verificationSummary(verification);
    expect(markdown).not.toMatch(/^::error/m);
    expect(markdown).toContain('````text\n\u200b::error::pwned\nred <img src=x>\n```\n# heading\n````');
  });
});

describe('a rollback', () => {
  test('goes back to the template of the ReplicaSet before, and is verified like a rollout', async () => {
    const { result, calls } = await verify('rollback-undo', {
      played: broken,
      onFailure: 'rollback',
      afterPatch: afterUndo,
    });
    expect(result).toMatchObject({ outcome: 'rolled-back', cause: 'image-not-found' });
    expect(result.rollback).toMatchObject({
      state: 'done',
      revision: '1',
      images: { web: '127.0.0.1:5055/shop/web:v1' },
    });
    const patch = calls.find((call) => call.startsWith('patch Deployment web'));
    expect(patch).toContain('"path":"/spec/template"');
    expect(patch).not.toContain('pod-template-hash');
    expect(failureOf(result)?.code).toBe('ROLLED_BACK');
  });

  test('takes the evidence before it changes anything', async () => {
    const { calls } = await verify('crashloop-exit1', {
      onFailure: 'rollback',
      logs: { web: 'why' },
      afterPatch: (at) =>
        recording('crashloop-exit1')
          .rows.filter((row) => row.t < 0)
          .map((row) => ({ ...row, t: at + 1 })),
    });
    const patched = calls.findIndex((call) => call.startsWith('patch'));
    expect(patched).toBeGreaterThan(calls.indexOf('logs web --previous'));
  });

  test('that does not hold either is told with both evidences', async () => {
    const worse = recording('image-not-found').rows;
    const again = (at: number): readonly Row[] =>
      afterUndo(at).map((row) => (row.kind === 'Deployment' ? { ...row, object: unavailable(row.object) } : row));
    expect(worse.length).toBeGreaterThan(0);
    const { result } = await verify('rollback-undo', { played: broken, onFailure: 'rollback', afterPatch: again });
    expect(result.outcome).toBe('rollback-failed');
    expect(result.rollback?.message).toMatch(/^The rollback to revision 1 does not hold either/);
    expect(failureOf(result)?.code).toBe('ROLLBACK_FAILED');
  });

  test('of a first deployment does not exist, and that is said', async () => {
    const { result, calls } = await verify('first-deploy-crash', { onFailure: 'rollback' });
    expect(result).toMatchObject({ outcome: 'failed', rollback: { state: 'impossible' } });
    expect(result.rollback?.message).toContain('first revision');
    expect(calls.filter((call) => call.startsWith('patch'))).toEqual([]);
    expect(failureOf(result)?.code).toBe('ROLLBACK_IMPOSSIBLE');
  });

  test('is not attempted when somebody else has replaced the revision', async () => {
    const { result, calls } = await verify('superseded-bad-by-good', { onFailure: 'rollback' });
    expect(result.outcome).toBe('superseded');
    expect(calls.filter((call) => call.startsWith('patch'))).toEqual([]);
  });

  test('of a StatefulSet goes to the controller revision before and deletes the pod it would wait for', async () => {
    const played = recording('sts-bad-rollback-stuck');
    const revisions = played.rows.filter((row) => row.kind === 'ControllerRevision');
    expect(revisions.length).toBeGreaterThan(1);
    const { calls } = await verify('sts-bad-rollback-stuck', {
      played: { ...played, rows: played.rows.filter((row) => row.t < 40_000) },
      onFailure: 'rollback',
      afterPatch: (at) =>
        played.rows.filter((row) => row.t >= 40_141).map((row) => ({ ...row, t: row.t - 40_141 + at + 1 })),
    });
    expect(calls).toContainEqual(expect.stringMatching(/^patch StatefulSet web .*"\$patch":"replace"/));
    expect(calls).toContain('delete Pod web-2');
  });
});

function unavailable(object: Row['object']): Row['object'] {
  const workload = object as Workload;
  return { ...workload, status: { ...workload.status, availableReplicas: 0 } } as Row['object'];
}

describe('a look inside', () => {
  const unhealthy: HealthCheck = ({ pods }) =>
    Promise.resolve({
      checked: [],
      unchecked: [],
      problems: [
        {
          cause: 'applications-missing',
          message: `${pods[0]?.metadata.name ?? ''} lacks employee-service 1.0.0.`,
          remedy: 'Look at the log of the server.',
          evidence: '{"activeList":[]}',
        },
      ],
    });

  test('comes after the rollout holds, sees the pods of the revision, and can fail it', async () => {
    const { result, verification } = await verify('good-rollout', { health: unhealthy });
    expect(result).toMatchObject({ outcome: 'failed', cause: 'applications-missing' });
    expect(result.message).toMatch(/^web-546f4676f-\S+ lacks employee-service 1\.0\.0\.$/);
    expect(failureOf(result)?.code).toBe('WORKLOAD_UNHEALTHY');
    expect(verificationOutputs(verification)).toMatchObject({ verdict: 'failed', cause: 'applications-missing' });
  });

  test('does not happen where the rollout has failed anyway', async () => {
    const { result } = await verify('image-no-platform', { health: unhealthy });
    expect(result.cause).toBe('image-platform');
  });
});

describe('the summary', () => {
  test('says verdict, cause and remedy first and folds the rest', async () => {
    const { verification } = await verify('mount-missing-configmap');
    const markdown = verificationSummary(verification);
    expect(markdown).toMatch(/^### ❌ deployment\/web: failed\n\n\*\*web-\S+: ConfigMap web-files does not exist/);
    expect(markdown).toContain(
      '**What to do:** Create it (kubectl -n rec-mount-missing-configmap create configmap web-files',
    );
    expect(markdown.indexOf('<details>')).toBeGreaterThan(markdown.indexOf('What to do'));
    expect(markdown).toContain('<summary>Timeline</summary>');
  });
});
