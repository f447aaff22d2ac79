/** The lines of the input `health`: presets and URLs, each with what counts as a good answer. */
import type { Problem } from '../../base/errors.ts';
import { didYouMean } from '../../base/suggest.ts';
import type { ApiName } from '../../apim/server-health.ts';
import { parseApiName, servletPort, startupPath, versionPath } from '../../apim/server-health.ts';

/** A question, and what counts as a good answer to it. */
export interface HealthQuestion {
  readonly scheme: 'http' | 'https';
  /** undefined: every pod of the revision is asked, through the API server. */
  readonly host: string | undefined;
  readonly port: number;
  readonly path: string;
  /** The URL, for people. */
  readonly text: string;
  /** Ranges of statuses that are good, both ends included. */
  readonly statuses: readonly (readonly [from: number, to: number])[];
  /** What the body must hold or match. */
  readonly body: string | RegExp | undefined;
  /** How often in a row the answer must be good. */
  readonly times: number;
  /** The SHA-256 fingerprint of the one certificate that is accepted, in lower case without colons. */
  readonly pin: string | undefined;
  /** The answer is an API Manager's version, which must be the same on all pods. */
  readonly version: boolean;
}

export interface HealthRequest {
  /** The preset `mi`: Micro Integrator is checked also where no applications are known. */
  readonly microIntegrator: boolean;
  readonly questions: readonly HealthQuestion[];
  /** APIs that every gateway must hold, and the port that it is asked on. */
  readonly apis: readonly { readonly port: number; readonly api: ApiName }[];
  /** True when the pods are API Managers, which must be of one build. */
  readonly apiManager: boolean;
}

/** The paths that a preset asks for on the servlet port. */
const apimPresets: Readonly<Record<string, readonly string[]>> = {
  apim: [startupPath, versionPath],
  'apim-gateway': [startupPath, versionPath],
  'apim-control-plane': [versionPath],
};

const presets = ['mi', ...Object.keys(apimPresets)];
const example = 'http://pod:8290/health status=200 body=UP times=3';

/** Reads the lines; what is wrong is added to the problems. */
export function readHealth(lines: readonly string[], problems: Problem[]): HealthRequest {
  let health: HealthRequest = { microIntegrator: false, questions: [], apis: [], apiManager: false };
  for (const line of lines) {
    const [subject = '', ...options] = words(line);
    const problem = (text: string) => problems.push({ subject: 'health', problem: `'${line}': ${text}`, example });
    const wishes = readOptions(options, problem);
    if (subject === 'mi') health = { ...health, microIntegrator: true };
    else if (Object.hasOwn(apimPresets, subject)) {
      const port = wishes.port ?? servletPort;
      const questions = (apimPresets[subject] ?? []).map((path): HealthQuestion => ({
        ...question('https', undefined, port, path, wishes),
        version: path === versionPath,
      }));
      const apis = wishes.apis.map((api) => ({ port, api }));
      health = {
        ...health,
        questions: [...health.questions, ...questions],
        apis: [...health.apis, ...apis],
        apiManager: true,
      };
      if (apis.length > 0 && subject === 'apim-control-plane') problem('apis= is for gateways');
    } else {
      const read = readUrl(subject, wishes, problem);
      if (read !== undefined) health = { ...health, questions: [...health.questions, read] };
    }
  }
  return health;
}

interface Wishes {
  readonly statuses: HealthQuestion['statuses'];
  readonly body: HealthQuestion['body'];
  readonly times: number;
  readonly pin: string | undefined;
  readonly port: number | undefined;
  readonly apis: readonly ApiName[];
}

function question(
  scheme: 'http' | 'https',
  host: string | undefined,
  port: number,
  path: string,
  { statuses, body, times, pin }: Wishes,
): HealthQuestion {
  const text = `${scheme}://${host ?? 'pod'}:${port}${path}`;
  return { scheme, host, port, path, text, statuses, body, times, pin, version: false };
}

function readUrl(subject: string, wishes: Wishes, problem: (text: string) => void): HealthQuestion | undefined {
  if (!/^https?:\/\//.test(subject) || !URL.canParse(subject)) {
    problem(`is neither a preset (${presets.join(', ')}) nor an http or https URL.${didYouMean(subject, presets)}`);
    return undefined;
  }
  const url = new URL(subject);
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  const inPods = url.hostname === 'pod';
  const port = Number(url.port) || (scheme === 'https' ? 443 : 80);
  if (url.username !== '' || url.password !== '') problem('a URL may not hold a login');
  if (inPods && !/:[1-9]\d*(\/|$)/.test(subject.slice(scheme.length + 3))) problem('a URL for pods must name the port');
  if (wishes.apis.length > 0 || wishes.port !== undefined) problem('apis= and port= go with the apim presets');
  if (wishes.pin !== undefined && scheme === 'http') problem('pin= needs https');
  return question(scheme, inPods ? undefined : url.hostname, port, `${url.pathname}${url.search}`, wishes);
}

/** The words of a line; double quotes hold together what has blanks in it. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
}

function readOptions(options: readonly string[], problem: (text: string) => void): Wishes {
  let wishes: Wishes = {
    statuses: [[200, 299]],
    body: undefined,
    times: 1,
    pin: undefined,
    port: undefined,
    apis: [],
  };
  for (const option of options) {
    const at = option.indexOf('=');
    const [name, value] = at < 0 ? [option, ''] : [option.slice(0, at), option.slice(at + 1)];
    const read = Object.hasOwn(readers, name) ? readers[name as keyof typeof readers](value) : undefined;
    if (read !== undefined) wishes = { ...wishes, ...read };
    else problem(`${option} is none of ${Object.values(forms).join(', ')}`);
  }
  return wishes;
}

const forms = {
  status: 'status=200,300-399',
  body: 'body=text or body=/pattern/',
  times: 'times=3 (1 to 100)',
  pin: 'pin=sha256:… (64 hexadecimal digits)',
  port: 'port=9443',
  apis: 'apis=Name:1.0.0,Other:2.0.0',
} as const;

const readers: Readonly<Record<keyof typeof forms, (value: string) => Partial<Wishes> | undefined>> = {
  status: (value) => {
    const ranges = value.split(',').map((part) => /^([1-5]\d\d)(?:-([1-5]\d\d))?$/.exec(part));
    const read = ranges.flatMap((match): HealthQuestion['statuses'] =>
      match === null ? [] : [[Number(match[1]), Number(match[2] ?? match[1])]],
    );
    return read.length === ranges.length ? { statuses: read } : undefined;
  },
  body: (value) => {
    const pattern = /^\/(.+)\/$/.exec(value)?.[1];
    if (pattern === undefined) return value === '' ? undefined : { body: value };
    try {
      return { body: new RegExp(pattern) };
    } catch {
      return undefined;
    }
  },
  times: (value) => (/^([1-9]\d?|100)$/.test(value) ? { times: Number(value) } : undefined),
  pin: (value) => {
    const hex = value
      .replace(/^sha256:/i, '')
      .replaceAll(':', '')
      .toLowerCase();
    return /^[0-9a-f]{64}$/.test(hex) ? { pin: hex } : undefined;
  },
  port: (value) => (/^[1-9]\d{0,4}$/.test(value) && Number(value) < 65_536 ? { port: Number(value) } : undefined),
  apis: (value) => {
    const names = value.split(',').map(parseApiName);
    const apis = names.filter((name) => name !== undefined);
    return apis.length === names.length ? { apis } : undefined;
  },
};
