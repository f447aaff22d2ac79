/** The sources of an MI project in the layout src/main/wso2mi, read as the Maven plugin would and with more care. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { MalformedError } from '../formats/malformed.ts';
import { parseXml, type Element } from '../formats/xml.ts';
import { artifactName, kindOfFolder, type ArtifactKind } from './artifact-kinds.ts';
import { readRegistrySources, type RegistrySources } from './registry-sources.ts';

export interface Flaw {
  readonly kind: 'malformed' | 'empty';
  readonly message: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/** A file in an artifact folder that stands for an artifact. */
export interface SourceArtifact {
  readonly kind: ArtifactKind;
  /** Absolute. */
  readonly file: string;
  /** As the CAR should call it; for a malformed file what its root tag seems to say. */
  readonly name: string | undefined;
  readonly root: Element | undefined;
  readonly flaw: Flaw | undefined;
}

/** A file that looks like an artifact where the plugin does not look. */
export interface StrayFile {
  /** Absolute. */
  readonly file: string;
  /** Folder below artifacts (or in the project) that it lies in. */
  readonly folder: string;
  readonly reason: 'sub-folder' | 'unknown-folder' | 'no-folder' | 'other-root' | 'not-an-artifact';
  readonly root: Element | undefined;
}

export interface MiSources {
  /** src/main/wso2mi, absolute. */
  readonly folder: string;
  readonly artifacts: readonly SourceArtifact[];
  readonly strays: readonly StrayFile[];
  readonly registry: RegistrySources;
}

const largestSource = 32 * 1024 * 1024;

/** True when the project has this layout at all. */
export function hasWso2miSources(projectFolder: string): boolean {
  return existsSync(join(projectFolder, 'src/main/wso2mi'));
}

/** Reads the sources of one project folder. */
export function readSources(projectFolder: string): MiSources {
  const folder = join(projectFolder, 'src/main/wso2mi');
  const artifactsFolder = join(folder, 'artifacts');
  const artifacts: SourceArtifact[] = [];
  const strays: StrayFile[] = [];
  for (const file of filesBelow(artifactsFolder)) {
    const parts = relative(artifactsFolder, file).split(/[\\/]/);
    const kind = parts.length > 1 ? kindOfFolder(parts[0] ?? '') : undefined;
    const text = artifactText(file);
    if (text === undefined) {
      if (file.endsWith('.toml')) {
        strays.push({ file, folder: parts.slice(0, -1).join('/'), reason: 'not-an-artifact', root: undefined });
      }
      continue;
    }
    if (kind !== undefined && parts.length === 2) {
      artifacts.push(sourceArtifact(kind, file, text));
      continue;
    }
    const reason = kind !== undefined ? 'sub-folder' : parts.length > 1 ? 'unknown-folder' : 'no-folder';
    strays.push({ file, folder: parts.slice(0, -1).join('/'), reason, root: rootOf(text) });
  }
  // A mistake people make: Java's source folder instead of the project's own.
  const otherRoot = join(projectFolder, 'src/main/java/wso2mi');
  for (const file of filesBelow(otherRoot)) {
    const text = artifactText(file);
    if (text !== undefined) {
      strays.push({ file, folder: 'src/main/java/wso2mi', reason: 'other-root', root: rootOf(text) });
    }
  }
  return {
    folder,
    artifacts,
    strays,
    registry: readRegistrySources(join(folder, 'resources')),
  };
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * The text of a file that the plugin takes for an artifact; undefined for one that it leaves aside with an error
 * line (.gitkeep, notes): what does not start like XML and is not called so.
 */
function artifactText(file: string): string | undefined {
  if (statSync(file).size > largestSource) return undefined;
  const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  const called = /\.(xml|dbs)$/i.test(file) && !/[\\/]\.[^\\/]*$/.test(file);
  return called || text.trimStart().startsWith('<') ? text : undefined;
}

function sourceArtifact(kind: ArtifactKind, file: string, text: string): SourceArtifact {
  if (isEmptyDocument(text)) {
    const message = text.trim() === '' ? 'is empty' : 'holds nothing but comments';
    const flaw: Flaw = { kind: 'empty', message, line: 1, column: undefined };
    return { kind, file, name: undefined, root: undefined, flaw };
  }
  try {
    // The replacement character stands for bytes that are no UTF-8.
    if (text.includes('\ufffd')) {
      const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length;
      throw new MalformedError('holds bytes that are not UTF-8', { line });
    }
    const root = parseXml(text);
    return { kind, file, name: artifactName(root), root, flaw: undefined };
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    const { message, line, column } = error;
    return { kind, file, name: seemingName(text), root: undefined, flaw: { kind: 'malformed', message, line, column } };
  }
}

function isEmptyDocument(text: string): boolean {
  return (
    text
      .replace(/<\?.*?\?>/gs, '')
      .replace(/<!--.*?-->/gs, '')
      .trim() === ''
  );
}

/** The name in the first start tag of a document that cannot be parsed. */
function seemingName(text: string): string | undefined {
  const tag = /<[A-Za-z][\w.:-]*\b[^<>]*/.exec(text.replace(/<!--.*?-->/gs, ''))?.[0];
  return tag === undefined ? undefined : /\s(?:name|key)\s*=\s*["']([^"'<>=]+)["']/.exec(tag)?.[1];
}

function rootOf(text: string): Element | undefined {
  try {
    return parseXml(text);
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}
