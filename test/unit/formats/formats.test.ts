import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { MalformedError } from '@wso2-delivery/shared/formats/malformed';
import { parseToml } from '@wso2-delivery/shared/formats/toml';
import { childrenNamed, parseXml } from '@wso2-delivery/shared/formats/xml';
import { formatYaml, parseYaml, parseYamlDocuments } from '@wso2-delivery/shared/formats/yaml';

const folder = mkdtempSync(join(tmpdir(), 'formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('YAML', () => {
  test.each([
    ['', null],
    ['# only a comment\n', null],
    ['a: yes\nb: 2026-01-01\n', { a: 'yes', b: '2026-01-01' }],
    ['base: &b {x: 1}\nd:\n  <<: *b\n  y: 2\n', { base: { x: 1 }, d: { x: 1, y: 2 } }],
    ['{"json": [1, true, null]}', { json: [1, true, null] }],
  ])('%p is read', (text, value) => expect(parseYaml(text)).toEqual(value));

  test.each([
    ['a: [1\n', 2],
    ['a: 1\na: 2\n', 2],
    ['a:\n\t- b\n', 2],
    ['a: 1\n---\nb: 2\n', undefined],
  ])('%p is malformed', (text, line) => {
    const error = thrownBy(() => parseYaml(text));
    expect(error).toBeInstanceOf(MalformedError);
    if (line !== undefined) expect((error as MalformedError).line).toBe(line);
  });

  test('a stream of documents is read one by one', () => {
    expect(parseYamlDocuments('a: 1\n---\nb: 2\n')).toEqual([{ a: 1 }, { b: 2 }]);
    expect(parseYamlDocuments(' \n')).toEqual([]);
  });

  test('an alias bomb is refused', () => {
    const bomb = `a: &a x\nb: [${Array(600).fill('*a').join(', ')}]\n`;
    expect(thrownBy(() => parseYaml(bomb))).toMatchObject({
      name: 'MalformedError',
      message: expect.stringMatching(/alias/i),
    });
  });

  test('what is written is read back as it was, also what looks like something else', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string(),
          fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constantFrom('yes', '0123', '~', '#', 'a: b')),
        ),
        (value) => {
          const plain = Object.fromEntries(Object.entries(value).filter(([key]) => key !== '__proto__'));
          expect(parseYaml(formatYaml(plain))).toEqual(plain);
        },
      ),
    );
  });
});

describe('TOML', () => {
  test('is read as the servers read it', () => {
    expect(parseToml('[server]\nhostname = "a"\nports = [1, 2]\n')).toEqual({
      server: { hostname: 'a', ports: [1, 2] },
    });
  });
  test.each([
    ['[server\nx = 1\n', 1],
    ['a = 1\na = 2\n', 2],
    ['a = \n', 1],
  ])('%p is malformed, and the line is told', (text, line) => {
    expect(thrownBy(() => parseToml(text))).toMatchObject({ name: 'MalformedError', line });
  });
});

describe('XML', () => {
  test('names lose their prefix, lines are kept, text is joined', () => {
    const root = parseXml('\ufeff<a:api xmlns:a="x" name="n">\n  <b>t<![CDATA[<x>]]></b>\n  <b/>\n</a:api>');
    expect(root).toMatchObject({ name: 'api', attributes: { name: 'n' }, line: 1 });
    expect(childrenNamed(root, 'b').map(({ text, line }) => [text, line])).toEqual([
      ['t<x>', 2],
      ['', 3],
    ]);
  });

  test.each([
    ['<a><b></a>', 1],
    ['', undefined],
    ['<a/><b/>', 1],
    ['<!-- only a comment -->', undefined],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 1],
  ])('%p is not well-formed', (xml, line) => {
    const error = thrownBy(() => parseXml(xml));
    expect(error).toBeInstanceOf(MalformedError);
    if (line !== undefined) expect((error as MalformedError).line).toBe(line);
  });

  test('what is nested without end is refused', () => {
    expect(thrownBy(() => parseXml('<a>'.repeat(500) + '</a>'.repeat(500)))).toBeInstanceOf(MalformedError);
    expect(thrownBy(() => parseXml('<a>'.repeat(100_000) + '</a>'.repeat(100_000)))).toBeInstanceOf(MalformedError);
  });
});
