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
  const asked = askedRepository(mavenArguments);
  if (settings === undefined) return { home: undefined, localRepository: asked };
  const home = await files.privateFolder('maven-home');
  mkdirSync(join(home, '.m2'));
  copyFileSync(settings, join(home, '.m2/settings.xml'));
  // Java takes the home from the user database, not from HOME.
  const own = join(userHome(), '.m2');
  for (const name of ['settings-security.xml', 'toolchains.xml']) {
    if (existsSync(join(own, name))) copyFileSync(join(own, name), join(home, '.m2', name));
  }
  const saysItself = repositoryIn(settings) !== undefined;
  return { home, localRepository: asked ?? (saysItself ? undefined : join(own, 'repository')) };
}

/**
 * Where Maven keeps what it fetches: as its arguments say, or its settings (those given, or the user's own), or below the
 * user's home. undefined where the settings say it with a variable.
 */
export function localRepository(settings: string | undefined, mavenArguments: readonly string[]): string | undefined {
  const own = join(userHome(), '.m2');
  const said = askedRepository(mavenArguments) ?? repositoryIn(settings ?? join(own, 'settings.xml'));
  return said?.includes('${') === true ? undefined : (said ?? join(own, 'repository'));
}

function askedRepository(mavenArguments: readonly string[]): string | undefined {
  const option = '-Dmaven.repo.local=';
  return mavenArguments.find((argument) => argument.startsWith(option))?.slice(option.length);
}

function repositoryIn(settings: string): string | undefined {
  if (!existsSync(settings)) return undefined;
  return /<localRepository>\s*([^<\s][^<]*?)\s*<\/localRepository>/.exec(readFileSync(settings, 'utf8'))?.[1];
}
