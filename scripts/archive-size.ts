/** Prints how large the archive is that a runner downloads for each job that uses an action, and what it holds. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { formatBytes } from '@wso2-delivery/shared/base/bytes';

const cwd = join(import.meta.dirname, '..');
const archive = spawnSync('git', ['archive', '--format=tar.gz', 'HEAD'], { cwd, maxBuffer: 256 * 1024 * 1024 }).stdout;
const listing = spawnSync('tar', ['-tzf', '-'], { input: archive, encoding: 'utf8' }).stdout;
console.log(listing.trim());
console.log(`${formatBytes(archive.length)} compressed`);
