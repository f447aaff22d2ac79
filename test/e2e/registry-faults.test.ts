/** Every fault at every request of a push to a real docker-registry that asks for tokens. */
import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { startRegistry } from '@wso2-delivery/lab/registry/registry';
import { DeliveryError } from '@wso2-delivery/shared/base/errors';
import type { Clock } from '@wso2-delivery/shared/base/ports';
import { buildLayer, directoriesOwnedBelow } from '@wso2-delivery/shared/oci/layer';
import { pushImage } from '@wso2-delivery/shared/oci/push';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import { attach, documentTypes } from '@wso2-delivery/shared/oci/referrers';
import { openRegistries } from '@wso2-delivery/shared/oci/registry';
import { resolveImage } from '@wso2-delivery/shared/oci/resolve';
import { createHttp } from '@wso2-delivery/shared/run/http';
import { type DockerRegistry, startDockerRegistry } from '../support/docker-registry.ts';
import { type FaultProxy, type ProxiedRequest, type ProxyFault, startFaultProxy } from '../support/fault-proxy.ts';
import { testPorts } from '../support/ports.ts';
import { startTokenService, type TokenService, USER } from '../support/token-service.ts';
import { findTool, testWith } from '../support/tools.ts';
import { wholeImage } from '../support/whole-image.ts';

const tools = ['docker-registry', 'crane'];
const test = testWith(...tools);
const ready = tools.every((tool) => findTool(tool) !== undefined);
const patience = 300_000;
const BASE = 'wso2/wso2mi';
const HOME = '/home/wso2carbon';

let folder: string;
let tokens: TokenService;
let proxy: FaultProxy;
let registry: DockerRegistry;
/** Of the image, wherever it is pushed. */
let digest: string;
/** The requests of a push that nothing disturbs. */
let requests: readonly string[];

beforeAll(async () => {
  if (!ready) return;
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'registry-faults-')));
  tokens = await startTokenService(folder);
  const upstream = { registry: '', tokens: tokens.host };
  proxy = await startFaultProxy(upstream);
  registry = await startDockerRegistry(folder, tokens.configuration(`http://${proxy.host}/token`), 'in memory');
  upstream.registry = registry.host;
  const lab = await startRegistry();
  await seedMicroIntegratorBase(lab, { repository: BASE, tag: '4.4.0' });
  const run = promisify(execFile);
  const env = { ...process.env, DOCKER_CONFIG: mkdtempSync(join(folder, 'docker-')) };
  await run(findTool('crane') ?? '', ['auth', 'login', proxy.host, '-u', USER.username, '-p', USER.password], { env });
  await run(findTool('crane') ?? '', ['copy', `${lab.host}/${BASE}:4.4.0`, `${proxy.host}/${BASE}:4.4.0`], { env });
  await lab.close();
  const seen: string[] = [];
  const key = keys('acme/undisturbed');
  digest = await push('acme/undisturbed', (request) => void seen.push(key(request)));
  requests = seen;
}, patience);
afterAll(async () => {
  if (!ready) return;
  registry.process.kill();
  await Promise.all([proxy.close(), tokens.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Names the requests of one push so that those of another can be found again: what is by chance goes, the rest counts. */
function keys(repository: string): (request: ProxiedRequest) => string {
  const counts = new Map<string, number>();
  return ({ method, url }) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    searchParams.delete('_state');
    const path = pathname.replace(/\/uploads\/.+/, '/uploads/*');
    const name = decodeURIComponent(`${method} ${path}?${searchParams.toString()}`).replaceAll(repository, 'TARGET');
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return `${name} #${counts.get(name)}`;
  };
}

/** A run of its own, whose pauses are a twentieth of what they are elsewhere: an image with a document attached. */
async function push(repository: string, plan: FaultProxy['plan']): Promise<string> {
  const clock: Clock = { now: () => Date.now(), sleep: (ms) => pause(ms / 20) };
  const cancelled = new AbortController().signal;
  const http = createHttp({ variables: {}, clock, random: () => 0.5, cancelled });
  const ports = testPorts({ variables: {}, clock, http });
  proxy.plan = plan;
  try {
    const registries = openRegistries(ports, { logins: [{ registry: proxy.host, ...USER }] });
    const layer = await buildLayer(
      {
        files: [{ path: `${HOME}/app.car`, content: 'the carbon application', mode: 0o644, uid: 10802, gid: 10802 }],
        directory: directoriesOwnedBelow(HOME, { uid: 10802, gid: 10802, mode: 0o755 }),
        modified: new Date(0),
        description: 'carbon applications',
      },
      await ports.files.privateFolder('layers'),
    );
    const target = { registry: proxy.host, repository };
    const pushed = await pushImage(
      {
        base: await resolveImage(parseReference(`${proxy.host}/${BASE}:4.4.0`), 'all', registries),
        target,
        tags: ['1.0.0', 'latest'],
        layers: [layer],
        labels: { 'com.example.applications': '[]' },
        annotations: {},
        created: new Date(0),
      },
      registries,
    );
    const place = registries.repository(target, 'pull,push');
    const subject = await place.manifest(pushed.digest);
    if (subject === undefined) throw new Error('the image is gone');
    const descriptor = { mediaType: subject.mediaType, digest: subject.digest, size: subject.bytes.length };
    const sbom = { type: documentTypes.cycloneDx, file: 'sbom.cdx.json', bytes: Buffer.from('{}\n'), annotations: {} };
    await attach(sbom, descriptor, place);
    return pushed.digest;
  } finally {
    http.close();
    ports.dispose();
    proxy.plan = () => undefined;
  }
}

/** What the registry itself says it holds, asked past the proxy: both tags, and what is attached. */
async function expectWhole(repository: string): Promise<void> {
  const scope = encodeURIComponent(`repository:${repository}:pull`);
  const authorization = `Basic ${Buffer.from(`${USER.username}:${USER.password}`).toString('base64')}`;
  const answer = await fetch(`http://${tokens.host}/token?scope=${scope}`, { headers: { authorization } });
  const headers = { authorization: `Bearer ${((await answer.json()) as { token: string }).token}` };
  expect(await wholeImage(registry.host, repository, '1.0.0', headers)).toBe(digest);
  const accept = 'application/vnd.oci.image.index.v1+json';
  const latest = `http://${registry.host}/v2/${repository}/manifests/latest`;
  const said = await fetch(latest, { method: 'HEAD', headers: { ...headers, accept } });
  expect(said.headers.get('docker-content-digest')).toBe(digest);
  await wholeImage(registry.host, repository, digest.replace(':', '-'), headers);
}

const challenge = () => `Bearer realm="http://${proxy.host}/token",service="test-registry",error="invalid_token"`;
const faults: Readonly<Record<string, () => ProxyFault>> = {
  'connection refused for a while': () => 'refuse',
  'connection reset before the body': () => 'reset-before',
  'connection reset in the middle of the body': () => 'reset-mid-body',
  'answer lost after the work was done': () => 'lose-answer',
  'answer cut off': () => 'truncate',
  'request and answer in a trickle': () => 'trickle',
  'an upload on another host': () => 'elsewhere',
  '401 in mid-session': () => ({ status: 401, headers: { 'www-authenticate': challenge() } }),
  '429 with Retry-After in seconds': () => ({ status: 429, headers: { 'retry-after': '1' } }),
  '429 with Retry-After as a date': () => ({
    status: 429,
    headers: { 'retry-after': new Date(Date.now() + 2000).toUTCString() },
  }),
  '502 with a page': () => ({ status: 502, body: '<html>Bad Gateway</html>' }),
  '503': () => ({ status: 503 }),
  '504': () => ({ status: 504 }),
  '500': () => ({ status: 500, body: '{"errors":[{"code":"UNKNOWN","message":"disk full"}]}' }),
  'another digest announced': () => 'wrong-digest',
  'an upload on a host that is not there': () => 'nowhere',
  'answer damaged': () => 'corrupt',
};
/** After these a push may end with an error; the others pass, and so does the push. */
const fatal = new Set(['another digest announced', 'an upload on a host that is not there', 'answer damaged']);

/** The first request again, now with a token: refused, too, it is a refusal. */
const afterChallenge = `GET /v2/${BASE}/manifests/4.4.0? #2`;

let count = 0;

describe('one fault, at each request of a push in turn', () => {
  test('the push has every kind of request', () => {
    const kinds = ['GET /token', `GET /v2/${BASE}/manifests`, `GET /v2/${BASE}/blobs`, 'HEAD /v2/TARGET/blobs'];
    const more = ['POST /v2/TARGET/blobs/uploads/?mount=', 'POST /v2/TARGET/blobs/uploads/?', 'PUT /v2/TARGET/blobs'];
    const manifests = ['GET', 'HEAD', 'PUT'].map((method) => `${method} /v2/TARGET/manifests`);
    for (const kind of [...kinds, ...more, ...manifests, 'GET /v2/TARGET/referrers']) {
      expect([kind, requests.some((request) => request.startsWith(kind))]).toEqual([kind, true]);
    }
  });

  test.each(Object.keys(faults))(
    '%s: a whole image, or a clear error after which another run ends in the whole image',
    async (name) => {
      const wrong: string[] = [];
      for (const request of requests) {
        const repository = `acme/case-${(count += 1)}`;
        const key = keys(repository);
        const injected: string[] = [];
        const outcome = await push(repository, (seen) => {
          if (injected.length > 0 || key(seen) !== request) return undefined;
          injected.push(seen.url);
          return faults[name]?.();
        }).catch((error: unknown) => error);
        if (injected.length === 0) wrong.push(`${request}: did not come`);
        if (outcome === digest) {
          await expectWhole(repository);
          continue;
        }
        if (outcome instanceof DeliveryError && outcome.code !== '' && outcome.remedy !== '') {
          const refused = name.startsWith('401') && (request.startsWith('GET /token') || request === afterChallenge);
          const mayFail = fatal.has(name) || refused;
          const named = outcome.message.includes('127.0.0.1:');
          if (!mayFail || !named) wrong.push(`${request}: ${outcome.code} ${outcome.message}`);
        } else {
          wrong.push(`${request}: ${String(outcome)}`);
        }
        expect(await push(repository, () => undefined)).toBe(digest);
        await expectWhole(repository);
      }
      expect(wrong).toEqual([]);
    },
    patience,
  );
});

describe('a fault that stays', () => {
  const steps: Readonly<Record<string, RegExp>> = {
    'at the token service': /^GET \/token/,
    'at opening uploads': /^POST \/v2\/TARGET\/blobs\/uploads\/\?(?!mount)/,
    'at uploading blobs': /^PUT \/v2\/TARGET\/blobs/,
    'at storing manifests': /^PUT \/v2\/TARGET\/manifests\/sha256:/,
    'at storing a tag': /^PUT \/v2\/TARGET\/manifests\/latest/,
    'at reading back': /^GET \/v2\/TARGET\/manifests\/latest\? #2/,
  };
  const stays = Object.keys(faults).filter((name) => !/trickle|another host/.test(name));

  test.each(Object.keys(steps))(
    '%s is survived or ends in a clear error, and another run without it in the whole image',
    async (step) => {
      const wrong: string[] = [];
      for (const name of stays) {
        const repository = `acme/case-${(count += 1)}`;
        const key = keys(repository);
        const outcome = await push(repository, (seen) =>
          steps[step]?.test(key(seen)) === true ? faults[name]?.() : undefined,
        ).catch((error: unknown) => error);
        const clear = outcome instanceof DeliveryError && outcome.code !== '' && outcome.message.includes('127.0.0.1:');
        if (outcome === digest) await expectWhole(repository);
        else if (!clear) wrong.push(`${name}: ${String(outcome)}`);
        expect(await push(repository, () => undefined)).toBe(digest);
        await expectWhole(repository);
      }
      expect(wrong).toEqual([]);
    },
    patience,
  );
});

describe('credentials', () => {
  test('do not go with an upload to another host', async () => {
    const repository = 'acme/elsewhere';
    const sent = proxy.sentElsewhere.length;
    expect(await push(repository, ({ method }) => (method === 'POST' ? 'elsewhere' : undefined))).toBe(digest);
    const elsewhere = proxy.sentElsewhere.slice(sent);
    expect(elsewhere.length).toBeGreaterThan(4);
    expect(elsewhere.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
    await expectWhole(repository);
  });
});
