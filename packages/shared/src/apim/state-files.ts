import { normalText, shortDigest } from './state-definitions.ts';
import type { FactList, NameOf } from './state-facts.ts';
import { documentIn, isTable, textOr } from './table.ts';

/** Parts of a project that other files of this room read. */
const elsewhere =
  /^(?:api|api_product|application)\.(?:ya?ml|json)$|^(?:\w+_meta|deployment_environments)\.(?:ya?ml|json)$|^(?:Definitions|Client-certificates|Endpoint-certificates|APIs)\//;
/** What apictl and editors leave in a project folder, and an import does not read. */
const ignored = /(?:^|\/)(?:\.[^/]+|README(?:\.md)?)$|^(?:api_)?params\.ya?ml$|\/$/;
const documentFile = /^Docs\/([^/]+)\/document\.(?:ya?ml|json)$/;

/** The facts of the other files: documents, image, policies, WSDL, endpoints.yaml. */
export function factsOfFiles(files: ReadonlyMap<string, Buffer>, list: FactList): void {
  const titles = factsOfDocuments(files, list);
  for (const [name, data] of files) {
    if (elsewhere.test(name) || ignored.test(name) || documentFile.test(name)) continue;
    if (name.startsWith('Docs/')) factsOfAttachment(name, data, titles, list);
    else if (name.startsWith('Image/')) list.add('documents', 'image', shortDigest(data));
    else if (name.startsWith('Policies/')) factsOfPolicy(files, name, data, list);
    else if (/^(?:Sequences|SoapToRest)\//.test(name)) list.add('policies', `file ${name}`, digestOfFile(name, data));
    else if (/^endpoints\.(?:ya?ml|json)$/.test(name)) factsOfEndpoints(files, name, list);
    // The server gives it a name of its own.
    else if (/^WSDL\/[^/]+\.wsdl$/i.test(name)) list.add('operations', 'wsdl', digestOfFile(name, data));
    else list.add(name.startsWith('WSDL/') ? 'operations' : 'general', `file ${name}`, digestOfFile(name, data));
  }
}

/** @returns folder → title */
function factsOfDocuments(files: ReadonlyMap<string, Buffer>, list: FactList): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  for (const name of files.keys()) {
    const [, folder] = documentFile.exec(name) ?? [];
    if (folder === undefined) continue;
    const document = documentIn(files, name);
    const data = isTable(document) && isTable(document.data) ? document.data : {};
    const title = textOr(data.name, folder);
    titles.set(folder, title);
    const key = `documents[${title}]`;
    list.add('documents', 'documents', title, { member: title });
    list.flatten(data, { pattern: 'document', path: key, within: key });
  }
  return titles;
}

function factsOfAttachment(name: string, data: Buffer, titles: ReadonlyMap<string, string>, list: FactList): void {
  const [, folder = '', ...rest] = name.split('/');
  const title = titles.get(folder);
  const key = `documents[${title ?? folder}]`;
  const within = title === undefined ? undefined : key;
  list.add('documents', `${key}.file ${rest.join('/')}`, digestOfFile(name, data), { within });
}

const policyLists: Readonly<Record<string, NameOf>> = {
  '*.policyAttributes': (entry) => (typeof entry.name === 'string' ? entry.name : undefined),
};

function factsOfPolicy(files: ReadonlyMap<string, Buffer>, name: string, data: Buffer, list: FactList): void {
  const path = `policy ${name.slice('Policies/'.length)}`;
  const document = /\.(?:ya?ml|json)$/.test(name) ? documentIn(files, name) : undefined;
  const inner = isTable(document) && isTable(document.data) ? document.data : undefined;
  if (inner === undefined) list.add('policies', path, digestOfFile(name, data));
  else list.flatten(inner, { pattern: 'policy', path: path.replace(/\.(?:ya?ml|json)$/, ''), names: policyLists });
}

/** endpoints.yaml (from 4.5 on): several endpoints of an API. */
function factsOfEndpoints(files: ReadonlyMap<string, Buffer>, name: string, list: FactList): void {
  const document = documentIn(files, name);
  const data = isTable(document) ? document.data : document;
  list.flatten(data, {
    pattern: 'endpoint',
    path: 'endpoints',
    names: { endpoint: (entry) => `${textOr(entry.name, '')} (${textOr(entry.deploymentStage, '')})` },
  });
}

/** Line ends and blanks at the end of a line do not count in what is text. */
function digestOfFile(name: string, data: Buffer): string {
  const isText = /\.(?:j2|gotmpl|xml|wsdl|xsd|txt|md|html?|graphql|ya?ml|json|crt|pem)$/i.test(name);
  return shortDigest(isText ? normalText(data.toString('utf8')) : data);
}
