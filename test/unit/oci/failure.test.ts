import { describe, expect, test } from '@jest/globals';
import { refusal, registryCodes, registryWords, shownUrl } from '@wso2-delivery/shared/oci/failure';

describe("a registry's words", () => {
  test.each([
    ['{"errors":[{"code":"DENIED","message":"requested access is denied"}]}', 'DENIED: requested access is denied'],
    ['{"errors":[{"code":"A","message":"a"},{"code":"B"}]}', 'A: a; B'],
    ['{"errors":[{"message":"only text"}]}', 'only text'],
    ['{"details":"incorrect username or password"}', 'incorrect username or password'],
    ['{"error":"invalid_grant"}', 'invalid_grant'],
    ['{"message":"quota exceeded"}', 'quota exceeded'],
    ['plain\ntext', 'plain text'],
    ['<html><body>502</body></html>', ''],
    ['', ''],
    ['null', ''],
    ['{"errors":[null]}', ''],
    ['{"errors":[{"code":"X","message":"::error::\\u001b[31mfake"}]}', 'X: ::error::fake'],
  ])('%s reads %j', (body, words) => {
    expect(registryWords(body)).toBe(words);
  });

  test('codes are found where there are some', () => {
    expect(registryCodes('{"errors":[{"code":"BLOB_UPLOAD_UNKNOWN"},{}]}')).toEqual(['BLOB_UPLOAD_UNKNOWN']);
    expect(registryCodes('no json')).toEqual([]);
    expect(registryCodes('{}')).toEqual([]);
  });
});

describe('refusals', () => {
  test.each([
    [401, 'REGISTRY_UNAUTHORIZED'],
    [403, 'REGISTRY_FORBIDDEN'],
    [404, 'REGISTRY_NOT_FOUND'],
    [429, 'REGISTRY_RATE_LIMITED'],
    [400, 'REGISTRY_REFUSED'],
    [413, 'REGISTRY_REFUSED'],
    [500, 'REGISTRY_UNAVAILABLE'],
    [503, 'REGISTRY_UNAVAILABLE'],
    [302, 'REGISTRY_PROTOCOL'],
  ])('%d is %s', (status, code) => {
    const answer = { status, headers: {}, url: 'https://user:pw@ghcr.io/v2/a/blobs/uploads/1?_state=secret' };
    const error = refusal('PUT', answer, '{"errors":[{"code":"C","message":"m"}]}', 'take a blob');
    expect(error.code).toBe(code);
    expect(error.status).toBe(status);
    expect(error.message).toBe(`ghcr.io did not take a blob: ${status} C: m`);
    expect(error.url).toBe('https://ghcr.io/v2/a/blobs/uploads/1');
    expect(error.remedy).not.toBe('');
  });

  test('a body that is too large has a remedy of its own', () => {
    const error = refusal('PUT', { status: 413, headers: {}, url: 'https://ghcr.io/v2/' }, '<html>', 'take a blob');
    expect(error.remedy).toContain('client_max_body_size');
  });

  test('a shown URL has no credentials and no query', () => {
    expect(shownUrl('https://u:p@h:1/path?X-Amz-Signature=s')).toBe('https://h:1/path');
  });
});
