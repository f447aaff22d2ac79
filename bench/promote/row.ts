import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installApictl } from '@wso2-delivery/lab/apictl/install';
import type { ApiManager } from '@wso2-delivery/lab/apim/api-manager';
import { hasBundle, step } from '../bundle.ts';
import { programOf } from '../machine.ts';
import { succeeding, type Run } from '../measure.ts';
import { notHere, ratio, say, table, timeOf } from '../report.ts';
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
    const land = await startDev(count, folder);
    const [forLoop, forAction] = [await startStaging(), await startStaging()];
    try {
      const rows: Measured[] = [];
      const measure = async (name: string, staging: ApiManager, run: () => Promise<Run>) => {
        const writes = writesOf(staging);
        const requests = staging.requests.length + land.dev.requests.length;
        const result = await run();
        requireAll(land, staging);
        rows.push({
          name,
          run: result,
          writes: writesOf(staging) - writes,
          requests: staging.requests.length + land.dev.requests.length - requests,
        });
      };
      const loop = await prepareLoop(apictl, land, forLoop, join(folder, 'loop'));
      const action = () => promoteApi(apictl, land, forAction, folder);
      const actionThere = hasBundle('promote-api');
      await measure('apictl in a loop, new APIs', forLoop, loop);
      if (actionThere) await measure('promote-api, new APIs', forAction, action);
      await measure('apictl in a loop, again', forLoop, loop);
      if (actionThere) await measure('promote-api, again, nothing changed', forAction, action);
      table(
        [
          { title: 'way' },
          { title: 'wall', right: true },
          { title: 'faster than the loop', right: true },
          { title: 'CPU of the client', right: true },
          { title: 'requests', right: true },
          { title: 'of these writes', right: true },
        ],
        [
          ...rows.map(({ name, run, requests, writes }, index) => [
            name,
            timeOf([run.wallMs]),
            ratio(rows[index - (index % 2)]?.run.wallMs ?? NaN, run.wallMs),
            timeOf([run.cpuMs]),
            String(requests),
            String(writes),
          ]),
          ...(actionThere ? [] : [['promote-api', notHere, '–', '–', '–', '–']]),
        ],
      );
      say(
        `\nOne run each, every one the sum of ${count} APIs. The loop exports and imports each API and believes apictl; promote-api (concurrency 4) also compares, and proves each revision at the publisher and on the gateway. Writes: requests to the target that are not reads, logins left out.`,
      );
    } finally {
      await Promise.all([land.dev.close(), forLoop.close(), forAction.close()]);
    }
  },
};

interface Measured {
  readonly name: string;
  readonly run: Run;
  readonly requests: number;
  readonly writes: number;
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

function promoteApi(apictl: string, land: Landscape, staging: ApiManager, folder: string): Promise<Run> {
  const { user, password } = credentials;
  const inputs = {
    apis: 'apis.txt',
    from: 'dev',
    to: 'staging',
    environments: 'environments.yaml',
    'ca-file': 'ca.pem',
    'apictl-path': apictl,
    'from-username': user,
    'from-password': password,
    'to-username': user,
    'to-password': password,
  };
  const job = step('promote-api', inputs, join(folder, 'action'));
  writeWorkspace(job.workspace, land, staging);
  return succeeding(job.command, { env: job.env, cwd: job.workspace });
}

/** apictl exits 0 on failures: what counts is what is there. */
function requireAll({ names }: Landscape, staging: ApiManager): void {
  const there = new Set(staging.apis.map((api) => api.name));
  const absent = names.filter((name) => !there.has(name));
  if (absent.length > 0)
    throw new Error(`${absent.length} of ${names.length} APIs are not there: ${absent[0] ?? ''} …`);
}
