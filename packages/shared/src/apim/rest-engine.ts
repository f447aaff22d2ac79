import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Body, Files } from '../base/ports.ts';
import { formatYaml } from '../formats/yaml.ts';
import type { ExportedKind, ImportFlags, RevisionChoice } from './apictl.ts';
import type { ApimClient } from './apim-client.ts';
import { skippedIn } from './applications.ts';
import { readArchive, requireApi, type ApiProject } from './archive.ts';
import type { Engine } from './engine.ts';
import { notApim } from './publisher-answer.ts';
import { exportArchive } from './publisher.ts';
import { importCall, metaOf } from './rest-calls.ts';
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

  async export(
    name: string,
    apiVersion: string,
    environment: string,
    revision: RevisionChoice,
    of: ExportedKind = {},
  ): Promise<ApiProject> {
    const wish = { name, version: apiVersion, revision, ...of };
    const archive = await exportArchive(this.#client(environment), wish);
    const shown = `the export of ${name}:${apiVersion} from ${environment}`;
    const project = await readArchive(archive, shown);
    requireApi(project, name, apiVersion, shown, of.kind ?? 'api');
    const { file, data } = metaOf(wish);
    return { ...project, files: new Map(project.files).set(file, Buffer.from(formatYaml(data), 'utf8')) };
  }

  async import(archive: string, shown: string, environment: string, flags: ImportFlags): Promise<void> {
    const client = this.#client(environment);
    const scratch = await this.scratch('upload');
    try {
      const { kind = 'api', params } = flags;
      // An application goes as it is.
      const upload =
        kind === 'application' ? archive : await writeUpload({ archive, shown, environment, params }, scratch);
      const doing = `import ${shown}`;
      const unique = basename(scratch);
      const part =
        kind === 'application'
          ? { filename: basename(archive), type: 'application/octet-stream' }
          : { filename: `project-artifact-${unique}.zip`, type: 'application/zip' };
      const content = await multipart(upload, unique, part);
      const answer = await client.call({ method: 'POST', ...importCall(flags, client.environment), doing, content });
      const words = answer.text();
      const skipped = answer.status === 207 ? skippedIn(`207 Multi-Status\n${words}`, shown) : undefined;
      if (skipped !== undefined) throw skipped;
      // API Manager answers in words or with JSON: a page is a proxy's or a login's.
      if (![200, 201].includes(answer.status) || /^\s*</.test(words)) {
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

/** A form with the archive as its one part, read from the file each time that it is sent. */
async function multipart(
  archive: string,
  unique: string,
  part: { readonly filename: string; readonly type: string },
): Promise<{ type: string; data: Body }> {
  const boundary = `wso2-delivery-${unique}`;
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${part.filename}"\r\n` +
      `Content-Type: ${part.type}\r\n\r\n`,
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
