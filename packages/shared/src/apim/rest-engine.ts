import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Body, Files } from '../base/ports.ts';
import { formatYaml } from '../formats/yaml.ts';
import type { ImportFlags, RevisionChoice } from './apictl.ts';
import type { ApimClient } from './apim-client.ts';
import { readArchive, requireApi, type ApiProject } from './archive.ts';
import type { Engine } from './engine.ts';
import { notApim } from './publisher-answer.ts';
import { Publisher } from './publisher.ts';
import { writeUpload } from './upload.ts';

/** The calls that apictl makes, without its process: one token for all, connections kept alive, failures by status. */
export class RestEngine implements Engine {
  readonly name = 'rest';
  readonly #clients: ReadonlyMap<string, ApimClient>;
  /** 0700, removed at the end of the action. */
  readonly #folder: string;

  private constructor(clients: ReadonlyMap<string, ApimClient>, folder: string) {
    this.#clients = clients;
    this.#folder = folder;
  }

  /** @param clients one for each environment that is exported from or imported into */
  static async open(clients: readonly ApimClient[], { files }: { readonly files: Files }): Promise<RestEngine> {
    const named = new Map(clients.map((client) => [client.environment.name, client]));
    return new RestEngine(named, await files.privateFolder('rest'));
  }

  async export(name: string, apiVersion: string, environment: string, revision: RevisionChoice): Promise<ApiProject> {
    const publisher = new Publisher(this.#client(environment));
    const archive = await publisher.export(name, apiVersion, { revision, credentials: false });
    const shown = `the export of ${name}:${apiVersion} from ${environment}`;
    const project = await readArchive(archive, shown);
    requireApi(project, name, apiVersion, shown);
    return { ...project, files: new Map(project.files).set('api_meta.yaml', metaOf(name, apiVersion)) };
  }

  async import(archive: string, shown: string, environment: string, flags: ImportFlags): Promise<void> {
    const client = this.#client(environment);
    const scratch = await this.scratch('upload');
    try {
      const upload = await writeUpload({ archive, shown, environment, params: flags.params }, scratch);
      const query = `${flags.update ? 'overwrite=true&' : ''}preserveProvider=${flags.preserveProvider}&rotateRevision=false`;
      const doing = `import ${shown}`;
      const answer = await client.call({
        method: 'POST',
        url: `${client.environment.publisher}/api/am/publisher/v4/apis/import?${query}`,
        doing,
        content: await multipart(upload, basename(scratch)),
      });
      // API Manager answers in words or with JSON: a page is a proxy's or a login's.
      if (![200, 201].includes(answer.status) || /^\s*</.test(answer.text())) {
        throw notApim('POST', answer, client.shown, doing);
      }
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  async scratch(name: string): Promise<string> {
    return mkdtemp(join(this.#folder, `${name}-`));
  }

  #client(environment: string): ApimClient {
    const client = this.#clients.get(environment);
    if (client === undefined) throw new Error(`the engine was not opened for ${environment}`);
    return client;
  }
}

/** What apictl adds to every export. */
function metaOf(name: string, version: string): Buffer {
  const flags = { preserveProvider: true, rotateRevision: false, update: true };
  return Buffer.from(formatYaml({ deploy: { import: flags }, name, version }), 'utf8');
}

/** A form with the archive as its one part, read from the file each time that it is sent. */
async function multipart(archive: string, unique: string): Promise<{ type: string; data: Body }> {
  const boundary = `wso2-delivery-${unique}`;
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="project-artifact-${unique}.zip"\r\n` +
      'Content-Type: application/zip\r\n\r\n',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const { size } = await stat(archive);
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield head;
    yield* createReadStream(archive) as AsyncIterable<Uint8Array>;
    yield tail;
  };
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    data: { length: head.length + size + tail.length, open },
  };
}
