import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface BundleRun {
  readonly exitCode: number | null;
  /** Standard output and standard error, as the runner's log would have them. */
  readonly log: string;
  /** The messages of the `::error` commands. */
  readonly errors: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Parsed report file; undefined when there is none. */
  readonly report: Readonly<Record<string, unknown>> | undefined;
  /** What is left in RUNNER_TEMP besides reports. */
  readonly left: readonly string[];
}

export interface BundleCall {
  readonly inputs: Readonly<Record<string, string>>;
  /** Files of the workspace: name → content. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** A folder to copy into the workspace first. */
  readonly from?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with each piece of the log; may send signals. */
  readonly onLog?: (log: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** The committed bundles in a folder without node_modules above it, run as the runner does. */
export interface Bundles {
  readonly folder: string;
  run(action: string, call: BundleCall): Promise<BundleRun>;
  dispose(): void;
}

export function copyBundles(): Bundles {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wso2-delivery-bundles-')));
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  return {
    folder,
    run: (action, call) => runBundle(folder, action, call),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function runBundle(folder: string, action: string, call: BundleCall): Promise<BundleRun> {
  const job = mkdtempSync(join(folder, 'job-'));
  const place = (name: string) => join(job, name);
  for (const name of ['workspace', 'temp', 'home']) mkdirSync(place(name));
  for (const name of ['output', 'summary']) writeFileSync(place(name), '');
  if (call.from !== undefined) cpSync(call.from, place('workspace'), { recursive: true });
  for (const [name, content] of Object.entries(call.files ?? {})) {
    mkdirSync(resolve(place('workspace'), name, '..'), { recursive: true });
    writeFileSync(resolve(place('workspace'), name), content);
  }
  const child = spawn(process.execPath, [join(folder, 'dist', action, 'index.js')], {
    cwd: place('workspace'),
    env: {
      PATH: process.env.PATH,
      HOME: place('home'),
      GITHUB_WORKSPACE: place('workspace'),
      RUNNER_TEMP: place('temp'),
      GITHUB_OUTPUT: place('output'),
      GITHUB_STEP_SUMMARY: place('summary'),
      GITHUB_SHA: 'f'.repeat(40),
      ...call.env,
      ...Object.fromEntries(Object.entries(call.inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log += chunk.toString('utf8');
      call.onLog?.(log, (signal) => child.kill(signal));
    });
  }
  const exitCode = await new Promise<number | null>((done) => child.once('close', done));
  const outputs = parseOutputs(readFileSync(place('output'), 'utf8'));
  return {
    exitCode,
    log,
    errors: [...log.matchAll(/^::error[^\n]*?::(.*)$/gm)].map((match) => match[1] ?? ''),
    outputs,
    summary: readFileSync(place('summary'), 'utf8'),
    report: outputs.report === undefined ? undefined : readReport(outputs.report),
    left: readdirSync(place('temp')).filter((name) => name !== 'wso2-delivery-reports'),
  };
}

function parseOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(\S+?)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name = '', , value = '']) => [name, value]),
  );
}

function readReport(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}
