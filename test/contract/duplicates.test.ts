/** The same code twice is a decision made twice: no run of tokens as long as a function may stand in two places. */
import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../..');
/** In tokens; imports do not count. What ships: about eight lines. The lab's controllers follow Kubernetes' own, which are alike. */
const limits = { shipped: 60, lab: 100 };

interface Token {
  readonly text: string;
  readonly line: number;
}

function tokensOf(text: string): Token[] {
  const source = ts.createSourceFile('x.ts', text, ts.ScriptTarget.ES2024, true);
  const found: Token[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (node.getChildCount(source) === 0) {
      if (node.kind === ts.SyntaxKind.EndOfFileToken) return;
      found.push({
        text: node.getText(source),
        line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
      });
    } else node.getChildren(source).forEach(visit);
  };
  visit(source);
  // Comments are children of nothing, JSDoc is: it is prose, not code.
  return found.filter(({ text: token }) => token !== '' && !token.startsWith('/*'));
}

/** Places where so many tokens are the same, each reported once, with how many are. */
function duplicates(files: Readonly<Record<string, readonly Token[]>>, longest: number): string[] {
  const seen = new Map<number, { file: string; index: number }>();
  const numbers = new Map<string, number>();
  const numberOf = ({ text }: Token): number => {
    const known = numbers.get(text) ?? numbers.size + 1;
    numbers.set(text, known);
    return known;
  };
  // The hash of a window follows from that of the one before.
  let leaving = 1;
  for (let count = 1; count < longest; count += 1) leaving = Math.imul(leaving, 1_000_003);
  const found: string[] = [];
  for (const [file, tokens] of Object.entries(files)) {
    const ids = tokens.map(numberOf);
    const hashes: number[] = [];
    let hash = 0;
    ids.forEach((id, index) => {
      hash = Math.imul(hash, 1_000_003) + id;
      if (index + 1 >= longest) {
        const start = index + 1 - longest;
        hashes[start] = hash | 0;
        hash = (hash - Math.imul(leaving, ids[start] ?? 0)) | 0;
      }
    });
    for (let index = 0; index + longest <= tokens.length; index += 1) {
      const key = hashes[index] ?? 0;
      const before = seen.get(key);
      if (before === undefined) {
        seen.set(key, { file, index });
        continue;
      }
      const other = files[before.file] ?? [];
      let length = 0;
      while (
        tokens[index + length] !== undefined &&
        tokens[index + length]?.text === other[before.index + length]?.text
      )
        length += 1;
      // Two windows of one hash need not be the same.
      if (length < longest) continue;
      found.push(
        `${file}:${tokens[index]?.line ?? 0} is ${before.file}:${other[before.index]?.line ?? 0}, ${length} tokens`,
      );
      index += length;
    }
  }
  return found;
}

test('a copied function is found', () => {
  const body = Array.from({ length: 20 }, (_, n) => `const a${n} = f(b${n}, ${n});`).join('\n');
  const files = { 'a.ts': tokensOf(`export function x() { ${body} }`), 'b.ts': tokensOf(`// other\n{ ${body} }`) };
  expect(duplicates(files, 100)).toEqual([expect.stringMatching(/^b\.ts:2 is a\.ts:1, \d+ tokens$/)]);
});

test.each([
  ['what ships', ['packages/shared/src/**/*.ts', 'actions/*/src/**/*.ts'], limits.shipped],
  ['the lab', ['packages/lab/src/**/*.ts'], limits.lab],
])('no code of %s stands in two places', (_, globs, longest) => {
  const names = globSync(globs, { cwd: root }).sort();
  const files = Object.fromEntries(names.map((name) => [name, tokensOf(readFileSync(join(root, name), 'utf8'))]));
  expect(names.length).toBeGreaterThan(100);
  expect(duplicates(files, longest)).toEqual([]);
});
