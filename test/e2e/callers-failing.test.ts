/** When a stage fails, when a failed stage is run again, and when two runs want the same environment. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
    expect(story(failed)['deliver/stage[1]/deploy']).toMatch(
      /secret "?mi-employee-service-admin"? .*Rolled back.*\[ROLLED_BACK\]/i,
    );
    expect(step(failed, 'deliver/stage[1]/deploy', 'verify').outputs).toMatchObject({ verdict: 'rolled-back' });
    expect(failed.jobs.map(({ path }) => path)).not.toContain('deliver/stage[2]/deploy');
    expect(stages.map((stage) => callers.imageIn(stage))).toEqual([image, before, before]);
    expect(await Promise.all(stages.map((stage) => callers.answerOf(stage)))).toEqual([200, 200, 200]);

    await callers.adminSecret('staging', service, true);
    const pushed = manifestsPushed(callers.lab);
    const again = await push('b', { previous: failed });
    const kept = again.events.flatMap((event) => (event.type === 'job-kept' ? [event.job.path] : []));
    expect(kept).toEqual(['deliver/build', 'deliver/stage[0]/deploy', 'deliver/stage[0]']);
    expect(story(again)).toEqual({
      'deliver/build': 'success',
      'deliver/stage[0]/deploy': 'success',
      'deliver/stage[1]/deploy': 'success',
      'deliver/stage[2]/deploy': 'success',
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
          if (!('job' in event) || event.job.path !== 'deliver/stage[0]/deploy') return;
          if (['job-waiting', 'job-started', 'job-finished'].includes(event.type)) order.push(`${sha} ${event.type}`);
          if (event.type === 'job-started') onDevStart();
        },
      });
    const first = await dev('a', () => {
      second ??= dev('b');
    });
    const later = await second!;
    expect([story(first)['deliver/stage[0]/deploy'], story(later)['deliver/stage[0]/deploy']]).toEqual([
      'success',
      'success',
    ]);
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

/** A workflow of two jobs: one leaves a mark as deliver-mi.yml names it, one deploys to staging after that mark. */
function afterAMark(mark: string, image: string): string {
  return `on: push
permissions: {}
jobs:
  before:
    runs-on: ubuntu-latest
    steps:
      - run: mkdir mark && echo '${image}' >mark/image.txt
      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0
        with: { name: ${mark}, path: mark/image.txt }
  staging:
    needs: before
    permissions: { contents: read }
    uses: OWNER/wso2-delivery/.github/workflows/deploy-mi.yml@v1
    with:
      environment: staging
      image: ${image.replace(/.{4}$/, '0000')}
      workload: deployment/${service}
      after: delivered-dev
`;
}

test.each([
  ['without the mark of the environment before', 'another-mark', /delivered-dev/],
  ['when the environment before runs another image', 'delivered-dev', /The environment before runs .* not /],
])(
  'nothing is deployed %s',
  async (_, mark, said) => {
    const image = `${callers.lab.registry.host}/integration/${service}@sha256:${'1'.repeat(64)}`;
    writeFileSync(join(folder, '.github/workflows/after.yml'), afterAMark(mark, image));
    const run = await callers.run(folder, { file: 'after.yml', event: 'push' });
    expect(story(run).before).toBe('success');
    expect(story(run)['staging/deploy']).toMatch(said);
    expect(job(run, 'staging/deploy').steps.find(({ id }) => id === 'deploy')?.conclusion ?? 'skipped').toBe('skipped');
  },
  minutes,
);

test(
  'a name that no environment can have is told before anything is built',
  async () => {
    const file = join(folder, '.github/workflows/dev.yml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('environments: dev', 'environments: "dev; rm -rf /"'));
    const run = await callers.run(folder, { file: 'dev.yml', event: 'push' });
    expect(story(run)['deliver/build']).toContain("'dev; rm -rf /' is not the name of an environment");
    expect(manifestsPushed(callers.lab)).toBe(0);
  },
  minutes,
);
