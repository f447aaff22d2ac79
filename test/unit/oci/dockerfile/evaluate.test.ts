import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openContext } from '@wso2-delivery/shared/oci/dockerfile/context';
import { evaluate, type EvaluationInput, historyOf } from '@wso2-delivery/shared/oci/dockerfile/evaluate';
import { knownBaseFiles } from '@wso2-delivery/shared/oci/dockerfile/known-files';
import { planBuild } from '@wso2-delivery/shared/oci/dockerfile/stages';
import { parseDockerfile } from '@wso2-delivery/shared/oci/dockerfile/syntax';
import type { BaseFiles, TreeEntry } from '@wso2-delivery/shared/oci/dockerfile/tree';
import { memoryContext } from './memory-context.ts';

const own = { uid: 802, gid: 803 };
const entries: Record<string, TreeEntry> = {
  '/home': { type: 'directory', uid: 0, gid: 0, mode: 0o755 },
  '/home/mi': { type: 'directory', ...own, mode: 0o750 },
  '/home/mi/conf': { type: 'directory', ...own, mode: 0o755 },
  '/bin': { type: 'symlink', uid: 0, gid: 0, mode: 0o777, target: 'usr/bin' },
  '/usr': { type: 'directory', uid: 0, gid: 0, mode: 0o755 },
  '/usr/bin': { type: 'directory', uid: 0, gid: 0, mode: 0o755 },
  '/circle': { type: 'symlink', uid: 0, gid: 0, mode: 0o777, target: 'circle' },
};
const files: BaseFiles = {
  entry: (path) => entries[path],
  user: (name) => (name === 'mi' ? own : undefined),
  group: (name) => (name === 'ops' ? 55 : undefined),
};
const config = { os: 'linux', architecture: 'amd64', rootfs: { type: 'layers' as const, diff_ids: [] } };

function run(dockerfile: string, context: Record<string, string> = {}, changes: Partial<EvaluationInput> = {}) {
  const platform = { os: 'linux', architecture: 'arm64' };
  const build = planBuild(parseDockerfile(dockerfile, 'Dockerfile'), 'Dockerfile', { platform, ...changes });
  return evaluate(build, { context: memoryContext(context), base: { config, files }, ...changes });
}

function layersOf(dockerfile: string, context?: Record<string, string>): string[][] {
  const evaluation = run(dockerfile, context);
  if (evaluation.kind === 'docker') throw new Error(JSON.stringify(evaluation.needs));
  return evaluation.steps
    .filter((step) => step.entries.length > 0)
    .map((step) => step.entries.map(({ name, uid, gid, mode }) => `${name} ${uid}:${gid} ${mode.toString(8)}`));
}

test('a layer has every folder on the way with the attributes that it has in the base', () => {
  expect(layersOf('FROM a\nCOPY x.car /home/mi/conf/new/\n', { 'x.car': 'car' })).toEqual([
    [
      'home/ 0:0 755',
      'home/mi/ 802:803 750',
      'home/mi/conf/ 802:803 755',
      'home/mi/conf/new/ 0:0 755',
      'home/mi/conf/new/x.car 0:0 644',
    ],
  ]);
});

test('a link of the base is followed, and stays a link', () => {
  expect(layersOf('FROM a\nCOPY x /bin/x\n', { x: '' })).toEqual([
    ['usr/ 0:0 755', 'usr/bin/ 0:0 755', 'usr/bin/x 0:0 644'],
  ]);
});

test('what an instruction has put there, the next one finds', () => {
  expect(layersOf('FROM a\nWORKDIR /w\nCOPY x y/\nCOPY x y\n', { x: '' })).toEqual([
    ['w/ 0:0 755'],
    ['w/ 0:0 755', 'w/y/ 0:0 755', 'w/y/x 0:0 644'],
    ['w/ 0:0 755', 'w/y/ 0:0 755', 'w/y/x 0:0 644'],
  ]);
  expect(() => layersOf('FROM a\nCOPY x /y\nCOPY x /y/z/\n', { x: '' })).toThrow('/y, which is a file in the image');
});

test('the history has one entry an instruction', () => {
  const evaluation = run('FROM a\nENV A=1\nCOPY x /y\nCMD ["z"]\n', { x: '' });
  expect(evaluation.kind === 'layers' && historyOf(evaluation.steps, new Date(0))).toEqual([
    { created: '1970-01-01T00:00:00.000Z', created_by: 'ENV A=1', empty_layer: true },
    { created: '1970-01-01T00:00:00.000Z', created_by: 'COPY x /y' },
    { created: '1970-01-01T00:00:00.000Z', created_by: 'CMD ["z"]', empty_layer: true },
  ]);
});

test('the platform is an argument that need only be asked for', () => {
  expect(layersOf('FROM a\nARG TARGETARCH\nCOPY lib-$TARGETARCH.so /x\n', { 'lib-arm64.so': '' })[0]).toEqual([
    'x 0:0 644',
  ]);
});

describe('needs docker, with line and reason', () => {
  test.each([
    ['RUN apt-get update', 'runs a command'],
    ['COPY --from=build /x /y', 'copies from another stage or image'],
    ['COPY --link x /y', 'uses --link'],
    ['COPY <<EOF /y\nx\nEOF', 'has a here-document'],
    ['ADD https://example.com/driver.jar /lib/', 'downloads'],
    ['ADD ["git@github.com:a/b.git", "/x"]', 'downloads'],
    ['ADD x.tgz /lib/', 'unpacks x.tgz'],
    ['ADD * /lib/', 'unpacks x.tgz'],
    ['ONBUILD COPY x /y', 'is for the images built on this one'],
    ['COPY --chmod=u+x x /y', 'uses the mode u+x'],
    ['ENV A=${B%x}', 'uses ${B%…}'],
  ])('%s', (instruction, why) => {
    const evaluation = run(`FROM a\n${instruction}\n`, { x: '', 'x.tgz': '\x1f\x8b' });
    expect(evaluation).toMatchObject({ kind: 'docker', needs: [{ line: 2, why }] });
  });

  test.each([
    ['FROM --platform=linux/amd64 a\n', 'fixes a platform'],
    ['FROM scratch\n', 'starts from nothing'],
    ['# syntax=acme/frontend\nFROM a\n', 'asks for another frontend'],
  ])('%j', (dockerfile, why) => {
    expect(run(dockerfile)).toMatchObject({ kind: 'docker', needs: [{ why }] });
  });

  test('instructions that the base has for those who build on it', () => {
    const base = { files, config: { ...config, config: { OnBuild: ['RUN x'] } as object } };
    expect(run('FROM a\n', {}, { base })).toMatchObject({ kind: 'docker', needs: [{ instruction: 'ONBUILD RUN x' }] });
  });

  test('every such instruction is listed', () => {
    const evaluation = run('FROM a\nRUN x\nCOPY x /y\nRUN z\n', { x: '' });
    expect(evaluation.kind === 'docker' && evaluation.needs.map(({ line }) => line)).toEqual([2, 4]);
  });

  test.each(['docker/dockerfile:1', 'docker/dockerfile:1.7-labs', 'docker.io/docker/dockerfile'])(
    'but not for %s',
    (syntax) => {
      expect(run(`# syntax=${syntax}\nFROM a\n`).kind).toBe('layers');
    },
  );
});

describe('refused at its line', () => {
  test.each([
    ['COPY none /x', 'copies none, and the build context has no such file'],
    ['COPY *.none /x', 'copies *.none, and the build context has no such file'],
    ['COPY x y /z', 'copies 2 files (x, y) to /z, which needs a / at its end'],
    ['COPY --chown=who x /z', 'names the user who, whom the base image does not have'],
    ['COPY --chown=mi:who x /z', 'names the group who, which the base image does not have'],
    ['COPY x /circle/y', 'leads in a circle'],
    ['COPY lost /y', 'copies lost, and the build context has no such file'],
    ['COPY x /home', undefined],
    ['COPY dir /home/mi/conf/x\nCOPY x /home/mi/conf/x/sub/deep', undefined],
    ['COPY --chmod=999 x /y', 'has --chmod=999, which is no mode like 644'],
    ['SHELL /bin/sh', 'has SHELL, which takes a JSON list'],
    ['EXPOSE 70000', 'exposes 70000, which is no port'],
    ['HEALTHCHECK curl x', 'has HEALTHCHECK curl x, which is neither CMD with a command nor NONE'],
    ['COPY [z-a]x /y', 'Invalid regular expression'],
  ])('%s', (instruction, problem) => {
    const attempt = () => run(`FROM a\n${instruction}\n`, { x: '', y: '', 'dir/sub/z': '', lost: '->nowhere' });
    if (problem === undefined) expect(attempt().kind).toBe('layers');
    else expect(attempt).toThrow(problem);
  });

  test.each([
    ['ENV A=1\nFROM a\n', 'line 1 has ENV in front of the first FROM'],
    ['FROM a b\n', 'line 1 has FROM a b'],
    ['ARG A=1\n', 'has no FROM'],
  ])('%j', (dockerfile, problem) => {
    expect(() => run(dockerfile)).toThrow(problem);
  });
});

describe('a context on disk', () => {
  const within = (make: (folder: string) => void, instruction: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'context-'));
    try {
      writeFileSync(join(folder, 'x'), 'x');
      mkdirSync(join(folder, 'sub'));
      make(folder);
      return run(`FROM a\n${instruction}\n`, {}, { context: openContext(folder) });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test.each([
    ['/etc/passwd', 'link', 'COPY link /y'],
    ['../outside', 'link', 'COPY link /y'],
    ['../../outside', 'sub/link', 'COPY sub /y'],
    ['../..', 'sub/link', 'COPY sub/link/etc/passwd /y'],
    ['/etc', 'link', 'COPY link/passwd /y'],
    ['/etc', 'link', 'COPY l*/passwd /y'],
  ])('a link to %s is refused by name: %s, %s', (target, link, instruction) => {
    const attempt = () => within((folder) => symlinkSync(target, join(folder, link)), instruction);
    if (instruction.includes('*')) expect(attempt).toThrow('no such file');
    else expect(attempt).toThrow(`${link}: is a link to ${target}, outside the build context`);
  });

  test('a pipe is refused by name, alone and in a folder', () => {
    const pipe = (folder: string) => void execFileSync('mkfifo', [join(folder, 'sub/pipe')]);
    for (const instruction of ['COPY sub/pipe /y', 'COPY sub /y', 'COPY --chmod=644 . /y']) {
      expect(() => within(pipe, instruction)).toThrow('sub/pipe, which is neither a file nor a folder');
    }
  });

  test('a context with far too many files is refused', () => {
    const context = openContext(tmpdir());
    expect(() => {
      for (let count = 0; count <= 100_000; count += 1) context.entry('');
    }).toThrow('more than 100000 files');
  });

  test('a circle of links ends', () => {
    expect(() => within((folder) => symlinkSync('link', join(folder, 'link')), 'COPY link /y')).toThrow('in a circle');
  });

  test('.. in a source stays in the context, as docker has it', () => {
    expect(within(() => undefined, 'COPY ../../x /y').kind).toBe('layers');
  });
});

describe('what is known of a base without reading it', () => {
  const known = knownBaseFiles({
    directories: { '/home': { uid: 0, gid: 0, mode: 0o755 } },
    open: ['/home'],
    files: {},
    users: { mi: own },
    groups: {},
  });
  const at = (instruction: string) => () =>
    run(`FROM a\n${instruction}\n`, { x: '' }, { base: { config, files: known } });

  test('is enough for what it speaks of', () => {
    expect(at('COPY --chown=mi x /home/a.car')().kind).toBe('layers');
  });

  test.each([
    'COPY x /opt/',
    'COPY x /home/new/',
    'COPY x /home/new',
    'COPY --chown=other x /home/',
    'COPY --chown=mi:ops x /home/',
    'WORKDIR /w',
  ])('is not for %s', (instruction) => {
    expect(at(instruction)).toThrow('only the layers of the base image tell');
  });
});
