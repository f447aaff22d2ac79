/** The XML of a carbon application, in the layout that the CAR plugin gives it. Pure. */
import type { Element } from '../../formats/xml.ts';

/** What is written of an element: text and child elements are never mixed in these files. */
export type Written = Pick<Element, 'name' | 'attributes' | 'text'> & { readonly children: readonly Written[] };

export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  content: string | readonly Written[] = '',
): Written {
  return typeof content === 'string'
    ? { name, attributes, text: content, children: [] }
    : { name, attributes, text: '', children: content };
}

/** A document of this root: UTF-8, indented by four blanks. */
export function xmlFile(root: Written): Buffer {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${write(root, '')}`);
}

function write({ name, attributes, text, children }: Written, indent: string): string {
  const start = `${indent}<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value, /[&<>"\n\r\t]/g)}"`)
    .join('')}`;
  if (children.length > 0) {
    const inner = children.map((child) => write(child, `${indent}    `)).join('');
    return `${start}>\n${inner}${indent}</${name}>\n`;
  }
  return text === '' ? `${start}/>\n` : `${start}>${escaped(text, /[&<>\r]/g)}</${name}>\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

function escaped(value: string, what: RegExp): string {
  return value.replace(what, (character) => entities[character] ?? character);
}
