import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { patched } from '../../../support/patch.ts';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';

let lab: LabPromotion;
beforeEach(async () => {
  lab = await startLabPromotion({ variables: { BACKEND_PASSWORD: 'backend-pw' } });
});
afterEach(() => lab.close());

const plan = { mode: 'plan', engine: 'rest', params: 'old.yaml' };
const head =
  'environments:\n  - name: staging # theirs\n    endpoints:\n      production:\n        url: https://b.example.com\n';
const security = (password: string) =>
  `    security:\n      production:\n        enabled: true\n        type: basic\n        username: u\n        password: ${password}\n`;

function write(text: string): void {
  writeFileSync(join(lab.workspace, 'old.yaml'), text);
}

function shownDifference(): string {
  return /```diff\n(.*?)```/s.exec(lab.ports.markdown())?.[1] ?? '';
}

describe('names that apictl misreads', () => {
  const text =
    'environments:\n  - name: staging\n    configs:\n      endpoints:\n        production:\n          url: https://named.example.com\n';

  test.each(['rest', 'apictl'])(
    'a file that ends in .yml and a folder with .yaml in its name are read (%s)',
    async (engine) => {
      writeFileSync(join(lab.workspace, 'params.yml'), text);
      mkdirSync(join(lab.workspace, 'my.yaml.d'));
      writeFileSync(join(lab.workspace, 'my.yaml.d/params.yaml'), text.replace('named', 'folder'));
      for (const [params, host] of [
        ['params.yml', 'named'],
        ['my.yaml.d', 'folder'],
      ]) {
        expect((await lab.run({ params, engine })).failure).toBeUndefined();
        expect(JSON.stringify(lab.staging.apis[0]?.working.api.endpointConfig)).toContain(
          `https://${host}.example.com`,
        );
      }
    },
  );
});

describe('a params file of the 3.x shape', () => {
  test('without secrets in clear: the difference on the page is one that can be applied', async () => {
    const before = head + security('${BACKEND_PASSWORD}');
    write(before);
    expect((await lab.run(plan)).failure).toBeUndefined();
    const after = patched(before, shownDifference());
    expect(after).toContain('  - name: staging # theirs\n    configs:\n      endpoints:\n        production:\n');
    expect(lab.ports.markdown()).toContain('`git apply` takes this difference');
    write(after);
    expect((await lab.run(plan)).failure).toBeUndefined();
    expect(lab.ports.annotations.filter(({ level }) => level === 'notice')).toHaveLength(1);
  });

  test.each([
    ['plain', 'clear-password', ['clear-password']],
    ['quoted', '"clear: password"', ['clear: password']],
    ['of several lines', '|\n          first-line\n          second-line', ['first-line', 'second-line']],
    ['short', 'pw', []],
  ])('with a secret in clear the removed line is masked and marked: %s', async (_, password, secrets) => {
    write(head + security(password));
    const { outputs, failure } = await lab.run({ ...plan, 'converted-params': 'new.yaml' });
    expect(failure).toBeUndefined();
    expect(outputs.convertedParams).toBe('new.yaml');
    expect(shownDifference()).toContain('-        password: ••• # masked\n');
    expect(shownDifference()).not.toMatch(/^-.*password: (?!•••)/m);
    expect(lab.ports.markdown()).toContain('The file in the 4.x shape is `new.yaml`: commit it as `old.yaml`.');
    const written = readFileSync(join(lab.workspace, 'new.yaml'), 'utf8');
    expect(written).toContain('password: ${STAGING_PRODUCTION_PASSWORD}');
    for (const secret of secrets) expect(`${lab.ports.markdown()}${written}`).not.toContain(secret);
  });

  test('masked and not written, it is said how to get the file; a long one is not shown', async () => {
    write(head + security('clear-password'));
    await lab.run(plan);
    expect(lab.ports.markdown()).toContain('`git apply` does not take this difference: `converted-params: old.yaml`');
    const many = Array.from({ length: 400 }, (_, at) =>
      head.replace('environments:\n', '').replace('staging', `e${at}`),
    );
    write(head + many.join(''));
    await lab.run(plan);
    expect(lab.ports.markdown()).toContain('too long to be shown here');
  });

  test('of the 4.x shape nothing is written', async () => {
    write(
      'environments:\n  - name: staging\n    configs:\n      endpoints:\n        production:\n          url: https://b\n',
    );
    const { outputs } = await lab.run({ ...plan, 'converted-params': 'new.yaml' });
    expect(outputs.convertedParams).toBeUndefined();
    expect(shownDifference()).toBe('');
  });
});
