/** actions/cache with a folder instead of GitHub's storage. */
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { StandInCall } from './stand-ins.ts';

export function cache(call: StandInCall): void {
  const hit = restoreCache(call);
  if (!hit) call.addPost(() => saveCache(call));
}

export function restoreCache(call: StandInCall): boolean {
  const key = call.inputs.key ?? '';
  const prefixes = [key, ...(call.inputs['restore-keys'] ?? '').split('\n').map((line) => line.trim())].filter(
    (line) => line !== '',
  );
  const known = existsSync(call.lab.caches) ? readdirSync(call.lab.caches).map(decodeURIComponent) : [];
  const found = known.includes(key)
    ? key
    : prefixes.flatMap((prefix) => known.filter((name) => name.startsWith(prefix)))[0];
  call.setOutput('cache-primary-key', key);
  call.setOutput('cache-hit', found === undefined ? '' : String(found === key));
  call.setOutput('cache-matched-key', found ?? '');
  if (found === undefined) {
    if (call.inputs['fail-on-cache-miss'] === 'true')
      throw new Error(`Failed to restore cache entry. Input key: ${key}`);
    call.log(`Cache not found for input keys: ${prefixes.join(', ')}`);
    return false;
  }
  cachedPaths(call).forEach((path, index) => {
    const stored = join(call.lab.caches, encodeURIComponent(found), String(index));
    if (existsSync(stored)) cpSync(stored, path, { recursive: true });
  });
  call.log(`Cache restored from key: ${found}`);
  return found === key;
}

export function saveCache(call: StandInCall): void {
  const folder = join(call.lab.caches, encodeURIComponent(call.inputs.key ?? ''));
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true });
  cachedPaths(call).forEach((path, index) => {
    if (existsSync(path)) cpSync(path, join(folder, String(index)), { recursive: true });
  });
  call.log(`Cache saved with key: ${call.inputs.key ?? ''}`);
}

function cachedPaths(call: StandInCall): string[] {
  return (call.inputs.path ?? '')
    .split('\n')
    .map((path) => path.trim())
    .filter((path) => path !== '')
    .map((path) => resolve(call.workspace, path.replace(/^~/, call.env.HOME ?? '~')));
}
