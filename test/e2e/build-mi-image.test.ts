/** The images of build-mi: Dockerfiles as layers, docker where it is needed, files, SBOM and provenance; run by docker. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { type Docker, startDocker } from '../support/docker.ts';
import { pushDockerBase, SERVER_HOME } from '../support/docker-base.ts';
import { type DockerRegistry, startDockerRegistry } from '../support/docker-registry.ts';
import { imageFiles } from '../support/image-files.ts';
import { root, workspace, type Workspace } from '../support/build-mi.ts';
import { findTool, testWith } from '../support/tools.ts';

const tools = ['dockerd', 'docker', 'docker-registry', 'busybox', 'crane'];
const test = testWith(...tools);
const ready = tools.every((tool) => findTool(tool) !== undefined);
const patience = 120_000;
const CAR = 'employee-service_1.0.0.car';
const CARS = `${SERVER_HOME}/repository/deployment/server/carbonapps`;

let folder: string;
let docker: Docker;
let registry: DockerRegistry;
let base: string;
beforeAll(async () => {
  if (!ready) return;
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'build-mi-image-')));
  registry = await startDockerRegistry(folder);
  docker = await startDocker();
  base = `${registry.host}/acme/base:1`;
  await pushDockerBase(docker, base, findTool('busybox') ?? '', folder);
}, patience);
afterAll(async () => {
  if (!ready) return;
  await docker.stop();
  registry.process.kill();
  rmSync(folder, { recursive: true, force: true });
}, patience);

let work: Workspace;
/**
 * The client that knows BuildKit, first on the path. A daemon without a bridge can give a step of a build no other network
 * than the host's.
 */
const clientFolder = () => {
  const bin = join(folder, 'bin');
  if (!existsSync(bin)) {
    mkdirSync(bin);
    const script = `#!/bin/sh\necho "$@" >> ${join(bin, 'calls')}\ncase "$1" in build) shift; exec ${docker.client} build --network=host "$@";; esac\nexec ${docker.client} "$@"\n`;
    writeFileSync(join(bin, 'docker'), script, { mode: 0o755 });
  }
  return bin;
};
const open = (variables: Record<string, string | undefined> = {}) => {
  work = workspace({
    variables: {
      ...docker.env,
      PATH: `${clientFolder()}:${docker.env.PATH ?? ''}`,
      GITHUB_SHA: 'c0ffee',
      ...variables,
    },
  });
  work.copy(join(root, 'examples/employee-service/prebuilt', CAR), `target/${CAR}`);
  work.put('deployment/deployment.toml', '[server]\nhostname = "localhost"\n');
};
beforeEach(() => {
  if (ready) open();
});
afterEach(() => {
  if (ready) work.ports.dispose();
});

const inputs = (repository: string, more: Record<string, string> = {}) => ({
  cars: `target/${CAR}`,
  dockerfile: 'Dockerfile',
  image: `${registry.host}/acme/${repository}`,
  ...more,
});
const plain = () =>
  `FROM ${base}\nCOPY target/*.car ${CARS}/\nCOPY deployment/deployment.toml ${SERVER_HOME}/conf/deployment.toml\n`;
/** The folders below /home on the way to others, in the order of a listing. */
const foldersTo = (...paths: string[]) => {
  const all = paths.flatMap((path) => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index)));
  return [...new Set(all)].filter((path) => path.startsWith('/home/')).sort();
};
const pulled = async (image = '') => {
  await docker.run(['pull', '-q', image]);
  return imageFiles(docker, image);
};

describe('a Dockerfile that executes nothing', () => {
  test(
    'becomes an image without docker and without reading the layers of the base, the same as docker makes',
    async () => {
      work.put('Dockerfile', plain());
      registry.requests.length = 0;
      const { outputs, failure, facts } = await work.run(inputs('plain'));
      expect(failure).toBeUndefined();
      expect(facts).toMatchObject({ image: { builder: 'dockerfile' } });
      expect(work.ports.lines.join('\n')).not.toContain('reading its layers');
      const mine = await pulled(outputs.image);
      await docker.run(['build', '-q', '-t', 'real', '.'], { cwd: work.ports.files.workspace });
      const real = await imageFiles(docker, 'real');
      // The CAR is packed anew without times, so its bytes are others, and nothing else of it.
      const car = `${CARS}/${CAR}`;
      expect(mine[car]).toMatch(/^file 644 0:0 /);
      expect(Object.keys(mine)).toEqual(Object.keys(real));
      // The layers of the base are not read. The folders on the way are taken for those of WSO2's images: of the user's
      // own number as group (10803 here), and open to read (750 here, as Ubuntu's useradd makes a home).
      const differing = Object.keys(real).filter((path) => path !== car && mine[path] !== real[path]);
      expect(differing).toEqual(foldersTo(`${CARS}/`, `${SERVER_HOME}/conf/`));
      for (const path of differing) {
        expect(mine[path]).toBe(real[path]?.replace(/ \d+ 10802:10803/, ' 755 10802:10802'));
      }
    },
    patience,
  );

  test(
    'that speaks of more than the server has the base read for it',
    async () => {
      work.put('Dockerfile', `${plain()}COPY --chown=wso2carbon:ops deployment /opt/link/settings/\n`);
      const { outputs, failure } = await work.run(inputs('read'));
      expect(failure).toBeUndefined();
      expect(work.ports.lines.join('\n')).toContain('reading its layers');
      expect((await pulled(outputs.image))['/opt/real/settings/deployment.toml']).toMatch(/^file 644 10802:55 /);
    },
    patience,
  );

  test(
    'that leaves a carbon application out, or takes a stale one, is refused',
    async () => {
      work.put('Dockerfile', `FROM ${base}\nENV A=1\n`);
      expect((await work.run(inputs('left-out'))).failure).toMatchObject({ code: 'IMAGE_CARS_DIFFER' });
      work.put('Dockerfile', plain());
      work.copy(join(root, 'examples/employee-service/prebuilt', CAR), 'target/old_0.9.0.car');
      const { failure } = await work.run(inputs('stale'));
      expect(String(failure)).toContain('copies target/old_0.9.0.car, which this build did not make');
    },
    patience,
  );

  test(
    'copies another application beside them, and the label says so',
    async () => {
      work.copy(join(root, 'examples/employee-service/prebuilt', CAR), 'shared/common.car');
      work.put('Dockerfile', `${plain()}COPY shared/common.car ${CARS}/\n`);
      const { outputs, failure } = await work.run(inputs('beside'));
      expect(failure).toBeUndefined();
      await docker.run(['pull', '-q', outputs.image ?? '']);
      const label = await docker.run([
        'image',
        'inspect',
        '-f',
        '{{index .Config.Labels "io.wso2-delivery.carbon-applications"}}',
        outputs.image ?? '',
      ]);
      expect(JSON.parse(label)).toHaveLength(2);
    },
    patience,
  );
});

describe('a Dockerfile that executes something', () => {
  const runs = () => `${plain()}USER root\nRUN mkdir /made && touch /made/by-docker\nUSER wso2carbon\n`;

  test(
    'is built by docker when it answers; the digest is the one of the registry',
    async () => {
      work.put('Dockerfile', runs());
      const { outputs, failure, facts } = await work.run(
        inputs('by-docker', { tags: '1\nlatest', provenance: 'true' }),
      );
      expect(failure).toBeUndefined();
      expect(facts).toMatchObject({ image: { builder: 'docker', attached: [{ what: 'provenance' }] } });
      expect(outputs.tags).toBe('1\nlatest');
      expect(outputs.image).toContain('/acme/by-docker@sha256:');
      expect((await pulled(outputs.image))['/made/by-docker']).toBeDefined();
    },
    patience,
  );

  test(
    'is built by docker when the workflow says so',
    async () => {
      work.put('Dockerfile', plain());
      const { outputs, failure, facts } = await work.run(inputs('asked', { 'image-builder': 'docker', tags: '1' }));
      expect(failure).toBeUndefined();
      expect(facts).toMatchObject({ image: { builder: 'docker' } });
      expect((await pulled(outputs.image))[`${CARS}/${CAR}`]).toMatch(/^file 644 0:0 /);
      expect(work.ports.lines.some((line) => line.includes('COPY target/*.car'))).toBe(true);
    },
    patience,
  );

  test(
    'and copies what is not there fails with the words of docker',
    async () => {
      work.put('Dockerfile', `FROM ${base}\nCOPY nothing-there /x\nRUN id\n`);
      const { failure } = await work.run(inputs('failing'));
      expect(failure).toMatchObject({ kind: 'tool', code: 'DOCKER_BUILD_FAILED', exitCode: 1 });
      expect(String(failure)).toContain('nothing-there');
    },
    patience,
  );

  test(
    'and fails names the command and its exit code, and nothing is pushed',
    async () => {
      work.put('Dockerfile', `FROM ${base}\nUSER root\nRUN exit 3\n`);
      const { outputs, failure } = await work.run(inputs('failing-step'));
      expect(failure).toMatchObject({ kind: 'tool', code: 'DOCKER_STEP_FAILED', exitCode: 1 });
      expect(String(failure)).toContain("'/bin/sh -c exit 3' ended with exit code 3");
      expect(outputs.digest).toBeUndefined();
    },
    patience,
  );

  test(
    'is pushed with a password that stands in no argument and in no log',
    async () => {
      const passwords = join(folder, 'htpasswd');
      // me: registry-secret
      writeFileSync(passwords, 'me:$2b$04$Y5NOnXmJOR.7WcPYoMUkW.MCwh5XD//1gaCqnBhqtYpwIxwKu5n.S\n');
      const guarded = await startDockerRegistry(folder, `auth: { htpasswd: { realm: test, path: ${passwords} } }\n`);
      try {
        work.put('Dockerfile', plain());
        const given = inputs('x', { 'image-builder': 'docker', tags: '1', image: `${guarded.host}/acme/guarded` });
        const refused = await work.run(given);
        expect(refused.failure).toMatchObject({ kind: 'tool', code: 'REGISTRY_UNAUTHORIZED' });
        const login = { 'registry-username': 'me', 'registry-password': 'registry-secret' };
        const { outputs, failure } = await work.run({ ...given, ...login });
        expect(failure).toBeUndefined();
        expect(outputs.image).toContain(`${guarded.host}/acme/guarded@sha256:`);
        const told = [...work.ports.lines, readFileSync(join(clientFolder(), 'calls'), 'utf8')].join('\n');
        expect(told).toContain(`push ${guarded.host}/acme/guarded:1`);
        expect(told).not.toContain('registry-secret');
        expect(told).not.toContain(Buffer.from('me:registry-secret').toString('base64'));
      } finally {
        guarded.process.kill();
      }
    },
    patience,
  );

  test(
    'without docker is an error that names instructions and lines, before anything is built',
    async () => {
      work.ports.dispose();
      open({ DOCKER_HOST: 'unix:///nowhere/docker.sock' });
      work.put('Dockerfile', runs());
      const { failure } = await work.run(inputs('no-docker'));
      expect(failure).toMatchObject({ code: 'DOCKERFILE_UNSUPPORTED', location: { file: 'Dockerfile', line: 5 } });
      expect(String(failure)).toContain('line 5 runs a command (RUN mkdir /made');
      expect(String(failure)).toContain('no docker daemon answers at unix:///nowhere/docker.sock');
    },
    patience,
  );
});

describe('more files', () => {
  test(
    'are in the image, owned by its user, who can write where they are',
    async () => {
      work.put('ci/driver.jar', 'a jar');
      work.put('ci/keys/client.jks', 'keys');
      const files =
        'ci/*.jar=lib/\nci/keys=repository/resources/security/\nci/driver.jar=dropins/renamed.jar\nci/keys=/home/wso2carbon/wso2-config-volume/keys/';
      const { outputs, failure } = await work.run({
        ...inputs('files', { files, 'base-image': base }),
        dockerfile: '',
      });
      expect(failure).toBeUndefined();
      const found = await pulled(outputs.image);
      for (const path of ['lib/driver.jar', 'repository/resources/security/client.jks', 'dropins/renamed.jar']) {
        expect(found[`${SERVER_HOME}/${path}`]).toMatch(/^file 644 10802:10802 /);
      }
      expect(found['/home/wso2carbon/wso2-config-volume/keys/client.jks']).toBeDefined();
      const script = `for d in ${SERVER_HOME}/lib ${SERVER_HOME}/dropins ${CARS} /home/wso2carbon/wso2-config-volume; do touch $d/x && echo ok; done`;
      const said = await docker.run(['run', '--rm', '--network=none', outputs.image ?? '', 'sh', '-c', script]);
      expect(said).toBe('ok\nok\nok\nok\n');
    },
    patience,
  );

  test(
    'that do not exist are named, all of them',
    async () => {
      const given = {
        ...inputs('none', { files: 'a.jar=lib/\nb/*=lib/\nci=/etc/', 'base-image': base }),
        dockerfile: '',
      };
      const { failure } = await work.run(given);
      expect(failure).toMatchObject({ code: 'INPUT_INVALID' });
      for (const named of ['a.jar', 'b/*', 'leads out of /home/wso2carbon']) expect(String(failure)).toContain(named);
    },
    patience,
  );
});

describe('SBOM and provenance', () => {
  test(
    'are found beside the image in a registry that has no referrers API',
    async () => {
      const given = {
        ...inputs('described', { sbom: 'true', provenance: 'true', 'base-image': base }),
        dockerfile: '',
      };
      const { outputs, failure, facts } = await work.run(given);
      expect(failure).toBeUndefined();
      expect(facts).toMatchObject({ image: { attached: [{ what: 'SBOM' }, { what: 'provenance' }] } });
      const { execFileSync } = await import('node:child_process');
      const crane = (...args: string[]) => execFileSync(findTool('crane') ?? '', args, { encoding: 'utf8' });
      const tag = (outputs.digest ?? '').replace(':', '-');
      const index = JSON.parse(crane('manifest', `${registry.host}/acme/described:${tag}`)) as {
        manifests: { digest: string; artifactType: string }[];
      };
      expect(index.manifests.map(({ artifactType }) => artifactType)).toEqual([
        'application/vnd.cyclonedx+json',
        'application/vnd.in-toto+json',
      ]);
      const documents = index.manifests.map(({ digest }) => {
        const manifest = JSON.parse(crane('manifest', `${registry.host}/acme/described@${digest}`)) as {
          subject: { digest: string };
          layers: { digest: string }[];
        };
        expect(manifest.subject.digest).toBe(outputs.digest);
        return JSON.parse(
          crane('blob', `${registry.host}/acme/described@${manifest.layers[0]?.digest ?? ''}`),
        ) as object;
      });
      expect(documents[0]).toMatchObject({ bomFormat: 'CycloneDX', components: [{ name: 'employee-service' }] });
      expect(documents[1]).toMatchObject({
        subject: [{ digest: { sha256: outputs.digest?.slice('sha256:'.length) } }],
      });
    },
    patience,
  );
});
