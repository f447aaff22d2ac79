import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installApictl } from './apictl/install.ts';
import { installKubectl } from './kubectl/install.ts';

/** Which stand-ins took the place of programs that the machine lacks. */
export interface StandIns {
  /** The PATH with the stand-ins on it. */
  readonly path: string;
  readonly standIns: readonly string[];
}

const installers = { kubectl: installKubectl, apictl: installApictl };

/** Puts stand-ins for what is not on the PATH into `folder`. Real programs are always preferred. */
export async function standInForMissingTools(folder: string, path: string): Promise<StandIns> {
  const standIns: string[] = [];
  for (const [name, install] of Object.entries(installers)) {
    if (isOnPath(name, path)) continue;
    await install(folder);
    standIns.push(name);
  }
  return { path: standIns.length === 0 ? path : `${folder}${delimiter}${path}`, standIns };
}

/** True when an executable of that name is in one of the folders of a PATH. */
export function isOnPath(name: string, path: string): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}
