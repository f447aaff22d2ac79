/** When a stage fails, when a failed stage is run again, and when two runs want the same environment. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { stages } from '@wso2-delivery/lab/lab';
import { ConcurrencyGroups } from '@wso2-delivery/lab/runner/concurrency';
import {
  addDevOnlyWorkflow,
  buildQuickly,
  job,
  manifestsPushed,
  startCallers,
  step,
  story,
  type CallerRun,
  type Callers,
} from '../support/callers.ts';

const minutes = 60_000;
const service = 'mi-employee-service';

let callers: Callers;
let folder: string;
beforeEach(async () => {
  callers = await startCallers([service]);
  folder = callers.repository('employee-service', {
    'employee-service': '.',
    'callers/self-hosted-runner/.github': '.github',
  });
  buildQuickly(folder, callers.lab);
  addDevOnlyWorkflow(folder);
});
afterEach(() => callers.close());

const push = (sha: string, more: object = {}): Promise<CallerRun> =>
  callers.run(folder, { file: 'deliver.yml', event: 'push', sha: sha.repeat(40), ...more });

test(
  'a stage that fails is rolled back and stops the line; run again, the same image goes on and nothing is built',
  async () => {
    const first = await push('a');
    const before = job(first, 'deliver/build').outputs.image;
    expect(stages.map((stage) => callers.imageIn(stage))).toEqual([before, before, before]);

    await callers.adminSecret('staging', service, false);
    const failed = await push('b');
    const image = job(failed, 'deliver/build').outputs.image;
    expect(image).not.toBe(before);
    expect(failed.conclusion).toBe('failure');
    expect(story(failed)['deliver/staging/deploy']).toMatch(
      /secret "?mi-employee-service-admin"? .*Rolled back.*\[ROLLED_BACK\]/i,
    );
    expect(step(failed, 'deliver/staging/deploy', 'verify').outputs).toMatchObject({ verdict: 'rolled-back' });
    expect(failed.jobs.map(({ path }) => path)).not.toContain('deliver/production/deploy');
    expect(stages.map((stage) => callers.imageIn(stage))).toEqual([image, before, before]);
    expect(await Promise.all(stages.map((stage) => callers.answerOf(stage)))).toEqual([200, 200, 200]);

    await callers.adminSecret('staging', service, true);
    const pushed = manifestsPushed(callers.lab);
    const again = await push('b', { previous: failed });
    const kept = again.events.flatMap((event) => (event.type === 'job-kept' ? [event.job.path] : []));
    expect(kept).toEqual(['deliver/build', 'deliver/dev/deploy', 'deliver/dev']);
    expect(story(again)).toEqual({
      'deliver/build': 'success',
      'deliver/dev/deploy': 'success',
      'deliver/staging/deploy': 'success',
      'deliver/production/deploy': 'success',
    });
    expect(stages.map((stage) => callers.imageIn(stage))).toEqual([image, image, image]);
    expect(manifestsPushed(callers.lab)).toBe(pushed);
  },
  5 * minutes,
);

test(
  'two runs for one environment: the second waits until the first has ended, and neither is cut off',
  async () => {
    const concurrency = new ConcurrencyGroups();
    const order: string[] = [];
    let second: Promise<CallerRun> | undefined;
    const dev = (sha: string, onDevStart: () => void = () => undefined): Promise<CallerRun> =>
      push(sha, {
        file: 'dev.yml',
        concurrency,
        onEvent: (event: CallerRun['events'][number]) => {
          if (!('job' in event) || event.job.path !== 'deliver/dev/deploy') return;
          if (['job-waiting', 'job-started', 'job-finished'].includes(event.type)) order.push(`${sha} ${event.type}`);
          if (event.type === 'job-started') onDevStart();
        },
      });
    const first = await dev('a', () => {
      second ??= dev('b');
    });
    const later = await second!;
    expect([story(first)['deliver/dev/deploy'], story(later)['deliver/dev/deploy']]).toEqual(['success', 'success']);
    expect(order).toEqual(['a job-started', 'b job-waiting', 'a job-finished', 'b job-started', 'b job-finished']);
    expect(later.events).toContainEqual(
      expect.objectContaining({
        type: 'job-waiting',
        reason: 'concurrency group deploy-deployment/mi-employee-service-dev',
      }),
    );
    expect(callers.imageIn('dev')).toBe(job(later, 'deliver/build').outputs.image);
  },
  3 * minutes,
);
