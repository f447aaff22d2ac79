/** Where connectors and jars are taken from without Maven: a given folder, then the local Maven repository. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../base/errors.ts';
import { codes } from '../codes.ts';

/** Maven's coordinates of one file. */
export interface LibraryCoordinates {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
  /** Extension of the file: zip or jar. */
  readonly type: string;
  /** Who asks for it, for messages. */
  readonly wantedBy: string;
}

export interface Library extends LibraryCoordinates {
  readonly file: string;
  readonly content: Buffer;
}

const algorithms = ['sha512', 'sha256', 'sha1'] as const;
const largestLibrary = 256 * 1024 * 1024;

/**
 * Looks for files, each proven by the checksum beside it.
 * @param folders that hold `<artifactId>-<version>.<type>` directly, absolute
 * @param repository a local Maven repository, absolute
 * @throws InputError LIBRARY_UNAVAILABLE with all that are absent, or have no checksum, or another one
 */
export function takeLibraries(
  wanted: readonly LibraryCoordinates[],
  folders: readonly string[],
  repository: string | undefined,
  display: (path: string) => string,
): Library[] {
  const found = wanted.map((library) => take(library, folders, repository, display));
  const problems = found.flatMap((result) => ('problem' in result ? [result] : []));
  if (problems.length > 0) throw new InputError(codes.LIBRARY_UNAVAILABLE, problems);
  return found.flatMap((result) => ('problem' in result ? [] : [result]));
}

interface Unavailable {
  readonly subject: string;
  readonly problem: string;
}

function take(
  library: LibraryCoordinates,
  folders: readonly string[],
  repository: string | undefined,
  display: (path: string) => string,
): Library | Unavailable {
  const { groupId, artifactId, version, type, wantedBy } = library;
  const subject = `${groupId}:${artifactId}:${version}:${type}`;
  const name = `${artifactId}-${version}.${type}`;
  if ([artifactId, version].some((part) => /[\\/]|^\.\.?$/.test(part)) || /[\\/]/.test(groupId)) {
    return { subject, problem: 'is no name of a Maven artifact' };
  }
  const places = [
    ...folders.map((folder) => join(folder, name)),
    ...(repository === undefined ? [] : [join(repository, ...groupId.split('.'), artifactId, version, name)]),
  ];
  const file = places.find((place) => existsSync(place) && statSync(place).isFile());
  if (file === undefined) {
    return { subject, problem: `is needed by ${wantedBy} and is at none of ${places.map(display).join(', ')}` };
  }
  if (statSync(file).size > largestLibrary) return { subject, problem: `${display(file)} is larger than 256 MB` };
  const content = readFileSync(file);
  const algorithm = algorithms.find((candidate) => existsSync(`${file}.${candidate}`));
  if (algorithm === undefined) {
    return { subject, problem: `${display(file)} has no checksum beside it (${name}.sha256)` };
  }
  const expected = readFileSync(`${file}.${algorithm}`, 'utf8').trim().split(/\s+/)[0]?.toLowerCase();
  const actual = createHash(algorithm).update(content).digest('hex');
  if (expected !== actual) {
    return { subject, problem: `${display(file)} does not match its ${algorithm}: it is ${actual}` };
  }
  return { ...library, file, content };
}
