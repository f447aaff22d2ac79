import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { bundledActions, bundleFiles } from '../scripts/bundles/packages.ts';
import { formatBytes, ratio, say, table } from './report.ts';
import { root, type Row } from './row.ts';

export const archive: Row = {
  name: 'archive',
  about: 'what a runner downloads for each job that uses an action, beside the whole repository',
  run() {
    const travels = run('git', ['archive', '--format=tar.gz', 'HEAD']);
    const whole = run('tar', ['-cz', '--null', '-T', '-'], run('git', ['ls-files', '-z']));
    const files = (bytes: Buffer) =>
      run('tar', ['-tzf', '-'], bytes)
        .toString()
        .trim()
        .split('\n')
        .filter((name) => !name.endsWith('/')).length;
    const bundles = bundledActions(root);
    table(
      [
        { title: 'what' },
        { title: 'compressed', right: true },
        { title: 'files', right: true },
        { title: 'of the archive', right: true },
      ],
      [
        ['the archive of HEAD', formatBytes(travels.length), String(files(travels)), '1.0×'],
        ['every tracked file', formatBytes(whole.length), String(files(whole)), ratio(whole.length, travels.length)],
        ...bundles.map((name) => {
          const files = bundleFiles(root, name);
          const size = files.reduce((sum, { content }) => sum + gzipSync(content).length, 0);
          return [`bundle of ${name}`, formatBytes(size), String(files.length), ratio(size, travels.length)];
        }),
      ],
    );
    say('\nThe archive is that of the last commit; one serves all actions of a job.');
    return Promise.resolve();
  },
};

function run(program: string, args: readonly string[], input?: Buffer): Buffer {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, input, maxBuffer: 512 * 1024 * 1024 });
  if (status !== 0) throw new Error(`${program} failed: ${stderr.toString()}`);
  return stdout;
}
