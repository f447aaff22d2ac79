import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { installApictl } from '@wso2-delivery/lab/apictl/install';
import { runApictl } from '@wso2-delivery/lab/apictl/run-apictl';
import { arrangements, commandsLeftOut, leftOut } from './apictl-arrangements.ts';
import { ReplayServer } from './apictl-replay-server.ts';
import { expected, loadTranscripts, replay, type Runner } from './apictl-transcripts.ts';

const transcripts = loadTranscripts(join(import.meta.dirname, '../fixtures/apictl/4.7.0'));
const held = transcripts.filter((transcript) => leftOut[transcript.case] === undefined);

let server: ReplayServer;
let base: string;

beforeAll(async () => {
  server = await ReplayServer.start();
});
afterAll(() => server.close());
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'apictl-contract-')));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe('the stand-in does what apictl 4.7.0 was recorded to do', () => {
  test.each(held)('$case', async (transcript) => {
    const observed = await replay(transcript, inThisProcess, server, base, arrangements[transcript.case]);
    expect(observed).toEqual(expected(transcript));
  });
});

describe('run as a program, the stand-in does the same', () => {
  const asProgram = new Set([
    'version',
    'add-env-again',
    'login-special-password',
    'login-no-tls-trust',
    'login-ssl-cert-file',
    'export-api-ok',
    'export-api-404',
    'import-api-params',
    'import-api-409',
    'bad-flag',
  ]);
  test.each(held.filter((transcript) => asProgram.has(transcript.case)))('$case', async (transcript) => {
    const program = await installApictl(join(base, 'bin'));
    const observed = await replay(transcript, asChildProcess(program), server, base, arrangements[transcript.case]);
    expect(observed).toEqual(expected(transcript));
  });
});

describe('the replay itself is true: the real apictl passes it', () => {
  const version = spawnSync('apictl', ['version'], {
    encoding: 'utf8',
    env: { ...process.env, APICTL_CONFIG_DIR: tmpdir() },
  });
  const isReal = version.status === 0 && version.stdout.startsWith('Version: 4.7.0');
  if (isReal) {
    test.each(held.filter((transcript) => transcript.case !== 'version'))('$case', async (transcript) => {
      const observed = await replay(transcript, asChildProcess('apictl'), server, base, arrangements[transcript.case]);
      expect(observed).toEqual(expected(transcript));
    });
  } else {
    test.skip('skipped: apictl 4.7.0 is not on the PATH (it is not published where a test could fetch it)', () =>
      undefined);
  }
});

describe('what the stand-in does not imitate', () => {
  test.each(Object.entries(leftOut))('%s: %s', (name) => {
    expect(transcripts.map((transcript) => transcript.case)).toContain(name);
  });

  test('commands that it does not have end with nothing printed or a usage error, never with a success text', async () => {
    for (const command of commandsLeftOut.flatMap((line) => line.split(', '))) {
      const result = await inThisProcess(command.replaceAll('/import', '').split(' '), {
        env: { APICTL_CONFIG_DIR: base },
        cwd: base,
        stdin: null,
      });
      expect(result.stdout).not.toMatch(/success/i);
    }
  });
});

const inThisProcess: Runner = async (argv, { env, cwd, stdin }) => {
  let stdout = '';
  let stderr = '';
  const exitCode = await runApictl(argv, {
    terminal: { out: (text) => (stdout += text), err: (text) => (stderr += text) },
    variables: { ...env, APICTL_CONFIG_DIR: inFolder(cwd, env.APICTL_CONFIG_DIR) },
    homeFolder: env.HOME ?? cwd,
    workingFolder: cwd,
    temporaryFolder: env.TMPDIR ?? cwd,
    stdin: () => stdin ?? '',
  });
  return { exitCode, stdout, stderr };
};

function inFolder(cwd: string, path: string | undefined): string {
  return path === undefined || path.startsWith('/') ? (path ?? cwd) : join(cwd, path);
}

function asChildProcess(program: string): Runner {
  return (argv, { env, cwd, stdin }) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, argv, { env, cwd, stdio: [stdin === null ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
      let stdout = '';
      let stderr = '';
      child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
      child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
      child.stdin?.end(stdin ?? '');
      child.on('error', reject);
      child.on('close', (code) => resolve({ exitCode: code ?? -1, stdout, stderr }));
    });
}
