import { InputError } from '../base/errors.ts';
import type { Job } from '../base/ports.ts';
import { codes } from './codes.ts';

/** major, minor and patch of an apictl. */
export type ApictlVersion = readonly [major: number, minor: number, patch: number];

/** Reads "4.7.0" or "v4.7.0". */
export function parseVersion(text: string): ApictlVersion | undefined {
  const found = /\bv?(\d+)\.(\d+)\.(\d+)\b/.exec(text);
  return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3])];
}

/**
 * Where a release can be downloaded for this machine. The names of systems and architectures changed with 4.1.3.
 * @throws InputError APICTL_UNAVAILABLE for a machine that there is no release for
 */
export function releaseUrl(version: ApictlVersion, job: Pick<Job, 'platform' | 'arch'>): string {
  const number = version.join('.');
  const [, minor, patch] = version;
  const isOld = minor === 0 || (minor === 1 && patch < 3);
  const target = (isOld ? oldTargets : newTargets)[`${job.platform} ${job.arch}`];
  if (target === undefined) {
    const problem = `there is no release of apictl ${number} for ${job.platform} on ${job.arch}`;
    throw new InputError(codes.APICTL_UNAVAILABLE, [{ subject: 'apictl-version', problem, example: '4.7.0' }]);
  }
  const ending = job.platform === 'win32' ? 'zip' : 'tar.gz';
  // 4.3.2 is the one tag without the v.
  const tag = number === '4.3.2' ? number : `v${number}`;
  const base = 'https://github.com/wso2/product-apim-tooling/releases/download';
  return `${base}/${tag}/apictl-${number}-${target}.${ending}`;
}

const newTargets: Readonly<Record<string, string>> = {
  'linux x64': 'linux-amd64',
  'linux arm64': 'linux-arm64',
  'darwin x64': 'darwin-amd64',
  'darwin arm64': 'darwin-arm64',
  'win32 x64': 'windows-x64',
};
const oldTargets: Readonly<Record<string, string>> = {
  'linux x64': 'linux-x64',
  'darwin x64': 'macosx-x64',
  'win32 x64': 'windows-x64',
};

/** SHA-256 of release files, by URL. The vendor publishes none: entries come here when somebody has verified them. */
export const knownReleases: Readonly<Record<string, string>> = {};

/**
 * What some versions have and others lack (flags read from --help of each version). `--preserve-credentials` and
 * `--dry-run` are not among them: archives with credentials come from the publisher itself, and a dry run is none
 * before API Manager 4.5, which imports in earnest.
 */
export const features = {
  /** A stored personal access token is used instead of the password grant. */
  accessToken: ([major, minor, patch]: ApictlVersion): boolean =>
    major > 4 || (major === 4 && (minor >= 4 || (minor === 2 && patch >= 5))),
  /** `export api-product` takes a version, and needs one (recorded: unknown flag up to 4.2.2). */
  productVersion: ([major, minor, patch]: ApictlVersion): boolean =>
    major > 4 || (major === 4 && (minor >= 3 || (minor === 2 && patch >= 3))),
  /** The publisher's REST API is version 4, as we speak it. */
  publisherV4: ([major, minor]: ApictlVersion): boolean => major === 4 && minor >= 2,
} as const;
