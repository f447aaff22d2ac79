import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { downloadsSince } from '@wso2-delivery/shared/maven/downloads';
import { localRepository } from '@wso2-delivery/shared/maven/nested-maven';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'downloads-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

describe('what Maven fetched', () => {
  test.each<[string, string, number, number]>([
    ['came from a remote repository', 'a-1.jar>central=\na-1.pom>central=\n', 2, 13],
    ['was installed by the build itself', 'a-1.jar>=\na-1.pom>=\n', 0, 0],
    [
      'came in part',
      '#NOTE: a Maven Resolver internal file\n#Tue Dec 01\na-1.jar>wso2-releases=\r\na-1.pom>=\n',
      1,
      10,
    ],
    ['is named and absent', 'b-1.jar>central=\n', 0, 0],
    ['is named outside of its folder', '../../secret>central=\n', 0, 0],
    ['is not named', 'nothing that is understood\n', 0, 0],
  ])('%s', (_, notes, files, bytes) => {
    put('org/example/a/1/a-1.jar', '0123456789');
    put('org/example/a/1/a-1.pom', 'pom');
    put('org/example/a/1/a-1.jar.sha1', 'sum');
    put('org/secret', 'not an artifact');
    put('org/example/a/1/_remote.repositories', notes);
    expect(downloadsSince(folder, Date.now() - 60_000)).toEqual({ files, bytes });
  });

  test('before the build is not of the build, whatever age a transport gives the files', () => {
    const jar = put('org/example/a/1/a-1.jar', '0123456789');
    const notes = put('org/example/a/1/_remote.repositories', 'a-1.jar>central=\n');
    expect(downloadsSince(folder, Date.now() + 60_000)).toEqual({ files: 0, bytes: 0 });
    utimesSync(jar, 0, 0);
    expect(downloadsSince(folder, Date.now() - 60_000)).toEqual({ files: 1, bytes: 10 });
    utimesSync(notes, 0, 0);
    expect(downloadsSince(folder, Date.now() - 60_000)).toEqual({ files: 0, bytes: 0 });
  });

  test('is nothing without a repository, and a loop of links ends', () => {
    mkdirSync(join(folder, 'org'));
    symlinkSync(folder, join(folder, 'org/loop'));
    expect(downloadsSince(folder, 0)).toEqual({ files: 0, bytes: 0 });
    expect(downloadsSince(join(folder, 'none'), 0)).toEqual({ files: 0, bytes: 0 });
  });
});

describe('where Maven keeps what it fetches', () => {
  const settings = (body: string) => put('settings.xml', `<settings>${body}</settings>`);

  test.each<[string, string, readonly string[], string | undefined]>([
    ['as an argument says', '<localRepository>/s</localRepository>', ['-Dmaven.repo.local=/a'], '/a'],
    ['as the settings say', '<localRepository> /s </localRepository>', [], '/s'],
    [
      'where the settings use a variable, it is not known',
      '<localRepository>${env.M2}</localRepository>',
      [],
      undefined,
    ],
  ])('%s', (_, body, mavenArguments, expected) => {
    expect(localRepository(settings(body), mavenArguments)).toBe(expected);
  });

  test('below the home of the user, where nothing else is said', () => {
    expect(localRepository(settings(''), [])).toMatch(/\.m2\/repository$/);
    expect(localRepository(settings('<localRepository></localRepository>'), [])).toMatch(/\.m2\/repository$/);
  });
});
