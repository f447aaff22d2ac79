import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDuration, parseDuration } from '@wso2-delivery/shared/base/duration';

test.each([
  ['90s', 90_000],
  ['10m', 600_000],
  ['1h30m', 5_400_000],
  ['250ms', 250],
  ['1.5s', 1500],
  ['0', 0],
  [' 2m ', 120_000],
])('%s is read as %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '10', '10 minutes', 's', '-5s', '1m 30s', '10d', 'NaNs', '1e3s'])('%p is not a duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test.each([
  [0, '0 ms'],
  [840, '840 ms'],
  [1000, '1 s'],
  [12_449, '12.4 s'],
  [59_999, '59.9 s'],
  [60_000, '1 min'],
  [185_000, '3 min 5 s'],
  [4_800_000, '1 h 20 min'],
])('%d ms reads "%s"', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('whole numbers of every unit come back as the milliseconds they are', () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.constantFrom(['ms', 1], ['s', 1000], ['m', 60_000], ['h', 3_600_000] as const),
      (n, unit) => {
        expect(parseDuration(`${n}${unit[0]}`)).toBe(n * unit[1]);
      },
    ),
  );
});
