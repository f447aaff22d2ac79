import type { Arguments } from './arguments.ts';
import { queryEscape } from './go-client.ts';
import { devportalUrl, publisherUrl } from './publisher-search.ts';
import { publisherRefusal, saveExport } from './save-export.ts';
import { environmentOf, type Context } from './session.ts';

/** `export api` */
export async function exportApi(context: Context, args: Arguments): Promise<void> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  const name = args.text('name');
  const version = args.text('version');
  const revision = args.has('rev') ? `&revisionNumber=${args.text('rev')}` : '';
  const query =
    `name=${queryEscape(name)}&version=${version}&providerName=${args.text('provider')}` +
    `&preserveStatus=${args.text('preserve-status')}&preserveCredentials=${args.boolean('preserve-credentials')}` +
    `&format=${args.text('format')}${revision}${args.boolean('latest') ? '&latestRevision=true' : ''}`;
  await saveExport(context, {
    environment,
    tokenFailure: 'Error getting OAuth tokens while exporting API',
    url: `${publisherUrl(context, environment)}/apis/export?${query}`,
    folder: 'apis',
    file: `${name}_${version}.zip`,
    meta: {
      name: 'api_meta.yaml',
      text: metaText({ preserveProvider: true, rotateRevision: false, update: true }, { name, version }),
    },
    noun: 'API',
    refusal: publisherRefusal('API'),
  });
}

/** `export api-product` */
export async function exportProduct(context: Context, args: Arguments): Promise<void> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  const name = args.text('name');
  const version = args.text('version');
  const revision = args.has('rev') ? `&revisionNumber=${args.text('rev')}` : '';
  const query =
    `name=${queryEscape(name)}&version=${version}&providerName=${args.text('provider')}` +
    `&preserveStatus=${args.text('preserve-status')}${revision}${args.boolean('latest') ? '&latestRevision=true' : ''}` +
    `&format=${args.text('format')}`;
  await saveExport(context, {
    environment,
    tokenFailure: 'Error getting OAuth tokens while exporting API Product',
    url: `${publisherUrl(context, environment)}/api-products/export?${query}`,
    folder: 'api-products',
    file: `${name}_${version}.zip`,
    meta: {
      name: 'api_product_meta.yaml',
      text: metaText(
        { importApis: true, preserveProvider: true, rotateRevision: false, updateApiProduct: true },
        { name, version },
      ),
    },
    noun: 'API Product',
    refusal: publisherRefusal('API Product'),
  });
}

/** `export app` */
export async function exportApplication(context: Context, args: Arguments): Promise<void> {
  const environment = args.text('environment');
  environmentOf(context, environment);
  const name = args.text('name');
  const owner = args.text('owner');
  const query =
    `appName=${queryEscape(name)}&appOwner=${queryEscape(owner)}&format=${args.text('format')}` +
    (args.boolean('with-keys') ? '&withKeys=true' : '');
  await saveExport(context, {
    environment,
    tokenFailure: 'Error exporting Application',
    url: `${devportalUrl(context, environment)}/applications/export?${query}`,
    folder: 'apps',
    file: `${owner.replaceAll('/', '#')}_${name}.zip`,
    meta: {
      name: 'application_meta.yaml',
      text: metaText({ preserveOwner: true, skipKeys: true, skipSubscriptions: false, update: true }, { name, owner }),
    },
    noun: 'Application',
    refusal: ({ body }) => `Error ${body.toString('utf8')}`,
  });
}

function metaText(flags: Readonly<Record<string, boolean>>, names: Readonly<Record<string, string>>): string {
  const listed = Object.entries(flags).map(([flag, value]) => `    ${flag}: ${value}\n`);
  const named = Object.entries(names).map(([key, value]) => `${key}: ${value}\n`);
  return `deploy:\n  import:\n${listed.join('')}${named.join('')}`;
}
