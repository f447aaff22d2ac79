import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Masks } from '../../../../packages/lab/src/runner/masking.ts';
import { StepLog } from '../../../../packages/lab/src/runner/step-log.ts';

const masking = (...values: string[]): Masks => {
  const masks = new Masks();
  values.forEach((value) => masks.add(value));
  return masks;
};

describe('masking', () => {
  test.each([
    [['secret'], 'a secret, the secret', 'a ***, the ***'],
    [['abc', 'bcd'], 'xabcdx', 'x***x'],
    [['ab', 'cd'], 'xabcdx', 'x***x'],
    [['line one\nline two'], 'only line two', 'only ***'],
    [['"quoted"'], 'it is quoted', 'it is ***'],
    [["p&s'q"], "p%26s'q p&amp;s&apos;q p&s''q", '*** *** ***'],
    [['a"b\\c'], 'a\\"b\\\\c', '***'],
    [['', '  '], 'nothing  here', 'nothing  here'],
    [['aa'], 'aaa', '***'],
  ])('%j in %j', (values, text, expected) => expect(masking(...values).mask(text)).toBe(expected));

  test.each([0, 1, 2, 3, 4, 5])('finds a secret inside base64 behind %i bytes', (before) => {
    const encoded = Buffer.from(`${'u'.repeat(before)}hunter2-secret-value:x`).toString('base64');
    expect(masking('hunter2-secret-value').holds(encoded)).toBe(true);
  });

  test('no registered value survives, wherever it stands', () => {
    const value = fc
      .string({ minLength: 1 })
      .filter((text) => text.trim() !== '' && !'***'.includes(text) && !text.includes('*'));
    fc.assert(
      fc.property(value, fc.string(), fc.string(), (secret, before, after) => {
        expect(masking(secret).mask(before + secret + after)).not.toContain(secret);
      }),
    );
  });

  test('a copy has the values of its parent and keeps its own to itself', () => {
    const parent = masking('one');
    const child = new Masks(parent);
    child.add('two');
    expect(child.mask('one two')).toBe('*** ***');
    expect(parent.mask('one two')).toBe('*** two');
  });
});

test('a one-letter secret leaves the markers of the log alone', () => {
  const log = new StepLog({
    masks: masking('o'),
    debug: false,
    onLine: () => undefined,
    onAnnotation: () => undefined,
  });
  log.mark('group', 'one more');
  expect(log.lines).toEqual(['##[group]***ne m***re']);
});
