/** Whether two XML documents mean the same: a serialiser may reorder attributes, move namespaces and trim text. */
import type { Element } from '../formats/xml.ts';

export function sameMeaning(a: Element, b: Element): boolean {
  return (
    a.name === b.name &&
    sameAttributes(a, b) &&
    a.children.length === b.children.length &&
    (a.text === b.text || collapsed(a.text) === collapsed(b.text)) &&
    a.children.every((child, index) => {
      const other = b.children[index];
      return other !== undefined && sameMeaning(child, other);
    })
  );
}

function sameAttributes({ attributes: a }: Element, { attributes: b }: Element): boolean {
  const names = Object.keys(a).filter(isMeaningful);
  return names.length === Object.keys(b).filter(isMeaningful).length && names.every((name) => a[name] === b[name]);
}

/** Namespace declarations may stand at any ancestor. */
function isMeaningful(attribute: string): boolean {
  return !attribute.startsWith('xmlns');
}

function collapsed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
