import { describe, expect, test } from '@jest/globals';
import type { Log } from '@wso2-delivery/shared/base/ports';
import { ServiceError } from '@wso2-delivery/shared/base/errors';
import type { KubernetesClient } from '@wso2-delivery/shared/kubernetes/client';
import { codes } from '@wso2-delivery/shared/kubernetes/codes';
import type { Workload } from '@wso2-delivery/shared/kubernetes/rollout/objects';
import type { AskRegistry } from '@wso2-delivery/shared/kubernetes/rollout/existence';
import { defaultPolicy, type Policy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import type { Followed } from '@wso2-delivery/shared/kubernetes/rollout/following';
import { followRollouts } from '@wso2-delivery/shared/kubernetes/rollout/watch';
import type { PlayOptions } from './playback.ts';
import { play, virtualClock } from './playback.ts';
import { inShort, listed, recording } from './replay.ts';

function keptLog(lines: string[]): Log {
  return {
    info: (text) => lines.push(text),
    debug: () => undefined,
    warning: (text) => lines.push(`warning: ${text}`),
    annotate: ({ message }) => lines.push(message),
    group: (_, body) => body(),
  };
}

/** Follows a recording in virtual time. */
async function follow(
  name: string,
  options: PlayOptions & {
    readonly cancelAt?: number;
    readonly slower?: number;
    readonly policy?: Partial<Policy>;
    readonly askRegistry?: AskRegistry;
  } = {},
) {
  const { slower = 1 } = options;
  const { rows, acceptedMs, ...rest } = recording(name);
  const slow = { rows: rows.map((row) => ({ ...row, t: row.t * slower })), acceptedMs: acceptedMs * slower };
  const played = { ...rest, ...slow };
  const from = played.acceptedMs;
  const clock = virtualClock(from);
  const lines: string[] = [];
  const { client, calls } = play(played, clock, from, options);
  const { target } = played;
  const workload = listed(played.rows, from).find(
    (row) => row.kind === target.kind && row.object.metadata.name === target.name,
  )?.object as Workload;
  const followed: Followed = { ...target, workload };
  const cancel = new AbortController();
  if (options.cancelAt !== undefined) {
    void clock.sleep(options.cancelAt - from).then(() => cancel.abort(new Error('cancelled')));
  }
  const { askRegistry } = options;
  const ports = { client, clock, log: keptLog(lines), cancelled: cancel.signal, askRegistry };
  const policy = { ...defaultPolicy, ...options.policy };
  const following = followRollouts(ports, [followed], { policy, logLines: 20 });
  const [followup] = await clock.run(following);
  if (followup === undefined) throw new Error('no verdict');
  return { verdict: inShort(followup.verdict), at: clock.now(), lines, calls, followup };
}

const forbid = (kind: string): Error =>
  new ServiceError(codes.KUBERNETES_FORBIDDEN, `ci may not "list" on ${kind.toLowerCase()}s in namespace x`, {
    method: 'GET',
    url: '/api',
    status: 403,
    remedy: `Add to a Role: ${kind}`,
  });

describe('following a rollout', () => {
  test.each([
    ['good-rollout', 'succeeded'],
    ['crash-after-ready', 'failed: crash-loop'],
    ['image-not-found', 'failed: image-not-found'],
    ['ready-never', 'timed-out: not-ready-yet'],
    ['deleted-mid-rollout', 'failed: deleted'],
    ['superseded-by-good', 'superseded'],
    ['ds-crash', 'failed: crash-loop'],
    ['sts-good', 'succeeded'],
    ['job-fails', 'failed: job-failed'],
  ])('%s ends as %s', async (name, verdict) => {
    expect((await follow(name)).verdict).toBe(verdict);
  });

  test('what is suspected is said the moment it is known, with the time that is left', async () => {
    const { lines } = await follow('mount-missing-configmap');
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^web-\S+: ConfigMap web-files does not exist, so volume d cannot be mounted; failing in 30 s unless that changes\.$/,
      ),
    );
  });

  test('the counts of the revision before are not told as those of the new one', async () => {
    const { lines } = await follow('paused-then-resumed', {});
    expect(lines.find((line) => line.startsWith('deployment/web: '))).not.toContain('3 of 3 of the new revision');
  });

  test('each crash is counted aloud, up to the one at which the verdict falls', async () => {
    const { lines } = await follow('crashloop-exit1');
    expect(lines.filter((line) => /crash(es)?, failing at 3/.test(line))).toHaveLength(2);
  });

  test('a suspicion about many pods is one line for each crash, not one for each pod', async () => {
    const { lines } = await follow('first-deploy-crash');
    expect(lines.filter((line) => line.includes('failing at 3'))).toHaveLength(2);
  });

  test('the log of a container is read when it crashes, and may decide', async () => {
    const { verdict, calls, at } = await follow('exec-format-error', { logs: { web: 'exec /app: exec format error' } });
    expect(calls[0]).toBe('logs web');
    expect([verdict, at]).toEqual(['failed: exec-format-error', 3251]);
  });

  test('an unready Micro Integrator is asked what is wrong with it, and names its faulty applications', async () => {
    const body = '{"status": "not ready, faulty CAPPs detected", "Faulty CAPPs" : ["payroll"]}';
    const { verdict, calls, lines } = await follow('ready-never', { answer: { status: 500, body } });
    expect(calls[0]).toBe('ask 8080 /readyz');
    expect(verdict).toBe('failed: applications-faulty');
    // It never heals: the verdict falls at once, there is no suspicion to announce.
    expect(lines).not.toContainEqual(expect.stringContaining('failing in'));
  });

  test('an unready pod is not asked more often than every ten seconds', async () => {
    const { calls } = await follow('ready-never', { answer: { status: 503, body: 'warming up' } });
    expect(calls.length).toBeGreaterThan(2);
    expect(calls.length).toBeLessThanOrEqual(8);
  });

  test('without the right to read events the verdict comes from the pods, and the missing right is named', async () => {
    const { verdict, lines } = await follow('image-not-found', { forbidden: ['Event'], forbid });
    expect(verdict).toBe('failed: image-not-found');
    expect(lines).toContainEqual(expect.stringMatching(/^warning: ci may not "list" on events.*Add to a Role: Event/));
  });

  test('without the right to read pods a good rollout is still seen to hold', async () => {
    expect((await follow('good-rollout', { forbidden: ['Pod'], forbid })).verdict).toBe('succeeded');
    expect((await follow('good-rollout', { forbidden: ['ReplicaSet'], forbid })).verdict).toBe('succeeded');
  });

  test('without the right to read the workload there is no verdict but an error', async () => {
    await expect(follow('good-rollout', { forbidden: ['Deployment'], forbid })).rejects.toThrow(/may not "list"/);
  });

  test.each<[string, AskRegistry, number]>([
    ['has not answered since the suspicion is not waited for', () => new Promise(() => undefined), 0],
    ['answers that it is absent is asked once more, and believed', () => Promise.resolve({ state: 'absent' }), 0],
  ])('before an image is missing for good its registry is asked: one that %s', async (_, askRegistry, later) => {
    const { verdict, followup, at } = await follow('image-not-found', { askRegistry, policy: { graceMs: 2000 } });
    expect(verdict).toBe('failed: image-not-found');
    expect(at - ('at' in followup.verdict ? followup.verdict.at : 0)).toBe(later);
  });

  describe('when a Secret is missing that an operator is there to make', () => {
    const late = 'transient-secret-volume-late-good';
    const external = (conditions: readonly object[]): PlayOptions => ({
      operators: (kind) =>
        kind === 'ExternalSecret'
          ? [{ metadata: { name: 'late' }, spec: { target: { name: 'web-tls' } }, status: { conditions } }]
          : [],
    });
    const slow = { slower: 10 };

    test('ten times slower than it was, nobody at work: it fails after the grace', async () => {
      expect((await follow(late, slow)).verdict).toBe('failed: mount-missing');
    });

    test('it is said at once that the operator is at work, and waited for', async () => {
      const { verdict, lines } = await follow(late, { ...slow, ...external([]) });
      expect(verdict).toBe('succeeded');
      expect(lines.join('\n')).toMatch(
        /Secret web-tls does not exist.* ExternalSecret late is at work on it, so it is waited for; it may pass/,
      );
    });

    test('and has failed: the grace stays, and its words are the message', async () => {
      const message = 'could not get secret data from provider: 403';
      const failed = external([{ type: 'Ready', status: 'False', reason: 'SecretSyncedError', message }]);
      const { verdict, followup } = await follow(late, { ...slow, ...failed });
      expect(verdict).toBe('failed: mount-missing');
      const [first] = 'findings' in followup.verdict ? followup.verdict.findings : [];
      expect(first?.message).toContain(`ExternalSecret late is there to make it, and says "${message}"`);
      expect(first?.remedy).toMatch(/kubectl -n \S+ describe externalsecret late/);
    });

    test('without the right to list its objects the grace decides, and the right is named once', async () => {
      const denied = { ...slow, forbidden: ['ExternalSecret'], forbid };
      const { verdict, lines } = await follow(late, denied);
      expect(verdict).toBe('failed: mount-missing');
      const named = lines.filter((line) => line.includes('may not "list" on externalsecrets'));
      expect(named).toHaveLength(1);
      expect(named[0]).toMatch(/^warning: .*so the grace decides\. Add to a Role/);
    });

    test('what is not missing costs no question', async () => {
      const asked = async (name: string) => (await follow(name)).calls.filter((call) => call.startsWith('list '));
      expect(await asked('good-rollout')).toEqual([]);
      expect(await asked('mount-missing-configmap')).toEqual([]);
    });
  });

  test('a hundred workloads of a namespace share four watches', async () => {
    const played = recording('good-rollout');
    const clock = virtualClock(played.acceptedMs);
    const { client } = play(played, clock, played.acceptedMs);
    const watched: string[] = [];
    const counting: KubernetesClient = {
      ...client,
      watch: (kind, selection) => {
        const { namespace, labels, fields } = selection ?? {};
        watched.push(JSON.stringify({ kind, namespace, labels, fields }));
        return client.watch(kind, selection);
      },
    };
    const workload = listed(played.rows, played.acceptedMs).find((row) => row.kind === 'Deployment')
      ?.object as Workload;
    const followed: Followed[] = Array.from({ length: 100 }, () => ({ ...played.target, workload }));
    const ports = { client: counting, clock, log: keptLog([]), cancelled: new AbortController().signal };
    const verdicts = await clock.run(followRollouts(ports, followed, { policy: defaultPolicy, logLines: 20 }));
    expect(verdicts.map(({ verdict }) => verdict.verdict)).toEqual(Array.from({ length: 100 }, () => 'succeeded'));
    const kinds = ['Deployment', 'ReplicaSet', 'Pod', 'Event'];
    expect(watched).toEqual(kinds.map((kind) => JSON.stringify({ kind, namespace: 'rec-good-rollout' })));
  });

  test('a cancelled run ends at once', async () => {
    await expect(follow('ready-never', { cancelAt: 5000 })).rejects.toThrow('cancelled');
  });
});
