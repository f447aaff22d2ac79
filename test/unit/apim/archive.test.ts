import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  readArchive,
  readProjectFolder,
  requireApi,
  withDeployments,
  withLifecycle,
  withoutDeployments,
  writeArchive,
} from '@wso2-delivery/shared/apim/archive';
import { writeZip } from '@wso2-delivery/shared/formats/zip';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'archive-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const apiYaml = (more = '') =>
  `type: api\nversion: v4.2.0\ndata:\n  id: 1\n  name: A\n  version: 1.0\n  context: /a\n  lifeCycleStatus: CREATED\n${more}`;

async function archive(files: Record<string, string>): Promise<string> {
  const path = join(folder, 'a.zip');
  await writeZip(
    path,
    Object.entries(files).map(([name, text]) => ({ name, data: Buffer.from(text) })),
  );
  return path;
}

describe('reading an archive', () => {
  test('an unquoted version 1.0 stays 1.0', async () => {
    const project = await readArchive(await archive({ 'A-1.0/api.yaml': apiYaml() }), 'a.zip');
    expect([project.name, project.version, project.context]).toEqual(['A', '1.0', '/a']);
  });

  test('api.json is read as well', async () => {
    const text = JSON.stringify({ data: { name: 'A', version: '2' } });
    const project = await readArchive(await archive({ 'A-2/api.json': text }), 'a.zip');
    expect([project.version, project.context]).toEqual(['2', '/a']);
  });

  test.each<[name: string, files: Record<string, string>, says: string]>([
    ['two roots', { 'A-1/api.yaml': apiYaml(), 'B-1/api.yaml': apiYaml() }, 'needs one root folder; found A-1, B-1'],
    ['no root', { 'api.yaml': apiYaml() }, 'files at the top'],
    ['no api.yaml', { 'A-1/readme.txt': 'x' }, 'has no api.yaml'],
    ['an api.yaml that is not YAML', { 'A-1/api.yaml': 'a: [' }, 'api.yaml is not valid'],
    ['an api.yaml without name', { 'A-1/api.yaml': 'data: {version: "1"}' }, 'without data.name'],
    ['nothing', {}, 'holds nothing'],
  ])('%s is refused', async (_, files, says) => {
    await expect(readArchive(await archive(files), 'a.zip')).rejects.toMatchObject({
      code: 'ARCHIVE_INVALID',
      message: expect.stringContaining(says),
    });
  });

  describe('made to do harm', () => {
    const yaml = 'A-1.0/api.yaml';
    /** An honest archive, changed afterwards; `at` is where its directory begins. */
    const forged = async (name: string, text: string, change: (bytes: Buffer, at: number) => void): Promise<Buffer> => {
      const bytes = readFileSync(await archive({ [name]: text }));
      change(bytes, bytes.indexOf('PK\u0001\u0002', 0, 'latin1'));
      return bytes;
    };
    const renamed = (from: string, to: string) => (bytes: Buffer) => {
      bytes.write(bytes.toString('latin1').replaceAll(from, to), 'latin1');
    };

    test.each<[name: string, entry: string, change: (bytes: Buffer, at: number) => void, says: string]>([
      ['a way out of its folder', 'A-1.0/x/x/x/evil', renamed('A-1.0/x/x/x', 'A/../../../'), 'would leave its folder'],
      ['an absolute name', 'xetc/cron.d/evil', renamed('xetc', '/etc'), 'would leave its folder'],
      ['a drive', 'xx/evil', renamed('xx/', 'C:/'), 'would leave its folder'],
      ['a symbolic link', yaml, (bytes, at) => bytes.writeUInt32LE((0o120777 << 16) >>> 0, at + 38), 'symbolic link'],
      ['a bomb that says so', yaml, (bytes, at) => bytes.writeUInt32LE(2 ** 30, at + 24), 'unpacks to more than'],
      ['a bomb that says less', yaml, (bytes, at) => bytes.writeUInt32LE(10, at + 24), 'than the 10 bytes'],
      [
        'more entries than a project has',
        yaml,
        (bytes) => bytes.writeUInt16LE(6000, bytes.length - 12),
        '6000 entries',
      ],
    ])('%s is refused by name', async (_, entry, change, says) => {
      const bytes = await forged(entry, apiYaml(`  description: ${'a'.repeat(100_000)}\n`), change);
      await expect(readArchive(bytes, 'exports/a.zip')).rejects.toMatchObject({
        code: 'ARCHIVE_INVALID',
        message: expect.stringMatching(new RegExp(`exports/a\\.zip.*${says}`)),
      });
    });
  });

  test.each(['', '<html>', 'PK\u0003\u0004 cut'])('what is no zip (%j) is refused', async (text) => {
    await expect(readArchive(Buffer.from(text), 'a.zip')).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' });
  });

  test('another API than the one asked for is refused', async () => {
    const project = await readArchive(await archive({ 'A-1.0/api.yaml': apiYaml() }), 'a.zip');
    expect(() => requireApi(project, 'A', '2.0', 'a.zip')).toThrow('holds A:1.0 instead of A:2.0');
  });
});

test('a project folder is read like an archive, and a link in it is refused', () => {
  const project = join(folder, 'A-1.0');
  mkdirSync(join(project, 'Definitions'), { recursive: true });
  writeFileSync(join(project, 'api.yaml'), apiYaml());
  writeFileSync(join(project, 'Definitions/swagger.yaml'), 'openapi: 3.0.1\n');
  expect([...readProjectFolder(project, 'A-1.0').files.keys()].sort()).toEqual([
    'Definitions/swagger.yaml',
    'api.yaml',
  ]);
  symlinkSync('/etc/passwd', join(project, 'link'));
  expect(() => readProjectFolder(project, 'A-1.0')).toThrow('symbolic link');
});

describe('the fingerprint', () => {
  const of = async (files: Record<string, string>) => (await readArchive(await archive(files), 'a.zip')).fingerprint;

  test('does not see what differs between two exports of the same API', async () => {
    const base = await of({ 'A-1.0/api.yaml': apiYaml() });
    expect(await of({ 'B/api.yaml': apiYaml('  lastUpdatedTime: now\n').replace('id: 1', 'id: 2') })).toBe(base);
    expect(await of({ 'A-1.0/api.yaml': apiYaml(), 'A-1.0/api_meta.yaml': 'name: A' })).toBe(base);
  });

  test('sees everything else', async () => {
    const base = await of({ 'A-1.0/api.yaml': apiYaml() });
    expect(await of({ 'A-1.0/api.yaml': apiYaml('  description: new\n') })).not.toBe(base);
    expect(await of({ 'A-1.0/api.yaml': apiYaml(), 'A-1.0/Definitions/swagger.yaml': 'x' })).not.toBe(base);
  });
});

test('deployments, none of them, and another state survive writing and reading', async () => {
  const project = await readArchive(await archive({ 'A-1.0/api.yaml': apiYaml() }), 'a.zip');
  const path = join(folder, 'b.zip');
  await writeArchive(
    path,
    withLifecycle(
      withDeployments(project, [{ gateway: 'Default', vhost: undefined, displayOnDevportal: false }]),
      'PUBLISHED',
    ),
  );
  const again = await readArchive(path, 'b.zip');
  expect(again.deployments).toEqual([{ gateway: 'Default', vhost: undefined, displayOnDevportal: false }]);
  expect(again.files.get('api.yaml')?.toString()).toContain('lifeCycleStatus: PUBLISHED');
  await writeArchive(path, withoutDeployments(again));
  expect((await readArchive(path, 'b.zip')).deployments).toEqual([]);
});

test('a virtual host goes along with its gateway', async () => {
  const project = await readArchive(await archive({ 'A-1.0/api.yaml': apiYaml() }), 'a.zip');
  const path = join(folder, 'b.zip');
  const deployments = [{ gateway: 'Default', vhost: 'api.example.com', displayOnDevportal: true }];
  await writeArchive(path, withDeployments(project, deployments));
  expect((await readArchive(path, 'b.zip')).deployments).toEqual(deployments);
});

describe('products and applications', () => {
  const product = (more = '') =>
    `type: api_product\ndata:\n  monetization:\n    state: OPEN\n  name: P\n  context: /p\n${more}  state: PUBLISHED\n`;
  const application = 'type: application\ndata:\n  applicationInfo:\n    name: App\n    owner: bob\n';

  test.each([
    { files: { 'P/api_product.yaml': product('  version: 2.0\n') }, is: ['api-product', 'P', '2.0', '/p'] },
    // Before 4.3 products had no versions.
    { files: { 'P/api_product.yaml': product() }, is: ['api-product', 'P', '1.0.0', '/p'] },
    { files: { 'bob-App/application.yaml': application }, is: ['application', 'App', 'bob', ''] },
  ])('$is', async ({ files, is }) => {
    const { kind, name, version, context } = await readArchive(await archive(files), 'a.zip');
    expect([kind, name, version, context]).toEqual(is);
  });

  test('an application without owner is refused', async () => {
    const text = application.replace('owner', 'o');
    await expect(readArchive(await archive({ 'A/application.yaml': text }), 'a.zip')).rejects.toThrow('name and owner');
  });

  test('the life cycle state of a product is that of its data, not one that stands deeper', async () => {
    const changed = withLifecycle(
      await readArchive(await archive({ 'P/api_product.yaml': product() }), 'a.zip'),
      'BLOCKED',
    );
    const text = changed.files.get('api_product.yaml')?.toString('utf8') ?? '';
    expect(text).toContain('\n    state: OPEN\n');
    expect(text).toContain('\n  state: BLOCKED\n');
  });

  test('what is of another kind than asked for is refused', async () => {
    const project = await readArchive(await archive({ 'P/api_product.yaml': product() }), 'a.zip');
    expect(() => requireApi(project, 'P', '1.0.0', 'a.zip')).toThrow('holds an api-product instead of an api');
    requireApi(project, 'P', '1.0.0', 'a.zip', 'api-product');
  });
});
