/** Tar archives (POSIX ustar, pax where a name is long) with nothing in them that the caller did not say. */
import { pack } from 'tar-stream';
import type { Body } from '../base/ports.ts';

export interface TarEntry {
  /** Relative, with forward slashes; a directory's trailing slash is added. */
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink';
  /** Permission bits, for example 0o644. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** A file's content; absent means empty. */
  readonly content?: Body;
  /** A symlink's target. */
  readonly target?: string;
}

/**
 * Writes the entries in the given order, every one with the same modification time.
 * The stream fails when a content does not have the length it announced (a file that changed while it was read).
 */
export async function* writeTar(entries: Iterable<TarEntry>, modified: Date): AsyncGenerator<Buffer> {
  const archive = pack();
  const feeding = (async () => {
    for (const entry of entries) await writeEntry(archive, entry, modified);
    archive.finalize();
  })().catch((error: unknown) => {
    archive.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    for await (const chunk of archive) yield chunk as Buffer;
    await feeding;
  } finally {
    archive.destroy();
  }
}

async function writeEntry(archive: ReturnType<typeof pack>, entry: TarEntry, modified: Date): Promise<void> {
  const content = entry.content ?? '';
  const bytes = typeof content === 'string' || content instanceof Uint8Array ? Buffer.from(content) : undefined;
  const size = bytes?.length ?? (content as { length: number }).length;
  await new Promise<void>((resolve, reject) => {
    const settle = (error?: Error | null) => (error ? reject(error) : resolve());
    const header = {
      name: entry.name,
      type: entry.type,
      mode: entry.mode,
      uid: entry.uid,
      gid: entry.gid,
      mtime: modified,
      size: entry.type === 'file' ? size : 0,
      ...(entry.target !== undefined && { linkname: entry.target }),
    };
    if (entry.type !== 'file') {
      archive.entry(header, settle);
      return;
    }
    const sink = archive.entry(header, settle);
    sink.on('error', reject);
    const chunks = bytes === undefined ? (content as { open(): AsyncIterable<Uint8Array> }).open() : [bytes];
    pour(chunks, size, sink, entry.name).catch(reject);
  });
}

interface Sink {
  write(chunk: Uint8Array): boolean;
  on(event: 'drain' | 'close', listener: () => void): unknown;
  off(event: 'drain' | 'close', listener: () => void): unknown;
  end(last?: unknown): void;
}

async function pour(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
  sink: Sink,
  name: string,
): Promise<void> {
  let written = 0;
  for await (const chunk of chunks) {
    written += chunk.length;
    if (written > size) break;
    if (!sink.write(chunk)) {
      await new Promise<void>((resolve) => {
        const proceed = () => {
          sink.off('drain', proceed);
          sink.off('close', proceed);
          resolve();
        };
        sink.on('drain', proceed);
        sink.on('close', proceed);
      });
    }
  }
  if (written !== size) throw new Error(`${name} changed while it was read: ${size} bytes were announced`);
  sink.end();
}
