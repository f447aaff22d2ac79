import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Arguments } from './arguments.ts';
import { copyFolder, pack, scratch, temporaryFolder, unpack } from './archives.ts';
import { environmentConfigs, isParamsFile, paramsFileOf, substitute } from './environment-params.ts';
import { Exit, fail, Reason } from './outcome.ts';
import { orFail, publisherUrl } from './publisher-search.ts';
import { accessToken, environmentOf, goJsonProblem, type Context } from './session.ts';

/** `import api`: any final 200 or 201 is called a success, whatever stands in it. */
export async function importApi(context: Context, args: Arguments): Promise<void> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  const token = await orFail(context, 'Error while getting an access token for importing API', () =>
    accessToken(context, environment),
  );
  await orFail(context, 'Error importing API', async () => {
    const archive = await prepareArchive(context, args);
    const response = await context.client.send({
      method: 'POST',
      url: `${publisherUrl(context, environment)}/apis/import?${importQuery(args)}`,
      headers: {
        Accept: 'application/json',
        Authorization: `Bearer ${token}`,
        'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
      },
      body: multipart(archive),
    });
    const words = response.body.toString('utf8');
    if (args.boolean('dry-run')) {
      reportDryRun(context, response, args.text('format'));
      return;
    }
    if (response.code === 200 || response.code === 201) {
      context.terminal.out('Successfully imported API.\n');
      return;
    }
    context.terminal.out(`Status: ${response.status}\nResponse: ${words}\n`);
    throw new Reason(response.status);
  });
}

const BOUNDARY = '7d1c5f0f2ab84d1c9a2e3b4c5d6e7f80';

function importQuery(args: Arguments): string {
  return (
    (args.boolean('update') ? 'overwrite=true&' : '') +
    `preserveProvider=${args.text('preserve-provider')}&rotateRevision=${args.boolean('rotate-revision')}` +
    (args.boolean('dry-run') ? '&dryRun=true' : '')
  );
}

/** The zip that is uploaded, built in a temporary folder that stays behind empty. */
async function prepareArchive(context: Context, args: Arguments): Promise<Buffer> {
  const source = locate(context, args.text('file'));
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
  const upload = join(context.temporaryFolder, `project-artifact${Math.floor(Math.random() * 1e10)}.zip`);
  try {
    if (!statSync(project).isDirectory()) throw new Reason(`stat ${project}/Policies: not a directory`);
    substitutePolicies(join(project, 'Policies'), context.variables);
    if (args.boolean('skip-deployments')) rmSync(join(project, 'deployment_environments.yaml'), { force: true });
    if (args.has('params')) await addParams(context, args, project);
    await pack(project, root, upload);
    chmodSync(upload, 0o600);
    return readFileSync(upload);
  } finally {
    if (!args.boolean('skip-cleanup')) {
      rmSync(upload, { force: true });
      rmSync(project, { recursive: true });
    }
  }
}

function locate(context: Context, file: string): string {
  const given = resolve(context.workingFolder, file);
  if (existsSync(given)) return given;
  const exported = join(context.config.exported, 'apis', file);
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

function multipart(archive: Buffer): Buffer {
  const name = `project-artifact${Math.floor(Math.random() * 1e10)}.zip`;
  const head =
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n` +
    'Content-Type: application/zip\r\n\r\n';
  return Buffer.concat([Buffer.from(head), archive, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}

function reportDryRun(
  context: Context,
  response: { code: number; status: string; body: Buffer },
  format: string,
): void {
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
