/** The commands of apictl 4.7.0 that the stand-in knows, and their flags. */
import { parseArguments, type Arguments, type Flags } from './arguments.ts';
import { exportApi, exportApplication, exportProduct } from './export-commands.ts';
import { getKeys } from './get-keys.ts';
import { importApi, importApplication, importProduct } from './import-api.ts';
import {
  changeProductStatus,
  changeStatus,
  deleteApi,
  deleteApplication,
  deleteProduct,
  undeploy,
  undeployProduct,
} from './lifecycle-commands.ts';
import { listApis, listApplications, listProducts, listRevisions } from './listing-commands.ts';
import { login, logout, type Context } from './session.ts';
import { addEnvironment, listEnvironments, set } from './settings-commands.ts';
import { Exit, misused, type Terminal } from './outcome.ts';

const VERSION = '4.7.0';

interface Command {
  readonly flags: Flags;
  readonly run: (context: Context, args: Arguments) => void | Promise<void>;
}

const environment = { environment: { short: 'e', kind: 'text', required: true } } as const;
const nameAndVersion = {
  name: { short: 'n', kind: 'text', required: true },
  version: { short: 'v', kind: 'text', required: true },
  provider: { short: 'r', kind: 'text' },
} as const;

const nameAndOwner = {
  name: { short: 'n', kind: 'text', required: true },
  owner: { short: 'o', kind: 'text', required: true },
} as const;
const action = { action: { short: 'a', kind: 'text', required: true } } as const;
const deployed = { rev: { kind: 'text', required: true }, 'gateway-env': { short: 'g', kind: 'list' } } as const;
const exported = {
  ...environment,
  ...nameAndVersion,
  rev: { kind: 'text' },
  latest: { kind: 'boolean' },
  'preserve-status': { kind: 'boolean', default: 'true' },
  format: { kind: 'text', default: 'YAML' },
} as const;
const file = { file: { short: 'f', kind: 'text', required: true } } as const;
const imported = {
  ...environment,
  ...file,
  params: { kind: 'text' },
  'preserve-provider': { kind: 'boolean', default: 'true' },
  'rotate-revision': { kind: 'boolean' },
  'skip-deployments': { kind: 'boolean' },
  'skip-cleanup': { kind: 'boolean' },
} as const;
const listing = {
  query: { short: 'q', kind: 'list' },
  limit: { short: 'l', kind: 'text', default: '25' },
  format: { kind: 'text' },
} as const;

const commands: Readonly<Record<string, Command>> = {
  version: {
    flags: {},
    run: ({ terminal }) => terminal.out(`Version: ${VERSION}\nBuild Date: 2026-01-01 00:00:00 UTC\n`),
  },
  set: {
    flags: {
      'http-request-timeout': { kind: 'integer' },
      'export-directory': { kind: 'text' },
      'tls-renegotiation-mode': { kind: 'text' },
    },
    run: set,
  },
  'add env': {
    flags: Object.fromEntries(
      ['apim', 'publisher', 'devportal', 'registration', 'admin', 'token', 'mi'].map((name) => [
        name,
        { kind: 'text' },
      ]),
    ),
    run: addEnvironment,
  },
  'get envs': { flags: {}, run: listEnvironments },
  login: {
    flags: {
      username: { short: 'u', kind: 'text' },
      password: { short: 'p', kind: 'text' },
      'password-stdin': { kind: 'boolean' },
      token: { kind: 'text' },
    },
    run: runLogin,
  },
  logout: { flags: {}, run: (context, args) => logout(context, args.positional[0] ?? '') },
  'export api': {
    flags: { ...exported, 'preserve-credentials': { kind: 'boolean' } },
    run: exportApi,
  },
  'import api': {
    flags: {
      ...imported,
      update: { kind: 'boolean' },
      'dry-run': { kind: 'boolean' },
      format: { kind: 'text', default: 'table' },
    },
    run: importApi,
  },
  'export api-product': {
    flags: exported,
    run: exportProduct,
  },
  'import api-product': {
    flags: {
      ...imported,
      'import-apis': { kind: 'boolean' },
      'update-apis': { kind: 'boolean' },
      'update-api-product': { kind: 'boolean' },
    },
    run: importProduct,
  },
  'export app': {
    flags: {
      ...environment,
      ...nameAndOwner,
      'with-keys': { kind: 'boolean' },
      format: { kind: 'text', default: 'YAML' },
    },
    run: exportApplication,
  },
  'import app': {
    flags: {
      ...environment,
      ...file,
      owner: { short: 'o', kind: 'text' },
      'preserve-owner': { kind: 'boolean' },
      'skip-subscriptions': { short: 's', kind: 'boolean' },
      'skip-keys': { kind: 'boolean' },
      'skip-cleanup': { kind: 'boolean' },
      update: { kind: 'boolean' },
    },
    run: importApplication,
  },
  'delete api': { flags: { ...environment, ...nameAndVersion }, run: deleteApi },
  'delete api-product': { flags: { ...environment, ...nameAndVersion }, run: deleteProduct },
  'delete app': { flags: { ...environment, ...nameAndOwner }, run: deleteApplication },
  'get api-products': { flags: { ...environment, ...listing }, run: listProducts },
  'get apps': {
    flags: { ...environment, owner: { short: 'o', kind: 'text' }, limit: listing.limit, format: listing.format },
    run: listApplications,
  },
  'get keys': { flags: { ...environment, ...nameAndVersion }, run: getKeys },
  'get apis': {
    flags: { ...environment, ...listing },
    run: listApis,
  },
  'get api-revisions': {
    flags: { ...environment, ...nameAndVersion, query: { short: 'q', kind: 'list' }, format: { kind: 'text' } },
    run: listRevisions,
  },
  'change-status api': {
    flags: { ...environment, ...nameAndVersion, ...action },
    run: changeStatus,
  },
  'undeploy api': {
    flags: { ...environment, ...nameAndVersion, ...deployed },
    run: undeploy,
  },
  'change-status api-product': {
    flags: { ...environment, ...nameAndVersion, ...action },
    run: changeProductStatus,
  },
  'undeploy api-product': {
    flags: { ...environment, ...nameAndVersion, ...deployed },
    run: undeployProduct,
  },
};

/** Commands that have subcommands: with an unknown one they print their help and nothing else. */
const groups: ReadonlySet<string> = new Set(['add', 'get', 'export', 'import', 'change-status', 'undeploy', 'delete']);

/** A command, and what it was given. */
export interface Call {
  readonly command: Command;
  readonly args: Arguments;
}

/** Reads the arguments. undefined: a group of commands with no known one, for which apictl prints its help and nothing else. */
export function readCall(terminal: Terminal, argv: readonly string[]): Call | undefined {
  const [first = '', second = ''] = argv;
  const name = [first, `${first} ${second}`].find((each) => each in commands);
  const command = name === undefined ? undefined : commands[name];
  if (name === undefined || command === undefined) {
    if (groups.has(first)) return undefined;
    misused(terminal, `unknown command "${first}" for "apictl"`, '');
  }
  return { command, args: parseArguments(terminal, name, command.flags, argv.slice(name.split(' ').length)) };
}

/** What apictl would say about arguments that somebody wrote down; undefined when it would take them. */
export function misuseOf(argv: readonly string[]): string | undefined {
  let said = '';
  try {
    const call = readCall({ out: (text) => (said += text), err: () => undefined }, argv);
    return call === undefined ? `unknown command "${argv.slice(0, 2).join(' ')}" for "apictl"` : undefined;
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return said.trim();
  }
}

async function runLogin(context: Context, args: Arguments): Promise<void> {
  const { terminal } = context;
  const username = args.text('username');
  const fromStdin = args.boolean('password-stdin');
  if (fromStdin && args.has('password')) {
    terminal.out('--password and --password-stdin are mutual exclusive\n');
    throw new Exit(1);
  }
  if (fromStdin && username === '') {
    terminal.out('An username is required to use password-stdin\n');
    throw new Exit(1);
  }
  if (args.has('password') && !args.has('token')) {
    terminal.out('Warning: Using --password in CLI is not secure. Use --password-stdin\n');
  }
  const password = fromStdin ? context.stdin().replace(/\r?\n$/, '') : args.text('password');
  await login(context, args.positional[0] ?? '', { username, password, token: args.text('token') });
}
