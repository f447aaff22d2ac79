import { InputError, type Problem } from '../base/errors.ts';
import { didYouMean } from '../base/suggest.ts';
import { codes } from './codes.ts';

/** One API Manager: where its parts are. */
export interface ApimEnvironment {
  readonly name: string;
  /** Set when one URL serves everything: apictl is told the same way. */
  readonly apim: string | undefined;
  readonly publisher: string;
  readonly token: string;
  readonly registration: string;
  readonly devportal: string;
  readonly admin: string;
  /** Gateway environment → URL under which it answers. */
  readonly gateways: Readonly<Record<string, string>>;
}

const parts = ['publisher', 'token', 'registration', 'devportal', 'admin'] as const;
const keys = ['name', 'apim', ...parts, 'gateways'];
const credentials = /^(user(name)?|pass(word|wd)?|(client)?secret|access-?token|api-?key)$/i;
const example = 'environments:\n  - name: staging\n    apim: https://apim.example.com:9443';

/**
 * Reads the `environments` document.
 * @throws InputError ENVIRONMENTS_INVALID with every problem found
 */
export function readEnvironments(value: unknown): ApimEnvironment[] {
  const problems: Problem[] = [];
  const list = isTable(value) ? value.environments : undefined;
  if (!Array.isArray(list) || list.length === 0) {
    const problem = 'must hold a list under the key environments:';
    throw new InputError(codes.ENVIRONMENTS_INVALID, [{ subject: 'environments', problem, example }]);
  }
  const found = list.map((entry: unknown, index) => readEnvironment(entry, index, problems));
  const names = found.map(({ name }) => name);
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
    problems.push({ subject: 'environments', problem: `'${name}' stands there more than once` });
  }
  if (problems.length > 0) throw new InputError(codes.ENVIRONMENTS_INVALID, problems);
  return found;
}

/**
 * The environment of a name.
 * @param input the input that holds the name
 * @throws InputError ENVIRONMENTS_INVALID naming the ones there are
 */
export function environmentNamed(
  name: string,
  environments: readonly ApimEnvironment[],
  input: string,
): ApimEnvironment {
  const found = environments.find((environment) => environment.name === name);
  if (found !== undefined) return found;
  const names = environments.map((environment) => environment.name);
  const problem = `'${name}' is none of the environments ${names.join(', ')}.${didYouMean(name, names)}`;
  throw new InputError(codes.ENVIRONMENTS_INVALID, [{ subject: input, problem, example: names[0] ?? 'staging' }]);
}

function readEnvironment(entry: unknown, index: number, problems: Problem[]): ApimEnvironment {
  const table = isTable(entry) ? entry : {};
  const name = typeof table.name === 'string' ? table.name : '';
  const subject = `environments[${index}]${name === '' ? '' : ` (${name})`}`;
  const wrong = (problem: string) => problems.push({ subject, problem, example });
  if (!isTable(entry)) wrong('must be a table with name and apim');
  else if (!/^\w[\w.-]*$/.test(name)) {
    // apictl would take -k for a flag; `..` leads out of its folder of exports.
    wrong('needs a name of letters, digits, dots, dashes and underscores that begins with none of the dots and dashes');
  }
  for (const key of Object.keys(table)) {
    if (credentials.test(key)) wrong(`'${key}' does not belong here: credentials are inputs of the step`);
    else if (!keys.includes(key)) wrong(`'${key}' is not known.${didYouMean(key, keys)}`);
  }
  const apim = urlOf(table.apim, 'apim', wrong);
  const given = Object.fromEntries(parts.map((part) => [part, urlOf(table[part], part, wrong)]));
  const absent = parts.filter((part) => part !== 'token' && given[part] === undefined);
  if (isTable(entry) && table.apim === undefined && absent.length > 0) {
    wrong(`needs apim, or every URL by itself: ${absent.join(', ')} ${absent.length === 1 ? 'is' : 'are'} absent`);
  }
  const base = (part: string) => given[part] ?? apim ?? '';
  return {
    name,
    apim,
    publisher: base('publisher'),
    token: given.token ?? `${apim ?? base('publisher')}/oauth2/token`,
    registration: base('registration'),
    devportal: base('devportal'),
    admin: base('admin'),
    gateways: gatewaysOf(table.gateways, wrong),
  };
}

function gatewaysOf(value: unknown, wrong: (problem: string) => void): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (!isTable(value)) {
    wrong('gateways must be a table of gateway environments and their URLs');
    return {};
  }
  const read = Object.entries(value).map(([name, url]) => [name, urlOf(url, `gateways.${name}`, wrong)] as const);
  return Object.fromEntries(read.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** An https URL without credentials, query and trailing slash; plain http only on this machine. */
function urlOf(value: unknown, key: string, wrong: (problem: string) => void): string | undefined {
  if (value === undefined || value === null) return undefined;
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    wrong(`${key}: ${JSON.stringify(value)} is not a URL`);
  } else if (url.username !== '' || url.password !== '') {
    wrong(`${key}: credentials do not belong into the URL`);
  } else if (url.search !== '' || url.hash !== '') {
    wrong(`${key}: a base URL has neither query nor fragment`);
  } else if (url.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) {
    wrong(`${key}: passwords and tokens travel there, so https is needed`);
  } else {
    return url.href.replace(/\/+$/, '');
  }
  return undefined;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
