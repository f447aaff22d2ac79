/** The API server of a kubeconfig, as plainly as the lab needs it: a bearer token, a certificate authority in the file. */
import { readFileSync } from 'node:fs';
import http, { type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import type { CommandLine } from './flags.ts';

export interface Cluster {
  readonly server: URL;
  readonly token: string;
  /** PEM; undefined for plain HTTP or a well-known authority. */
  readonly ca: string | undefined;
  readonly namespace: string;
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** What kubectl prints on standard error before it ends with exit code 1. */
export class KubectlError extends Error {}

interface Kubeconfig {
  readonly 'current-context'?: string;
  readonly contexts?: readonly { name: string; context: { cluster: string; user: string; namespace?: string } }[];
  readonly clusters?: readonly { name: string; cluster: { server: string; 'certificate-authority-data'?: string } }[];
  readonly users?: readonly { name: string; user: { token?: string } }[];
}

interface Chosen {
  readonly name: string;
  readonly context: NonNullable<Kubeconfig['contexts']>[number]['context'];
  readonly cluster: NonNullable<Kubeconfig['clusters']>[number]['cluster'];
  readonly token: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

function chosenOf({ flags }: CommandLine, variables: Variables): Chosen | string {
  const path = flags.get('kubeconfig') ?? variables.KUBECONFIG;
  if (path === undefined) throw new KubectlError('error: no kubeconfig was given to the stand-in of kubectl');
  const config = parseYaml(readFileSync(path, 'utf8')) as Kubeconfig;
  const name = flags.get('context') ?? config['current-context'] ?? '';
  const context = config.contexts?.find((one) => one.name === name)?.context;
  const cluster = config.clusters?.find((one) => one.name === context?.cluster)?.cluster;
  if (context === undefined || cluster === undefined) return name;
  const token = config.users?.find((one) => one.name === context.user)?.user.token ?? '';
  return { name, context, cluster, token };
}

/** The cluster that the flags and the kubeconfig name. @throws KubectlError */
export function clusterOf(line: CommandLine, variables: Variables): Cluster {
  const chosen = chosenOf(line, variables);
  if (typeof chosen === 'string') throw new KubectlError(`error: context "${chosen}" does not exist`);
  const { context, cluster, token } = chosen;
  const authority = cluster['certificate-authority-data'];
  return {
    server: new URL(cluster.server),
    ca: authority === undefined ? undefined : Buffer.from(authority, 'base64').toString('utf8'),
    token,
    namespace: line.flags.get('namespace') ?? context.namespace ?? 'default',
  };
}

/** `kubectl config view --minify`: the chosen context and what it refers to, credentials left out. @throws KubectlError */
export function viewOf(line: CommandLine, variables: Variables): object {
  const chosen = chosenOf(line, variables);
  if (typeof chosen === 'string') throw new KubectlError(`error: cannot locate context ${chosen}`);
  const { name, context, cluster } = chosen;
  return {
    kind: 'Config',
    apiVersion: 'v1',
    clusters: [
      { name: context.cluster, cluster: { server: cluster.server, 'certificate-authority-data': 'DATA+OMITTED' } },
    ],
    users: [{ name: context.user, user: { token: 'REDACTED' } }],
    contexts: [{ name, context }],
    'current-context': name,
  };
}

/** Opens a request to the API server with the credentials added. */
export function send(
  cluster: Cluster,
  method: string,
  path: string,
  headers: OutgoingHttpHeaders,
  answered: (response: IncomingMessage) => void,
): ClientRequest {
  const options = { method, headers: { ...headers, authorization: `Bearer ${cluster.token}` } };
  const url = new URL(path, cluster.server);
  return url.protocol === 'https:'
    ? https.request(url, cluster.ca === undefined ? options : { ...options, ca: cluster.ca }, answered)
    : http.request(url, options, answered);
}

/** One call of the API. Any status is an answer. @throws KubectlError when the server is not there */
export function call(
  cluster: Cluster,
  method: string,
  path: string,
  body?: { readonly type: string; readonly text: string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const content =
      body === undefined ? {} : { 'content-type': body.type, 'content-length': String(Buffer.byteLength(body.text)) };
    const sent = send(cluster, method, path, { accept: 'application/json', ...content }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> });
      });
    });
    sent.on('error', () =>
      reject(
        new KubectlError(
          `The connection to the server ${cluster.server.host} was refused - did you specify the right host or port?`,
        ),
      ),
    );
    sent.end(body?.text);
  });
}

/** The body of a good answer. @throws KubectlError with the server's own words in kubectl's form */
export function accepted({ status, body }: Answer): Record<string, unknown> {
  if (status < 300) return body;
  const { reason, message } = body as { reason?: string; message?: string };
  if (status === 422 && message !== undefined) {
    const [object, ...why] = message.split(' is invalid: ');
    throw new KubectlError(`The ${kindFirst(object ?? '')} is invalid: ${why.join(' is invalid: ')}`);
  }
  if (reason === 'Conflict' && message?.startsWith('Apply failed') === true) {
    throw new KubectlError(
      `error: ${message}\nPlease review the fields above--they currently have other managers. Here are the ways you can resolve this warning:`,
    );
  }
  throw new KubectlError(`Error from server (${reason ?? status}): ${message ?? ''}`);
}

function kindFirst(object: string): string {
  return object.replace(/^([A-Za-z]+)\S* /, '$1 ');
}
