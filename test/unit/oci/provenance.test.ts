import { expect, test } from '@jest/globals';
import { provenanceStatement } from '@wso2-delivery/shared/oci/provenance';
import { problemsOfStatement } from '../../support/slsa-statement.ts';

const image = { name: 'ghcr.io/acme/employees', digest: `sha256:${'a'.repeat(64)}` };
const base = { name: 'docker.io/wso2/wso2mi:4.4.0', digest: `sha256:${'b'.repeat(64)}` };

test('in a workflow: what was built, from which commit and base, by which workflow and run', () => {
  const variables: Record<string, string> = {
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/ship.yml@refs/heads/main',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_EVENT_NAME: 'push',
    RUNNER_ENVIRONMENT: 'github-hosted',
  };
  const facts = {
    repository: 'acme/shop',
    sha: 'c0ffee',
    ref: 'refs/heads/main',
    serverUrl: 'https://github.com',
    runId: '7',
  };
  expect(provenanceStatement(image, base, { ...facts, variable: (name) => variables[name] })).toEqual({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'ghcr.io/acme/employees', digest: { sha256: 'a'.repeat(64) } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: {
          workflow: {
            ref: 'refs/heads/main',
            repository: 'https://github.com/acme/shop',
            path: '.github/workflows/ship.yml',
          },
        },
        internalParameters: { github: { event_name: 'push', runner_environment: 'github-hosted' } },
        resolvedDependencies: [
          { uri: 'git+https://github.com/acme/shop@refs/heads/main', digest: { gitCommit: 'c0ffee' } },
          { uri: 'docker://docker.io/wso2/wso2mi:4.4.0', digest: { sha256: 'b'.repeat(64) } },
        ],
      },
      runDetails: {
        builder: { id: 'https://github.com/acme/shop/.github/workflows/ship.yml@refs/heads/main' },
        metadata: { invocationId: 'https://github.com/acme/shop/actions/runs/7/attempts/2' },
      },
    },
  });
});

test('outside of one: what is not known is left out', () => {
  const nothing = { repository: undefined, sha: undefined, ref: undefined, runId: undefined };
  const statement = provenanceStatement(image, base, {
    ...nothing,
    serverUrl: 'https://github.com',
    variable: () => undefined,
  });
  expect(JSON.stringify(statement)).not.toContain('undefined');
  expect(problemsOfStatement(statement)).toEqual([]);
  expect(problemsOfStatement({ ...statement, predicate: {} })).toEqual([
    'statement.predicate.buildDefinition: absent',
    'statement.predicate.runDetails: absent',
  ]);
  expect(statement).toMatchObject({
    predicate: { buildDefinition: { resolvedDependencies: [{ uri: `docker://${base.name}` }] } },
  });
});
