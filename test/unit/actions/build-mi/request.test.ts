import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InputError } from '@wso2-delivery/shared/base/errors';
import { findProject } from '@wso2-delivery/shared/maven/project';
import { formatReference } from '@wso2-delivery/shared/oci/reference';
import { checkInputs, imageRequest } from '../../../../actions/build-mi/src/request.ts';
import { workspace, type Workspace } from '../../../support/build-mi.ts';

let work: Workspace;
beforeEach(() => {
  work = workspace();
});
afterEach(() => work.ports.dispose());

type Given = Readonly<Record<string, string>>;
const errorOf = (act: () => unknown): InputError => {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};
const pom = (properties = '') => `<project><artifactId>a</artifactId><properties>${properties}</properties></project>`;
const request = (given: Given, commit?: string) =>
  imageRequest(
    work.inputs({ image: 'registry.example.com/acme/app', ...given }),
    findProject(undefined, work.ports.files),
    work.ports.files,
    commit,
  )!;

describe('inputs that do not go together', () => {
  test.each<readonly [given: Given, problem: RegExp]>([
    [{ image: 'r.example/a', files: '../x.jar=lib/' }, /^files: '\.\.\/x\.jar=lib\/' has \.\. in it/],
    [{ image: 'r.example/a', files: 'x.jar=' }, /^files: 'x\.jar=' is not source=target/],
    [{ image: 'r.example/a', files: '/etc/x.jar=lib/' }, /not relative to the workspace/],
    [{ sbom: 'true' }, /^sbom: is given and image is not$/],
    [{ image: 'r.example/a', 'registry-username': 'me' }, /^registry-password: is missing/],
    [{ image: 'r.example/a', 'registry-password': 'x' }, /^registry-username: is missing/],
    [{ tags: 'latest' }, /^tags: is given and image is not$/],
    [{ image: 'r.example/a', tags: 'not a tag' }, /^tags: 'not a tag'/],
  ])('%j', (given, problem) => {
    const error = errorOf(() => checkInputs(work.inputs(given), 'linux'));
    expect(error.code).toBe('INPUT_INVALID');
    expect(error.message).toMatch(problem);
  });

  test('a Windows runner is refused for Maven, and taken for carbon applications that are there', () => {
    expect(errorOf(() => checkInputs(work.inputs({}), 'win32')).message).toMatch(/^runs-on: is a Windows runner/);
    expect(() => checkInputs(work.inputs({ cars: 'a.car' }), 'win32')).not.toThrow();
    expect(() => checkInputs(work.inputs({ builder: 'native' }), 'win32')).not.toThrow();
  });

  test('are reported together', () => {
    const given = { 'registry-username': 'me', tags: 'latest', platforms: 'linux/amd64' };
    expect(errorOf(() => checkInputs(work.inputs(given), 'linux')).problems.map(({ subject }) => subject)).toEqual([
      'registry-password',
      'tags',
      'platforms',
    ]);
  });
});

describe('the base image', () => {
  test.each<readonly [what: string, given: Given, dockerfile: string | undefined, base: string]>([
    ['the input wins', { 'base-image': 'acme/mi:1' }, 'FROM other/mi:2', 'docker.io/acme/mi:1'],
    ['then FROM of the Dockerfile', {}, 'FROM wso2/wso2mi:4.2.0', 'docker.io/wso2/wso2mi:4.2.0'],
    ['then the version of the pom', {}, undefined, 'docker.io/wso2/wso2mi:4.4.0'],
    ['also when the Dockerfile leaves it open', {}, 'ARG BASE\nFROM ${BASE}', 'docker.io/wso2/wso2mi:4.4.0'],
  ])('%s', (_, given, dockerfile, base) => {
    work.put('pom.xml', pom('<project.runtime.version>4.4.0</project.runtime.version>'));
    if (dockerfile !== undefined) work.put('Dockerfile', dockerfile);
    expect(formatReference(request(given).base)).toBe(base);
  });

  test('is asked for when nothing says it', () => {
    work.put('pom.xml', pom());
    expect(errorOf(() => request({})).code).toBe('BASE_IMAGE_UNKNOWN');
  });
});

describe('how the image is made', () => {
  const plain = 'FROM wso2/wso2mi:4.2.0\nENV A=1\n';
  const runs = 'FROM wso2/wso2mi:4.2.0\nRUN id\n';

  test.each<readonly [what: string, dockerfile: string | undefined, given: Given, how: string]>([
    ['no Dockerfile: layers', undefined, { 'base-image': 'a/b:1' }, 'layers'],
    ['one that executes nothing is carried out', plain, {}, 'dockerfile'],
    ['also where layers are asked for', plain, { 'image-builder': 'layers' }, 'dockerfile'],
    ['one that executes something goes to docker', runs, {}, 'docker'],
    ['or is passed over when layers are asked for', runs, { 'image-builder': 'layers' }, 'layers'],
    ['docker builds what it is asked to build', plain, { 'image-builder': 'docker' }, 'docker'],
    ['given applications need the base alone', plain, { cars: 'a.car' }, 'layers'],
    ['unless the Dockerfile is named', plain, { cars: 'a.car', dockerfile: 'Dockerfile' }, 'dockerfile'],
  ])('%s', (_, dockerfile, given, how) => {
    work.put('pom.xml', pom());
    if (dockerfile !== undefined) work.put('Dockerfile', dockerfile);
    const found = request(given);
    expect(found.how).toBe(how);
    if (dockerfile !== undefined) expect(formatReference(found.base)).toBe('docker.io/wso2/wso2mi:4.2.0');
  });

  test('docker without a Dockerfile is refused', () => {
    work.put('pom.xml', pom());
    const error = errorOf(() => request({ 'image-builder': 'docker', 'base-image': 'a/b:1' }));
    expect(error.message).toBe('image-builder: is docker, and there is no Dockerfile');
  });

  test('build-args fill FROM in', () => {
    work.put('pom.xml', pom());
    work.put('Dockerfile', 'ARG V\nFROM acme/mi:${V}\n');
    expect(formatReference(request({ 'build-args': 'V=7' }).base)).toBe('docker.io/acme/mi:7');
  });
});

describe('deployment.toml', () => {
  const base = { 'base-image': 'acme/mi:1' };
  beforeEach(() => {
    work.put('pom.xml', pom());
  });
  const shown = (given: Given) => {
    const { deploymentToml } = request({ ...base, ...given });
    return deploymentToml === undefined ? undefined : work.ports.files.display(deploymentToml);
  };

  test('is the one of the input, else the one that the Dockerfile copies, else the one of the project, else none', () => {
    expect(shown({})).toBeUndefined();
    work.put('deployment/deployment.toml', 'a = 1');
    expect(shown({})).toBe('deployment/deployment.toml');
    work.put('other.toml', 'a = 2');
    work.put('Dockerfile', 'FROM b\nCOPY other.toml /home/x/wso2mi-4.2.0/conf/deployment.toml');
    expect(shown({})).toBe('other.toml');
    work.put('third.toml', 'a = 3');
    expect(shown({ 'deployment-toml': 'third.toml' })).toBe('third.toml');
  });

  test('with a mistake is refused at its line before anything starts', () => {
    work.put('deployment/deployment.toml', '[server]\nhostname = \n');
    expect(errorOf(() => request(base))).toMatchObject({
      code: 'DEPLOYMENT_TOML_MALFORMED',
      location: { file: 'deployment/deployment.toml', line: 2 },
    });
  });

  test.each([
    ['gone.toml', /gone\.toml: does not exist, and the Dockerfile copies it/],
    ['../../etc/passwd', /lies outside the workspace/],
  ])('%s in the Dockerfile is refused', (source, message) => {
    work.put('Dockerfile', `FROM b\nCOPY ${source} /home/x/wso2mi-4.2.0/conf/deployment.toml`);
    expect(errorOf(() => request(base)).message).toMatch(message);
  });
});

describe('names of the image', () => {
  const base = { 'base-image': 'acme/mi:1' };
  beforeEach(() => {
    work.put('pom.xml', pom());
  });

  test.each<readonly [given: Given, commit: string | undefined, tags: readonly string[]]>([
    [{ tags: '1.0\nlatest\n1.0' }, 'abc', ['1.0', 'latest']],
    [{ image: 'r.example/app:2.0' }, 'abc', ['2.0']],
    [{ image: 'r.example/app:2.0', tags: 'latest' }, 'abc', ['latest', '2.0']],
    [{}, 'abc', ['abc']],
    [{}, undefined, []],
  ])('%j at commit %s has the tags %j', (given, commit, tags) => {
    expect(request({ ...base, ...given }, commit).tags).toEqual(tags);
  });

  test('a digest is what the step finds out, not what it is told', () => {
    const image = `r.example/app@sha256:${'a'.repeat(64)}`;
    expect(errorOf(() => request({ ...base, image })).message).toMatch(/^image: has a digest/);
  });

  test('credentials are for the registry of the image', () => {
    const given = { ...base, 'registry-username': 'me', 'registry-password': 'secret' };
    expect(request(given).logins).toEqual([{ registry: 'registry.example.com', username: 'me', password: 'secret' }]);
  });
});
