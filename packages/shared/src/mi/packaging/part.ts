/** One artifact on its way into a carbon application, and the files that the CAR plugin makes of it. Pure. */
import type { ZipEntry } from '../../formats/zip.ts';
import { element, xmlFile } from './xml-writing.ts';

export interface Part {
  readonly name: string;
  readonly version: string;
  /** As artifact.xml has it, for example synapse/api. */
  readonly type: string;
  readonly serverRole: string;
  /** In the archive. */
  readonly folder: string;
  /** The file that artifact.xml names, and its content. */
  readonly fileName: string;
  readonly content: Buffer;
  /** The connector that a library belongs to. */
  readonly connector?: string;
  /** What else lies in the folder: paths in it; an empty folder ends in "/". */
  readonly attachments?: readonly ZipEntry[];
}

export const integratorRole = 'EnterpriseIntegrator';

/** artifact.xml, the file and the attachments, without entries for folders. */
export function entriesOf(part: Part): ZipEntry[] {
  const { name, version, type, serverRole, connector, folder, fileName, content, attachments = [] } = part;
  const attributes = { name, version, type, serverRole, ...(connector !== undefined && { connector }) };
  return [
    { name: `${folder}/artifact.xml`, data: xmlFile(element('artifact', attributes, [element('file', {}, fileName)])) },
    { name: `${folder}/${fileName}`, data: content },
    ...attachments.map((entry) => ({ name: `${folder}/${entry.name}`, data: entry.data })),
  ];
}

/** The line of artifacts.xml and metadata.xml. */
export function dependencyOf({ name: artifact, version, serverRole }: Part): ReturnType<typeof element> {
  return element('dependency', { artifact, version, include: 'true', serverRole });
}

/** The same entries with one for each folder, as the plugin writes them; of entries of one name the last stays. */
export function withFolders(entries: readonly ZipEntry[]): ZipEntry[] {
  const all = new Map<string, ZipEntry>();
  for (const entry of entries) {
    const parts = entry.name.replace(/\/$/, '').split('/').slice(0, -1);
    parts.forEach((_, index) => {
      const name = `${parts.slice(0, index + 1).join('/')}/`;
      if (!all.has(name)) all.set(name, { name, data: Buffer.alloc(0) });
    });
    all.set(entry.name, entry);
  }
  return [...all.values()];
}
