import { test } from '@jest/globals';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A program on the PATH, or where `go install` puts it; undefined when the machine lacks it. */
export function findTool(name: string): string | undefined {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    join(homedir(), 'go/bin'),
    '/usr/sbin',
    '/usr/local/go/bin',
  ];
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/**
 * `test`, when the tools are there; a visible skip when they are not, and a failure in CI, where nothing may be left
 * out unseen.
 */
export function testWith(...tools: readonly string[]): typeof test {
  const missing = tools.filter((tool) => findTool(tool) === undefined);
  if (missing.length === 0) return test;
  if (process.env.CI === 'true') {
    test(`CI has ${missing.join(', ')}`, () => {
      throw new Error(`${missing.join(', ')} is not installed`);
    });
  }
  return test.skip as typeof test;
}
