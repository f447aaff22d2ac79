import { shortDigest } from './state-definitions.ts';
import type { FactList } from './state-facts.ts';
import { documentIn, isTable, tablesOf, textOr } from './table.ts';

const lists =
  /^(Client|Endpoint)-certificates\/(?:(?:PRODUCTION|SANDBOX)\/)?(?:client|endpoint)_certificates\.(?:ya?ml|json)$/;

/** The certificates of a project, by alias: what they are for, and which they are. */
export function factsOfCertificates(files: ReadonlyMap<string, Buffer>, list: FactList): void {
  for (const name of files.keys()) {
    const [, side] = lists.exec(name) ?? [];
    if (side === undefined) continue;
    const folder = name.slice(0, name.lastIndexOf('/'));
    const sandbox = folder.endsWith('/SANDBOX');
    const document = documentIn(files, name);
    if (document === undefined) list.add('certificates', `file ${name}`, shortDigest(files.get(name) ?? ''));
    for (const entry of tablesOf(isTable(document) ? document.data : document)) {
      const alias = textOr(entry.alias, '');
      const path = side === 'Client' ? 'clientCertificates' : 'endpointCertificates';
      const key = `${path}[${alias}]`;
      list.add('certificates', path, alias, { member: alias });
      const tell = (what: string, value: unknown): void => {
        const text = textOr(value, '');
        if (text !== '') list.add('certificates', `${key}.${what}`, text, { within: key });
      };
      tell('tier', entry.tierName);
      tell('endpoint', entry.endpoint ?? entry.hostName);
      tell('keyType', entry.keyType ?? (sandbox ? 'SANDBOX' : side === 'Client' ? 'PRODUCTION' : undefined));
      tell('certificate', certificateIn(files, folder, textOr(entry.certificate, '')));
    }
  }
}

/** A digest of the certificate: the list names a file beside it, or has the certificate itself. */
function certificateIn(files: ReadonlyMap<string, Buffer>, folder: string, given: string): string {
  const text = files.get(`${folder}/${given}`)?.toString('latin1') ?? given;
  const body = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END/.exec(text)?.[1] ?? text;
  return body === '' ? '' : shortDigest(body.replace(/\s+/g, ''));
}
