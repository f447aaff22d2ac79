/** What goes out in the bundles: whose code, under which licence, from which archive; and the bill of materials that says so. */
import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { billOfMaterials } from '../../scripts/bundles/cyclonedx.ts';
import { allowedLicences, bundledActions, bundledPackages, bundleFiles } from '../../scripts/bundles/packages.ts';
import { problemsOfBill } from '../support/cyclonedx-schema.ts';

const root = resolve(import.meta.dirname, '../..');
const actions = bundledActions(root);

test('every action has a bundle', () => {
  expect(actions).toEqual(expect.arrayContaining(readdirSync(join(root, 'actions'))));
});

describe.each(actions)('the bundle of %s', (action) => {
  const packages = bundledPackages(root, action);
  const files = bundleFiles(root, action);

  test('holds only packages whose licence allows it', () => {
    expect(packages.filter(({ licence }) => !allowedLicences.includes(licence))).toEqual([]);
  });

  test('brings the text of each licence', () => {
    expect(packages.filter(({ text }) => text.length < 300).map(({ name }) => name)).toEqual([]);
  });

  test('has a bill of materials with the hash of each of its files and of every package', () => {
    const bill = billOfMaterials({ action, version: '1.2.3', files, packages });
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      serialNumber: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
    });
    expect(bill.metadata.component).toMatchObject({
      name: action,
      version: '1.2.3',
      components: files.map(({ name, content }) => ({
        type: 'file',
        name,
        hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(content).digest('hex') }],
      })),
    });
    expect(files.map(({ name }) => name)).toContain('index.js');
    expect(bill.components.map(({ name }) => name)).toEqual(packages.map(({ name }) => name));
    for (const { purl, hashes, version } of bill.components) {
      expect(purl).toMatch(new RegExp(`^pkg:npm/[\\w.%/-]+@${version.replaceAll('.', '\\.')}$`));
      expect(hashes).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }]);
    }
  });

  test('has a bill of materials that the schema of CycloneDX takes', () => {
    const bill = billOfMaterials({ action, version: '1.2.3', files, packages });
    expect(problemsOfBill(bill)).toEqual([]);
    const [first, ...others] = bill.components;
    const without = { ...first, name: undefined };
    expect(
      problemsOfBill({ ...bill, components: [JSON.parse(JSON.stringify(without)), ...others] as never }),
    ).toContain("/components/0 must have required property 'name'");
  });

  test('reaches every package of the bill from the action', () => {
    const { metadata, components, dependencies } = billOfMaterials({ action, version: '1.2.3', files, packages });
    const found = new Set<string>();
    const visit = (ref: string): void => {
      if (found.has(ref)) return;
      found.add(ref);
      dependencies.find((one) => one.ref === ref)?.dependsOn.forEach(visit);
    };
    visit(metadata.component['bom-ref']);
    expect(components.map((one) => one['bom-ref']).filter((ref) => !found.has(ref))).toEqual([]);
  });
});

test('`npm run sbom` writes one bill for each bundle, the same bytes each time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sbom-'));
  try {
    const write = (name: string): string[] => {
      const run = spawnSync(process.execPath, [join(root, 'scripts/sbom.ts'), join(folder, name)], {
        encoding: 'utf8',
      });
      expect([run.stderr, run.status]).toEqual(['', 0]);
      return readdirSync(join(folder, name)).map((file) => readFileSync(join(folder, name, file), 'utf8'));
    };
    const first = write('first');
    expect(first).toHaveLength(actions.length);
    expect(write('second')).toEqual(first);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
