/** Platforms as the image specification names them: os/architecture[/variant]. */
import { InputError } from '../base/errors.ts';
import { codes } from './codes.ts';

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/** Other names that people and machines use for the same architecture. */
const ALIASES: Readonly<Record<string, string>> = { x86_64: 'amd64', x64: 'amd64', aarch64: 'arm64' };

/** @throws InputError IMAGE_PLATFORM_INVALID when the text is not os/architecture[/variant]. */
export function parsePlatform(text: string, subject = 'platforms'): Platform {
  const match = /^([a-z0-9]+)\/([a-z0-9_]+)(?:\/([a-z0-9]+))?$/.exec(text.trim());
  const [, os, architecture, variant] = match ?? [];
  if (os === undefined || architecture === undefined) {
    const problem = `${JSON.stringify(text)} is not a platform`;
    throw new InputError(codes.IMAGE_PLATFORM_INVALID, [{ subject, problem, example: 'linux/amd64' }]);
  }
  return { os, architecture: ALIASES[architecture] ?? architecture, ...(variant !== undefined && { variant }) };
}

export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== undefined && part !== '').join('/');
}

/** True when an image for `offered` runs where `wanted` is asked for. arm64 and arm64/v8 are one and the same. */
export function platformMatches(wanted: Platform, offered: Platform): boolean {
  return (
    wanted.os === offered.os &&
    wanted.architecture === offered.architecture &&
    (wanted.variant === undefined || normalVariant(wanted) === normalVariant(offered))
  );
}

function normalVariant({ architecture, variant }: Platform): string {
  return variant ?? (architecture === 'arm64' ? 'v8' : architecture === 'arm' ? 'v7' : '');
}
