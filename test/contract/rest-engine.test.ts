import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ApimClient } from '@wso2-delivery/shared/apim/apim-client';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';
import type { ProjectKind } from '@wso2-delivery/shared/apim/project-kind';
import { RestEngine } from '@wso2-delivery/shared/apim/rest-engine';
import { messageOf } from '@wso2-delivery/shared/base/errors';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { testPorts, type TestPorts } from '../support/ports.ts';
import { arrangements } from './apictl-arrangements.ts';
import { ReplayServer } from './apictl-replay-server.ts';
import { expected, loadTranscripts, replay, type Runner, type Transcript } from './apictl-transcripts.ts';

const transcripts = loadTranscripts(join(import.meta.dirname, '../fixtures/apictl/4.7.0'));

const kinds: Readonly<Record<string, ProjectKind>> = { api: 'api', 'api-product': 'api-product', app: 'application' };

/** Recorded exports and imports that sent something to the publisher or the devportal. */
const calling = transcripts.filter(
  ({ argv, http }) =>
    /^(export|import) (api|api-product|app)$/.test(argv.slice(0, 2).join(' ')) && restCalls(http).length > 0,
);

/** Not compared: why. */
const leftOut: readonly (readonly [RegExp, string])[] = [
  [/-dryrun-/, 'promote-api asks for no dry run'],
  [/-rotate/, 'promote-api removes the revision itself, so that the plan can say which'],
  [/import-api-product-all/, 'promote-api imports the APIs of a product by themselves, before it'],
  [/-skip-deployments/, 'promote-api takes the deployments out of the archive itself'],
  [/export-api-(format-bad|json|preserve-|provider|verbose|rev-and-latest)/, 'a flag that promote-api never gives'],
  [/export-api-version-special/, 'apictl sends the blank of a version unescaped'],
  [/export-api-http-url/, 'the setup of another URL'],
  [/import-api-no-api-yaml/, 'promote-api refuses such an archive before'],
  [/import-api-dir$/, 'a folder is packed by promote-api before'],
  [
    /import-api-relative-exported|export-api-(dir-not-writable|html200-over|over)/,
    "about apictl's own folder of exports",
  ],
  [/import-api-params-skip-cleanup/, 'a flag that promote-api never gives'],
  [/import-api-params-(3x-mixed|empty-var|missing-var|value-dollar-brace|value-number)/, 'refused or rendered before'],
  [
    /import-api-params-(anchors|ambient-var|dollar-only|duplicate-env|two-docs|unknown-keys)/,
    'promote-api renders the params file: the engine gets one document with one environment, variables replaced',
  ],
];
const reasonFor = (name: string) => leftOut.find(([pattern]) => pattern.test(name))?.[1];
const held = calling.filter((transcript) => reasonFor(transcript.case) === undefined);

let server: ReplayServer;
let base: string;
let ports: TestPorts;
beforeAll(async () => {
  server = await ReplayServer.start();
});
afterAll(() => server.close());
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'rest-contract-')));
  ports = testPorts();
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
  ports.dispose();
});

describe('the engine rest sends what apictl 4.7.0 was recorded to send', () => {
  test.each(held)('$case', async (transcript) => {
    const [recorded] = restCalls(expected(transcript).http as Transcript['http']);
    // Tokens are our own, and tests of their own hold them.
    const played = { ...transcript, http: restCalls(transcript.http) };
    const observed = await replay(played, restOf(transcript), server, base, arrangements[transcript.case]);
    expect(comparable(observed.http[0])).toEqual(comparable(recorded, transcript.env));
  });

  test('enough of the recordings are compared for this to mean something', () => {
    expect(held.map(({ case: name }) => name)).toEqual(
      expect.arrayContaining([
        'export-api-ok',
        'export-api-latest',
        'import-api-ok',
        'import-api-preserve-provider-false',
        'import-api-params',
        'import-api-params-dir',
        'export-api-product-rev',
        'import-api-product-update',
        'import-api-product-params',
        'export-app-with-keys',
        'export-app-domain-owner',
        'import-app-ok',
        'import-app-preserve-owner',
        'import-api-zip-no-dir-entries',
        'export-api-product-rev',
        'import-api-product-update',
        'export-app-with-keys',
        'import-app-preserve-owner',
      ]),
    );
  });

  test('every recording is compared or left out for a reason; docs/architecture.md counts them', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/architecture.md'), 'utf8');
    const named = (command: string) => (each: Transcript) => each.argv.slice(0, 2).join(' ') === command;
    for (const command of [
      'export api',
      'export api-product',
      'export app',
      'import api',
      'import api-product',
      'import app',
    ]) {
      const [all, sending, equal] = [transcripts, calling, held].map((list) => list.filter(named(command)).length);
      const row = page.split('\n').find((line) => line.startsWith(`| ${command} |`)) ?? '';
      expect(row.split('|').slice(2, 5).map(Number)).toEqual([all, sending, equal]);
      expect(row.split('|')[5]?.trim().split(':')[0]).toBe(
        sending === equal ? '' : String((sending ?? 0) - (equal ?? 0)),
      );
    }
    const idle = leftOut.filter(([pattern]) => !transcripts.some((each) => pattern.test(each.case)));
    expect(idle).toEqual([]);
  });
});

describe('an export holds what apictl makes of the same answer', () => {
  test('with the file that apictl adds', async () => {
    const transcript = transcripts.find(({ case: name }) => name === 'export-api-ok')!;
    const file = transcript.files.find(({ path }) => path.endsWith('PizzaShackAPI_1.0.0.zip'));
    const { entries, contents } = (file?.content as { zip: { entries: string[]; contents: Record<string, string> } })
      .zip;
    server.play({ ...transcript, http: restCalls(transcript.http) });
    // The recorder kept names and sizes of most files: api.yaml is filled up with blanks, so it is no project.
    await expect((await engine()).export('PizzaShackAPI', '1.0.0', 'dev', 'latest')).rejects.toMatchObject({
      code: 'ARCHIVE_INVALID',
    });
    const made = contents['PizzaShackAPI-1.0.0/api_meta.yaml'];
    expect(entries).toContain(`PizzaShackAPI-1.0.0/api_meta.yaml (${made?.length ?? 0})`);
  });
});

/** Runs a command line of apictl by the engine rest; its params file with its variables replaced, as promote-api does. */
function restOf(transcript: Transcript): Runner {
  return async (argv, { cwd }) => {
    if (!/^(export|import)$/.test(argv[0] ?? '')) return { exitCode: 0, stdout: '', stderr: '' };
    const value = (...names: string[]) => {
      const at = argv.findIndex((word) => names.includes(word));
      return at === -1 ? undefined : argv[at + 1];
    };
    const kind = kinds[argv[1] ?? ''] ?? 'api';
    const rest = await engine(restCalls(transcript.http)[0]);
    try {
      if (argv[0] === 'export') {
        const number = value('--rev');
        const version = kind === 'application' ? value('-o', '--owner') : value('-v', '--version');
        const revision = argv.includes('--latest') ? 'latest' : number === undefined ? 'working-copy' : Number(number);
        const withKeys = argv.includes('--with-keys');
        await rest.export(value('-n', '--name') ?? '', version ?? '', 'dev', revision, { kind, withKeys });
      } else {
        const given = value('--params');
        const params = given?.startsWith('/') === false ? join(cwd, given) : given;
        if (params !== undefined) substitute(params, transcript.env);
        const preserveProvider =
          kind === 'application' ? argv.includes('--preserve-owner') : !argv.includes('--preserve-provider=false');
        const update = argv.includes('--update') || argv.includes('--update-api-product');
        await rest.import(value('-f') ?? '', 'it', 'dev', { kind, update, preserveProvider, params });
      }
      return { exitCode: 0, stdout: '', stderr: '' };
    } catch (error) {
      return { exitCode: 1, stdout: '', stderr: messageOf(error) };
    }
  };
}

async function engine(recorded?: Transcript['http'][number]): Promise<RestEngine> {
  const prefix = /^(.*)\/api\/am\/(?:publisher|devportal)\//.exec(recorded?.path ?? '')?.[1] ?? '';
  const token = recorded?.requestHeaders?.Authorization?.replace('Bearer ', '') ?? '';
  const apim = `https://${server.host}`;
  const parts = { publisher: `${apim}${prefix}`, devportal: `${apim}${prefix}` };
  const [environment] = readEnvironments({ environments: [{ name: 'dev', apim, ...parts }] });
  const options = { ca: server.certificate, requestTimeoutMs: 1000 };
  const http = {
    ...ports.http,
    request: (request: Parameters<typeof ports.http.request>[0]) => ports.http.request({ ...request, attempts: 1 }),
  };
  const client = new ApimClient(environment!, { kind: 'token', token }, { ...ports, http }, options);
  return RestEngine.open([client], ports);
}

function restCalls(http: Transcript['http']): Transcript['http'] {
  return http.filter(({ path }) => /\/api\/am\/(publisher|devportal)\//.test(path ?? ''));
}

/** Without what cannot be the same: names of headers in another case, random digits, the spelling of equal YAML. */
function comparable(request: unknown, env: Readonly<Record<string, string>> = {}): unknown {
  const { requestHeaders, ...rest } = request as { requestHeaders: Record<string, string> };
  const headers = Object.fromEntries(
    Object.entries(requestHeaders).map(([name, value]) => [name.toLowerCase(), value]),
  );
  let text = JSON.stringify({ ...rest, requestHeaders: headers }).replace(/filename":"[^"]*\.zip/, 'filename":"a.zip');
  for (const [name, value] of Object.entries(env)) text = text.replaceAll(`\${${name}}`, value);
  text = text.replace(/(\/(intermediate_)?params\.yaml) \(\d+\)/g, '$1');
  return JSON.parse(text, (key, value: unknown) =>
    key.endsWith('/intermediate_params.yaml') ? JSON.stringify(parseYaml(String(value))) : value,
  );
}

function substitute(params: string, env: Readonly<Record<string, string>>): void {
  const file = params.includes('.yaml') ? params : join(params, 'params.yaml');
  let text = readFileSync(file, 'utf8');
  for (const [name, value] of Object.entries(env)) text = text.replaceAll(`\${${name}}`, value);
  writeFileSync(file, text);
}
