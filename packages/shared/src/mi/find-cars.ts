/** Which .car files an image is made of: those of this build, or those that were given. */
import { existsSync, globSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError, VerificationError, type Problem } from '../base/errors.ts';
import type { Files } from '../base/ports.ts';
import { isInside } from '../base/safe-path.ts';
import { codes } from './codes.ts';

/**
 * The CARs that a build left: files in the target folder of a module that are not older than its start. A committed
 * target with an old .car, and .car files anywhere else, are left aside.
 * @param modules absolute folders
 * @param since start of the build, milliseconds since the epoch
 * @param hint what else is known about why there may be none
 * @throws VerificationError CAR_NOT_BUILT
 */
export function findBuiltCars(modules: readonly string[], since: number, files: Files, hint?: string): string[] {
  const all = modules.flatMap((folder) => carsIn(join(folder, 'target')));
  // File systems keep times to the second at worst, so a file of the same second is of this run.
  const start = Math.floor(since / 1000) * 1000;
  const built = all.filter((car) => statSync(car).mtimeMs >= start);
  if (built.length > 0) return built;
  const stale =
    all.length === 0
      ? ''
      : ` ${all.map((car) => files.display(car)).join(', ')} is older than this build and was not touched by it.`;
  const where = modules.map((folder) => files.display(join(folder, 'target'))).join(', ');
  throw new VerificationError(
    codes.CAR_NOT_BUILT,
    `Maven ended well and left no carbon application in ${where}.${stale}${hint === undefined ? '' : ` ${hint}`}`,
  );
}

function carsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.car'))
    .map((entry) => join(folder, entry.name))
    .sort();
}

/**
 * The CARs that the user names, by path or pattern, relative to the workspace.
 * @throws InputError CAR_NOT_FOUND with every line that leads to none
 */
export function findGivenCars(patterns: readonly string[], files: Files): string[] {
  const found = new Set<string>();
  const problems: Problem[] = [];
  const workspace = realpathSync(files.workspace);
  for (const pattern of patterns) {
    const matches = existsSync(resolve(workspace, pattern))
      ? [resolve(workspace, pattern)]
      : globSync(pattern, { cwd: workspace }).map((path) => resolve(workspace, path));
    const problem = problemWith(pattern, matches, workspace);
    if (problem === undefined) for (const match of matches.sort()) found.add(match);
    else problems.push({ subject: 'cars', problem, example: 'target/*.car' });
  }
  if (problems.length > 0) throw new InputError(codes.CAR_NOT_FOUND, problems);
  return [...found];
}

function problemWith(pattern: string, matches: readonly string[], workspace: string): string | undefined {
  if (matches.length === 0) return `'${pattern}' matches no file in the workspace`;
  if (!matches.every((match) => isInside(workspace, realpathSync(match))))
    return `'${pattern}' leads out of the workspace`;
  const other = matches.find((match) => !match.endsWith('.car') || !statSync(match).isFile());
  return other === undefined ? undefined : `'${pattern}' leads to something that is not a .car file`;
}
