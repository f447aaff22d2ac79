import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Arguments } from './arguments.ts';
import { emptyZip, pack, temporaryFolder, unpack } from './archives.ts';
import { queryEscape } from './go-client.ts';
import { fail, Reason } from './outcome.ts';
import { publisherUrl } from './publisher-search.ts';
import { accessToken, environmentOf, type Context } from './session.ts';

/** `export api`: exit code 0 whatever the server answers, unless it is a 200 without a zip. */
export async function exportApi(context: Context, args: Arguments): Promise<void> {
  const { terminal, client, config } = context;
  const environment = args.text('environment');
  environmentOf(context, environment);
  let token: string;
  try {
    token = await accessToken(context, environment);
  } catch (error) {
    if (!(error instanceof Reason)) throw error;
    terminal.out(`Error getting OAuth tokens while exporting API:${error.message}\n`);
    return;
  }
  const name = args.text('name');
  const version = args.text('version');
  const url = `${publisherUrl(context, environment)}/apis/export?${exportQuery(args)}`;
  const headers = { Accept: 'application/zip', Authorization: `Bearer ${token}` };
  const response = await client.send({ method: 'GET', url, headers }).catch((error: unknown) => {
    if (error instanceof Reason) fail(terminal, 'Error while exporting', error.message);
    throw error;
  });
  const words = response.body.toString('utf8');
  if (response.code === 500) {
    terminal.out(`${words}\n`);
    return;
  }
  if (response.code !== 200) {
    terminal.out(`Error exporting API: ${response.status} \n ${words}\n`);
    return;
  }

  const folder = join(config.exported, 'apis', environment);
  const file = `${name}_${version}.zip`;
  const target = join(folder, file);
  writeFileSync(join(temporaryFolder(context.temporaryFolder), file), response.body);
  const unpacked = temporaryFolder(context.temporaryFolder);
  const { root } = await unpack(response.body, unpacked);
  const base = root === '' ? context.workingFolder : join(unpacked, root);
  writeFileSync(join(base, 'api_meta.yaml'), metaData(name, version));
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(target, emptyZip());
  } catch {
    fail(terminal, 'Error creating the final zip archive', `open ${target}: not a directory`);
  }
  if (root === '') fail(terminal, 'Error creating the final zip archive', 'stat : no such file or directory');
  await pack(base, root, target);
  terminal.out('Successfully exported API!\n');
  if (existsSync(target)) terminal.out(`Find the exported API at ${target}\n`);
}

function exportQuery(args: Arguments): string {
  const query =
    `name=${queryEscape(args.text('name'))}&version=${args.text('version')}&providerName=${args.text('provider')}` +
    `&preserveStatus=${args.text('preserve-status')}&preserveCredentials=${args.boolean('preserve-credentials')}` +
    `&format=${args.text('format')}`;
  const revision = args.has('rev') ? `&revisionNumber=${args.text('rev')}` : '';
  return query + revision + (args.boolean('latest') ? '&latestRevision=true' : '');
}

function metaData(name: string, version: string): string {
  const flags = '    preserveProvider: true\n    rotateRevision: false\n    update: true\n';
  return `deploy:\n  import:\n${flags}name: ${name}\nversion: ${version}\n`;
}
