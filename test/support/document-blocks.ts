/** Documents taken apart: code blocks with their place, links, headings as GitHub makes anchors of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Block {
  /** Relative to the root of the repository. */
  readonly file: string;
  /** Of the opening fence. */
  readonly line: number;
  /** What stands after the fence: yaml, sh, text, … */
  readonly language: string;
  readonly text: string;
  /** What an HTML comment right above the block says, for example `params: 3.x`. */
  readonly comment: string | undefined;
}

/** All fenced code blocks of a Markdown file, without the indentation of the list they stand in. */
export function blocksOf(root: string, file: string): Block[] {
  const found: Block[] = [];
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  let open: { line: number; language: string; fence: string; indent: number; comment: string | undefined } | undefined;
  let body: string[] = [];
  lines.forEach((text, index) => {
    const fence = /^( *)(`{3,}|~{3,})\s*(\w*)\s*$/.exec(text);
    if (open === undefined) {
      if (fence === null) return;
      const [, blanks = '', marker = '', language = ''] = fence;
      const above = lines.slice(0, index).findLast((line) => line.trim() !== '') ?? '';
      const comment = /^\s*<!-- (.+?) -->\s*$/.exec(above)?.[1];
      open = { line: index + 1, language, fence: marker, indent: blanks.length, comment };
      body = [];
    } else if (fence?.[2]?.startsWith(open.fence) === true && fence[3] === '') {
      const { line, language, comment } = open;
      found.push({ file, line, language, text: body.join('\n'), comment });
      open = undefined;
    } else {
      body.push(text.slice(Math.min(open.indent, /^ */.exec(text)![0].length)));
    }
  });
  if (open !== undefined) throw new Error(`${file}:${open.line}: the code block does not end`);
  return found;
}

export interface Link {
  readonly file: string;
  readonly line: number;
  readonly target: string;
}

/** All links outside of code, images included. */
export function linksOf(root: string, file: string): Link[] {
  return proseLines(root, file).flatMap(({ text, line }) =>
    [...text.replaceAll(/`[^`]*`/g, '').matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)].map(([, target = '']) => ({
      file,
      line,
      target,
    })),
  );
}

/** The anchors that GitHub gives to the headings of a file, and those that the file sets itself. */
export function anchorsOf(root: string, file: string): Set<string> {
  const anchors = new Set<string>();
  for (const { text } of proseLines(root, file)) {
    const heading = /^#{1,6} (.+?)\s*$/.exec(text)?.[1];
    if (heading !== undefined) {
      const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
      const slug = plain.replaceAll(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-');
      let unique = slug;
      for (let count = 1; anchors.has(unique); count += 1) unique = `${slug}-${count}`;
      anchors.add(unique);
    }
    for (const [, id = ''] of text.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id);
  }
  return anchors;
}

/** The lines that are no code, links over a line break joined. */
export function proseLines(root: string, file: string): { readonly text: string; readonly line: number }[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const found: { text: string; line: number }[] = [];
  let fence: string | undefined;
  lines.forEach((text, index) => {
    const marker = /^ *(`{3,}|~{3,})/.exec(text)?.[1];
    if (marker !== undefined) fence = fence === undefined ? marker : text.includes(fence) ? undefined : fence;
    else if (fence === undefined) {
      const last = found.at(-1);
      const isOpenLink = last?.line === index && /\[[^\]]*$/.test(last.text);
      if (isOpenLink) found[found.length - 1] = { text: `${last.text} ${text.trim()}`, line: index + 1 };
      else found.push({ text, line: index + 1 });
    }
  });
  return found;
}
