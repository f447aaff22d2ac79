// Brings a fresh checkout to life: installs the pinned packages when the lock file asks for it, then runs the given
// TypeScript entry on the Node 24 that they bring (type stripping, no build step). Plain JavaScript on purpose: it
// must start on whatever Node a machine has.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [entry, ...args] = process.argv.slice(2);
const stamp = join(root, 'node_modules', '.installed-from');
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.log('Installing the packages of package-lock.json (once) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const install = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (install.status !== 0) {
    console.error('npm ci failed: the messages above say why. Nothing else was started.');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const child = spawnSync(existsSync(node) ? node : process.execPath, [join(root, entry), ...args], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(child.status ?? 1);
