/** The sources of an MI project in the layout src/main/wso2mi, read as the Maven plugin would and with more care. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isInside } from '../base/safe-path.ts';
import { MalformedError } from '../formats/malformed.ts';
import { parseXml, type Element } from '../formats/xml.ts';
import { artifactName, kindOfFolder, type ArtifactKind } from './artifact-kinds.ts';
import { readRegistrySources, type RegistrySources } from './registry-sources.ts';

export interface Flaw {
  readonly kind: 'malformed' | 'empty' | 'absent';
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
  /**
   * The root element, or its start tag alone when what follows is broken. The plugin looks at no more than the start
   * tag: where that can be read, it packs the file as it is.
   */
  readonly startTag: Element | undefined;
  readonly flaw: Flaw | undefined;
  readonly content: Buffer;
  /** In the older layout the artifact.xml that lists it, absolute. */
  readonly declaredIn?: string;
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
    const content = artifactContent(file);
    if (content === undefined) {
      if (file.endsWith('.toml')) {
        strays.push({ file, folder: parts.slice(0, -1).join('/'), reason: 'not-an-artifact', root: undefined });
      }
      continue;
    }
    if (kind !== undefined && parts.length === 2) {
      artifacts.push(sourceArtifact(kind, file, content));
      continue;
    }
    const reason = kind !== undefined ? 'sub-folder' : parts.length > 1 ? 'unknown-folder' : 'no-folder';
    strays.push({ file, folder: parts.slice(0, -1).join('/'), reason, root: rootOf(textOf(content)) });
  }
  // A mistake people make: Java's source folder instead of the project's own.
  const otherRoot = join(projectFolder, 'src/main/java/wso2mi');
  for (const file of filesBelow(otherRoot)) {
    const content = artifactContent(file);
    if (content !== undefined) {
      strays.push({ file, folder: 'src/main/java/wso2mi', reason: 'other-root', root: rootOf(textOf(content)) });
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
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
    .filter(({ entry, path }) => entry.isFile() || (entry.isSymbolicLink() && isFileBelow(folder, path)))
    .map(({ path }) => path)
    .sort();
}

/** A link is followed to files of the same folder alone. */
function isFileBelow(folder: string, link: string): boolean {
  return existsSync(link) && statSync(link).isFile() && isInside(realpathSync(folder), realpathSync(link));
}

/**
 * The bytes of a file that the plugin takes for an artifact; undefined for one that it leaves aside with an error
 * line (.gitkeep, notes): what does not start like XML and is not called so.
 */
function artifactContent(file: string): Buffer | undefined {
  if (statSync(file).size > largestSource) return undefined;
  const content = readFileSync(file);
  const called = /\.(xml|dbs)$/i.test(file) && !/[\\/]\.[^\\/]*$/.test(file);
  return called || textOf(content.subarray(0, 1024)).trimStart().startsWith('<') ? content : undefined;
}

function textOf(content: Buffer): string {
  return content.toString('utf8').replace(/^\ufeff/, '');
}

/** Reads one artifact of a kind that is known. */
export function readSourceArtifact(kind: ArtifactKind, file: string): SourceArtifact {
  return sourceArtifact(kind, file, readFileSync(file));
}

function sourceArtifact(kind: ArtifactKind, file: string, content: Buffer): SourceArtifact {
  const text = textOf(content);
  const artifact = { kind, file, content };
  if (isEmptyDocument(text)) {
    const message = text.trim() === '' ? 'is empty' : 'holds nothing but comments';
    const flaw: Flaw = { kind: 'empty', message, line: 1, column: undefined };
    return { ...artifact, name: undefined, root: undefined, startTag: undefined, flaw };
  }
  try {
    // The replacement character stands for bytes that are no UTF-8.
    if (text.includes('\ufffd')) {
      const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length;
      throw new MalformedError('holds bytes that are not UTF-8', { line });
    }
    const root = parseXml(text);
    return { ...artifact, name: artifactName(root, file), root, startTag: root, flaw: undefined };
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    const { message, line, column } = error;
    const startTag = startTagOf(text);
    const name = startTag === undefined ? seemingName(text) : artifactName(startTag, file);
    return { ...artifact, name, root: undefined, startTag, flaw: { kind: 'malformed', message, line, column } };
  }
}

/** The start tag of the root element, read as if the document were no more than that. */
function startTagOf(text: string): Element | undefined {
  const [, prologue = '', tag = ''] =
    /^((?:\s|<\?.*?\?>|<!--.*?-->|<![A-Z][^>]*>)*)(<[^<>!?](?:"[^"<]*"|'[^'<]*'|[^"'<>])*)>/s.exec(text) ?? [];
  return tag === '' ? undefined : rootOf(`${'\n'.repeat(prologue.split('\n').length - 1)}${tag.replace(/\/$/, '')}/>`);
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
