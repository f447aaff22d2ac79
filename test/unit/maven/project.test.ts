import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InputError } from '@wso2-delivery/shared/base/errors';
import { findProject, findWrapper } from '@wso2-delivery/shared/maven/project';
import { readPom } from '@wso2-delivery/shared/maven/pom';
import { testPorts, type TestPorts } from '../../support/ports.ts';

let ports: TestPorts;
beforeEach(() => {
  ports = testPorts();
});
afterEach(() => ports.dispose());

function put(path: string, text = '<project><artifactId>x</artifactId></project>'): string {
  const file = join(ports.files.workspace, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
const at = (path: string) => join(ports.files.workspace, path);

function problemOf(act: () => unknown): InputError {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('finding the project', () => {
  test.each([
    ['the workspace root by default', undefined, 'pom.xml'],
    ['a folder', 'services/a', 'services/a/pom.xml'],
    ['a pom of any name', 'services/a/ci-pom.xml', 'services/a/ci-pom.xml'],
  ])('takes %s', (_, given, pom) => {
    put('pom.xml');
    put('services/a/pom.xml');
    put('services/a/ci-pom.xml');
    expect(findProject(given === undefined ? undefined : at(given), ports.files).pomFile).toBe(at(pom));
  });

  test('without a pom, the error lists the projects of the workspace and none of their modules', () => {
    put('services/b/pom.xml');
    put('services/a/pom.xml');
    put('services/a/module/pom.xml');
    put('services/a/target/classes/pom.xml');
    put('node_modules/x/pom.xml');
    const error = problemOf(() => findProject(undefined, ports.files));
    expect(error.code).toBe('MAVEN_PROJECT_MISSING');
    expect(error.message).toBe('project: the workspace root has no pom.xml. The workspace has services/a, services/b.');
  });

  test('an empty workspace suggests the checkout step', () => {
    expect(problemOf(() => findProject(undefined, ports.files)).message).toContain('does a checkout step run before');
  });

  test('a folder without a pom is named', () => {
    put('a/pom.xml');
    mkdirSync(at('b'));
    expect(problemOf(() => findProject(at('b'), ports.files)).message).toMatch(/^project: b has no pom\.xml/);
  });
});

describe('the modules of a project', () => {
  test('are all found once, those of profiles and of sibling folders included', () => {
    put(
      'pom.xml',
      '<project><modules><module>a</module><module>sub/b</module><module>gone</module></modules><profiles><profile><id>p</id><modules><module>c</module></modules></profile></profiles></project>',
    );
    put('a/pom.xml', '<project><modules><module>../c</module></modules></project>');
    put('sub/b/pom.xml');
    put('c/pom.xml');
    expect(findProject(undefined, ports.files).modules.map(({ folder }) => ports.files.display(folder))).toEqual([
      '.',
      'a',
      'sub/b',
      'c',
    ]);
  });

  test('outside the workspace are not followed', () => {
    const outside = testPorts();
    writeFileSync(join(outside.files.workspace, 'pom.xml'), '<project/>');
    put('pom.xml', '<project><modules><module>link</module></modules></project>');
    symlinkSync(outside.files.workspace, at('link'));
    expect(findProject(undefined, ports.files).modules).toHaveLength(1);
    outside.dispose();
  });

  test('that name each other end', () => {
    put('pom.xml', '<project><modules><module>a</module></modules></project>');
    put('a/pom.xml', '<project><modules><module>..</module></modules></project>');
    expect(findProject(undefined, ports.files).modules).toHaveLength(2);
  });
});

describe('the wrapper', () => {
  test('is taken from the project or from above it, and never from outside the workspace', () => {
    put('a/b/pom.xml');
    const project = findProject(at('a/b'), ports.files);
    expect(findWrapper(project, ports.files)).toBeUndefined();
    put('mvnw', '#!/bin/sh');
    expect(findWrapper(project, ports.files)).toBe(at('mvnw'));
    put('a/b/mvnw', '#!/bin/sh');
    expect(findWrapper(project, ports.files)).toBe(at('a/b/mvnw'));
  });
});

describe('a pom', () => {
  test('is read with its properties filled in and what its parent gives', () => {
    const pom = readPom(
      put(
        'pom.xml',
        `<project><parent><groupId>g</groupId><version>2</version></parent><artifactId>a</artifactId><packaging>pom</packaging>
<properties><v>1.\${minor}</v><minor>4</minor><loop>\${loop}</loop></properties>
<dependencies><dependency><groupId>x</groupId><artifactId>mi-connector-http</artifactId><version>\${v}</version><type>zip</type></dependency></dependencies>
<build><plugins><plugin><groupId>org.wso2.maven</groupId><artifactId>vscode-car-plugin</artifactId><version>\${unknown}</version>
<executions><execution><goals><goal>car</goal></goals></execution></executions></plugin></plugins></build></project>`,
      ),
    );
    expect(pom).toMatchObject({ groupId: 'g', artifactId: 'a', version: '2', packaging: 'pom' });
    expect(pom.dependencies).toMatchObject([{ artifactId: 'mi-connector-http', version: '1.4', type: 'zip', line: 3 }]);
    expect(pom.plugins).toMatchObject([{ artifactId: 'vscode-car-plugin', version: '${unknown}', goals: ['car'] }]);
    expect(pom.properties.loop).toContain('${loop}');
  });

  test.each([
    ['cut off', '<project><artifactId>a</artifactId>', /not well-formed/],
    ['empty', '', /not well-formed/],
    ['something else', '<html/>', /its root is <html>/],
  ])('that is %s is an error at its line', (_, text, message) => {
    const file = put('pom.xml', text);
    const error = problemOf(() => readPom(file, 'pom.xml'));
    expect(error.code).toBe('MAVEN_POM_MALFORMED');
    expect(error.message).toMatch(message);
    expect(error.location).toMatchObject({ file: 'pom.xml' });
  });
});
