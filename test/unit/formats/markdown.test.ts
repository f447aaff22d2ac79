import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  code,
  codeBlock,
  details,
  escapeMarkdown,
  facts,
  section,
  table,
} from '@wso2-delivery/shared/formats/markdown';

test.each([
  ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
  ['a | b', 'a \\| b'],
  ['**bold** [link](x)', '\\*\\*bold\\*\\* \\[link\\](x)'],
  ['two\nlines', 'two lines'],
  ['@everyone', '@\u200beveryone'],
])('foreign text %p is shown as text', (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
});

test('inline code holds backticks and bars', () => {
  expect(code('a`b')).toBe('``a`b``');
  expect(code('`x`')).toBe('`` `x` ``');
  expect(code('a|b')).toBe('`a\\|b`');
  expect(code('')).toBe('');
});

test('a block of code cannot be left from inside', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('```', '````', 'x', '\n', ' ', '<b>'), { maxLength: 20 }), (parts) => {
      const block = codeBlock(parts.join(''));
      const fence = /^`+/.exec(block)?.[0] ?? '';
      const inner = block.split('\n').slice(1, -2);
      expect(inner.some((line) => new RegExp(`^\\s*\`{${fence.length},}\\s*$`).test(line))).toBe(false);
    }),
  );
});

describe('parts', () => {
  test('a table keeps one row a line', () => {
    expect(table(['A', 'B'], [['1', 'two\nlines']])).toBe('| A | B |\n| --- | --- |\n| 1 | two<br>lines |\n');
  });
  test('facts without a value are left out', () => {
    expect(
      facts([
        ['Image', '`a`'],
        ['Tags', ''],
        ['Base', '`b`'],
      ]),
    ).toBe('- **Image:** `a`\n- **Base:** `b`\n');
  });
  test('a folded part has blank lines around its Markdown, or GitHub shows it raw', () => {
    expect(details('Logs <x>', '`a`')).toBe('<details><summary>Logs &lt;x&gt;</summary>\n\n`a`\n\n</details>\n');
  });
  test('a section leaves out what is empty', () => {
    expect(section(3, 'Title', '', 'body\n')).toBe('### Title\n\nbody\n');
  });
});
