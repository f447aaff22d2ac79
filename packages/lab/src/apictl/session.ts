import type { ConfigFolder, Environment } from './config-folder.ts';
import { queryEscape, type GoClient } from './go-client.ts';
import { Exit, fail, Reason, type Terminal } from './outcome.ts';

/** The scopes that apictl 4.7.0 asks for. */
const SCOPES = [
  'apim:app_import_export',
  'apim:api_import_export',
  'apim:api_product_import_export',
  'apim:app_manage',
  'apim:sub_manage',
  'apim:api_view',
  'apim:api_delete',
  'apim:app_owner_change',
  'apim:subscribe',
  'apim:api_publish',
  'apim:admin',
  'apim:policies_import_export',
  'apim:mcp_server_view',
  'apim:mcp_server_list_view',
  'apim:mcp_server_create',
  'apim:mcp_server_delete',
  'apim:mcp_server_publish',
  'apim:mcp_server_manage',
  'apim:mcp_server_import_export',
].join('+');

const NO_TERMINAL = 'inappropriate ioctl for device';

/** What every command works with. */
export interface Context {
  readonly terminal: Terminal;
  readonly config: ConfigFolder;
  readonly client: GoClient;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly temporaryFolder: string;
  readonly stdin: () => string;
}

/** The environment of that name. Ends the command when it was never added. */
export function environmentOf({ terminal, config }: Context, name: string): Environment {
  const environment = config.environment(name);
  if (environment === undefined) {
    terminal.out(`APIM does not exists in ${name} Add it using add env\n`);
    throw new Exit(1);
  }
  return environment;
}

/** `login`: registers a client and keeps its credentials; with a personal token nothing is asked at all. */
export async function login(
  context: Context,
  name: string,
  given: { username: string; password: string; token: string },
): Promise<void> {
  const { terminal, config } = context;
  const environment = environmentOf(context, name);
  const password = given.password;
  if (given.token === '' && (given.username === '' || password === '')) {
    terminal.out(`${given.username === '' ? 'Username:' : ''}Password:Error occurred while login :  ${NO_TERMINAL}\n`);
    throw new Exit(1);
  }
  const client = given.username === '' ? { id: '', secret: '' } : await register(context, environment, given);
  config.store(name, {
    username: given.username,
    password,
    clientId: client.id,
    clientSecret: client.secret,
    accessToken: given.token,
  });
  terminal.out(`Logged into APIM in  ${name} environment\n`);
  terminal.out(`WARNING: credentials are stored as a plain text in ${config.keysPath}\n`);
}

/** A bearer token for one command: the personal one, or a fresh one by the password grant. @throws Reason */
export async function accessToken(context: Context, name: string): Promise<string> {
  const { config, client } = context;
  const environment = environmentOf(context, name);
  const credentials = config.credentials(name);
  if (credentials === undefined) {
    context.terminal.out(`Login to APIM in  ${name}\nUsername:Password:`);
    fail(context.terminal, 'Error getting credentials', NO_TERMINAL);
  }
  if (credentials.accessToken !== '') return credentials.accessToken;
  const { username, password, clientId, clientSecret } = credentials;
  const response = await client.send({
    method: 'POST',
    url: environment.token,
    headers: {
      Accept: 'application/json',
      Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: `grant_type=password&username=${username}&password=${queryEscape(password)}&scope=${SCOPES}`,
  });
  if (response.code !== 200) throw new Reason(`Unable to connect. Status: ${response.status}`);
  const token = field(response.body, 'access_token');
  if (token === undefined) throw new Reason('access_token not found');
  return token;
}

/** `logout`: takes a token only to revoke it, and forgets the credentials. */
export async function logout(context: Context, name: string): Promise<void> {
  const environment = environmentOf(context, name);
  const credentials = context.config.credentials(name);
  if (credentials?.accessToken === '') {
    const token = await accessToken(context, name).catch(() => '');
    if (token !== '') {
      const response = await context.client.send({
        method: 'POST',
        url: environment.token.replace(/\/token$/, '/revoke'),
        headers: {
          Authorization: `Basic ${Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString('base64')}`,
          'Content-Type': 'application/x-www-form-urlencoded',
        },
        body: `token=${token}&token_type_hint=access_token`,
      });
      if (response.code !== 200) return;
    }
  }
  context.config.forget(name);
  context.terminal.out(`Logged out from APIM in  ${name}  environment\n`);
}

/** What `get keys` registers: a client of another name, without a scope. @throws Reason */
export async function registerForKeys(context: Context, name: string): Promise<void> {
  const { config, client } = context;
  const { username, password } = config.credentials(name) ?? { username: '', password: '' };
  const { registration, apim } = environmentOf(context, name);
  const indent = '\t'.repeat(8);
  const mixed = `${'\t'.repeat(7)}   \t`;
  const body =
    `{\n${indent}"clientName": "rest_api_devportal_${username}",\n` +
    `${mixed}"callbackUrl": "www.google.lk",\n` +
    `${mixed}"grantType":"password refresh_token",\n${mixed}"saasApp": true,\n` +
    `${mixed}"owner": "${username}"\n${'\t'.repeat(7)}}`;
  const response = await client.send({
    method: 'POST',
    url: `${(registration === '' ? apim : registration).replace(/\/$/, '')}/client-registration/v0.17/register`,
    headers: {
      Accept: 'application/json',
      Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      'Content-Type': 'application/json',
    },
    body,
  });
  if (response.code !== 200) throw new Reason(`Request didn't respond 200 OK: ${response.status}`);
}

async function register(
  context: Context,
  environment: Environment,
  { username, password }: { username: string; password: string },
): Promise<{ id: string; secret: string }> {
  const { terminal, client } = context;
  const base = environment.registration === '' ? environment.apim : environment.registration;
  const indent = '\t'.repeat(8);
  const body =
    `{"clientName": "rest_api_import_export_${username.replaceAll('@', '_')}",\n` +
    `${indent}  "callbackUrl": "www.google.lk",\n` +
    `${indent}  "grantType":"password refresh_token",\n` +
    `${indent}  "saasApp": true,\n` +
    `${indent}  "owner": "${username}",\n` +
    `${indent}  "tokenScope": "Production"\n` +
    `${'\t'.repeat(7)}     }`;
  const refused = (reason: string): never => {
    terminal.out(`Error occurred while login :  ${reason}\n`);
    throw new Exit(1);
  };
  const response = await client
    .send({
      method: 'POST',
      url: `${base.replace(/\/$/, '')}/client-registration/v0.17/register`,
      headers: {
        Accept: 'application/json',
        Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
        'Content-Type': 'application/json',
      },
      body,
    })
    .catch((error: unknown) => {
      if (error instanceof Reason) fail(terminal, 'Error in connecting.', error.message);
      throw error;
    });
  if (response.code === 401) refused('authorization failed during CLI client registration process');
  if (response.code !== 200) refused(`Request didn't respond 200 OK: ${response.status}`);
  const problem = goJsonProblem(response.body);
  if (problem !== undefined) refused(problem);
  return { id: field(response.body, 'clientId') ?? '', secret: field(response.body, 'clientSecret') ?? '' };
}

/** What Go's encoding/json says about text that is not JSON; undefined for JSON. */
export function goJsonProblem(body: Buffer): string | undefined {
  const text = body.toString('utf8');
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const first = text.trim().charAt(0);
    const begins = first === '' || '{["-0123456789tfn'.includes(first);
    return begins ? 'unexpected end of JSON input' : `invalid character '${first}' looking for beginning of value`;
  }
}

function field(body: Buffer, key: string): string | undefined {
  if (goJsonProblem(body) !== undefined) return undefined;
  const value = (JSON.parse(body.toString('utf8')) as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : undefined;
}
