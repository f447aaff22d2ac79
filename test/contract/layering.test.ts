import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const floors: Readonly<Record<string, number>> = {
  base: 0,
  formats: 1,
  tools: 2,
  mi: 3,
  apim: 3,
  kubernetes: 3,
  oci: 3,
  maven: 3,
  github: 3,
  run: 4,
};

interface Import {
  readonly file: string;
  readonly target: string;
}

/** Every import of every source file, the target as a path in the repository or as the package's name. */
const imports: Import[] = globSync(['packages/*/src/**/*.ts', 'actions/*/src/**/*.ts'], { cwd: root }).flatMap(
  (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/(?:^|\n)(?:import|export)\s(?:[^'"]*?\sfrom\s)?'([^']+)'|import\('([^']+)'\)/g)].map(
      (match) => {
        const name = match[1] ?? match[2] ?? '';
        const target = name.startsWith('.')
          ? relative(root, resolve(root, dirname(file), name))
          : name.replace(/^@wso2-delivery\/(shared|lab)\//, 'packages/$1/src/');
        return { file, target };
      },
    );
  },
);

const roomOf = (path: string) => /^packages\/shared\/src\/([^/]+)\//.exec(path)?.[1];
const actionOf = (path: string) => /^actions\/([^/]+)\//.exec(path)?.[1];

test('there are imports to judge', () => {
  expect(imports.length).toBeGreaterThan(50);
});

test('a floor of the core imports only from floors below it or from its own room', () => {
  const offences = imports.filter(({ file, target }) => {
    const from = roomOf(file);
    const to = roomOf(`${target}/`);
    if (from === undefined || to === undefined || from === to) return false;
    return (floors[to] ?? 99) >= (floors[from] ?? -1);
  });
  // The catalogue of error codes and the ports' declarations are what run/ knows of the rooms; rooms never know run/.
  expect(offences).toEqual([]);
});

test('every folder of the core is a known room', () => {
  const rooms = new Set(imports.map(({ file }) => roomOf(file)).filter((room) => room !== undefined));
  expect([...rooms].filter((room) => !(room in floors))).toEqual([]);
});

test('the core imports neither actions nor the lab', () => {
  expect(
    imports.filter(({ file, target }) => roomOf(file) !== undefined && /^(actions|packages\/lab)\//.test(target)),
  ).toEqual([]);
});

test('actions import neither each other nor the lab', () => {
  const offences = imports.filter(({ file, target }) => {
    const from = actionOf(file);
    if (from === undefined) return false;
    const to = actionOf(target) ?? /^@wso2-delivery\/([^/]+)/.exec(target)?.[1];
    return target.startsWith('packages/lab/') || (to !== undefined && to !== from);
  });
  expect(offences).toEqual([]);
});

test('the lab takes from the core only base/ and formats/', () => {
  const offences = imports.filter(({ file, target }) => {
    const room = roomOf(`${target}/`);
    return file.startsWith('packages/lab/') && room !== undefined && room !== 'base' && room !== 'formats';
  });
  expect(offences).toEqual([]);
});

describe('only run/ touches the process, the clock and @actions/core', () => {
  const forbidden = [
    /\bprocess\.(env|exit|argv|cwd|on)\b/,
    /\bDate\.now\(\)/,
    /\bnew Date\(\)/,
    /\bset(Timeout|Interval)\(/,
    /@actions\/core/,
    /node:child_process/,
  ];
  const sources = globSync(['packages/shared/src/**/*.ts', 'actions/*/src/**/*.ts'], { cwd: root }).filter(
    (file) => !file.startsWith('packages/shared/src/run/'),
  );
  test.each(forbidden.map((pattern) => [pattern]))('%s', (pattern) => {
    expect(sources.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });
});

test('no file is a catch-all', () => {
  const names = globSync(['packages/*/src/**/*.ts', 'actions/*/src/**/*.ts'], { cwd: root });
  expect(names.filter((file) => /(^|\/)(utils?|helpers?|common|misc|types)(\.ts|\/)/.test(file))).toEqual([]);
});
