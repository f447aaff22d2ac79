/** release.yml in the lab's runner: a tag becomes a release, or nothing is published. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { WorkflowResult } from '@wso2-delivery/lab/runner/result';
import { runWorkflow } from '@wso2-delivery/lab/runner/run-workflow';

const root = resolve(import.meta.dirname, '../..');
const repository = 'acme/wso2-delivery';

let folder: string;
let work: string;
let bare: string;

const git = (...args: string[]): string => {
  const run = spawnSync('git', ['-C', work, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`git ${args.join(' ')}: ${run.stderr}`);
  return run.stdout.trim();
};

/** A program of the given name that notes its arguments in a file of its name, and then does what the script says. */
const program = (name: string, script: string): void => {
  const file = join(folder, 'bin', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/bash\necho "$@" >> '${join(folder, `${name}.calls`)}'\n${script}\n`);
  chmodSync(file, 0o755);
};

const calls = (name: string): string[] => {
  const file = join(folder, `${name}.calls`);
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

/** A repository with what the release needs, version 1.2.3 at a commit on main, pushed to a bare one that stands for GitHub. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  work = join(folder, 'work');
  bare = join(folder, 'github.git');
  for (const path of ['.github/workflows/release.yml', 'scripts', 'dist', 'package-lock.json'])
    cpSync(join(root, path), join(work, path), { recursive: true });
  writeFileSync(join(work, 'package.json'), '{ "version": "1.2.3", "type": "module" }\n');
  writeFileSync(join(work, 'CHANGELOG.md'), '# Changelog\n\n## 1.2.3\n\n- It is released.\n\n## 1.2.2\n\n- Before.\n');
  spawnSync('git', ['init', '--quiet', '--bare', bare]);
  spawnSync('git', ['init', '--quiet', '--initial-branch=main', work]);
  git('add', '-A');
  git('commit', '--quiet', '-m', 'First');
  git('tag', 'v1');
  writeFileSync(join(work, 'later'), '');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'Later');
  git('tag', 'v1.2.3');
  git('push', '--quiet', bare, 'main', 'v1', 'v1.2.3');
  program('sudo', 'exit 0');
  program('gh', 'if [ "$2" = view ]; then echo "${IMMUTABLE:-true}"; else cat "$6" >> "$(dirname "$0")/../notes"; fi');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function release(env: Record<string, string> = {}): Promise<{ result: WorkflowResult; attested: object[] }> {
  const attested: object[] = [];
  const result = await runWorkflow({
    file: '.github/workflows/release.yml',
    workspace: work,
    repository,
    event: 'push',
    ref: 'refs/tags/v1.2.3',
    sha: git('rev-parse', 'v1.2.3^{commit}'),
    tempFolder: join(folder, 'run'),
    env: {
      PATH: `${join(folder, 'bin')}:${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
      // What stands for GitHub, for every git of the job.
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${bare}.insteadOf`,
      GIT_CONFIG_VALUE_0: `https://github.com/${repository}`,
      ...env,
    },
    actionStandIns: {
      'actions/setup-java': () => undefined,
      'actions/checkout': ({ workspace }) => {
        spawnSync('git', ['clone', '--quiet', bare, workspace]);
        spawnSync('git', ['-C', workspace, 'checkout', '--quiet', 'v1.2.3']);
        spawnSync('git', ['-C', workspace, 'remote', 'set-url', 'origin', `https://github.com/${repository}`]);
      },
      'actions/attest': ({ inputs, workspace }) => {
        const predicate = inputs['predicate-path'];
        if (predicate !== undefined && !existsSync(join(workspace, predicate))) throw new Error(`no ${predicate}`);
        attested.push(inputs);
      },
    },
  });
  return { result, attested };
}

const majorTag = (): string => spawnSync('git', ['-C', bare, 'rev-parse', 'v1'], { encoding: 'utf8' }).stdout.trim();

const errors = ({ jobs }: WorkflowResult): string[] =>
  jobs.flatMap(({ annotations }) => annotations.map(({ message }) => message));

test('a tag on main is proven, attested and released; the major tag follows', async () => {
  const { result, attested } = await release();
  expect([result.conclusion, errors(result)]).toEqual(['success', []]);
  expect(calls('sudo')).toEqual(['--preserve-env bash .ci/run']);
  expect(attested).toEqual([
    { 'subject-path': 'dist/*/*.js' },
    ...['build-mi', 'deploy-k8s', 'promote-api', 'verify-rollout'].map((action) => ({
      'subject-path': `dist/${action}/*.js`,
      'predicate-type': 'https://cyclonedx.org/bom',
      'predicate-path': `sbom/${action}.cdx.json`,
    })),
  ]);
  const [created = '', viewed = ''] = calls('gh');
  expect(created).toMatch(/^release create v1\.2\.3 --verify-tag --notes-file \S+notes\.md sbom\/build-mi\.cdx\.json /);
  expect(created.match(/sbom\/[\w-]+\.cdx\.json/g)?.length).toBeGreaterThanOrEqual(4);
  expect(viewed).toBe('release view v1.2.3 --json isImmutable --jq .isImmutable');
  expect(readFileSync(join(folder, 'notes'), 'utf8')).toBe('- It is released.\n');
  expect(majorTag()).toBe(git('rev-parse', 'v1.2.3^{commit}'));
});

describe('nothing is released, and the major tag stays', () => {
  const stays = async (change: () => void, env?: Record<string, string>): Promise<WorkflowResult> => {
    change();
    const before = majorTag();
    const { result } = await release(env);
    expect(result.conclusion).toBe('failure');
    expect(majorTag()).toBe(before);
    return result;
  };

  /** Commits what is in the work folder and moves the tag to it. */
  const retag = (branch: string): void => {
    git('add', '-A');
    git('commit', '--quiet', '-m', 'Changed');
    git('tag', '--force', 'v1.2.3');
    git('push', '--quiet', '--force', bare, `HEAD:${branch}`, 'v1.2.3');
  };

  test('when the bundles are not what the sources build', async () => {
    const result = await stays(() => program('sudo', 'exit 1'));
    expect(result.jobs.find(({ id }) => id === 'publish')?.conclusion).toBe('skipped');
    expect(calls('gh')).toEqual([]);
  });

  test('when the tag is not the version', async () => {
    await stays(() => {
      writeFileSync(join(work, 'package.json'), '{ "version": "1.2.4" }\n');
      retag('main');
    });
    expect(calls('gh')).toEqual([]);
  });

  test('when the commit is not on main', async () => {
    await stays(() => {
      writeFileSync(join(work, 'aside'), '');
      retag('aside');
    });
    expect(calls('gh')).toEqual([]);
  });

  test('when the changelog does not say what changed', async () => {
    await stays(() => {
      writeFileSync(join(work, 'CHANGELOG.md'), '# Changelog\n');
      retag('main');
    });
    expect(calls('gh')).toEqual([]);
  });
});

test('a release that can still be changed fails the job, and the major tag stays', async () => {
  const before = majorTag();
  const { result } = await release({ IMMUTABLE: 'false' });
  expect(result.conclusion).toBe('failure');
  expect(errors(result)).toContainEqual(expect.stringMatching(/^Turn on "Immutable releases"/));
  expect(majorTag()).toBe(before);
});
