import { afterEach, describe, expect, test } from '@jest/globals';
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { CancelledError, ToolError } from '@wso2-delivery/shared/base/errors';
import { testPorts, type TestPorts } from '../../support/ports.ts';

const node = process.execPath;
let ports: TestPorts;
afterEach(() => ports.dispose());

/** Runs JavaScript in a child. */
const script = (code: string, more: object = {}) => ({ command: node, args: ['-e', code], timeoutMs: 20_000, ...more });

describe('a child process', () => {
  test('gives its exit code, both streams and its lines as they come', async () => {
    ports = testPorts();
    const lines: string[] = [];
    const result = await ports.exec.run(
      script('console.log("one\\ntwo"); console.error("oh"); process.exit(3)', {
        onLine: (line: string, stream: string) => lines.push(`${stream}: ${line}`),
      }),
    );
    expect(result).toMatchObject({ exitCode: 3, signal: null, stdout: 'one\ntwo\n', stderr: 'oh\n', truncated: false });
    expect(lines.sort()).toEqual(['stderr: oh', 'stdout: one', 'stdout: two']);
  });

  test('gets arguments as they are, never through a shell', async () => {
    ports = testPorts();
    const evil = ['$(touch /tmp/x)', '; exit 1', '`id`', "a'b", 'ü "'];
    const { stdout } = await ports.exec.run({
      command: node,
      args: ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...evil],
      timeoutMs: 20_000,
    });
    expect(JSON.parse(stdout)).toEqual(evil);
  });

  test('reads what is written to its standard input, or nothing', async () => {
    ports = testPorts();
    const echo = 'process.stdin.on("data", d => process.stdout.write(d)).on("end", () => process.exit(0))';
    expect((await ports.exec.run(script(echo, { stdin: 'secret words\n' }))).stdout).toBe('secret words\n');
    expect((await ports.exec.run(script(echo))).stdout).toBe('');
  });

  test('does not see the inputs of the step nor the files of the runner', async () => {
    ports = testPorts({
      variables: {
        PATH: process.env.PATH,
        'INPUT_TO-PASSWORD': 'x',
        ACTIONS_RUNTIME_TOKEN: 't',
        GITHUB_OUTPUT: '/o',
        GITHUB_SHA: 'abc',
        NEXUS_PASSWORD: 'n',
      },
    });
    const show = 'console.log(Object.keys(process.env).sort().join())';
    const job = (await ports.exec.run(script(show))).stdout.trim().split(',');
    expect(job).toEqual(expect.arrayContaining(['GITHUB_SHA', 'NEXUS_PASSWORD', 'PATH']));
    expect(job.filter((name) => /^(INPUT_|ACTIONS_|GITHUB_OUTPUT)/.test(name))).toEqual([]);
    const alone = await ports.exec.run(script(show, { inherit: 'private', env: { APICTL_CONFIG_DIR: '/c' } }));
    expect(
      alone.stdout
        .trim()
        .split(',')
        .filter((name) => !name.startsWith('_')),
    ).toEqual(['APICTL_CONFIG_DIR', 'PATH']);
  });

  test('creates files under the mask it was given', async () => {
    ports = testPorts();
    const folder = await ports.files.privateFolder('mask');
    await ports.exec.run(
      script('fs.writeFileSync("f", ""); console.log(process.umask().toString(8))', { cwd: folder, umask: 0o077 }),
    );
    const { stdout } = await ports.exec.run({
      command: 'stat',
      args: ['-c', '%a', join(folder, 'f')],
      timeoutMs: 5000,
    });
    expect(stdout.trim()).toBe('600');
  });

  test('has registered secrets masked in its output and in its lines', async () => {
    ports = testPorts();
    ports.secrets.register('hunter2-hunter2');
    const lines: string[] = [];
    const { stdout } = await ports.exec.run(
      script('console.log("pw=hunter2-hunter2")', { onLine: (line: string) => lines.push(line) }),
    );
    expect([stdout, ...lines]).toEqual(['pw=***\n', 'pw=***']);
  });

  test('gives its output unmasked to who hands it on to a program', async () => {
    ports = testPorts();
    ports.secrets.register('hunter2-hunter2');
    const { stdout } = await ports.exec.run(script('console.log("hunter2-hunter2")', { unmasked: true }));
    expect(stdout).toBe('hunter2-hunter2\n');
  });

  test('cannot fill the memory: head and tail of its output are kept', async () => {
    ports = testPorts();
    const result = await ports.exec.run(
      script('for (let i = 0; i < 20000; i++) console.log("line " + i)', { keepBytes: 2000 }),
    );
    expect(result.truncated).toBe(true);
    expect(result.stdout.length).toBeLessThan(4000);
    expect(result.stdout).toMatch(/^line 0\n/);
    expect(result.stdout).toMatch(/line 19999\n$/);
  });

  test('with characters cut between chunks is read whole', async () => {
    ports = testPorts();
    const code =
      'process.stdout.write(Buffer.from([0xc3])); setTimeout(() => process.stdout.write(Buffer.from([0xbc, 10])), 100)';
    expect((await ports.exec.run(script(code))).stdout).toBe('ü\n');
  });
});

describe('a child process that goes wrong', () => {
  test('absent: the error names the program', async () => {
    ports = testPorts();
    const run = ports.exec.run({ command: 'no-such-program', args: ['x'], timeoutMs: 1000 });
    await expect(run).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      message: 'no-such-program was not found on the PATH',
    });
  });

  test('absent, under a mask: likewise', async () => {
    ports = testPorts();
    const run = ports.exec.run({ command: 'no-such-program', args: [], timeoutMs: 5000, umask: 0o077 });
    await expect(run).rejects.toMatchObject({ code: 'TOOL_MISSING' });
  });

  test('hanging: it is ended at its deadline together with its children, and its last words are kept', async () => {
    ports = testPorts();
    const folder = await ports.files.privateFolder('pids');
    const code = `
      const { spawn } = require('child_process');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      require('fs').writeFileSync('pid', String(child.pid));
      console.log('waiting for godot');
      setInterval(() => {}, 1000);`;
    const error: unknown = await ports.exec
      .run(script(code, { cwd: folder, timeoutMs: 1500 }))
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ToolError);
    expect(error).toMatchObject({ code: 'TOOL_TIMEOUT', evidence: 'waiting for godot' });
    const pid = readFileSync(join(folder, 'pid'), 'utf8');
    expect(existsSync(`/proc/${pid}/exe`)).toBe(false);
  });

  test('deaf to SIGTERM: it is killed', async () => {
    ports = testPorts();
    const code = 'process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000)';
    const started = await ports.exec.start(script(code));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await started.stop();
    expect((await started.exited).signal).toBe('SIGKILL');
  });

  test('cancelled: it is ended and the caller hears so', async () => {
    ports = testPorts();
    const run = ports.exec.run(script('setInterval(() => {}, 1000)'));
    setTimeout(() => ports.cancel(), 200);
    await expect(run).rejects.toBeInstanceOf(CancelledError);
    await expect(ports.exec.run(script('1'))).rejects.toBeInstanceOf(CancelledError);
  });

  test('deaf to its input: the exit code tells the story', async () => {
    ports = testPorts();
    const result = await ports.exec.run(script('process.exit(7)', { stdin: 'x'.repeat(5_000_000) }));
    expect(result.exitCode).toBe(7);
  });
});
