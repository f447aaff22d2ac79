import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyZip, pack, temporaryFolder, unpack } from './archives.ts';
import type { GoResponse } from './go-client.ts';
import { fail, Reason } from './outcome.ts';
import { accessToken, environmentOf, type Context } from './session.ts';

/** What is exported, in the words and places of one command. */
export interface Exported {
  readonly environment: string;
  /** Before the reason of a token that was not given, on stdout, with exit code 0. */
  readonly tokenFailure: string;
  readonly url: string;
  /** Below the folder of exports. */
  readonly folder: 'apis' | 'api-products' | 'apps';
  readonly file: string;
  readonly meta: { readonly name: string; readonly text: string };
  /** "API", "API Product", "Application". */
  readonly noun: string;
  /** What stdout says for an answer that is no 200. */
  readonly refusal: (response: GoResponse) => string;
}

/** Exports with exit code 0 whatever the server answers, unless it is a 200 without a zip. */
export async function saveExport(context: Context, what: Exported): Promise<void> {
  const { terminal, client, config } = context;
  environmentOf(context, what.environment);
  let token: string;
  try {
    token = await accessToken(context, what.environment);
  } catch (error) {
    if (!(error instanceof Reason)) throw error;
    terminal.out(`${what.tokenFailure}:${error.message}\n`);
    return;
  }
  const headers = { Accept: 'application/zip', Authorization: `Bearer ${token}` };
  const response = await client.send({ method: 'GET', url: what.url, headers }).catch((error: unknown) => {
    if (error instanceof Reason) fail(terminal, 'Error while exporting', error.message);
    throw error;
  });
  if (response.code !== 200) {
    terminal.out(`${what.refusal(response)}\n`);
    return;
  }

  const folder = join(config.exported, what.folder, what.environment);
  const target = join(folder, what.file);
  writeFileSync(join(temporaryFolder(context.temporaryFolder), what.file), response.body);
  const unpacked = temporaryFolder(context.temporaryFolder);
  const { root } = await unpack(response.body, unpacked);
  const base = root === '' ? context.workingFolder : join(unpacked, root);
  writeFileSync(join(base, what.meta.name), what.meta.text);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(target, emptyZip());
  } catch {
    fail(terminal, 'Error creating the final zip archive', `open ${target}: not a directory`);
  }
  if (root === '') fail(terminal, 'Error creating the final zip archive', 'stat : no such file or directory');
  await pack(base, root, target);
  terminal.out(`Successfully exported ${what.noun}!\n`);
  if (existsSync(target)) terminal.out(`Find the exported ${what.noun} at ${target}\n`);
}

/** How the publisher's refusals are told: on a 500 the body alone. */
export function publisherRefusal(noun: string): Exported['refusal'] {
  return ({ code, status, body }) => {
    const words = body.toString('utf8');
    return code === 500 ? words : `Error exporting ${noun}: ${status} \n ${words}`;
  };
}
