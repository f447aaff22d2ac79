/** The `files` input: libraries, keystores and configuration in a layer of their own, owned by the image's user. */
import { posix } from 'node:path';
import { codes } from '@wso2-delivery/shared/base/codes';
import { InputError, type Problem } from '@wso2-delivery/shared/base/errors';
import type { TarEntry } from '@wso2-delivery/shared/formats/tar';
import { type MiImage, miFiles } from '@wso2-delivery/shared/mi/base-image';
import type { BuildContext } from '@wso2-delivery/shared/oci/dockerfile/context';
import { copyIntoTree } from '@wso2-delivery/shared/oci/dockerfile/copy';
import { knownBaseFiles } from '@wso2-delivery/shared/oci/dockerfile/known-files';
import { type BaseFiles, BaseUnknown, Tree, TreeError } from '@wso2-delivery/shared/oci/dockerfile/tree';

/** One line of the input. */
export interface ExtraFile {
  /** Relative to the workspace; a file, a folder (its contents are taken) or a pattern. */
  readonly source: string;
  /** Absolute in the image, or relative to the server's home; with a slash at its end a folder. */
  readonly target: string;
}

const EXAMPLE = 'ci/ojdbc11.jar=lib/';

/** What is wrong with the lines themselves. */
export function problemsOfExtraFiles(extra: readonly ExtraFile[]): Problem[] {
  return extra.flatMap(({ source, target }): Problem[] => {
    const wrong =
      source === '' || target === ''
        ? 'is not source=target'
        : target.split('/').includes('..') || source.split('/').includes('..')
          ? 'has .. in it'
          : source.startsWith('/')
            ? 'has a source that is not relative to the workspace'
            : undefined;
    return wrong === undefined
      ? []
      : [{ subject: 'files', problem: `'${source}=${target}' ${wrong}`, example: EXAMPLE }];
  });
}

/**
 * The entries of the layer. Modes do not depend on the machine: 0755 for folders and what is executable, else 0644.
 * @throws InputError INPUT_INVALID with every line that leads nowhere; DOCKERFILE_CONTEXT_REFUSED
 */
export function extraFileEntries(extra: readonly ExtraFile[], workspace: BuildContext, image: MiImage): TarEntry[] {
  const tree = new Tree(filesBelowHome(image));
  const problems: Problem[] = [];
  const owner = { uid: image.uid, gid: image.gid };
  for (const { source, target } of extra) {
    const path = posix.resolve(image.serverHome, target);
    const destination = target.endsWith('/') ? `${path}/` : path;
    if (![image.userHome, image.serverHome].some((home) => path.startsWith(`${home}/`) || path === home)) {
      const problem = `'${source}=${target}' leads out of ${image.userHome}; a Dockerfile can put files there`;
      problems.push({ subject: 'files', problem, example: EXAMPLE });
      continue;
    }
    try {
      copyIntoTree({ sources: [source], destination, owner, mode: undefined }, workspace, tree);
    } catch (error) {
      if (!(error instanceof TreeError || error instanceof SyntaxError)) throw error;
      const words = error.message.replace('the build context', 'the workspace');
      problems.push({ subject: 'files', problem: `'${source}=${target}' ${words}`, example: EXAMPLE });
    }
  }
  if (problems.length > 0) throw new InputError(codes.INPUT_INVALID, problems);
  return tree.closeLayer().map((entry) => {
    if (entry.type !== 'file') return entry;
    return { ...entry, mode: (entry.mode & 0o111) === 0 ? 0o644 : 0o755 };
  });
}

/** Below the home of the user everything belongs to the user. */
function filesBelowHome(image: MiImage): BaseFiles {
  const known = knownBaseFiles(miFiles(image));
  const { uid, gid, userHome, serverHome } = image;
  return {
    ...known,
    entry(path) {
      try {
        return known.entry(path);
      } catch (error) {
        if (!(error instanceof BaseUnknown)) throw error;
        if (path === serverHome || path === userHome) return { type: 'directory', uid, gid, mode: 0o755 };
        // Where the server is not in a home, the folders above it are the system's.
        if (serverHome.startsWith(`${path}/`)) return { type: 'directory', uid: 0, gid: 0, mode: 0o755 };
        return undefined;
      }
    },
  };
}
