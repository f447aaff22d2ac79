import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readCar } from '@wso2-delivery/shared/mi/car';
import { checkCar } from '@wso2-delivery/shared/mi/check-car';
import { readSources } from '@wso2-delivery/shared/mi/sources';
import { step } from '../bundle.ts';
import { programOf } from '../machine.ts';
import { interleaved, median, succeeding, timed, type Run, type Way } from '../measure.ts';
import { notHere, ratio, say, table, timeOf } from '../report.ts';
import { root, type Row } from '../row.ts';
import { generateProject } from './generated-project.ts';

const rounds = 3;
const artifacts = 300;
const comparisons = 11;

export const car: Row = {
  name: 'car',
  about: 'from sources to a checked CAR: Maven alone, build-mi with Maven, build-mi without; and the check by itself',
  async run(folder) {
    await builds(folder);
    say('');
    await check(folder);
  },
};

async function builds(folder: string): Promise<void> {
  const [byMaven, byAction, byNative] = ['mvn clean package', 'build-mi', 'build-mi, builder: native'];
  const mvn = programOf('mvn');
  const example = (name: string) => {
    const job = step('build-mi', {}, join(folder, name));
    cpSync(join(root, 'examples/employee-service'), job.workspace, { recursive: true });
    return job;
  };
  const [plain, action, native] = [example('maven'), example('action'), example('native')];
  const given = (builder: string) => ({
    ...process.env,
    ...action.env,
    INPUT_BUILDER: builder,
    INPUT_GOALS: 'clean package',
  });
  // One try outside of the measurement tells whether it exists at all.
  const attempt = await timed(native.command, {
    env: { ...native.env, INPUT_BUILDER: 'native' },
    cwd: native.workspace,
  });
  const nativeThere = attempt.exitCode === 0;
  const ways: Way<Run>[] = [
    ...(mvn === undefined
      ? []
      : [
          {
            name: byMaven,
            run: () => succeeding([mvn, '-B', '--no-transfer-progress', 'clean', 'package'], { cwd: plain.workspace }),
          },
          { name: byAction, run: () => succeeding(action.command, { env: given('maven'), cwd: action.workspace }) },
        ]),
    ...(nativeThere
      ? [
          {
            name: byNative,
            run: () =>
              succeeding(native.command, { env: { ...native.env, INPUT_BUILDER: 'native' }, cwd: native.workspace }),
          },
        ]
      : []),
  ];
  // Fills ~/.m2, for both that use it.
  if (mvn !== undefined) await ways[0]?.run(0);
  const runs = await interleaved(ways, { rounds, warmUps: 0 });
  const wall = (name: string) => (runs.get(name) ?? []).map(({ wallMs }) => wallMs);
  const lineOf = (name: string, absent: string): string[] => {
    const measured = runs.get(name) ?? [];
    if (measured.length === 0) return [name, absent, '–', '–'];
    const cpu = timeOf(measured.map(({ cpuMs }) => cpuMs));
    return [name, timeOf(wall(name)), mvn === undefined ? '–' : ratio(median(wall(name)), median(wall(byMaven))), cpu];
  };
  table(
    [
      { title: 'examples/employee-service (5 artifacts)' },
      { title: 'wall', right: true },
      { title: 'of Maven alone', right: true },
      { title: 'CPU', right: true },
    ],
    [lineOf(byMaven, notHere), lineOf(byAction, notHere), lineOf(byNative, 'not here yet')],
  );
  say(`\nMedian (range) of ${rounds} rounds in turn, after one run of Maven that fills ~/.m2.`);
}

async function check(folder: string): Promise<void> {
  const project = join(folder, 'check/workspace');
  mkdirSync(project, { recursive: true });
  const file = await generateProject(project, artifacts);
  const inside: number[] = [];
  for (let turn = -1; turn < comparisons; turn++) {
    const started = performance.now();
    const findings = checkCar({ car: await readCar(file), sources: readSources(project), display: (path) => path });
    if (turn >= 0) inside.push(performance.now() - started);
    if (findings.length > 0) throw new Error(`the generated project is not clean: ${findings[0]?.message ?? ''}`);
  }
  const job = step('build-mi', { cars: 'orders_1.0.0.car' }, join(folder, 'check'));
  const whole: number[] = [];
  for (let turn = -1; turn < comparisons; turn++) {
    const { wallMs } = await succeeding(job.command, { env: job.env, cwd: job.workspace });
    if (turn >= 0) whole.push(wallMs);
  }
  table(
    [{ title: `a CAR of ${artifacts} artifacts against its sources` }, { title: 'wall', right: true }],
    [
      ['reading both and comparing, in the process', timeOf(inside)],
      ['build-mi as a step, its start included', timeOf(whole)],
    ],
  );
  say(`\nMedian (range) of ${comparisons}, after one that does not count. The goal is a second.`);
}
