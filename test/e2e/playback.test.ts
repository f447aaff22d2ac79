import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startPlayback, type Playback } from '@wso2-delivery/lab/kubernetes/playback';
import { copyBundles, type Bundles } from '../support/bundle.ts';
import { kubectlUser } from '../support/kubectl.ts';
import { testWith } from '../support/tools.ts';

const testKubectl = testWith('kubectl');

const folder = (name: string): string => fileURLToPath(new URL(`../fixtures/kubernetes/${name}/`, import.meta.url));

/** Ten times faster than it was: so are the tolerances. */
const tenTimes = {
  'stable-for': '3s',
  grace: '3s',
  'unschedulable-grace': '6s',
  'readiness-grace': '12s',
  timeout: '30s',
  'carbon-applications': 'off',
};

interface Case {
  readonly recording: string;
  readonly verdict: string;
  readonly cause?: string;
  /** What the message has to say. */
  readonly says?: string;
}

const cases: readonly Case[] = [
  { recording: 'good-rollout', verdict: 'succeeded' },
  { recording: 'crashloop-exit1', verdict: 'failed', cause: 'crash-loop', says: 'exit code 1' },
  { recording: 'crash-after-ready', verdict: 'failed', cause: 'crash-loop' },
  { recording: 'image-not-found-containerd2', verdict: 'failed', cause: 'image-not-found' },
  { recording: 'mount-missing-configmap', verdict: 'failed', cause: 'mount-missing' },
  { recording: 'quota-hard-first-deploy', verdict: 'failed', cause: 'quota' },
  { recording: 'webhook-denied', verdict: 'failed', cause: 'webhook-denied' },
  { recording: 'sts-crash', verdict: 'failed', cause: 'crash-loop' },
  { recording: 'ds-crash', verdict: 'failed', cause: 'crash-loop' },
  { recording: 'job-fails', verdict: 'failed', cause: 'job-failed' },
  { recording: 'superseded-bad-by-good', verdict: 'superseded' },
  { recording: 'configmap-arrives-late', verdict: 'succeeded' },
];

let playback: Playback | undefined;
afterEach(async () => {
  await playback?.close();
  playback = undefined;
});

describe('the committed bundle of verify-rollout against recordings of a real cluster, ten times faster', () => {
  let bundles: Bundles;
  beforeAll(() => {
    bundles = copyBundles();
  });
  afterAll(() => bundles.dispose());

  for (const { recording, verdict, cause = '', says = '' } of cases) {
    testKubectl(`${recording}: ${verdict}${cause === '' ? '' : `, because of ${cause}`}`, async () => {
      playback = await startPlayback({ recording: folder(recording) });
      const { outputs, exitCode, log, left } = await bundles.run('verify-rollout', {
        inputs: { ...tenTimes, workloads: playback.target, kubeconfig: playback.kubeconfig() },
      });
      expect({ verdict: outputs.verdict, cause: outputs.cause ?? '', log }).toEqual({ verdict, cause, log });
      expect(outputs.message).toContain(says);
      expect(exitCode).toBe(verdict === 'succeeded' ? 0 : 1);
      expect(left).toEqual([]);
    });
  }
});

describe('kubectl rollout status against recordings of a real cluster', () => {
  testKubectl('says of a release that crashes after it was ready that it is rolled out, as it did then', async () => {
    playback = await startPlayback({ recording: folder('crash-after-ready') });
    const user = kubectlUser(playback.kubeconfig());
    const { code, out } = await user.run(['rollout', 'status', playback.target, '--timeout=30s']);
    user.dispose();
    expect(out).toContain('successfully rolled out');
    expect(code).toBe(0);
  });

  testKubectl('waits for a crash loop as long as it may', async () => {
    playback = await startPlayback({ recording: folder('crashloop-exit1') });
    const user = kubectlUser(playback.kubeconfig());
    const { code, err } = await user.run(['rollout', 'status', playback.target, '--timeout=3s']);
    user.dispose();
    expect(err).toContain('timed out waiting');
    expect(code).toBe(1);
  });

  testKubectl('is refused when it wants to change something', async () => {
    playback = await startPlayback({ recording: folder('good-rollout') });
    const user = kubectlUser(playback.kubeconfig());
    const { err } = await user.run(['rollout', 'restart', playback.target]);
    user.dispose();
    expect(err).toContain('User "reader" cannot patch resource "deployments"');
  });
});

test('time passes when told to, and every change has come at the end', async () => {
  playback = await startPlayback({ recording: folder('job-good'), timeScale: 0.001, begin: 'when-told' });
  const before = playback.position();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(playback.position()).toBe(before);
  playback.play();
  await playback.ended;
  expect(playback.position()).toBeGreaterThan(before);
});
