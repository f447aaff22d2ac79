import { expect, test } from '@jest/globals';
import { workflowSummary } from '../../../../packages/lab/src/runner/outline.ts';
import { runFixture } from './fixture-run.ts';

test('the outline shows jobs, steps and annotations, without durations that differ', async () => {
  const run = await runFixture('conditions');
  const bad = run.jobs
    .filter((job) => ['bad', 'after-bad', 'tolerated'].includes(job.id))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const text = workflowSummary({ ...run, jobs: bad }).replace(/\d+(\.\d+)? m?s/g, 'T');
  expect(text).toBe(
    [
      '✗ Conditions (.github/workflows/conditions.yml) · T',
      '  – after-bad · skipped',
      '  ✗ bad · T',
      '    ✗ Run exit 7 · T · continue-on-error',
      '      error Process completed with exit code 7.',
      '    ✗ Run false | true · T · continue-on-error',
      '      error Process completed with exit code 1.',
      '    ✗ Run echo "word=said" >> "$GITHUB_OUTPUT" · T',
      '      error Process completed with exit code 2.',
      '    ✓ Run echo "job is failure" · T',
      '    ✓ Run echo "failure success failure" · T',
      '  ✗ tolerated · T · continue-on-error',
      '    ✗ Run exit 1 · T',
      '      error Process completed with exit code 1.',
    ].join('\n'),
  );
});
