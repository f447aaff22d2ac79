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

  test.each([0, 1, 2, 3, 4, 5])(
    'finds a secret at the end of base64, as in a basic authorization, behind %i bytes',
    (before) => {
      const encoded = Buffer.from(`${'u'.repeat(before)}hunter2-secret-value`).toString('base64');
      expect(masking('hunter2-secret-value').holds(encoded)).toBe(true);
    },
  );

  test('a short secret does not mask digests and other text that merely look alike', () => {
    const digest = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
    expect(masking('admin', 'wso2carbon').holds(`${digest} YWRtaXJhbA== registry/app`)).toBe(false);
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
