import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Arguments } from './arguments.ts';
import { copyFolder, pack, scratch, temporaryFolder, unpack } from './archives.ts';
import { environmentConfigs, isParamsFile, paramsFileOf, substitute } from './environment-params.ts';
import { Exit, fail, Reason } from './outcome.ts';
import { queryEscape, type GoResponse } from './go-client.ts';
import { devportalUrl, orFail, publisherUrl } from './publisher-search.ts';
import { accessToken, environmentOf, goJsonProblem, type Context } from './session.ts';

/** `import api`: any final 200 or 201 is called a success, whatever stands in it. */
export async function importApi(context: Context, args: Arguments): Promise<void> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  const token = await orFail(context, 'Error while getting an access token for importing API', () =>
    accessToken(context, environment),
  );
  await orFail(context, 'Error importing API', async () => {
    const archive = await prepareArchive(context, args, 'apis');
    const url = `${publisherUrl(context, environment)}/apis/import?${importQuery(args)}`;
    const response = await upload(context, url, token, zipPart(archive));
    if (args.boolean('dry-run')) {
      reportDryRun(context, response, args.text('format'));
      return;
    }
    if (response.code === 200 || response.code === 201) {
      context.terminal.out('Successfully imported API.\n');
      return;
    }
    context.terminal.out(`Status: ${response.status}\nResponse: ${response.body.toString('utf8')}\n`);
    throw new Reason(response.status);
  });
}

/** `import api-product` */
export async function importProduct(context: Context, args: Arguments): Promise<void> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  const token = await orFail(context, 'Error while getting an access token for importing API Product', () =>
    accessToken(context, environment),
  );
  await orFail(context, 'Error importing API Product', async () => {
    const archive = await prepareArchive(context, args, 'api-products');
    const query =
      `preserveProvider=${args.text('preserve-provider')}&rotateRevision=${args.boolean('rotate-revision')}` +
      (args.boolean('import-apis') ? '&importAPIs=true' : '') +
      (args.boolean('update-apis') ? '&overwriteAPIs=true' : '') +
      (args.boolean('update-api-product') ? '&overwriteAPIProduct=true' : '');
    const url = `${publisherUrl(context, environment)}/api-products/import?${query}`;
    tell(context, 'API Product', await upload(context, url, token, zipPart(archive)));
  });
}

/** `import app`: the archive is sent as it is. */
export async function importApplication(context: Context, args: Arguments): Promise<void> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  const token = await orFail(context, 'Error getting OAuth Tokens', () => accessToken(context, environment));
  const file = await orFail(context, 'Error creating request.', () =>
    Promise.resolve().then(() => locate(context, args.text('file'), 'apps')),
  );
  await orFail(context, 'Error importing Application', async () => {
    const query =
      `appOwner=${queryEscape(args.text('owner'))}&preserveOwner=${args.boolean('preserve-owner')}` +
      `&skipSubscriptions=${args.boolean('skip-subscriptions')}&skipApplicationKeys=${args.boolean('skip-keys')}` +
      `&update=${args.boolean('update')}`;
    const part = { name: basename(file), type: 'application/octet-stream', data: readFileSync(file) };
    const url = `${devportalUrl(context, environment)}/applications/import?${query}`;
    tell(context, 'Application', await upload(context, url, token, part, '*/*'));
  });
}

/** @throws Reason for what is no success */
function tell({ terminal }: Context, noun: string, response: GoResponse): void {
  if (response.code === 200 || response.code === 201) {
    terminal.out(`Successfully imported ${noun}.\n`);
    return;
  }
  terminal.out(`Error importing ${noun}.\nStatus: ${response.status}\nResponse: ${response.body.toString('utf8')}\n`);
  throw new Reason(response.status);
}

const BOUNDARY = '7d1c5f0f2ab84d1c9a2e3b4c5d6e7f80';

interface FilePart {
  readonly name: string;
  readonly type: string;
  readonly data: Buffer;
}

function zipPart(data: Buffer): FilePart {
  return { name: `project-artifact${Math.floor(Math.random() * 1e10)}.zip`, type: 'application/zip', data };
}

function upload(
  context: Context,
  url: string,
  token: string,
  part: FilePart,
  accept = 'application/json',
): Promise<GoResponse> {
  const head =
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${part.name}"\r\n` +
    `Content-Type: ${part.type}\r\n\r\n`;
  return context.client.send({
    method: 'POST',
    url,
    headers: {
      Accept: accept,
      Authorization: `Bearer ${token}`,
      'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
    },
    body: Buffer.concat([Buffer.from(head), part.data, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]),
  });
}

function importQuery(args: Arguments): string {
  return (
    (args.boolean('update') ? 'overwrite=true&' : '') +
    `preserveProvider=${args.text('preserve-provider')}&rotateRevision=${args.boolean('rotate-revision')}` +
    (args.boolean('dry-run') ? '&dryRun=true' : '')
  );
}

/** The zip that is uploaded, built in a temporary folder that stays behind empty. */
async function prepareArchive(context: Context, args: Arguments, folder: ExportFolder): Promise<Buffer> {
  const source = locate(context, args.text('file'), folder);
  const temporary = temporaryFolder(context.temporaryFolder);
  let root = basename(source);
  if (statSync(source).isDirectory()) {
    copyFolder(source, join(temporary, root));
  } else {
    const unpacked = await unpack(readFileSync(source), temporary);
    if (!unpacked.valid) throw new Reason('zip: not a valid zip file');
    if (unpacked.root === '') throw new Reason('invalid API archive');
    root = unpacked.root;
  }
  const project = join(temporary, root);
  const packed = join(context.temporaryFolder, `project-artifact${Math.floor(Math.random() * 1e10)}.zip`);
  try {
    if (!statSync(project).isDirectory()) throw new Reason(`stat ${project}/Policies: not a directory`);
    substitutePolicies(join(project, 'Policies'), context.variables);
    if (args.boolean('skip-deployments')) rmSync(join(project, 'deployment_environments.yaml'), { force: true });
    if (args.has('params')) await addParams(context, args, project);
    await pack(project, root, packed);
    chmodSync(packed, 0o600);
    return readFileSync(packed);
  } finally {
    if (!args.boolean('skip-cleanup')) {
      rmSync(packed, { force: true });
      rmSync(project, { recursive: true });
    }
  }
}

type ExportFolder = 'apis' | 'api-products' | 'apps';

function locate(context: Context, file: string, folder: ExportFolder): string {
  const given = resolve(context.workingFolder, file);
  if (existsSync(given)) return given;
  const exported = join(context.config.exported, folder, file);
  if (!existsSync(exported)) throw new Reason(`stat ${exported}: no such file or directory`);
  return exported;
}

function substitutePolicies(folder: string, variables: Context['variables']): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((each) => /\.(j2|gotmpl)$/.test(each))) {
    const path = join(folder, name);
    writeFileSync(path, substitute(readFileSync(path, 'utf8'), variables));
  }
}

/** The project becomes SourceArchive.zip, with the parameters of the one environment beside it. */
async function addParams(context: Context, args: Arguments, project: string): Promise<void> {
  const given = args.text('params');
  const path = resolve(context.workingFolder, given);
  const asFile = isParamsFile(path);
  const paramsPath = asFile ? given : paramsFileOf(path);
  const configs = environmentConfigs(
    resolve(context.workingFolder, paramsPath),
    args.text('environment'),
    context.variables,
  );
  const aside = scratch(context.temporaryFolder);
  try {
    const archive = join(aside, 'SourceArchive.zip');
    await pack(project, 'SourceArchive', archive);
    const zipped = readFileSync(archive);
    rmSync(project, { recursive: true });
    mkdirSync(project);
    writeFileSync(join(project, 'SourceArchive.zip'), zipped);
    const folder = asFile ? project : join(project, 'Deployment');
    if (!asFile) copyFolder(path, folder);
    writeFileSync(join(folder, 'intermediate_params.yaml'), configs);
  } finally {
    rmSync(aside, { recursive: true });
  }
}

function reportDryRun(context: Context, response: GoResponse, format: string): void {
  const { terminal } = context;
  if (response.code !== 200 || goJsonProblem(response.body) !== undefined) {
    terminal.out('Error occurred while validating API\n');
    fail(terminal, 'Error importing API', response.status);
  }
  const answer = JSON.parse(response.body.toString('utf8')) as {
    'compliance-check'?: { result?: string; violations?: unknown[] };
  };
  const check = answer['compliance-check'];
  if (check?.result !== 'fail') {
    terminal.out('No violations found for the API');
    return;
  }
  if (format === 'json') {
    terminal.out(`${JSON.stringify(check.violations, null, 2)}\n`);
    return;
  }
  if (format !== 'table' && format !== 'list') return;
  throw new Exit(0);
}
