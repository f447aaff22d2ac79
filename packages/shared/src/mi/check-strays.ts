/** Files that look like artifacts and lie where the Maven plugin does not look. Pure. */
import { didYouMean } from '../base/suggest.ts';
import { artifactKinds, artifactName, kindOfRoot } from './artifact-kinds.ts';
import { finding, type Finding } from './finding.ts';
import type { StrayFile } from './sources.ts';

export function strayFinding(stray: StrayFile, display: (path: string) => string): Finding {
  const { file, root, reason } = stray;
  const shown = display(file);
  const kind = root === undefined ? undefined : kindOfRoot(root.name);
  const name = root === undefined ? undefined : artifactName(root, file);
  const home = kind === undefined ? '' : ` A ${kind.noun} belongs in src/main/wso2mi/artifacts/${kind.folder}.`;
  // XML that is no artifact may lie there on purpose.
  const meant = reason === 'not-an-artifact' || (root !== undefined && kind === undefined);
  return finding(
    'misplaced',
    name ?? shown,
    `${problemOf(stray, shown, home)}${home}`,
    { file: shown, line: root?.line },
    meant ? 'warning' : 'error',
  );
}

function problemOf({ file, folder, reason }: StrayFile, shown: string, home: string): string {
  switch (reason) {
    case 'not-an-artifact':
      return `${shown} is no artifact.${file.endsWith('deployment.toml') ? ' It belongs in deployment/.' : ''}`;
    case 'sub-folder':
      return `${shown} lies in a sub-folder of artifacts/${folder.split('/')[0] ?? ''}.`;
    case 'unknown-folder': {
      const known = artifactKinds.map((candidate) => candidate.folder);
      return `There is no artifact folder '${folder}'.${home === '' ? didYouMean(folder, known) : ''}`;
    }
    case 'no-folder':
      return `${shown} lies in no artifact folder.`;
    case 'other-root':
      return `${shown} lies in ${folder}, not in src/main/wso2mi.`;
  }
}
