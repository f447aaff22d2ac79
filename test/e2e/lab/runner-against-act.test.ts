/** The lab's runner and act (github.com/nektos/act) on the same workflow files: they print the same and conclude the same. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { JsonObject } from '../../../packages/lab/src/runner/expressions.ts';
import { FIXTURES, printed, runFixture, SECRET } from '../../unit/lab/runner/fixture-run.ts';

const hasAct = spawnSync('act', ['--version']).status === 0;
const describeWithAct = hasAct || process.env.CI === 'true' ? describe : describe.skip;

interface ActLine {
  readonly jobID?: string;
  readonly raw_output?: boolean;
  readonly jobResult?: string;
  readonly msg: string;
}

/** What each job printed, in order, and how it ended. The lines of a job that runs in a matrix or in parallel calls are sorted. */
interface Told {
  readonly lines: Readonly<Record<string, readonly string[]>>;
  readonly results: Readonly<Record<string, string>>;
}

interface Comparison {
  readonly title: string;
  readonly file: string;
  readonly event: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly payload?: JsonObject;
  /** Jobs in which act is known to differ from GitHub. */
  readonly onlyHere?: readonly string[];
  /** Jobs that run several times. */
  readonly several: readonly string[];
  /** How many jobs at least end with a result: fewer means that nothing was compared. */
  readonly jobs: number;
}

const comparisons: readonly Comparison[] = [
  { title: 'steps, actions, a matrix, a call', file: 'both', event: 'push', several: ['matrix'], jobs: 7 },
  {
    title: 'defaults, object filters, calls in a matrix, posts',
    file: 'both-more',
    event: 'push',
    several: ['shards', 'work'],
    jobs: 5,
  },
  // act does not run what needs a job that failed and has continue-on-error; GitHub and the lab do.
  { title: 'conditions', file: 'conditions', event: 'push', several: [], jobs: 4, onlyHere: ['after-tolerated'] },
  {
    title: 'started by hand',
    file: 'both-events',
    event: 'workflow_dispatch',
    inputs: { environment: 'staging', 'dry-run': 'false', reason: 'a reason' },
    several: [],
    jobs: 1,
  },
  {
    title: 'started by the clock',
    file: 'both-events',
    event: 'schedule',
    payload: { schedule: '17 4 * * 1-5' },
    several: [],
    jobs: 2,
  },
];

function runWithAct(repository: string, { file, event, inputs = {}, payload = {}, several }: Comparison): Told {
  const eventFile = join(repository, '..', `${file}-${event}.json`);
  writeFileSync(eventFile, JSON.stringify(payload));
  const { stdout } = spawnSync(
    'act',
    [
      event,
      ...['-W', `.github/workflows/${file}.yml`],
      ...['-P', 'ubuntu-latest=-self-hosted'],
      ...['-s', `PASSWORD=${SECRET}`, '-s', `KEY=${SECRET}`],
      ...(event === 'workflow_dispatch' ? [] : ['-e', eventFile]),
      ...Object.entries(inputs).flatMap(([name, value]) => ['--input', `${name}=${value}`]),
      '--json',
    ],
    {
      cwd: repository,
      encoding: 'utf8',
      // act runs JavaScript actions with the first node on PATH.
      env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}` },
    },
  );
  const lines: Record<string, string[]> = {};
  const results: Record<string, string> = {};
  for (const text of stdout.split('\n').filter((line) => line.startsWith('{'))) {
    const { jobID, raw_output: raw, jobResult, msg } = JSON.parse(text) as ActLine;
    if (jobID === undefined) continue;
    if (raw === true) (lines[jobID] ??= []).push(msg.trimEnd());
    // One failure in a matrix is the result of the whole.
    if (jobResult !== undefined && results[jobID] !== 'failure') results[jobID] = jobResult;
  }
  return { lines: sorted(lines, several), results };
}

async function runWithLab({
  file,
  event,
  inputs = {},
  payload = {},
  several,
  onlyHere = [],
}: Comparison): Promise<Told> {
  const secrets = { PASSWORD: SECRET, KEY: SECRET };
  const run = await runFixture(file, { event, inputs, payload, secrets });
  const lines: Record<string, string[]> = {};
  const results: Record<string, string> = {};
  const ran = run.jobs.filter((one) => one.kind === 'job' && one.conclusion !== 'skipped');
  expect(ran.map(({ id }) => id)).toEqual(expect.arrayContaining([...onlyHere]));
  for (const job of ran.filter(({ id }) => !onlyHere.includes(id))) {
    // The checkout's own words differ.
    const own = printed(job).filter((line) => !line.startsWith('Checked out '));
    if (own.length > 0) (lines[job.id] ??= []).push(...own);
    if (results[job.id] !== 'failure') results[job.id] = job.conclusion;
  }
  return { lines: sorted(lines, several), results };
}

function sorted(
  lines: Readonly<Record<string, string[]>>,
  several: readonly string[],
): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(lines).map(([id, printedLines]) => [id, several.includes(id) ? printedLines.sort() : printedLines]),
  );
}

describeWithAct('the lab’s runner against act', () => {
  let folder: string;
  let repository: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lab-act-'));
    repository = join(folder, 'shop');
    cpSync(join(FIXTURES, 'caller'), repository, { recursive: true });
    const git = (...args: string[]): unknown =>
      spawnSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args]);
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', 'first');
    git('remote', 'add', 'origin', 'https://github.com/acme/shop');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  describe.each(comparisons.map((comparison) => [comparison.title, comparison] as const))('%s', (_, comparison) => {
    let lab: Told;
    let act: Told;
    beforeAll(async () => {
      act = runWithAct(repository, comparison);
      lab = await runWithLab(comparison);
    });

    test('ran with both', () => expect(Object.keys(act.results).length).toBeGreaterThanOrEqual(comparison.jobs));

    test('printed the same', () => expect(lab.lines).toEqual(act.lines));

    test('concluded the same', () => expect(lab.results).toEqual(act.results));
  });
});
