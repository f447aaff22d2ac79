import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseXml } from '@wso2-delivery/shared/formats/xml';
import { sameMeaning } from '@wso2-delivery/shared/mi/xml-meaning';

const same = (a: string, b: string) => sameMeaning(parseXml(a), parseXml(b));

describe('two documents mean the same', () => {
  test.each([
    ['whatever the order of attributes', '<a x="1" y="2"/>', '<a y="2" x="1"></a>'],
    ['wherever namespaces are declared', '<a xmlns="n"><b/></a>', '<a xmlns="n"><b xmlns="n"/></a>'],
    ['however the text is indented', '<a><b>x</b></a>', '<a>\n  <b> x\n</b>\n</a>'],
    ['in CDATA or escaped', '<a><![CDATA[<&]]></a>', '<a>&lt;&amp;</a>'],
    ['with comments or without', '<a><!-- x --><b/></a>', '<a><b/></a>'],
  ])('%s', (_, a, b) => {
    expect(same(a, b)).toBe(true);
  });
});

describe('two documents differ', () => {
  test.each([
    ['in an attribute', '<a x="1"/>', '<a x="2"/>'],
    ['in an attribute that one lacks', '<a x="1"/>', '<a/>'],
    ['in a name', '<a/>', '<b/>'],
    ['in text', '<a>x</a>', '<a>y</a>'],
    ['in the order of elements', '<a><b/><c/></a>', '<a><c/><b/></a>'],
    ['in the number of elements', '<a><b/></a>', '<a><b/><b/></a>'],
    ['in where the text stands', '<a><b>xy</b><b/></a>', '<a><b>x</b><b>y</b></a>'],
  ])('%s', (_, a, b) => {
    expect(same(a, b)).toBe(false);
    expect(same(b, a)).toBe(false);
  });
});

interface Node {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: readonly Node[];
}
const node = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.record({
    name: fc.constantFrom('log', 'sequence', 'property'),
    attributes: fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2')), {
      selector: ([name]) => name,
    }),
    children: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('node'), { maxLength: 3 })),
  }),
})).node;

const write = ({ name, attributes, children }: Node, reordered: boolean, space: string): string => {
  const own = (reordered ? [...attributes].reverse() : attributes).map(([key, value]) => ` ${key}="${value}"`).join('');
  return `<${name}${own}>${space}${children.map((child) => write(child, reordered, space)).join(space)}</${name}>`;
};

test('a document and any other serialisation of it mean the same', () => {
  fc.assert(fc.property(node, (root) => same(write(root, false, ''), write(root, true, '\n  '))));
});
