/** Prepares what the Maven runs inside the CAR plugin need to see of the settings. */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from '../base/ports.ts';
import type { NestedMaven } from './command.ts';
import { userHome } from './user-home.ts';

/**
 * They read settings from the user's home alone, so they get one: a private folder with the given settings, and with
 * the user's own security settings and toolchains beside it. The local repository stays where it is.
 * @param settings absolute; undefined when the workflow gives none
 * @param mavenArguments what the user passes to the outer run
 */
export async function prepareNestedMaven(
  settings: string | undefined,
  mavenArguments: readonly string[],
  files: Files,
): Promise<NestedMaven> {
  const option = '-Dmaven.repo.local=';
  const asked = mavenArguments.find((argument) => argument.startsWith(option))?.slice(option.length);
  if (settings === undefined) return { home: undefined, localRepository: asked };
  const home = await files.privateFolder('maven-home');
  mkdirSync(join(home, '.m2'));
  copyFileSync(settings, join(home, '.m2/settings.xml'));
  // Java takes the home from the user database, not from HOME.
  const own = join(userHome(), '.m2');
  for (const name of ['settings-security.xml', 'toolchains.xml']) {
    if (existsSync(join(own, name))) copyFileSync(join(own, name), join(home, '.m2', name));
  }
  const saysItself = /<localRepository>\s*[^<\s]/.test(readFileSync(settings, 'utf8'));
  return { home, localRepository: asked ?? (saysItself ? undefined : join(own, 'repository')) };
}
