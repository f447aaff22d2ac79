import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ServiceError, ToolError, VerificationError } from '@wso2-delivery/shared/base/errors';
import type { Exec } from '@wso2-delivery/shared/base/ports';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import { startRegistry, type LabRegistry } from '@wso2-delivery/lab/registry/registry';
import { fixtures, root, workspace, type Workspace } from '../../../support/build-mi.ts';

/** A Maven that says what the recorded one said and leaves what it left. */
function recordedMaven(name: string, exitCode: number): Exec & { readonly calls: (readonly string[])[] } {
  const calls: (readonly string[])[] = [];
  return {
    calls,
    run: ({ command, args, cwd = '', onLine }) => {
      calls.push([command, ...args]);
      const text = readFileSync(join(fixtures, name, 'console.log'), 'utf8');
      for (const line of text.split('\n')) onLine?.(line, 'stdout');
      const cars = readdirSync(join(fixtures, name)).filter((file) => file.endsWith('.car'));
      if (cars.length > 0) mkdirSync(join(cwd, 'target'), { recursive: true });
      for (const car of cars) copyFileSync(join(fixtures, name, car), join(cwd, 'target', car));
      return Promise.resolve({ exitCode, signal: null, stdout: text, stderr: '', truncated: false, durationMs: 4000 });
    },
    start: () => Promise.reject(new Error('nothing is started here')),
  };
}

let scripts: string;
let registry: LabRegistry;
let base: string;
beforeAll(async () => {
  scripts = mkdtempSync(join(tmpdir(), 'build-mi-scripts-'));
  registry = await startRegistry();
  await seedMicroIntegratorBase(registry, { repository: 'wso2/wso2mi', tag: '4.2.0', version: '4.2.0' });
  base = `${registry.host}/wso2/wso2mi:4.2.0`;
});
afterAll(async () => {
  rmSync(scripts, { recursive: true });
  await registry.close();
});

let work: Workspace;
afterEach(() => work.ports.dispose());

function recorded(name: string, exitCode = 0): Workspace {
  work = workspace({ exec: recordedMaven(name, exitCode) });
  work.copy(join(fixtures, name, 'project'));
  return work;
}

describe('a build', () => {
  test('that is good gives the carbon application and says that it is the same as its sources', async () => {
    const { outputs, failure } = await recorded('ok').run();
    expect(failure).toBeUndefined();
    expect(outputs).toMatchObject({ cars: 'target/hello_1.0.0.car', image: undefined });
    expect(JSON.parse(outputs.carbonApplications ?? '')).toEqual([
      {
        name: 'hello',
        version: '1.0.0',
        artifacts: [
          { name: 'HelloAPI', version: '1.0.0', type: 'synapse/api' },
          { name: 'BackendEP', version: '1.0.0', type: 'synapse/endpoint' },
          { name: 'HelloSeq', version: '1.0.0', type: 'synapse/sequence' },
        ],
      },
    ]);
    expect(work.ports.markdown()).toContain('The same as its sources.');
    expect(work.ports.annotations).toEqual([]);
  });

  test('that Maven calls a success is a failure when an artifact is broken', async () => {
    const { outputs, failure } = await recorded('malformed_root_tag').run();
    expect(failure).toBeInstanceOf(VerificationError);
    expect(failure).toMatchObject({
      code: 'CAR_DIFFERS',
      location: { file: 'src/main/wso2mi/artifacts/sequences/HelloSeq.xml', line: 2 },
    });
    expect(outputs.cars).toBe('target/hello_1.0.0.car');
    expect(work.ports.annotations).toMatchObject([{ level: 'error', line: 2 }]);
    expect(work.ports.markdown()).toContain('is not well-formed XML');
  });

  test('passes with a warning when the workflow says so, and silently when the check is off', async () => {
    expect((await recorded('malformed_root_tag').run({ check: 'warn' })).failure).toBeUndefined();
    expect(work.ports.annotations).toMatchObject([{ level: 'warning' }]);
    work.ports.dispose();
    expect((await recorded('malformed_root_tag').run({ check: 'off' })).failure).toBeUndefined();
    expect(work.ports.annotations).toEqual([]);
  });

  test('without a connector that its pom asks for fails, although the outer Maven succeeded', async () => {
    const { failure } = await recorded('connector_unresolvable').run();
    expect(failure).toBeInstanceOf(ToolError);
    expect(failure).toMatchObject({ code: 'MAVEN_NESTED_BUILD_FAILED' });
  });

  test('that leaves no carbon application says why', async () => {
    const { failure } = await recorded('no_goal').run();
    expect(failure).toMatchObject({ code: 'CAR_NOT_BUILT' });
    expect((failure as Error).message).toContain(
      "No goal 'car' ran: no pom binds it to a phase that 'clean install' reaches.",
    );
  });

  test.each([
    ['plugin_version_missing', 'MAVEN_PLUGIN_NOT_FOUND'],
    ['registry_artifact_xml_malformed', 'MAVEN_CAR_PLUGIN_FAILED'],
    ['sequence_in_apis', 'MAVEN_CAR_PLUGIN_FAILED'],
  ])('that fails names the cause: %s', async (name, code) => {
    const { failure } = await recorded(name, 1).run();
    expect(failure).toMatchObject({ code, exitCode: 1 });
  });

  test('of a pom that cannot be read does not start Maven', async () => {
    work = recorded('pom_malformed', 1);
    const { failure } = await work.run();
    expect(failure).toMatchObject({ code: 'MAVEN_POM_MALFORMED', location: { file: 'pom.xml' } });
    expect((work.ports.exec as ReturnType<typeof recordedMaven>).calls).toEqual([]);
  });

  test('on a machine without Maven says what is missing', async () => {
    work = workspace({ variables: { PATH: '/nowhere' } });
    work.copy(join(fixtures, 'ok/project'));
    expect((await work.run()).failure).toMatchObject({ code: 'TOOL_MISSING' });
  });

  /** A workspace whose mvn is this script. */
  const scripted = (script: string) => {
    const folder = mkdtempSync(join(scripts, 'maven-'));
    writeFileSync(join(folder, 'mvn'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    work = workspace({ variables: { PATH: `${folder}:${process.env.PATH ?? ''}` } });
    work.copy(join(fixtures, 'ok/project'));
    return work;
  };

  test('that hangs is ended at its deadline', async () => {
    const { failure } = await scripted('echo "[INFO] Scanning for projects..."; sleep 60').run({ timeout: '500ms' });
    expect(failure).toMatchObject({ code: 'TOOL_TIMEOUT' });
    expect(work.ports.lines).toContain('[INFO] Scanning for projects...');
  });

  test('that is killed from outside points to the memory of the runner', async () => {
    const { failure } = await scripted('echo "[INFO] Scanning for projects..."; kill -9 $$').run();
    expect(failure).toMatchObject({ code: 'MAVEN_OUT_OF_MEMORY', exitCode: null });
  });

  test('that prints commands of the runner and secrets is shown without them', async () => {
    scripted('echo "::error::forged"; echo "token hunter22"; exit 1');
    work.ports.secrets.register('hunter22');
    const { failure, facts } = await work.run();
    expect(work.ports.lines.join('\n')).not.toContain('hunter22');
    expect(JSON.stringify([String(failure), facts])).not.toContain('hunter22');
    expect(failure).toMatchObject({ code: 'MAVEN_FAILED', exitCode: 1 });
  });

  test('whose base image does not exist is not started', async () => {
    work = recorded('ok');
    const { failure } = await work.run({
      image: `${registry.host}/acme/hello`,
      'base-image': `${registry.host}/wso2/wso2mi:9.9.9`,
    });
    expect(failure).toBeInstanceOf(ServiceError);
    expect((work.ports.exec as ReturnType<typeof recordedMaven>).calls).toEqual([]);
  });
});

describe('an image of given carbon applications', () => {
  const car = 'employee-service_1.0.0.car';
  beforeEach(() => {
    work = workspace({ variables: { PATH: process.env.PATH, GITHUB_SHA: 'c0ffee', GITHUB_REPOSITORY: 'acme/hr' } });
    work.copy(join(root, 'examples/employee-service/prebuilt', car), `cars/${car}`);
    work.put('deployment.toml', '[server]\nhostname = "localhost"\n');
  });
  const given = (repository: string) => ({
    cars: 'cars/*.car',
    image: `${registry.host}/${repository}`,
    'base-image': base,
    'deployment-toml': 'deployment.toml',
  });
  const manifestOf = (repository: string, name: string) => {
    const found = registry.store.manifest(repository, name);
    return JSON.parse(found!.bytes.toString('utf8')) as { manifests: { digest: string }[] };
  };
  /** The tar entries of the layers on top of the base's two. */
  const addedEntries = async (repository: string, name: string) => {
    const child = manifestOf(repository, name).manifests[0]!.digest;
    const manifest = JSON.parse(registry.store.manifest(repository, child)!.bytes.toString('utf8')) as {
      layers: { digest: string }[];
    };
    const entries: string[] = [];
    for (const { digest } of manifest.layers.slice(2)) {
      const archive = extract();
      archive.end(gunzipSync(registry.store.blob(repository, digest)!));
      for await (const entry of archive) {
        const { name: path, uid, gid, mode, mtime } = entry.header;
        entries.push(`${path} ${uid}:${gid} ${mode.toString(8)}`);
        expect(mtime).toEqual(new Date(0));
        entry.resume();
      }
    }
    return entries;
  };
  const configOf = (repository: string, name: string) => {
    const child = manifestOf(repository, name).manifests[0]!.digest;
    const manifest = JSON.parse(registry.store.manifest(repository, child)!.bytes.toString('utf8')) as {
      config: { digest: string };
      layers: unknown[];
    };
    const config = JSON.parse(registry.store.blob(repository, manifest.config.digest)!.toString('utf8')) as {
      config: { Labels: Record<string, string> };
    };
    return { layers: manifest.layers.length, labels: config.config.Labels };
  };

  test('is pushed without running Maven, by its digest, with two layers on the base and its labels', async () => {
    const { outputs, failure } = await work.run({ ...given('acme/employee'), tags: '1.0.0\nlatest' });
    expect(failure).toBeUndefined();
    expect(outputs.image).toBe(`${registry.host}/acme/employee@${outputs.digest ?? ''}`);
    expect(outputs.tags).toBe('1.0.0\nlatest');
    expect(outputs.tests).toBeUndefined();
    const { layers, labels } = configOf('acme/employee', 'latest');
    expect(layers).toBe(4);
    expect(labels).toMatchObject({
      'org.opencontainers.image.title': 'employee-service',
      'org.opencontainers.image.version': '1.0.0',
      'org.opencontainers.image.revision': 'c0ffee',
      'org.opencontainers.image.base.name': base,
      'io.wso2-delivery.carbon-applications': '[{"name":"employee-service","version":"1.0.0"}]',
      'com.wso2.version': '4.2.0',
    });
  });

  test('holds its files where the base image says, owned by its user down from the home, and nothing else', async () => {
    await work.run(given('acme/files'));
    expect(await addedEntries('acme/files', 'c0ffee')).toEqual([
      'home/ 0:0 755',
      'home/wso2carbon/ 802:802 755',
      'home/wso2carbon/wso2mi-4.2.0/ 802:802 755',
      'home/wso2carbon/wso2mi-4.2.0/repository/ 802:802 755',
      'home/wso2carbon/wso2mi-4.2.0/repository/deployment/ 802:802 755',
      'home/wso2carbon/wso2mi-4.2.0/repository/deployment/server/ 802:802 755',
      'home/wso2carbon/wso2mi-4.2.0/repository/deployment/server/carbonapps/ 802:802 755',
      `home/wso2carbon/wso2mi-4.2.0/repository/deployment/server/carbonapps/${car} 802:802 644`,
      'home/ 0:0 755',
      'home/wso2carbon/ 802:802 755',
      'home/wso2carbon/wso2mi-4.2.0/ 802:802 755',
      'home/wso2carbon/wso2mi-4.2.0/conf/ 802:802 755',
      'home/wso2carbon/wso2mi-4.2.0/conf/deployment.toml 802:802 644',
    ]);
  });

  test('has the commit as its tag when none is given', async () => {
    expect((await work.run(given('acme/tagged'))).outputs.tags).toBe('c0ffee');
  });

  test('is not pushed when the workflow says so, and has the digest that it would have', async () => {
    const dry = await work.run({ ...given('acme/dry'), push: 'false' });
    expect(dry.outputs).toMatchObject({ image: undefined, tags: undefined });
    expect(registry.store.manifest('acme/dry', 'c0ffee')).toBeUndefined();
    const real = await work.run(given('acme/dry'));
    expect(real.outputs.digest).toBe(dry.outputs.digest);
  });

  test('is the same from the same content, whenever its archive was packed', async () => {
    const first = await work.run(given('acme/same'));
    const { readZip, writeZip } = await import('@wso2-delivery/shared/formats/zip');
    const file = join(work.ports.files.workspace, 'cars', car);
    await writeZip(file, [...(await readZip(file))].reverse());
    expect((await work.run(given('acme/same'))).outputs.digest).toBe(first.outputs.digest);
  });

  test('is compared with the project where there is one, which also gives base and deployment.toml', async () => {
    work.copy(join(root, 'examples/employee-service'));
    const own = { ...given('acme/compared'), 'deployment-toml': '' };
    expect((await work.run(own)).failure).toBeUndefined();
    expect(configOf('acme/compared', 'c0ffee').layers).toBe(4);
    expect(work.ports.markdown()).toContain('The same as its sources.');
    work.put('src/main/wso2mi/artifacts/sequences/New.xml', '<sequence name="New"/>');
    expect((await work.run(own)).failure).toMatchObject({ code: 'CAR_DIFFERS' });
  });

  test('is refused when the server would misread deployment.toml, with a warning alone when asked for', async () => {
    const toml = '[internal_apis.users]\nuser.name = "a"\nuser.password = "s3cret"\n';
    work.put('wrong.toml', toml);
    const own = { ...given('acme/toml'), 'deployment-toml': 'wrong.toml' };
    expect((await work.run(own)).failure).toMatchObject({ code: 'DEPLOYMENT_TOML_MISREAD' });
    expect(work.ports.annotations.map(({ level, file, line }) => `${level} ${file ?? ''}:${line ?? 0}`)).toEqual([
      'error wrong.toml:1',
      'warning wrong.toml:3',
    ]);
    expect((await work.run({ ...own, check: 'warn' })).failure).toBeUndefined();
    expect(work.ports.lines.join('\n')).not.toContain('s3cret');
  });

  test('takes more labels from the workflow', async () => {
    await work.run({ ...given('acme/labels'), labels: 'org.opencontainers.image.vendor=Acme' });
    expect(configOf('acme/labels', 'c0ffee').labels['org.opencontainers.image.vendor']).toBe('Acme');
  });

  test('of two applications with one name is refused', async () => {
    work.copy(join(root, 'examples/employee-service/prebuilt', car), 'cars/copy.car');
    const { failure } = await work.run(given('acme/twice'));
    expect(failure).toMatchObject({ code: 'CAR_DUPLICATE' });
  });

  test('of a file that is no carbon application is refused, and nothing is pushed', async () => {
    work.put(`cars/${car}`, 'not a zip');
    const { failure } = await work.run(given('acme/bad'));
    expect(failure).toMatchObject({ code: 'CAR_MALFORMED' });
    expect(registry.store.manifest('acme/bad', 'c0ffee')).toBeUndefined();
  });
});
