import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleOf, hasBundle, step } from './bundle.ts';
import { interleaved, median, timed, type Run, type Way } from './measure.ts';
import { formatBytes, ratio, say, table, timeOf } from './report.ts';
import { root, type Row } from './row.ts';

const rounds = 15;
const warmUps = 2;

/** What the second row of an action is called. */
const atWork = ', its work loaded';

/** Good inputs that the work itself, all of it loaded, finds wanting before it does anything: an empty workspace. */
const workInputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'build-mi': {},
  'deploy-k8s': { manifests: 'none.yaml' },
  'promote-api': { to: 'staging', from: 'dev', apis: 'A:1.0.0', environments: '{}' },
  'verify-rollout': { workloads: 'deployment/none', kubeconfig: 'none' },
};

export const coldStart: Row = {
  name: 'cold-start',
  about:
    'from start to end of each committed bundle: given a wrong input, and given good ones for work that ends before its first effect',
  async run(folder) {
    const bare = 'node -e 0';
    const post = 'post';
    const minimal = 'a minimal action (@actions/core alone)';
    const minimalBundle = bundleMinimal(folder);
    const actions = readdirSync(join(root, 'dist')).filter(hasBundle);
    const bundles = new Map([
      [minimal, minimalBundle],
      ...actions.map((name): [string, string] => [name, bundleOf(name)]),
    ]);
    const ways: Way<Run>[] = [
      { name: bare, run: () => timed([process.execPath, '-e', '0']) },
      ...[...bundles].flatMap(([name, bundle]): Way<Run>[] => {
        const job = step(name, { 'no-such-input': 'x' }, join(folder, `job-${name.split(' ').join('-')}`));
        const command = [process.execPath, bundle];
        // The post stage takes no inputs: it finds nothing to do and succeeds.
        if (name === post) return [{ name, run: () => timed(command, { env: job.env, cwd: job.workspace }) }];
        const refused = { name, run: () => failing(command, job.env, job.workspace) };
        const inputs = workInputs[name];
        if (inputs === undefined) return [refused];
        const working = step(name, inputs, join(folder, `working-${name}`));
        return [refused, { name: `${name}${atWork}`, run: () => failing(command, working.env, working.workspace) }];
      }),
    ];
    const runs = await interleaved(ways, { rounds, warmUps });
    const wall = (name: string) => (runs.get(name) ?? []).map(({ wallMs }) => wallMs);
    const cpu = (name: string) => (runs.get(name) ?? []).map(({ cpuMs }) => cpuMs);
    table(
      [
        { title: 'what is started' },
        { title: 'wall', right: true },
        { title: 'CPU', right: true },
        { title: `of ${bare}`, right: true },
        { title: 'of the minimal action', right: true },
        { title: 'files, all', right: true },
      ],
      ways.map(({ name }) => {
        const bundle = bundles.get(name);
        const files = readdirSync(join(bundle ?? root, '..')).filter((file) => /\.m?js$/.test(file));
        return [
          name,
          timeOf(wall(name)),
          timeOf(cpu(name)),
          ratio(median(wall(name)), median(wall(bare))),
          ratio(median(wall(name)), median(wall(minimal))),
          bundle === undefined
            ? '–'
            : formatBytes(files.reduce((sum, file) => sum + statSync(join(bundle, '..', file)).size, 0)),
        ];
      }),
    );
    say(
      `\nMedian (range) of ${rounds} rounds in turn, after ${warmUps} that do not count: files are in the page cache.`,
    );
  },
};

/** Bundled with the same tool and options as the actions. */
function bundleMinimal(folder: string): string {
  const out = join(folder, 'minimal');
  mkdirSync(out);
  const ncc = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js');
  const args = ['build', 'bench/minimal-action.mjs', '-o', out, '--no-cache', '--target', 'es2024'];
  const built = spawnSync(process.execPath, [ncc, ...args], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`ncc failed: ${built.stdout}${built.stderr}`);
  writeFileSync(join(out, 'package.json'), '{ "type": "module" }\n');
  return join(out, readdirSync(out).includes('index.mjs') ? 'index.mjs' : 'index.js');
}

async function failing(command: readonly string[], env: Readonly<Record<string, string>>, cwd: string): Promise<Run> {
  const run = await timed(command, { env, cwd });
  if (run.exitCode !== 1 || !run.output.includes('::error')) throw new Error(`not the expected failure: ${run.output}`);
  return run;
}
