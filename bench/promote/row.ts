import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installApictl } from '@wso2-delivery/lab/apictl/install';
import type { ApiManager } from '@wso2-delivery/lab/apim/api-manager';
import { step } from '../bundle.ts';
import { programOf } from '../machine.ts';
import { succeeding, watched, type Run } from '../measure.ts';
import { formatBytes, ratio, say, table, timeOf } from '../report.ts';
import type { Row } from '../row.ts';
import {
  credentials,
  latencyMs,
  startDev,
  startStaging,
  version,
  writesOf,
  writeWorkspace,
  type Landscape,
} from './landscape.ts';

const count = 100;
/** Each four times the one before, so that what grows with the number is seen. */
const many = [250, 1000];
/** Of the definition of each of the many, so that holding them all would be seen. */
const padding = 50_000;

export const promote: Row = {
  name: 'promote',
  about: `${count} APIs from one API Manager to the next, ${latencyMs} ms for every answer, beside a loop of apictl`,
  async run(folder) {
    const real = programOf('apictl');
    const apictl = real ?? (await installApictl(join(folder, 'bin')));
    if (real === undefined) {
      say(
        "apictl is not on the PATH: its stand-in of the lab takes its place, whose start costs what Node's start costs.\n",
      );
    }
    await besideALoop(apictl, folder);
    await withMany(apictl, folder);
  },
};

interface Measured {
  readonly name: string;
  readonly run: Run;
  readonly requests: number;
  readonly writes: number;
}

/** The same APIs by the loop and by both engines, each into an API Manager of its own; then all of it again. */
async function besideALoop(apictl: string, folder: string): Promise<void> {
  const land = await startDev(count, folder);
  const targets = [await startStaging(), await startStaging(), await startStaging()] as const;
  const [forLoop, forApictl, forRest] = targets;
  try {
    const measure = async (name: string, staging: ApiManager, run: () => Promise<Run>): Promise<Measured> => {
      const before = { writes: writesOf(staging), requests: requestsOf(staging, land) };
      const result = await run();
      requireAll(land, staging);
      const writes = writesOf(staging) - before.writes;
      return { name, run: result, writes, requests: requestsOf(staging, land) - before.requests };
    };
    const loop = await prepareLoop(apictl, land, forLoop, join(folder, 'loop'));
    const rounds = ['new APIs', 'again, nothing changed'].map((round) => [
      () => measure(`apictl in a loop, ${round}`, forLoop, loop),
      () =>
        measure(`promote-api, engine: apictl, ${round}`, forApictl, () =>
          promoteBy('apictl', apictl, land, forApictl, folder),
        ),
      () => measure(`promote-api, ${round}`, forRest, () => promoteBy('rest', apictl, land, forRest, folder)),
    ]);
    const rows: string[][] = [];
    for (const round of rounds) {
      const measured: Measured[] = [];
      for (const way of round) measured.push(await way());
      const [base] = measured;
      rows.push(
        ...measured.map(({ name, run, requests, writes }) => [
          name,
          timeOf([run.wallMs]),
          ratio(base?.run.wallMs ?? NaN, run.wallMs),
          timeOf([run.cpuMs]),
          String(requests),
          String(writes),
        ]),
      );
    }
    table(
      [
        { title: 'way' },
        { title: 'wall', right: true },
        { title: 'faster than the loop', right: true },
        { title: 'CPU of the client', right: true },
        { title: 'requests', right: true },
        { title: 'of these writes', right: true },
      ],
      rows,
    );
    say(
      `\nOne run each, every one the sum of ${count} APIs. The loop exports and imports each API and believes apictl; promote-api also compares, and proves each revision at the publisher (its state) and on the gateway. Writes: requests to the target that are not reads, logins left out.`,
    );
  } finally {
    await Promise.all([land.dev, ...targets].map((manager) => manager.close()));
  }
}

/** Many APIs: all new, then none changed. What counts is the memory, and that nothing is written. */
async function withMany(apictl: string, folder: string): Promise<void> {
  const rows: string[][] = [];
  for (const number of many) rows.push(...(await withSoMany(number, apictl, folder)));
  say('');
  table(
    [
      { title: 'promote-api' },
      { title: 'wall', right: true },
      { title: 'peak memory', right: true },
      { title: 'requests', right: true },
      { title: 'of these writes', right: true },
    ],
    rows,
  );
  say(`\nEach API has a definition of ${formatBytes(padding)}.`);
}

async function withSoMany(number: number, apictl: string, folder: string): Promise<string[][]> {
  const land = await startDev(number, folder, padding);
  const staging = await startStaging();
  try {
    const rows: string[][] = [];
    for (const round of ['new', 'unchanged']) {
      const before = { writes: writesOf(staging), requests: requestsOf(staging, land) };
      const job = jobOf('rest', apictl, land, staging, join(folder, `many-${number}-${round}`));
      const run = await watched(job.command, { env: job.env, cwd: job.workspace, timeoutMs: 900_000 });
      if (run.exitCode !== 0) throw new Error(`promote-api failed: ${run.output.slice(-2000)}`);
      requireAll(land, staging);
      rows.push([
        `${number} APIs, ${round}`,
        timeOf([run.wallMs]),
        formatBytes(run.peakBytes),
        String(requestsOf(staging, land) - before.requests),
        String(writesOf(staging) - before.writes),
      ]);
    }
    return rows;
  } finally {
    await Promise.all([land.dev.close(), staging.close()]);
  }
}

/** Logs in once, as everybody would; gives the loop. */
async function prepareLoop(
  apictl: string,
  { dev, names }: Landscape,
  staging: ApiManager,
  home: string,
): Promise<() => Promise<Run>> {
  mkdirSync(home, { recursive: true });
  const env = { PATH: process.env.PATH, HOME: home, APICTL_CONFIG_DIR: join(home, 'config') };
  mkdirSync(env.APICTL_CONFIG_DIR);
  for (const [name, { url }] of Object.entries({ dev, staging })) {
    await succeeding([apictl, 'add', 'env', name, '--apim', url, '--token', `${url}/oauth2/token`], { env, cwd: home });
    const login = 'printf %s "$2" | "$1" login "$4" --username "$3" --password-stdin --insecure';
    const { user, password } = credentials;
    await succeeding(['sh', '-ec', login, 'sh', apictl, password, user, name], { env, cwd: home });
  }
  const exported = join(env.APICTL_CONFIG_DIR, '.wso2apictl/exported/apis/dev');
  const script = `
apictl=$1; shift
for name in "$@"; do
  "$apictl" export api --name "$name" --version ${version} --environment dev --latest --insecure
  "$apictl" import api --file "${exported}/\${name}_${version}.zip" --environment staging --update --rotate-revision --insecure
done`;
  return () => succeeding(['sh', '-ec', script, 'sh', apictl, ...names], { env, cwd: home });
}

function promoteBy(
  engine: 'apictl' | 'rest',
  apictl: string,
  land: Landscape,
  staging: ApiManager,
  folder: string,
): Promise<Run> {
  const job = jobOf(engine, apictl, land, staging, join(folder, engine));
  return succeeding(job.command, { env: job.env, cwd: job.workspace });
}

function jobOf(engine: 'apictl' | 'rest', apictl: string, land: Landscape, staging: ApiManager, folder: string) {
  const { user, password } = credentials;
  const inputs = {
    apis: 'apis.txt',
    from: 'dev',
    to: 'staging',
    environments: 'environments.yaml',
    'ca-file': 'ca.pem',
    engine,
    'apictl-path': apictl,
    'from-username': user,
    'from-password': password,
    'to-username': user,
    'to-password': password,
  };
  const job = step('promote-api', inputs, folder);
  writeWorkspace(job.workspace, land, staging);
  return job;
}

function requestsOf(staging: ApiManager, { dev }: Landscape): number {
  return staging.requests.length + dev.requests.length;
}

/** apictl exits 0 on failures: what counts is what is there. */
function requireAll({ names }: Landscape, staging: ApiManager): void {
  const there = new Set(staging.apis.map((api) => api.name));
  const absent = names.filter((name) => !there.has(name));
  if (absent.length > 0)
    throw new Error(`${absent.length} of ${names.length} APIs are not there: ${absent[0] ?? ''} …`);
}
