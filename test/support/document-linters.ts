/** Blocks of documents before the tools that judge whole files: actionlint and kubernetes-validate. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTool } from './tools.ts';

/** Labels that documents give to runners of the reader's own. */
const labels = ['integration'];

/** What actionlint says about workflows, each line beginning with the workflow's place. */
export function lint(workflows: readonly (readonly [place: string, text: string])[]): string[] {
  return inFolder((folder) => {
    mkdirSync(join(folder, '.github/workflows'), { recursive: true });
    writeFileSync(join(folder, '.github/actionlint.yaml'), `self-hosted-runner: { labels: [${labels.join(', ')}] }\n`);
    spawnSync('git', ['init', '--quiet'], { cwd: folder });
    workflows.forEach(([, text], index) => writeFileSync(join(folder, `.github/workflows/${index}.yml`), text));
    const { stdout, stderr } = spawnSync(
      findTool('actionlint')!,
      ['-no-color', '-oneline', '-shellcheck=', '-pyflakes='],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    return `${stdout}${stderr}`
      .split('\n')
      .filter((line) => line !== '')
      .map((line) =>
        line.replace(/^\.github\/workflows\/(\d+)\.yml/, (_, index) => workflows[Number(index)]?.[0] ?? ''),
      );
  });
}

/** What Kubernetes' schemas say about the objects of a text, unknown fields included. */
export function wrongObjects(text: string): string[] {
  return inFolder((folder) => {
    const file = join(folder, 'objects.yaml');
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(findTool('kubernetes-validate')!, ['--strict', file], {
      encoding: 'utf8',
    });
    return status === 0 ? [] : [`${stdout}${stderr}`];
  });
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'document-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
