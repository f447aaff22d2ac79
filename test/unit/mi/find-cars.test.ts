import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { VerificationError } from '@wso2-delivery/shared/base/errors';
import { findBuiltCars, findGivenCars } from '@wso2-delivery/shared/mi/find-cars';
import { testPorts, type TestPorts } from '../../support/ports.ts';

let ports: TestPorts;
beforeEach(() => {
  ports = testPorts();
});
afterEach(() => ports.dispose());

function put(path: string, ageMs = 0): string {
  const file = join(ports.files.workspace, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'car');
  const time = new Date(Date.now() - ageMs);
  utimesSync(file, time, time);
  return file;
}
const shown = (paths: string[]) => paths.map((path) => ports.files.display(path));
const modules = (...names: string[]) => names.map((name) => join(ports.files.workspace, name));

describe('the CARs of a build', () => {
  test('are those in the target folders of its modules', () => {
    const since = Date.now();
    put('a/target/a_1.car');
    put('b/target/b_1.car');
    put('b/target/extra_1.car');
    expect(shown(findBuiltCars(modules('a', 'b'), since, ports.files))).toEqual([
      'a/target/a_1.car',
      'b/target/b_1.car',
      'b/target/extra_1.car',
    ]);
  });

  test('are not those of an older build, nor any that lie elsewhere', () => {
    const since = Date.now();
    put('a/target/a_0.9.car', 60_000);
    put('a/target/a_1.car');
    put('a/decoy.car');
    put('a/target/nested/deep.car');
    put('other/target/other_1.car');
    expect(shown(findBuiltCars(modules('a'), since, ports.files))).toEqual(['a/target/a_1.car']);
  });

  test('that are none are an error that says where it looked, what is stale, and what is known beside', () => {
    put('a/target/old_1.car', 60_000);
    const act = () => findBuiltCars(modules('a', 'b'), Date.now(), ports.files, 'The goal car is bound to no phase.');
    expect(act).toThrow(VerificationError);
    expect(act).toThrow(
      'Maven ended well and left no carbon application in a/target, b/target. a/target/old_1.car is older than this build and was not touched by it. The goal car is bound to no phase.',
    );
  });
});

describe('given CARs', () => {
  test('are found by path and by pattern, each once', () => {
    put('cars/a_1.car');
    put('cars/b_1.car');
    put('cars/deep/c_1.car');
    expect(shown(findGivenCars(['cars/b_1.car', 'cars/*.car', 'cars/**/c*.car'], ports.files))).toEqual([
      'cars/b_1.car',
      'cars/a_1.car',
      'cars/deep/c_1.car',
    ]);
  });

  test('that do not exist are reported together', () => {
    put('cars/a.zip');
    expect(() => findGivenCars(['gone/*.car', 'cars/a.zip', 'x.car'], ports.files)).toThrow(
      /^3 problems: cars: 'gone\/\*\.car' matches no file .*; cars: 'cars\/a\.zip' leads to something that is not a \.car file; cars: 'x\.car' matches no file/,
    );
  });

  test('outside the workspace are refused, also through a link', () => {
    const outside = testPorts();
    const file = join(outside.files.workspace, 'x.car');
    writeFileSync(file, 'car');
    symlinkSync(file, join(ports.files.workspace, 'link.car'));
    expect(() => findGivenCars(['link.car'], ports.files)).toThrow(/leads out of the workspace/);
    expect(() => findGivenCars([file], ports.files)).toThrow(/leads out of the workspace/);
    outside.dispose();
  });
});
