import { parseXml as parse, XmlCdata, XmlElement, XmlError, XmlText } from '@rgrove/parse-xml';
import { MalformedError } from './malformed.ts';
import { parsePlainXml } from './plain-xml.ts';

export interface Element {
  /** Local name, without its prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** All text below, joined. */
  readonly text: string;
  /** Line of the start tag, counted from 1. */
  readonly line: number;
}

export interface XmlLimits {
  /** Characters; default 16 Mi. */
  readonly maxChars?: number;
  /** Nesting; default 200. */
  readonly maxDepth?: number;
}

/**
 * Parses an XML document. Entities of a DTD are not expanded and external ones are never fetched.
 * @throws MalformedError with line and column when it is not well-formed or beyond the limits
 */
export function parseXml(source: string, { maxChars = 16 * 1024 * 1024, maxDepth = 200 }: XmlLimits = {}): Element {
  const xml = source.startsWith('\ufeff') ? source.slice(1) : source;
  if (xml.length > maxChars) throw new MalformedError(`is longer than ${maxChars} characters`);
  return parsePlainXml(xml, maxDepth) ?? parseAnyXml(xml, maxDepth);
}

/** The complete parser, which also says what is wrong. @throws MalformedError with line and column */
export function parseAnyXml(xml: string, maxDepth: number): Element {
  try {
    const { root } = parse(xml, { includeOffsets: true, ignoreUndefinedEntities: false });
    if (root === null) throw new MalformedError('has no root element');
    return toElement(root, lineFinder(xml), maxDepth);
  } catch (error) {
    if (error instanceof XmlError) {
      const [reason = error.message] = error.message.split(/ \(line \d+/);
      throw new MalformedError(reason, { line: error.line, column: error.column });
    }
    if (error instanceof RangeError) throw new MalformedError('is nested too deeply');
    throw error;
  }
}

/** The children of an element that have a name. */
export function childrenNamed(element: Element, name: string): Element[] {
  return element.children.filter((child) => child.name === name);
}

/** Visits the document in its order, as `lineAt` wants it. */
function toElement(node: XmlElement, lineAt: (offset: number) => number, depthLeft: number): Element {
  const line = lineAt(node.start);
  if (depthLeft === 0) throw new MalformedError('is nested too deeply', { line });
  const children: Element[] = [];
  let text = '';
  for (const child of node.children) {
    if (child instanceof XmlElement) {
      const element = toElement(child, lineAt, depthLeft - 1);
      children.push(element);
      if (element.text !== '') text += element.text;
    } else if (child instanceof XmlText || child instanceof XmlCdata) {
      text += child.text;
    }
  }
  const { name, attributes } = node;
  return { name: name.slice(name.indexOf(':') + 1), attributes, children, text, line };
}

/** The line of an offset, for offsets that never become smaller. */
function lineFinder(text: string): (offset: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (offset) => {
    while (next !== -1 && next < offset) {
      line++;
      next = text.indexOf('\n', next + 1);
    }
    return line;
  };
}
