import { describe, expect, test } from '@jest/globals';
import { isIdempotent, isTransient, parseRetryAfter, pauseBefore } from '@wso2-delivery/shared/base/retry';

const now = Date.parse('2026-03-01T12:00:00Z');

test.each([
  ['120', 120_000],
  ['0', 0],
  ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
  ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After %p means %p ms', (value, ms) => {
  expect(parseRetryAfter(value, now)).toBe(ms);
});

describe('the pause before an attempt', () => {
  test.each([
    { attempt: 2, random: 0, pause: 250 },
    { attempt: 2, random: 0.999, pause: 500 },
    { attempt: 3, random: 0, pause: 500 },
    { attempt: 9, random: 0, pause: 4000 },
  ])('doubles up to the cap: attempt $attempt at $random waits about $pause ms', ({ attempt, random, pause }) => {
    expect(pauseBefore(attempt, random, undefined)).toBe(pause);
  });

  test("is the server's own wish when it has one", () => {
    expect(pauseBefore(2, 0.5, 7000)).toBe(7000);
  });

  test('is refused when the server asks for longer than we are ready to wait', () => {
    expect(pauseBefore(2, 0.5, 3_600_000)).toBeUndefined();
  });
});

test.each(['GET', 'HEAD', 'PUT', 'DELETE'])('%s may be repeated', (method) => expect(isIdempotent(method)).toBe(true));
test.each(['POST', 'PATCH'])('%s may not be repeated blindly', (method) => expect(isIdempotent(method)).toBe(false));
test.each([408, 429, 502, 503, 504])('%d is worth another attempt', (status) =>
  expect(isTransient({ status })).toBe(true),
);
test('500 is worth another attempt where the caller knows that server, and nowhere else', () => {
  expect(isTransient({ status: 500 }, [500])).toBe(true);
  expect(isTransient({ status: 501 }, [500])).toBe(false);
});
test.each([200, 400, 401, 403, 404, 409, 500, 501])('%d is an answer', (status) =>
  expect(isTransient({ status })).toBe(false),
);
