/** The commands that documents show are commands that the tools take: by their own help, names and flags. */
import { describe, expect, test } from '@jest/globals';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { commandsOf, neededFor, problemsOf } from '../support/document-commands.ts';
import { testWith } from '../support/tools.ts';

const root = resolve(import.meta.dirname, '../..');
const documents = globSync(['*.md', 'docs/**/*.md', 'actions/*/README.md', 'examples/**/*.md'], { cwd: root }).sort();
const shown = documents.flatMap((file) => commandsOf(root, file));

/** A command once, with all its places. */
const places = new Map<string, string[]>();
for (const { place, command } of shown) places.set(command, [...(places.get(command) ?? []), place]);

test('there are commands in shell blocks, workflows, Jenkinsfiles and sentences', () => {
  const commands = [...places.keys()];
  expect(commands).toContain('npm run mutation -- verdict');
  expect(commands).toContain('kubectl rollout status deployment/mi-service --namespace staging --timeout=120s');
  expect(commands).toContain('apictl export api -n EmployeeAPI -v 1.0.0 -e dev');
  expect(commands).toContain('docker build');
});

describe('what documents show', () => {
  for (const [command, where] of places) {
    testWith(...neededFor(command))(`${command} (${where.join(', ')})`, () => {
      expect(problemsOf(root, command)).toEqual([]);
    });
  }
});

describe('what would be noticed in a document', () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['npm run no-such-script', /no script no-such-script/],
    ['npm run bench -- image-push image-pull', /bench does not take image-pull/],
    ['npm run mutation -- verdicts', /mutation does not take verdicts/],
    ['npm test -- units', /test does not take units/],
    ['npm run bench image-push', /not without --/],
    ['npm run generate -- actions', /generate takes no words/],
    ['kubectl rollout status deployment/web --time=120s', /no flag --time/],
    ['kubectl roll status deployment/web', /no command roll/],
    ['kubectl rollout state deployment/web', /no command state/],
    ['kubectl apply -f docs/rbac/gone.yaml', /there is no docs.rbac.gone\.yaml/],
    ['docker build --tags a:1 .', /no flag --tags/],
    ['docker bake-it .', /no command bake-it/],
    ['apictl export api --name Shop --version 1.0.0', /required flag\(s\) "environment"/],
    ['apictl import api -f a.zip -e dev --updated', /unknown flag: --updated/],
    ['apictl import ap -f a.zip -e dev', /unknown command "import ap"/],
    ['gh attestation verify dist/build-mi/index.js --repository OWNER/wso2-delivery', /no flag --repository/],
    ['cosign attest --types cyclonedx', /no flag --types/],
    ['git aply x.patch', /no command aply/],
    ['oras discovers image', /no command discovers/],
    ['mvn clean install -Psynapse-tests', /no pom of examples. has the profile synapse-tests/],
    ['mvn clean install -DtestServerPaths=/opt', /no pom of examples. reads testServerPaths/],
    ['go install github.com/google/go-containerregistry/cmd/crane@latest', /no pinned go install/],
    ['helm upgrade web .', /helm is no program/],
  ];
  for (const [command, problem] of wrong) {
    testWith(...neededFor(command))(command, () => {
      expect(problemsOf(root, command).join('\n')).toMatch(problem);
    });
  }
});
