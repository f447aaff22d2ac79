/** COPY and ADD of local files: what goes where, with which owner and mode. As BuildKit does it. */
import { posix } from 'node:path';
import { type BuildContext, checkLink, followLinks, matchSource } from './context.ts';
import { type Owner, type Tree, TreeError } from './tree.ts';

export interface CopyOrder {
  readonly sources: readonly string[];
  /** Absolute in the image; a trailing slash says that it is a folder. */
  readonly destination: string;
  readonly owner: Owner;
  /** Of --chmod. */
  readonly mode: number | undefined;
}

/**
 * Carries the order out on the tree. @throws TreeError; InputError DOCKERFILE_CONTEXT_REFUSED; BaseUnknown; SyntaxError
 * of a malformed pattern
 */
export function copyIntoTree(order: CopyOrder, context: BuildContext, tree: Tree): void {
  const matches = order.sources.map((source) => {
    const found = matchSource(context, source);
    if (found.length === 0) throw new TreeError(`copies ${source}, and the build context has no such file`);
    return found;
  });
  const all = matches.flat();
  if (all.length > 1 && !order.destination.endsWith('/')) {
    throw new TreeError(
      `copies ${all.length} files (${all.slice(0, 3).join(', ')}) to ${order.destination}, which needs a / at its end`,
    );
  }
  for (const source of all) copyOne(source, order, context, tree);
}

function copyOne(source: string, order: CopyOrder, context: BuildContext, tree: Tree): void {
  const { destination, owner } = order;
  tree.makeDirectories(destination.endsWith('/') ? destination : posix.dirname(destination), owner);
  const followed = followLinks(context, source);
  const entry = followed === undefined ? undefined : context.entry(followed);
  if (followed === undefined || entry === undefined) throw new TreeError(`copies ${source}, a link that leads nowhere`);
  let target = tree.resolve(destination);
  const there = tree.entry(target);
  if (entry.type !== 'directory') {
    if (there?.type === 'directory') target = tree.resolve(posix.join(target, posix.basename(source)));
  } else if (there === undefined) {
    // The folder that a directory's contents go to is a new one; its own mode is not taken over.
    tree.makeDirectories(target, owner);
  } else if (there.type !== 'directory') {
    throw new TreeError(`copies the folder ${source} to ${target}, which is a file in the image`);
  }
  copyEntry(followed, target, order, context, tree, true);
}

function copyEntry(
  source: string,
  target: string,
  order: CopyOrder,
  context: BuildContext,
  tree: Tree,
  top: boolean,
): void {
  const entry = context.entry(source);
  if (entry === undefined) return;
  const { uid, gid } = order.owner;
  const mode = order.mode ?? entry.mode;
  if (posix.basename(target).startsWith('.wh.')) {
    throw new TreeError(`copies ${source}, a name that layers use for deletions`);
  }
  if (entry.type === 'file') {
    tree.put(target, { type: 'file', uid, gid, mode, content: context.content(source) });
  } else if (entry.type === 'symlink') {
    checkLink(source, entry.target ?? '');
    tree.put(target, { type: 'symlink', uid, gid, mode: 0o777, target: entry.target ?? '' });
  } else if (entry.type === 'directory') {
    if (!top) tree.put(target, { type: 'directory', uid, gid, mode });
    for (const name of context.names(source)) {
      copyEntry(posix.join(source, name), posix.join(target, name), order, context, tree, false);
    }
  } else {
    throw new TreeError(`copies ${source}, which is neither a file nor a folder`);
  }
}

/** Whether ADD would unpack the file: a tar, plain or compressed. What is compressed is taken for one. */
export function isArchive(context: BuildContext, path: string): boolean {
  const real = followLinks(context, path);
  if (real === undefined || context.entry(real)?.type !== 'file') return false;
  const head = context.head(real, 512);
  const starts = (...bytes: number[]) => head.subarray(0, bytes.length).equals(Buffer.from(bytes));
  const compressed =
    starts(0x1f, 0x8b) ||
    starts(0x42, 0x5a, 0x68) ||
    starts(0xfd, 0x37, 0x7a, 0x58, 0x5a) ||
    starts(0x28, 0xb5, 0x2f, 0xfd);
  return compressed || isTarHeader(head);
}

/** POSIX and old tar alike: the sum of the header's bytes, its own field counted as blanks, stands in the header. */
function isTarHeader(head: Buffer): boolean {
  if (head.length < 512) return false;
  const written = Number.parseInt(
    head
      .toString('latin1', 148, 156)
      .replace(/[\0 ]+/g, ' ')
      .trim(),
    8,
  );
  const sum = head.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return written === sum;
}
