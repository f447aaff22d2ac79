/**
 * A quick reader for plain XML documents, which nearly all configuration is: elements, attributes, text, comments,
 * CDATA and the five predefined entities, with ASCII names. It never decides that something is wrong: whatever it does
 * not know, errors included, is left to the complete parser.
 */
import type { Element } from './xml.ts';

interface Open {
  readonly tag: string;
  readonly element: {
    name: string;
    attributes: Record<string, string>;
    children: Element[];
    text: string;
    line: number;
  };
}

const name = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
const attribute = `\\s+${name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*')`;
const startTag = new RegExp(`<(${name})((?:${attribute})*)\\s*(/?)>`, 'y');
const endTag = new RegExp(`</(${name})\\s*>`, 'y');
const attributes = new RegExp(`(${name})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const declaration = /^<\?xml version="1\.0"(?: encoding="[A-Za-z][\w.-]*")?(?: standalone="(?:yes|no)")?\s*\?>/;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The root element, or undefined for a document that is not plain (or not well-formed). */
export function parsePlainXml(source: string, maxDepth: number): Element | undefined {
  // Beyond these characters, and where attributes have a meaning of their own, the complete parser knows better.
  if (/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/.test(source) || source.includes('xml:')) return undefined;
  const xml = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  const stack: Open[] = [];
  let root: Element | undefined;
  let at = xml.startsWith('<?xml') ? (declaration.exec(xml)?.[0].length ?? -1) : 0;
  if (at === -1) return undefined;
  let line = 1;
  let counted = 0;
  for (;;) {
    const next = xml.indexOf('<', at);
    const text = xml.slice(at, next === -1 ? undefined : next);
    const top = stack.at(-1)?.element;
    if (text !== '') {
      if (top === undefined) {
        if (/[^\t\n ]/.test(text)) return undefined;
      } else {
        const plain = decoded(text);
        if (plain === undefined || text.includes(']]>')) return undefined;
        top.text += plain;
      }
    }
    if (next === -1) return stack.length === 0 ? root : undefined;
    for (
      let newline = xml.indexOf('\n', counted);
      newline !== -1 && newline < next;
      newline = xml.indexOf('\n', counted)
    ) {
      line++;
      counted = newline + 1;
    }
    const kind = xml[next + 1];
    if (kind === '!') {
      const end = skipped(xml, next);
      if (end === undefined) return undefined;
      if (xml.startsWith('<![CDATA[', next)) {
        if (top === undefined) return undefined;
        top.text += xml.slice(next + 9, end - 3);
      }
      at = end;
    } else if (kind === '/') {
      endTag.lastIndex = next;
      const [whole, tag] = endTag.exec(xml) ?? [];
      const open = stack.pop();
      if (whole === undefined || open === undefined || open.tag !== tag) return undefined;
      const parent = stack.at(-1)?.element;
      if (parent === undefined) root = open.element;
      else parent.text += open.element.text;
      at = next + whole.length;
    } else {
      startTag.lastIndex = next;
      const [whole, tag = '', list = '', empty] = startTag.exec(xml) ?? [];
      const values = whole === undefined ? undefined : attributesIn(list);
      if (whole === undefined || values === undefined || stack.length >= maxDepth) return undefined;
      if (top === undefined && root !== undefined) return undefined;
      const element = { name: tag.slice(tag.indexOf(':') + 1), attributes: values, children: [], text: '', line };
      top?.children.push(element);
      if (empty !== '/') stack.push({ tag, element });
      else if (top === undefined) root = element;
      at = next + whole.length;
    }
  }
}

/** The end of a comment or a CDATA section that starts here. */
function skipped(xml: string, start: number): number | undefined {
  if (xml.startsWith('<![CDATA[', start)) {
    const end = xml.indexOf(']]>', start + 9);
    return end === -1 ? undefined : end + 3;
  }
  if (!xml.startsWith('<!--', start)) return undefined;
  const end = xml.indexOf('--', start + 4);
  return end === -1 || xml[end + 2] !== '>' ? undefined : end + 3;
}

function attributesIn(list: string): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  if (list === '') return values;
  for (const [, key = '', double, single = ''] of list.matchAll(attributes)) {
    const value = decoded((double ?? single).replace(/[\t\n]/g, ' '));
    if (value === undefined || Object.hasOwn(values, key) || key === '__proto__') return undefined;
    values[key] = value;
  }
  return values;
}

/** Without entities other than the predefined ones; undefined when there are others. */
function decoded(text: string): string | undefined {
  if (!text.includes('&')) return text;
  if (/&(?!(?:lt|gt|amp|quot|apos);)/.test(text)) return undefined;
  return text.replace(/&(\w+);/g, (whole, entity: string) => entities[entity] ?? whole);
}
