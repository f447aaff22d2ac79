import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { InputError } from '@wso2-delivery/shared/base/errors';
import { takeLibraries } from '@wso2-delivery/shared/mi/packaging/library-store';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'libraries-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const wanted = { groupId: 'org.example', artifactId: 'lib', version: '1.0', type: 'jar', wantedBy: 'pom.xml' };
const display = (path: string) => path.slice(folder.length + 1);
const take = (...libraries: (typeof wanted)[]) =>
  takeLibraries(libraries, [join(folder, 'given')], join(folder, 'm2'), display);

function put(path: string, content: string, algorithm?: string, checksum?: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  if (algorithm === undefined) return;
  writeFileSync(`${file}.${algorithm}`, checksum ?? createHash(algorithm).update(content).digest('hex'));
}

function problems(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ subject, problem }) => `${subject}: ${problem}`);
    throw error;
  }
  return [];
}

test.each(['sha1', 'sha256', 'sha512'])('a file in the local repository is taken when its %s says so', (algorithm) => {
  put('m2/org/example/lib/1.0/lib-1.0.jar', 'content', algorithm);
  expect(take(wanted).map(({ content }) => content.toString())).toEqual(['content']);
});

test('the given folder goes before the repository, and a checksum file may name the file too', () => {
  put('m2/org/example/lib/1.0/lib-1.0.jar', 'repository', 'sha1');
  put('given/lib-1.0.jar', 'given', 'sha256', `${createHash('sha256').update('given').digest('hex')}  lib-1.0.jar\n`);
  expect(take(wanted).map(({ content }) => content.toString())).toEqual(['given']);
});

test('everything that is absent, changed or without a checksum is named at once', () => {
  put('given/a-1.0.jar', 'x', 'sha256', '0'.repeat(64));
  put('given/b-1.0.jar', 'x');
  const of = (artifactId: string) => ({ ...wanted, artifactId });
  const found = problems(() => take(of('a'), of('b'), of('c')));
  expect(found).toHaveLength(3);
  expect(found[0]).toMatch(/^org\.example:a:1\.0:jar: given\/a-1\.0\.jar does not match its sha256: it is 2d7116/);
  expect(found[1]).toBe('org.example:b:1.0:jar: given/b-1.0.jar has no checksum beside it (b-1.0.jar.sha256)');
  expect(found[2]).toContain('is needed by pom.xml and is at none of given/c-1.0.jar, m2/org/example/c/1.0/c-1.0.jar');
});

test.each(['../lib', 'a/b', '..', 'a\\b'])('coordinates that are a path (%s) are none', (artifactId) => {
  expect(problems(() => take({ ...wanted, artifactId }))[0]).toContain('is no name of a Maven artifact');
});
