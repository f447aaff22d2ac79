import { describe, expect, test } from '@jest/globals';
import { InputError } from '@wso2-delivery/shared/base/errors';
import { formatPlatform, parsePlatform, platformMatches } from '@wso2-delivery/shared/oci/platform';

describe('platforms', () => {
  test.each([
    ['linux/amd64', 'linux/amd64'],
    [' linux/arm64/v8 ', 'linux/arm64/v8'],
    ['linux/x86_64', 'linux/amd64'],
    ['linux/aarch64', 'linux/arm64'],
  ])('%j is read as %s', (text, expected) => {
    expect(formatPlatform(parsePlatform(text))).toBe(expected);
  });

  test.each(['amd64', 'linux', 'linux/', 'linux/amd64/v1/x', 'Linux/amd64', ''])('%j is refused', (text) => {
    expect(() => parsePlatform(text)).toThrow(InputError);
    expect(() => parsePlatform(text)).toThrow(expect.objectContaining({ code: 'IMAGE_PLATFORM_INVALID' }));
    expect(() => parsePlatform(text)).toThrow('platforms');
  });

  test.each([
    ['linux/arm64', 'linux/arm64/v8', true],
    ['linux/arm64/v8', 'linux/arm64', true],
    ['linux/arm/v6', 'linux/arm', false],
    ['linux/arm/v7', 'linux/arm', true],
    ['linux/arm', 'linux/arm/v6', true],
    ['linux/amd64', 'linux/arm64', false],
    ['windows/amd64', 'linux/amd64', false],
  ])('who wants %s is served by %s: %s', (wanted, offered, expected) => {
    expect(platformMatches(parsePlatform(wanted), parsePlatform(offered))).toBe(expected);
  });
});
