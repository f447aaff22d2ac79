/** What is attached to an image, as other tools find and read it: in a registry with the referrers API and in one without. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { type LabRegistry, startRegistry } from '@wso2-delivery/lab/registry/registry';
import { root, workspace, type Workspace } from '../support/build-mi.ts';
import { type DockerRegistry, startDockerRegistry } from '../support/docker-registry.ts';
import { problemsOfStatement } from '../support/slsa-statement.ts';
import { problemsOfBill } from '../support/cyclonedx-schema.ts';
import { findTool, testWith } from '../support/tools.ts';

const tools = ['docker-registry', 'oras', 'crane'];
const test = testWith(...tools);
const ready = tools.every((tool) => findTool(tool) !== undefined);
const patience = 60_000;
const CAR = 'employee-service_1.0.0.car';

const SBOM = 'application/vnd.cyclonedx+json';
const STATEMENT = 'application/vnd.in-toto+json';

let folder: string;
let lab: LabRegistry;
let docker: DockerRegistry;
let work: Workspace;
/** repository@digest of the same image in both. */
let images: Readonly<Record<string, string>>;

/** What a tool prints, JSON. */
async function ask(tool: string, ...args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(findTool(tool) ?? '', args, { maxBuffer: 16 * 1024 * 1024 });
  return JSON.parse(stdout);
}

beforeAll(async () => {
  if (!ready) return;
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'referrers-')));
  lab = await startRegistry();
  docker = await startDockerRegistry(folder, '', 'in memory');
  await seedMicroIntegratorBase(lab, { repository: 'wso2/wso2mi', tag: '4.4.0' });
  const variables = {
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_RUN_ID: '7',
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/ship.yml@refs/heads/main',
  };
  work = workspace({ variables });
  work.copy(join(root, 'examples/employee-service/prebuilt', CAR), `built/${CAR}`);
  const pushed = ['with the referrers API', 'without it'].map(async (name, index) => {
    const host = [lab.host, docker.host][index] ?? '';
    const { outputs, failure } = await work.run({
      cars: `built/${CAR}`,
      'base-image': `${lab.host}/wso2/wso2mi:4.4.0`,
      image: `${host}/acme/employees`,
      tags: '1.0.0',
      sbom: 'true',
      provenance: 'true',
    });
    expect(failure).toBeUndefined();
    return [name, outputs.image ?? ''] as const;
  });
  images = Object.fromEntries(await Promise.all(pushed));
}, patience);
afterAll(async () => {
  if (!ready) return;
  work.ports.dispose();
  docker.process.kill();
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Discovered {
  readonly referrers?: readonly {
    readonly digest: string;
    readonly artifactType: string;
    readonly annotations?: object;
  }[];
}
interface Attached {
  readonly annotations: Readonly<Record<string, string>>;
}

describe.each(['with the referrers API', 'without it'])('in a registry %s', (name) => {
  const discover = (image: string, ...args: string[]) =>
    ask('oras', 'discover', '--plain-http', '--format', 'json', ...args, image) as Promise<Discovered>;

  test(
    'oras finds both beside the image, each by its type',
    async () => {
      const image = images[name] ?? '';
      const { referrers = [] } = await discover(image);
      expect(referrers.map(({ artifactType }) => artifactType).sort()).toEqual([SBOM, STATEMENT]);
      for (const type of [SBOM, STATEMENT]) {
        const found = await discover(image, '--artifact-type', type);
        expect(found.referrers?.map(({ artifactType }) => artifactType)).toEqual([type]);
      }
    },
    patience,
  );

  test(
    'each names the image as its subject, and is pulled as the one document that it is called after',
    async () => {
      const image = images[name] ?? '';
      const [repository = '', digest = ''] = image.split('@');
      const subject = await ask('oras', 'manifest', 'fetch', '--plain-http', '--descriptor', image);
      const files: string[] = [];
      for (const { digest: found, artifactType } of (await discover(image)).referrers ?? []) {
        const place = `${repository}@${found}`;
        const manifest = (await ask('oras', 'manifest', 'fetch', '--plain-http', place)) as Attached;
        expect(manifest).toMatchObject({ artifactType, subject, layers: [{ mediaType: artifactType }] });
        const pulled = mkdtempSync(join(folder, 'pulled-'));
        await ask('oras', 'pull', '--plain-http', '--format', 'json', '--output', pulled, place);
        const [file = ''] = readdirSync(pulled);
        files.push(file);
        const document = JSON.parse(readFileSync(join(pulled, file), 'utf8')) as { predicateType?: string };
        if (artifactType === SBOM) {
          expect(problemsOfBill(document)).toEqual([]);
        } else {
          expect(problemsOfStatement(document)).toEqual([]);
          expect(manifest.annotations).toMatchObject({ 'in-toto.io/predicate-type': document.predicateType });
          expect(document).toMatchObject({ subject: [{ digest: { sha256: digest.slice('sha256:'.length) } }] });
        }
      }
      expect(files.sort()).toEqual(['provenance.intoto.json', 'sbom.cdx.json']);
    },
    patience,
  );
});
