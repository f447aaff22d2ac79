import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MalformedError } from '@wso2-delivery/shared/formats/malformed';
import { parsePlainXml } from '@wso2-delivery/shared/formats/plain-xml';
import { parseAnyXml } from '@wso2-delivery/shared/formats/xml';

const depth = 200;

function complete(text: string): unknown {
  try {
    return parseAnyXml(text, depth);
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}

/** The law: it says nothing, or what the complete parser says. */
function agrees(text: string): void {
  const plain = parsePlainXml(text, depth);
  if (plain !== undefined) expect({ text, read: plain }).toEqual({ text, read: complete(text) });
}

const root = join(import.meta.dirname, '../../..');
const files = globSync('{examples,test/fixtures}/**/*.xml', { cwd: root });

test('reads nearly every document of the fixtures itself', () => {
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8'));
  const good = texts.filter((text) => complete(text) !== undefined);
  expect(good.length).toBeGreaterThan(50);
  expect(good.filter((text) => parsePlainXml(text, depth) === undefined).length).toBeLessThan(good.length / 10);
});

describe('agrees with the complete parser', () => {
  test('on every document of the fixtures', () =>
    files.forEach((file) => agrees(readFileSync(join(root, file), 'utf8'))));

  const pieces = [
    ...[
      '<a>',
      '</a>',
      '<a/>',
      '<b:c d="e">',
      '</b:c>',
      '<a b=\'1\' c="2">',
      '<a b="1" b="2"/>',
      '<a b=1/>',
      '<a b="<"/>',
    ],
    ...[
      'text',
      '&amp;',
      '&lt;',
      '&#65;',
      '&nbsp;',
      '&',
      ']]>',
      '<![CDATA[x<y]]>',
      '<!-- c -->',
      '<!-- a--b -->',
      '<!---->',
    ],
    ...[
      '<?xml version="1.0"?>',
      '<?pi x?>',
      '<!DOCTYPE a>',
      ' ',
      '\n',
      '\r\n',
      '\t',
      '\u0000',
      'é',
      '😀',
      '\ufffe',
      '--',
      '>',
    ],
    ...[
      '<a b="x\ny&quot;"/>',
      '<é/>',
      '<1/>',
      '< a/>',
      '</ a>',
      '</a >',
      '<a\n/>',
      '<a b = "1"/>',
      '<a b="1"c="2"/>',
      '<:a/>',
      '<a:/>',
    ],
    ...['<a xml:space="x"/>', '<!-->', '<!--->', '<a b="&#x41;"/>', '<a __proto__="1"/>', '<a constructor="1"/>'],
  ];
  test('on any sequence of pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), fc.boolean(), (parts, wrapped) =>
        agrees(wrapped ? `<r>${parts.join('')}</r>` : parts.join('')),
      ),
      { numRuns: 20_000 },
    );
  });

  test('on good documents with a letter changed, lost or added', () => {
    const text = readFileSync(
      join(root, 'test/fixtures/mi/ok_rich/project/src/main/wso2mi/artifacts/tasks/Tick.xml'),
      'utf8',
    );
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.constantFrom('', '<', '>', '"', '&', '/', ' ', '-', ']', '=', 'x', ':'),
        fc.nat(2),
        (at, letter, lost) => agrees(text.slice(0, at) + letter + text.slice(at + lost)),
      ),
      { numRuns: 5000 },
    );
  });

  test('on documents that are nested too deeply: it leaves them', () => {
    expect(parsePlainXml(`${'<a>'.repeat(300)}${'</a>'.repeat(300)}`, depth)).toBeUndefined();
  });
});
