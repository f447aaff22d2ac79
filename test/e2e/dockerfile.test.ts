/** Dockerfiles carried out by docker and by us on the same base: the images must be the same, file by file. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { buildPlatforms, readDockerfileBuild } from '@wso2-delivery/shared/oci/dockerfile/build';
import { readBaseFiles } from '@wso2-delivery/shared/oci/dockerfile/layer-files';
import { BaseUnknown } from '@wso2-delivery/shared/oci/dockerfile/tree';
import { pushImage } from '@wso2-delivery/shared/oci/push';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import { openRegistries } from '@wso2-delivery/shared/oci/registry';
import { resolveImage } from '@wso2-delivery/shared/oci/resolve';
import { type Docker, startDocker } from '../support/docker.ts';
import { pushDockerBase, SERVER_HOME } from '../support/docker-base.ts';
import { type DockerRegistry, startDockerRegistry } from '../support/docker-registry.ts';
import { imageConfig, imageFiles, imageHistory } from '../support/image-files.ts';
import { testPorts, type TestPorts } from '../support/ports.ts';
import { findTool, testWith } from '../support/tools.ts';

const test = testWith('dockerd', 'docker', 'docker-registry', 'busybox');
const patience = 120_000;
const ready = ['dockerd', 'docker', 'docker-registry', 'busybox'].every((tool) => findTool(tool) !== undefined);

let folder: string;
let docker: Docker;
let registry: DockerRegistry;
let ports: TestPorts;
let base: string;

beforeAll(async () => {
  if (!ready) return;
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'dockerfile-e2e-')));
  registry = await startDockerRegistry(folder);
  docker = await startDocker();
  ports = testPorts({ variables: {} });
  base = `${registry.host}/acme/base:1`;
  await pushDockerBase(docker, base, findTool('busybox') ?? '', folder);
}, patience);
afterAll(async () => {
  if (!ready) return;
  await docker.stop();
  registry.process.kill();
  ports.dispose();
  rmSync(folder, { recursive: true, force: true });
}, patience);

/** Content of a file; `{ mode }` to give it one; `{ link }` for a symlink; null for an empty folder. */
type Files = Readonly<
  Record<string, string | { readonly content: string; readonly mode: number } | { readonly link: string } | null>
>;

const FILES: Files = {
  'a.txt': 'a',
  'b.txt': { content: 'b', mode: 0o755 },
  'c d.txt': 'spaces',
  'private.key': { content: 'secret', mode: 0o600 },
  'target/employees_1.0.0.car': 'PK the carbon application',
  'target/classes/X.class': 'class',
  'deployment/deployment.toml': '[server]\nhostname = "x"\n',
  'set.sh': { content: '#!/bin/sh', mode: 0o4755 },
  'dir/c.txt': 'c',
  'dir/sub/d.txt': { content: 'd', mode: 0o640 },
  'dir/sub/deeper/e.txt': 'e',
  'dir/empty': null,
  'dir/up': { link: '../a.txt' },
  'dir/gone': { link: 'nowhere' },
  link: { link: 'a.txt' },
  'linked-dir': { link: 'dir' },
};

function contextOf(files: Files, dockerfile: string): string {
  const context = mkdtempSync(join(folder, 'context-'));
  for (const [path, what] of Object.entries(files)) {
    const at = join(context, path);
    mkdirSync(what === null ? at : dirname(at), { recursive: true });
    if (what === null) continue;
    if (typeof what === 'string') writeFileSync(at, what);
    else if ('link' in what) symlinkSync(what.link, at);
    else {
      writeFileSync(at, what.content);
      chmodSync(at, what.mode);
    }
  }
  const sub = join(context, 'dir/sub');
  if (lstatSync(sub, { throwIfNoEntry: false })?.isDirectory() === true) chmodSync(sub, 0o700);
  // The daemon's registry is known only now.
  writeFileSync(join(context, 'Dockerfile'), dockerfile.replace(/\bBASE\b/g, base));
  return context;
}

async function ours(context: string, buildArguments: Record<string, string> = {}): Promise<string> {
  const registries = openRegistries(ports);
  const build = readDockerfileBuild(join(context, 'Dockerfile'), buildArguments, (path) =>
    path.slice(context.length + 1),
  );
  const resolved = await resolveImage(parseReference(build.build.base ?? ''), 'all', registries);
  const built = await buildPlatforms(build, resolved.images, {
    known: () => {
      const unknown = () => {
        throw new BaseUnknown('everything');
      };
      return { entry: unknown, user: unknown, group: unknown };
    },
    read: (image) => readBaseFiles(image, registries.repository(resolved.reference, 'pull')),
    created: new Date(0),
    folder: await ports.files.privateFolder('layers'),
  });
  if (built.kind === 'docker') throw new Error(JSON.stringify(built.needs));
  const pushed = await pushImage(
    {
      base: { ...resolved, images: built.images },
      target: { registry: registry.host, repository: 'acme/ours' },
      tags: [],
      layers: [],
      builtLayers: built.layers,
      labels: {},
      annotations: {},
      created: new Date(0),
    },
    registries,
  );
  const image = `${pushed.repository}@${pushed.digest}`;
  await docker.run(['pull', '-q', image]);
  return image;
}

async function theirs(context: string, buildArguments: Record<string, string> = {}): Promise<string> {
  const given = Object.entries(buildArguments).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  return (await docker.run(['build', '-q', ...given, '.'], { cwd: context })).trim();
}

interface Case {
  readonly dockerfile: string;
  readonly files?: Files;
  readonly args?: Record<string, string>;
}

const CARS = `${SERVER_HOME}/repository/deployment/server/carbonapps`;
const cases: Readonly<Record<string, Case>> = {
  'the usual one of an MI project': {
    dockerfile: `FROM BASE\nCOPY target/*.car ${CARS}/\nCOPY deployment/deployment.toml ${SERVER_HOME}/conf/deployment.toml\n`,
  },
  'into a folder that is there, without a slash': { dockerfile: `FROM BASE\nCOPY target/*.car ${CARS}\n` },
  'with names of the base for owners': {
    dockerfile: `FROM BASE\nCOPY --chown=wso2carbon:wso2 target/*.car ${CARS}/\nCOPY --chown=wso2carbon a.txt /new/folder/\nCOPY --chown=77 a.txt /seven/\nCOPY --chown=77:ops a.txt /eight/\n`,
  },
  'variables, arguments and their scopes': {
    dockerfile:
      'ARG BASE_IMAGE="BASE"\nARG OUTER=outer\nFROM ${BASE_IMAGE}\nARG OUTER\nARG INNER=inner-$OUTER\nARG NONE\nARG GIVEN=default\nENV A=1 B="two three" C=\'four $A\' D=$A\nENV A=2 E=${A} F=${NONE:-fallback} G=${A:+set} H=${NOTHING:+set} I=${GIVEN} J=\\$A\nENV OLD form of  it\nARG A=overridden\nLABEL inner=$INNER a="$A" "b c"=d\\ e\nCOPY ${A:+a}.txt /x-$A/$OUTER/\n',
    args: { GIVEN: 'from outside' },
  },
  'a folder: its contents, with links, empty folders and modes': {
    dockerfile: 'FROM BASE\nCOPY dir /one\nCOPY dir/ /two/\nCOPY dir /opt/real\nCOPY --chown=5:6 dir /three/four\n',
  },
  'a folder over one that was copied before': {
    dockerfile: 'FROM BASE\nCOPY --chown=1:1 dir /one\nCOPY --chown=2:2 dir /one\nCOPY dir/sub /one\n',
  },
  'links on the way in the image': {
    dockerfile:
      'FROM BASE\nCOPY a.txt /opt/link/\nCOPY b.txt /opt/absolute/b\nCOPY a.txt /opt/link/deep/er/\nCOPY dir /opt/link\n',
  },
  'links in the context': {
    dockerfile: 'FROM BASE\nCOPY link /copied\nCOPY dir/up /x/\nCOPY linked-dir /y\nCOPY linked-dir/c.txt /z\n',
  },
  'several sources, patterns and quoted names': {
    dockerfile:
      'FROM BASE\nCOPY a.txt b.txt dir /several/\nCOPY *.txt /all/\nCOPY ?.txt /one/\nCOPY [a-b].txt /range/\nCOPY dir/s*/*.txt /deep/\nCOPY ["c d.txt", "/json/"]\nCOPY [abd]* /star/\n',
  },
  modes: {
    dockerfile:
      'FROM BASE\nCOPY --chmod=640 a.txt b.txt /files/\nCOPY --chmod=0750 dir /folder\nCOPY private.key /plain/\nCOPY --chmod=4755 a.txt /set\nCOPY set.sh /kept\n',
  },
  'a new name, a new folder, the root': {
    dockerfile: 'FROM BASE\nCOPY a.txt /renamed.txt\nCOPY a.txt /p/q/r\nCOPY b.txt /\nADD dir/c.txt /added/\n',
  },
  'relative to the working directory': {
    dockerfile:
      'FROM BASE\nCOPY a.txt .\nCOPY a.txt in/\nWORKDIR /srv/app\nCOPY a.txt ./\nWORKDIR sub/../other\nCOPY a.txt b\nWORKDIR /opt/link/new\nCOPY a.txt .\n',
  },
  'working directories belong to the user': {
    dockerfile:
      'FROM BASE\nWORKDIR /w1/a\nUSER 77\nWORKDIR /w2/a\nUSER wso2carbon:ops\nWORKDIR w3\nUSER root\nWORKDIR /w4\nWORKDIR /opt\n',
  },
  'everything that is configuration': {
    dockerfile:
      'FROM BASE\nENV P=9000\nLABEL a=1 b.c="x y"\nLABEL com.wso2.version=mine\nMAINTAINER me <me@example.com>\nEXPOSE $P 8000-8002/udp 8253/TCP\nVOLUME /v1 /v2/$P\nVOLUME ["/v3", "/v4/"]\nSTOPSIGNAL SIGTERM\nUSER $P:$P\nENTRYPOINT ["run", "$P"]\n',
  },
  'CMD after ENTRYPOINT and in front of it': { dockerfile: 'FROM BASE\nCMD ["a"]\nENTRYPOINT ["b"]\n' },
  'ENTRYPOINT drops the command of the base': { dockerfile: 'FROM BASE\nENTRYPOINT exec  run $X && more\n' },
  'shell forms and another shell': {
    dockerfile: 'FROM BASE\nCMD echo  "x" | cat\nSHELL ["/bin/sh", "-x", "-c"]\nENTRYPOINT start it\n',
  },
  'a shell form of CMD, then its JSON form': { dockerfile: 'FROM BASE\nCMD one\nCMD ["two"]\n' },
  'health checks': {
    dockerfile:
      'FROM BASE\nHEALTHCHECK --interval=5s --timeout=1m30s --start-period=1.5s --retries=3 CMD wget   localhost\n',
  },
  'a health check in JSON': { dockerfile: 'FROM BASE\nHEALTHCHECK CMD ["wget", "-q", "localhost"]\n' },
  'no health check': { dockerfile: 'FROM BASE\nHEALTHCHECK NONE\n' },
  'continuation lines, comments and blank lines': {
    dockerfile:
      '# a comment\nFROM BASE\n\nENV A=1 \\\n  # in between\n\n    B=2 \\\n  C=3\n  # indented\nLABEL x=\\\ny\ncopy a.txt \\\n /x/\n',
  },
  'another escape': { dockerfile: '# escape=`\nFROM BASE\nENV A=1 `\n  B=c:\\dir C=`$A\nCOPY a.txt `\n  /x/\n' },
  'Windows line ends': { dockerfile: 'FROM BASE\r\nENV A=1 \\\r\n  B=2\r\nCOPY a.txt /x/\r\n' },
  'stages that nobody needs, and one that is the base of the last': {
    dockerfile:
      'FROM BASE AS unused\nRUN exit 1\nFROM BASE AS first\nARG X=1\nENV FROM_FIRST=$X\nCOPY a.txt /first/\nCMD ["first"]\nFROM first\nARG X\nENV LAST=${X:-none}\nCOPY b.txt /first/\nENTRYPOINT ["last"]\n',
  },
  '.dockerignore: all but what is let in': {
    dockerfile: 'FROM BASE\nCOPY . /all/\n',
    files: { ...FILES, '.dockerignore': '# comment\n*\n!target/*.car\n!dir/sub\ndir/sub/deeper\n' },
  },
  '.dockerignore: depths and kinds of patterns': {
    dockerfile: 'FROM BASE\nCOPY . /all/\nCOPY dir /dir/\n',
    files: { ...FILES, '.dockerignore': '**/*.txt\n!a.txt\n/target\ndir/em?ty/\n[c-d]*.x\n**/deeper\n' },
  },
  'the .dockerignore of this Dockerfile wins': {
    dockerfile: 'FROM BASE\nCOPY . /all/\n',
    files: { ...FILES, '.dockerignore': 'a.txt\n', 'Dockerfile.dockerignore': 'b.txt\ndir\n' },
  },
};

describe('the same image as docker build makes', () => {
  test.each(Object.keys(cases))(
    '%s',
    async (name) => {
      const { dockerfile, files = FILES, args = {} } = cases[name] ?? { dockerfile: '' };
      const context = contextOf(files, dockerfile);
      const [mine, real] = [await ours(context, args), await theirs(context, args)];
      expect(await imageFiles(docker, mine)).toEqual(await imageFiles(docker, real));
      expect(await imageConfig(docker, mine)).toEqual(await imageConfig(docker, real));
      expect(await imageHistory(docker, mine)).toEqual(await imageHistory(docker, real));
    },
    patience,
  );
});

describe('refused by docker and by us', () => {
  test.each([
    ['FROM BASE\nCOPY missing.txt /x/\n', 'missing.txt'],
    ['FROM BASE\nCOPY a.txt /opt/real/x/\nCOPY a.txt /opt/real/x/a.txt/b\n', 'file'],
    ['FROM BASE\nFOO bar\n', 'FOO'],
    ['FROM BASE\nENV A=${B:?needed}\n', 'needed'],
    ['FROM BASE\nEXPOSE http\n', 'http'],
    ['FROM BASE\nCOPY a.txt\n', 'COPY'],
    ['FROM BASE\nHEALTHCHECK --interval=soon CMD x\n', 'soon'],
    ['FROM BASE\nLABEL a\n', 'a'],
    ['COPY a.txt /\nFROM BASE\n', 'FROM'],
  ])(
    '%j',
    async (dockerfile, named) => {
      const context = contextOf(FILES, dockerfile);
      await expect(theirs(context)).rejects.toThrow();
      await expect(ours(context)).rejects.toMatchObject({ code: 'DOCKERFILE_INVALID' });
      await expect(ours(context)).rejects.toThrow(named);
    },
    patience,
  );
});

describe('the user of the image', () => {
  test(
    'can write in every folder on the way to what was copied',
    async () => {
      const context = contextOf(
        FILES,
        `FROM BASE\nCOPY target/*.car ${CARS}/\nCOPY --chown=wso2carbon:wso2 a.txt ${SERVER_HOME}/lib/\nCOPY deployment/deployment.toml ${SERVER_HOME}/conf/\n`,
      );
      const image = await ours(context);
      const folders = [
        '/home/wso2carbon',
        SERVER_HOME,
        `${SERVER_HOME}/conf`,
        `${SERVER_HOME}/lib`,
        `${SERVER_HOME}/repository`,
        CARS,
      ];
      const script = `id -u; for d in ${folders.join(' ')}; do touch $d/.written && echo $d; done`;
      const said = await docker.run(['run', '--rm', '--network=none', image, 'sh', '-c', script]);
      expect(said.trim().split('\n')).toEqual(['10802', ...folders]);
    },
    patience,
  );
});
