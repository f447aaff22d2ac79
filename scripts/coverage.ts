/** `npm run coverage`: which lines and branches of what ships the unit tests reach, room by room. A report, not a gate. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'coverage');
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(root, 'node_modules/jest/bin/jest.js'),
  ...['--selectProjects', 'unit', '--silent', '--coverage', '--coverageProvider', 'v8', '--coverageDirectory', folder],
  ...['--coverageReporters', 'json-summary'],
  ...['packages/shared/src/**/*.ts', 'actions/*/src/**/*.ts'].flatMap((glob) => ['--collectCoverageFrom', glob]),
  ...process.argv.slice(2),
];
const { status } = spawnSync(process.execPath, jest, { cwd: root, stdio: 'inherit' });

interface Share {
  readonly total: number;
  readonly covered: number;
}

const summary = JSON.parse(readFileSync(join(folder, 'coverage-summary.json'), 'utf8')) as Readonly<
  Record<string, { readonly lines: Share; readonly branches: Share }>
>;
const rooms = new Map<string, { lines: Share; branches: Share }>();
for (const [file, { lines, branches }] of Object.entries(summary)) {
  if (file === 'total') continue;
  const room = /^(packages\/shared\/src\/[^/]+|actions\/[^/]+)\//.exec(relative(root, file))?.[1] ?? file;
  const sum = rooms.get(room) ?? { lines: { total: 0, covered: 0 }, branches: { total: 0, covered: 0 } };
  rooms.set(room, { lines: add(sum.lines, lines), branches: add(sum.branches, branches) });
}
console.log('| room | lines | covered | branches | covered |\n| --- | ---: | ---: | ---: | ---: |');
for (const [room, { lines, branches }] of [...rooms].sort(([a], [b]) => (a < b ? -1 : 1)))
  console.log(`| ${room} | ${lines.total} | ${percent(lines)} | ${branches.total} | ${percent(branches)} |`);
process.exit(status ?? 1);

function add(a: Share, b: Share): Share {
  return { total: a.total + b.total, covered: a.covered + b.covered };
}

function percent({ total, covered }: Share): string {
  return total === 0 ? '–' : `${Math.round((covered / total) * 100)} %`;
}
