/** Where an image comes from: an in-toto statement with SLSA provenance v1, as GitHub's own build type describes it. */

export interface ProvenanceFacts {
  readonly repository: string | undefined;
  readonly sha: string | undefined;
  readonly ref: string | undefined;
  readonly serverUrl: string;
  readonly runId: string | undefined;
  /** A variable of the job: GITHUB_WORKFLOW_REF and others. */
  variable(name: string): string | undefined;
}

export const PROVENANCE_PREDICATE = 'https://slsa.dev/provenance/v1';

/**
 * The statement. It is not signed: `actions/attest` signs a statement about the same digest.
 * @param image registry/repository and digest of the image
 * @param base the image it was built on, when it is known
 */
export function provenanceStatement(
  image: { readonly name: string; readonly digest: string },
  base: { readonly name: string; readonly digest: string } | undefined,
  facts: ProvenanceFacts,
): object {
  const { repository, sha, ref, serverUrl, runId } = facts;
  const source = repository === undefined ? undefined : `${serverUrl}/${repository}`;
  const workflow = facts.variable('GITHUB_WORKFLOW_REF');
  const [workflowPath] = (workflow ?? '').replace(`${repository ?? ''}/`, '').split('@');
  const attempt = facts.variable('GITHUB_RUN_ATTEMPT') ?? '1';
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: image.name, digest: digestMap(image.digest) }],
    predicateType: PROVENANCE_PREDICATE,
    predicate: {
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: {
          workflow: defined({ ref, repository: source, path: workflowPath === '' ? undefined : workflowPath }),
        },
        internalParameters: {
          github: defined({
            event_name: facts.variable('GITHUB_EVENT_NAME'),
            repository_id: facts.variable('GITHUB_REPOSITORY_ID'),
            repository_owner_id: facts.variable('GITHUB_REPOSITORY_OWNER_ID'),
            runner_environment: facts.variable('RUNNER_ENVIRONMENT'),
          }),
        },
        resolvedDependencies: [
          ...(source === undefined || sha === undefined
            ? []
            : [{ uri: `git+${source}${ref === undefined ? '' : `@${ref}`}`, digest: { gitCommit: sha } }]),
          ...(base === undefined ? [] : [{ uri: `docker://${base.name}`, digest: digestMap(base.digest) }]),
        ],
      },
      runDetails: {
        builder: { id: workflow === undefined ? `${serverUrl}/actions/runner` : `${serverUrl}/${workflow}` },
        metadata: defined({
          invocationId:
            source === undefined || runId === undefined
              ? undefined
              : `${source}/actions/runs/${runId}/attempts/${attempt}`,
        }),
      },
    },
  };
}

function digestMap(digest: string): Record<string, string> {
  const [algorithm = '', hex = ''] = digest.split(':');
  return { [algorithm]: hex };
}

function defined(record: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
