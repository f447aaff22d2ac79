/** Whether two XML documents mean the same: a serialiser may reorder attributes, move namespaces and trim text. */
import type { Element } from '../formats/xml.ts';

export function sameMeaning(a: Element, b: Element): boolean {
  return (
    a.name === b.name &&
    sameAttributes(a, b) &&
    a.children.length === b.children.length &&
    collapsed(a.text) === collapsed(b.text) &&
    a.children.every((child, index) => {
      const other = b.children[index];
      return other !== undefined && sameMeaning(child, other);
    })
  );
}

function sameAttributes(a: Element, b: Element): boolean {
  const own = meaningful(a);
  const other = new Map(meaningful(b));
  return own.length === other.size && own.every(([name, value]) => other.get(name) === value);
}

/** Without namespace declarations, which may stand at any ancestor. */
function meaningful({ attributes }: Element): [string, string][] {
  return Object.entries(attributes).filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'));
}

function collapsed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
