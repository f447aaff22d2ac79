import { describe, expect, test } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { catalogue } from '@wso2-delivery/shared/run/catalogue';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { declarations, generatedFiles } from '../../scripts/generated-files.ts';

const root = resolve(import.meta.dirname, '../..');
const actions = await declarations(root);
const files = await generatedFiles(root);

test('the four actions of the toolkit are declared', () => {
  expect(actions.map(({ name }) => name)).toEqual(['build-mi', 'deploy-k8s', 'promote-api', 'verify-rollout']);
});

test.each(files.map(({ path, content }) => [path, content]))('%s is what its declaration says', (path, content) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(content);
});

describe.each(actions.map((action) => [action.name, action] as const))('%s', (name, action) => {
  test('its action.yml runs a bundle that exists, on node24', () => {
    const { runs } = parseYaml(readFileSync(join(root, 'actions', name, 'action.yml'), 'utf8')) as {
      runs: { using: string; main: string };
    };
    expect(runs.using).toBe('node24');
    expect(existsSync(join(root, 'actions', name, runs.main))).toBe(true);
  });

  test('its README starts with the one-step minimum, before the tables', () => {
    const readme = readFileSync(join(root, 'actions', name, 'README.md'), 'utf8');
    expect(readme.indexOf('```yaml')).toBeGreaterThan(0);
    expect(readme.indexOf('```yaml')).toBeLessThan(readme.indexOf('<!-- inputs:begin -->'));
  });

  test('it gives a report', () => expect(Object.keys(action.outputs)).toContain('report'));
});

describe('the catalogue of errors', () => {
  const codes = Object.values(catalogue).flatMap((room) => Object.values(room));
  const sources = globSync(['packages/shared/src/**/*.ts', 'actions/*/src/**/*.ts'], { cwd: root })
    .filter((file) => !file.endsWith('codes.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');

  test('names each code once', () => {
    const names = codes.map(({ code }) => code);
    expect(names).toEqual([...new Set(names)]);
  });

  test('holds the codes of every room', () => {
    const declared = globSync(['packages/shared/src/*/**/codes.ts', 'actions/*/src/**/codes.ts'], {
      cwd: root,
    }).flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/^ {2}([A-Z][A-Z0-9_]+): \{/gm)].map((match) => match[1]),
    );
    expect(declared.filter((code) => !codes.some((known) => known.code === code))).toEqual([]);
  });

  test('has no code that nothing can throw', () => {
    expect(codes.map(({ code }) => code).filter((code) => !new RegExp(`\\b${code}\\b`).test(sources))).toEqual([]);
  });

  test.each(codes.map((code) => [code.code, code] as const))('%s says what happened and what to do', (_, code) => {
    for (const text of [code.title, code.meaning, code.remedy]) expect(text.length).toBeGreaterThan(10);
    expect(code.title).not.toMatch(/\.$/);
    expect(code.remedy).toMatch(/[.!]$/);
  });
});
