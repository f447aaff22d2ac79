import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { InputError, ServiceError, VerificationError } from '../base/errors.ts';
import type { Http } from '../base/ports.ts';
import { measured } from '../formats/digest.ts';
import { codes } from './codes.ts';

export interface Download {
  readonly url: string;
  /** Where the file goes; its folder is made. */
  readonly target: string;
  /** What the user gave: wins over the table. Hexadecimal SHA-256. */
  readonly sha256: string | undefined;
  /** SHA-256 of the release files that we know, by URL. */
  readonly known: Readonly<Record<string, string>>;
  /** The input to name when no checksum is known. */
  readonly input: string;
}

/**
 * Downloads a file whose bytes are known in advance. A file with other bytes is deleted.
 * @throws InputError DOWNLOAD_CHECKSUM_UNKNOWN, ServiceError DOWNLOAD_FAILED, VerificationError DOWNLOAD_CHECKSUM_MISMATCH
 */
export async function download(request: Download, http: Http): Promise<void> {
  const { url, target } = request;
  const expected = checksumOf(request);
  await mkdir(dirname(target), { recursive: true });
  const answer = await http.stream({ method: 'GET', url });
  try {
    if (answer.status !== 200) {
      throw new ServiceError(codes.DOWNLOAD_FAILED, `${url} answered ${answer.status}`, {
        method: 'GET',
        url,
        status: answer.status,
      });
    }
    const { stream, measure } = measured(answer.body);
    await pipeline(stream, createWriteStream(target, { mode: 0o600 }));
    const actual = measure.digest().replace('sha256:', '');
    if (actual !== expected) {
      const message = `${url} has the SHA-256 ${actual} instead of ${expected}`;
      throw new VerificationError(codes.DOWNLOAD_CHECKSUM_MISMATCH, message);
    }
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  } finally {
    answer.close();
  }
}

function checksumOf({ url, sha256, known, input }: Download): string {
  const expected = sha256 ?? known[url];
  if (expected === undefined) {
    const problem = `no SHA-256 is known for ${url}, and none was given`;
    const example = `${input}: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`;
    throw new InputError(codes.DOWNLOAD_CHECKSUM_UNKNOWN, [{ subject: input, problem, example }]);
  }
  if (!/^[0-9a-f]{64}$/i.test(expected)) {
    const problem = `'${expected}' is not a SHA-256 (64 hexadecimal digits)`;
    throw new InputError(codes.DOWNLOAD_CHECKSUM_UNKNOWN, [{ subject: input, problem }]);
  }
  return expected.toLowerCase();
}
