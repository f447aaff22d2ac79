/**
 * The default behaviour of containers: the image is read from its registry, and what runs is a Micro Integrator with
 * the carbon applications found in it. Ports and answers are those of MI 4.x.
 */
import { randomBytes } from 'node:crypto';
import { readCarbonApplication, type CarbonApplication, type RejectedArchive } from './carbon-application.ts';
import {
  crashing,
  outOfMemory,
  type ContainerScript,
  type ContainerScripts,
  type PodHandler,
  type PodResponse,
  type Run,
} from './container-script.ts';
import type { Container } from './objects.ts';
import { parseReference, pullImage, type ImageConfig, type PulledImage } from './registry-image.ts';

export interface MicroIntegratorOptions {
  /** Real milliseconds until the server has started (default 300). */
  readonly startupMs?: number;
  /** The management API's administrator (default `admin:admin`). */
  readonly credentials?: string;
  /** Architecture of the nodes (default amd64). */
  readonly architecture?: string;
}

const applicationsFolder = /\/repository\/deployment\/server\/carbonapps\/[^/]+\.car$/;

/** Containers that are Micro Integrators. An image is read when it is pulled, and kept by its reference. */
export function microIntegrator(options: MicroIntegratorOptions = {}): ContainerScripts {
  const images = new Map<string, PulledImage>();
  return (_pod, container, context): ContainerScript => ({
    pull: async () => {
      const pulled = await pullImage({
        image: container.image,
        credentials: context.pullCredentials(parseReference(container.image).host),
        wants: (path) => applicationsFolder.test(path),
        architecture: options.architecture ?? 'amd64',
      });
      if ('failure' in pulled) return pulled.failure;
      images.set(container.image, pulled.image);
      const { host, repository } = parseReference(container.image);
      const { digest, bytes } = pulled.image;
      return { pulled: true, imageId: `${host}/${repository}@${digest}`, bytes };
    },
    run: async () => {
      const image = images.get(container.image);
      if (image === undefined) return crashing(1, 0, ['the image has never been pulled']);
      return scripted(image.config, container) ?? (await serve(image, options));
    },
  });
}

/** Demonstrations ask for a crash with LAB_EXIT, LAB_EXIT_AFTER_MS and LAB_OOM: labels or environment. */
function scripted(config: ImageConfig, container: Container): Run | undefined {
  const variables = new Map<string, string>(Object.entries(config.Labels ?? {}));
  for (const pair of config.Env ?? []) variables.set(pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1));
  for (const { name, value } of container.env ?? []) if (value !== undefined) variables.set(name, value);
  const afterMs = Number(variables.get('LAB_EXIT_AFTER_MS') ?? 50);
  const start = logLine('INFO', 'StartupFinalizer', 'Starting WSO2 Micro Integrator ...');
  if (variables.has('LAB_OOM')) return outOfMemory(afterMs, [start]);
  const code = variables.get('LAB_EXIT');
  if (code === undefined) return undefined;
  const why = variables.get('LAB_EXIT_MESSAGE') ?? 'Cannot start: the configuration is incomplete';
  return crashing(Number(code), afterMs, [start, logLine('FATAL', 'ServiceBusInitializer', why)]);
}

/** A line as MI's console appender writes it. */
function logLine(level: string, logger: string, message: string, at: Date = new Date()): string {
  const stamp = at.toISOString().replace('T', ' ').replace('Z', '').replace('.', ',');
  return `[${stamp}] ${level.padStart(5)} {${logger}} - ${message}`;
}

const isApplication = (read: CarbonApplication | RejectedArchive): read is CarbonApplication => !('rejected' in read);

async function serve(
  image: PulledImage,
  { startupMs = 300, credentials = 'admin:admin' }: MicroIntegratorOptions,
): Promise<Run> {
  const archives = [...image.files].sort(([a], [b]) => (a < b ? -1 : 1));
  const read = await Promise.all(
    archives.map(([path, content]) => readCarbonApplication(path.replace(/^.*\//, ''), content)),
  );
  const logs: string[] = [logLine('INFO', 'StartupFinalizer', 'Starting WSO2 Micro Integrator ...')];
  const deployed: CarbonApplication[] = [];
  for (const found of read) {
    logs.push(logLine('INFO', 'CappDeployer', `Deploying Carbon Application : ${found.file}...`));
    if (!isApplication(found)) {
      logs.push(logLine('ERROR', 'CappDeployer', `Error occurred while processing ${found.file}: ${found.rejected}`));
      continue;
    }
    if (deployed.some(({ name, version }) => name === found.name && version === found.version)) {
      const id = `${found.name} version ${found.version}`;
      logs.push(logLine('WARN', 'CappDeployer', `Carbon Application : ${id} already exists, so it will be ignored`));
      continue;
    }
    deployed.push(found);
    const text =
      found.fault === undefined
        ? `Successfully Deployed Carbon Application : ${found.name}_${found.version}{super-tenant}`
        : `Error occurred while deploying the Carbon application: ${found.name}_${found.version}. ${found.fault}`;
    logs.push(logLine(found.fault === undefined ? 'INFO' : 'ERROR', 'CappDeployer', text));
  }
  const started = logLine(
    'INFO',
    'StartupFinalizer',
    `WSO2 Micro Integrator started in ${(startupMs / 1000).toFixed(2)} seconds`,
  );
  return {
    logs: [...logs, { afterMs: startupMs, text: started }],
    listenAfterMs: startupMs,
    ports: {
      9201: probes(deployed),
      9164: { handle: management(deployed, credentials), tls: true },
      8290: apis(deployed),
    },
    onTerminate: { code: 143, afterMs: 30 },
  };
}

function json(status: number, body: unknown): PodResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

const faulty = (applications: readonly CarbonApplication[]): CarbonApplication[] =>
  applications.filter(({ fault }) => fault !== undefined);
const active = (applications: readonly CarbonApplication[]): CarbonApplication[] =>
  applications.filter(({ fault }) => fault === undefined);

function probes(applications: readonly CarbonApplication[]): PodHandler {
  return ({ path }) => {
    const { pathname } = new URL(path, 'http://mi');
    if (pathname === '/liveness') {
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '{"server" : "started"}' };
    }
    if (pathname !== '/healthz') return { status: 404, body: '' };
    const broken = faulty(applications).map(({ name }) => name);
    if (broken.length === 0) return json(200, { status: 'ready' });
    return json(500, { status: 'not ready, faulty CAPPs detected', 'Faulty CAPPs': broken });
  };
}

function management(applications: readonly CarbonApplication[], credentials: string): PodHandler {
  const tokens = new Set<string>();
  return ({ path, headers }) => {
    const url = new URL(path, 'https://mi');
    const [scheme, secret = ''] = (headers.authorization ?? '').split(' ');
    if (url.pathname === '/management/login') {
      if (scheme !== 'Basic' || Buffer.from(secret, 'base64').toString() !== credentials)
        return { status: 401, body: '' };
      const token = randomBytes(24).toString('base64url');
      tokens.add(token);
      return json(200, { AccessToken: token });
    }
    if (scheme !== 'Bearer' || !tokens.has(secret)) return { status: 401, body: '' };
    if (url.pathname === '/management/server')
      return json(200, { productName: 'WSO2 Micro Integrator', productVersion: '4.4.0' });
    if (url.pathname !== '/management/applications') return { status: 404, body: '' };
    const entry = ({ name, version, artifacts }: CarbonApplication): object => ({ name, version, artifacts });
    const wanted = url.searchParams.get('carbonAppName');
    if (wanted !== null) {
      const found = active(applications).find(({ name }) => name === wanted);
      return found === undefined
        ? json(404, { Error: 'Specified carbon application not found' })
        : json(200, entry(found));
    }
    return json(200, {
      totalCount: applications.length,
      activeCount: active(applications).length,
      faultyCount: faulty(applications).length,
      activeList: active(applications).map(entry),
      faultyList: faulty(applications).map(entry),
    });
  };
}

function apis(applications: readonly CarbonApplication[]): PodHandler {
  const known = active(applications).flatMap(({ name, version, apis: own }) =>
    own.map((api) => ({ ...api, application: name, version })),
  );
  return ({ path, method }) => {
    const { pathname } = new URL(path, 'http://mi');
    const found = known
      .filter(({ context }) => pathname === context || pathname.startsWith(`${context.replace(/\/$/, '')}/`))
      .sort((a, b) => b.context.length - a.context.length)[0];
    if (found === undefined) return { status: 404, body: '' };
    return json(200, {
      api: found.name,
      carbonApplication: `${found.application} ${found.version}`,
      method,
      path: pathname,
    });
  };
}
