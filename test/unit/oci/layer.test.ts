import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '@wso2-delivery/shared/base/errors';
import { digestOf } from '@wso2-delivery/shared/formats/digest';
import {
  buildLayer,
  directoriesOwnedBelow,
  fileContent,
  type Layer,
  layerEntries,
  type LayerFile,
} from '@wso2-delivery/shared/oci/layer';

const HOME = '/home/wso2carbon';
const OWNER = { uid: 10802, gid: 10802 };
const CARS = `${HOME}/wso2mi-4.4.0/repository/deployment/server/carbonapps`;
const directory = directoriesOwnedBelow(HOME, { ...OWNER, mode: 0o755 });
const file = (path: string, content = path): LayerFile => ({ path, content, mode: 0o644, ...OWNER });

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'layer-')));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function build(files: readonly LayerFile[], modified = new Date(0)): Promise<Layer> {
  return buildLayer({ files, directory, modified, description: 'carbon applications' }, folder);
}

async function bytesOf(layer: Layer): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of layer.content.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('layer entries', () => {
  test('every directory on the way has an entry with its owner, before what is in it', () => {
    const entries = layerEntries({ files: [file(`${CARS}/b.car`), file(`${CARS}/a.car`)], directory });
    expect(entries.map(({ name, uid, mode }) => `${name} ${uid} ${mode.toString(8)}`)).toEqual([
      'home/ 0 755',
      'home/wso2carbon/ 10802 755',
      'home/wso2carbon/wso2mi-4.4.0/ 10802 755',
      'home/wso2carbon/wso2mi-4.4.0/repository/ 10802 755',
      'home/wso2carbon/wso2mi-4.4.0/repository/deployment/ 10802 755',
      'home/wso2carbon/wso2mi-4.4.0/repository/deployment/server/ 10802 755',
      'home/wso2carbon/wso2mi-4.4.0/repository/deployment/server/carbonapps/ 10802 755',
      'home/wso2carbon/wso2mi-4.4.0/repository/deployment/server/carbonapps/a.car 10802 644',
      'home/wso2carbon/wso2mi-4.4.0/repository/deployment/server/carbonapps/b.car 10802 644',
    ]);
  });

  test('a neighbour whose name begins alike does not belong to the user', () => {
    expect(directory('/home/wso2carbon2').uid).toBe(0);
    expect(directory('/home').uid).toBe(0);
    expect(directory(HOME).uid).toBe(10802);
  });

  test('system directories keep the modes that every image gives them', () => {
    expect(directory('/tmp').mode).toBe(0o1777);
    expect(directory('/root').mode).toBe(0o700);
    expect(directory('/opt').mode).toBe(0o755);
  });

  test('all wrong paths are reported together', () => {
    const files = ['relative', '/a/../etc/passwd', '/a//b', '/a/', '/a/.wh.x', '/ok', '/ok', '/ok/below', '/a\0b'].map(
      (path) => file(path),
    );
    const attempt = () => layerEntries({ files, directory });
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(expect.objectContaining({ code: 'IMAGE_LAYER_INVALID' }));
    for (const problem of [
      'relative: is not an absolute path',
      '/a/../etc/passwd: has . or ..',
      '/a//b: has an empty part',
      '/a/: has an empty part',
      '/a/.wh.x: has a name that layers use for deletions',
      '/ok: is used twice',
      '/ok: is a file and a folder at the same time',
      'has a character that a path in an image cannot have',
    ]) {
      expect(attempt).toThrow(problem);
    }
  });

  test('each directory stands once and before its content, whatever the files', () => {
    const name = fc.stringMatching(/^[a-z.-]{1,3}$/).filter((part) => !/^\.{1,2}$|^\.wh/.test(part));
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 8 }), (paths) => {
        const files = paths.filter((own) => !paths.some((other) => other.startsWith(`${own}/`)));
        const names = layerEntries({ files: files.map((own) => file(own)), directory }).map((entry) => entry.name);
        expect(new Set(names).size).toBe(names.length);
        for (const [position, entry] of names.entries()) {
          const parent = entry.replace(/[^/]+\/?$/, '');
          if (parent !== '') expect(names.slice(0, position)).toContain(parent);
        }
      }),
    );
  });
});

describe('building a layer', () => {
  test('digest, diff id and size are those of the bytes', async () => {
    const layer = await build([file(`${CARS}/a.car`)]);
    const bytes = await bytesOf(layer);
    expect(layer.digest).toBe(digestOf(bytes));
    expect(layer.size).toBe(bytes.length);
    expect(layer.diffId).toBe(digestOf(gunzipSync(bytes)));
  });

  test('the same files give the same bytes in whatever order they come', async () => {
    const files = ['a', 'b/c', 'b/d', 'e/f/g', 'e.f', 'é', 'Z'].map((name) => file(`${CARS}/${name}`));
    const expected = (await build(files)).digest;
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), async (shuffled) => {
        expect((await build(shuffled)).digest).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });

  test('another time or content gives another digest', async () => {
    const expected = (await build([file('/a')])).digest;
    expect((await build([file('/a')], new Date(1000))).digest).not.toBe(expected);
    expect((await build([file('/a', 'other')])).digest).not.toBe(expected);
  });

  test('the time zone, the language and the umask of the machine leave no trace', () => {
    const script = join(folder, 'build.ts');
    const module = join(import.meta.dirname, '../../../packages/shared/src/oci/layer.ts');
    writeFileSync(
      script,
      `import { buildLayer } from ${JSON.stringify(module)};
       process.umask(Number(process.argv[2]));
       const owner = () => ({ uid: 1, gid: 1, mode: 0o755 });
       const files = ['ä', 'z', 'a', 'B'].map((n) => ({ path: '/x/' + n, content: n, uid: 1, gid: 1, mode: 0o644 }));
       const modified = new Date(1767225600000);
       console.log((await buildLayer({ files, directory: owner, modified, description: 'x' }, process.argv[3])).digest);`,
    );
    const run = (TZ: string, LANG: string, umask: string) =>
      execFileSync(process.execPath, ['--no-warnings', script, umask, folder], {
        env: { ...process.env, TZ, LANG, LC_ALL: LANG },
        encoding: 'utf8',
      }).trim();
    const digests = [run('UTC', 'C', '18'), run('Pacific/Kiritimati', 'de_DE.UTF-8', '63')];
    expect(digests[0]).toMatch(/^sha256:/);
    expect(digests[1]).toBe(digests[0]);
  });

  test('files from disk are read when the layer is written', async () => {
    const path = join(folder, 'app.car');
    writeFileSync(path, 'the car');
    const content = await fileContent(path);
    const layer = await build([{ ...file(`${CARS}/app.car`), content }]);
    expect(gunzipSync(await bytesOf(layer)).includes(readFileSync(path))).toBe(true);
  });

  test('a file that changes its length in between is an error that names it', async () => {
    const path = join(folder, 'growing.car');
    writeFileSync(path, 'short');
    const content = await fileContent(path);
    writeFileSync(path, 'longer than before');
    const attempt = build([{ ...file(`${CARS}/growing.car`), content }]);
    await expect(attempt).rejects.toThrow(InputError);
    await expect(attempt).rejects.toThrow('growing.car changed while it was read');
  });

  test('a file that is absent or a folder is named', async () => {
    await expect(fileContent(join(folder, 'none'), 'target/none.car')).rejects.toThrow(
      'target/none.car: cannot be read',
    );
    await expect(fileContent(folder, 'target')).rejects.toThrow('target: is not a file');
  });
});
