import { defineCodes } from '../base/errors.ts';

/** Failures of promoting APIs between API Managers. */
export const codes = defineCodes({
  ENVIRONMENTS_INVALID: {
    title: 'The environments document is wrong',
    meaning: 'The list of API Managers lacks an environment, a URL, or holds something that does not belong there.',
    remedy: 'Correct the entries named in the message. Each environment has a name and apim, or every URL by itself.',
  },
  PARAMS_MALFORMED: {
    title: 'The params file is not YAML',
    meaning: 'The file with the environment-specific settings cannot be read. Nothing was sent.',
    remedy: 'Correct the line named in the message. Blanks indent, tabs do not.',
  },
  PARAMS_INVALID: {
    title: 'The params file cannot do what it is meant to',
    meaning:
      'The settings for the target environment are absent, incomplete, or in a place where API Manager would ignore ' +
      'them without a word. Nothing was sent.',
    remedy: 'Correct the lines named in the message; each shows a valid example.',
  },
  ARCHIVE_INVALID: {
    title: 'An API archive is not what it should be',
    meaning: 'The archive is damaged, has no or several root folders, or holds another API than the one asked for.',
    remedy: 'Export the API again, or correct the path under archives.',
  },
  APICTL_UNAVAILABLE: {
    title: 'apictl is not there',
    meaning: 'apictl is neither at apictl-path nor on the PATH, and no version to download was given.',
    remedy: 'Give apictl-version with apictl-sha256, or install apictl in an earlier step.',
  },
  APICTL_VERSION: {
    title: 'This version of apictl cannot do that',
    meaning: 'The step needs something that the apictl found does not have, or it does not answer like apictl at all.',
    remedy: 'Use the apictl release whose minor version is that of your API Manager, in its latest patch.',
  },
  APICTL_FAILED: {
    title: 'apictl failed',
    meaning: 'apictl ended with an error that is not in the table of known failures.',
    remedy: "Read apictl's own words in the summary.",
  },
  APICTL_NO_SUCCESS: {
    title: 'apictl ended without saying that it succeeded',
    meaning: 'apictl gave the exit code 0 and did not print its success text: it does so on most failures.',
    remedy: "Read apictl's own words in the summary: they are the server's answer.",
  },
  APIM_LOGIN_REFUSED: {
    title: 'API Manager refuses the credentials',
    meaning: 'User name and password (or the access token) were not accepted by client registration or token endpoint.',
    remedy: 'Check the secrets of this environment. The password grant has to be allowed for the user.',
  },
  APIM_UNAUTHORIZED: {
    title: 'API Manager does not accept the token',
    meaning: 'A call was answered with 401 although a fresh token was used.',
    remedy:
      'Check that publisher and token URL of the environment belong together. A personal access token needs the scopes that docs/permissions.md lists.',
  },
  APIM_FORBIDDEN: {
    title: 'The user may not do that',
    meaning: 'The credentials are right and the user lacks a role or scope for this call.',
    remedy:
      'Give the user the roles Internal/publisher and Internal/creator (or admin) in this environment, or bind the scopes that the message names to a role of the user (docs/permissions.md lists what each mode needs).',
  },
  APIM_BUSY: {
    title: 'API Manager is not ready to answer',
    meaning: 'The server answered 429, 502, 503 or 504, also after retries where a retry is harmless.',
    remedy: 'Look at the health of the API Manager and run the step again.',
  },
  APIM_ERROR: {
    title: 'API Manager answered with an error',
    meaning: 'The server refused a call for a reason of its own.',
    remedy: "Read the server's words in the message.",
  },
  APIM_NOT_APIM: {
    title: 'The URL does not answer like an API Manager',
    meaning: 'A call was answered with success and something else than the documented answer, such as a login page.',
    remedy: 'Check the URLs of the environment: a proxy or another service answers there.',
  },
  API_NOT_FOUND: {
    title: 'The API does not exist',
    meaning: 'The environment holds no API of exactly this name and version.',
    remedy: 'Check name, version and environment under apis and from.',
  },
  API_CONFLICT: {
    title: 'The API collides with what is there',
    meaning: 'The target holds the API already and update is off, or another API or provider has its context.',
    remedy: 'Set update: true, change the context, or set preserve-provider: false across different users.',
  },
  GATEWAY_UNKNOWN: {
    title: 'A gateway environment does not exist',
    meaning:
      'The API should be deployed on a gateway environment that the target does not have. It would be passed over.',
    remedy: 'Use the names that the message lists, in deploymentEnvironments of the params file.',
  },
  REVISION_LIMIT: {
    title: 'There is no room for a revision',
    meaning: 'API Manager keeps five revisions of an API, and all five are deployed or none may be removed.',
    remedy: 'Undeploy one, or set rotate-revision: true so that the oldest that is not deployed is removed.',
  },
  IMPORT_NOT_PROVEN: {
    title: 'apictl reported success and nothing was imported',
    meaning: 'The publisher does not show the API or no new revision of it: apictl calls any answer 200 a success.',
    remedy: 'Check the URLs of the environment: a login page or a proxy may have answered in place of API Manager.',
  },
  REVISION_NOT_DEPLOYED: {
    title: 'The new revision is not deployed where it should be',
    meaning: 'The API was imported, and its new revision is not on every gateway environment that was asked for.',
    remedy: 'Look at the publisher log of the target; gateway environments with wrong names are passed over.',
  },
  GATEWAY_NOT_SERVING: {
    title: 'The gateway does not serve the API',
    meaning: 'The publisher says deployed, and the gateway still answers 404 for its context when the time is over.',
    remedy: 'Check the gateway URL of the environment and the connection between gateway and control plane.',
  },
  PLAN_STALE: {
    title: 'The ground has moved since the plan was made',
    meaning: 'Source or target changed after the plan that should be applied. Nothing was imported.',
    remedy: 'Make a new plan and have it reviewed.',
  },
  PROMOTION_FAILED: {
    title: 'Some APIs were not promoted',
    meaning: 'At least one API failed. The summary names what happened to each.',
    remedy: 'Correct the causes that the summary names and run the step again: what is done is recognised.',
  },
  UNDO_FAILED: {
    title: 'The state before could not be put back',
    meaning: 'An import failed, and so did undoing it. The API is neither as before nor as wanted.',
    remedy: 'Read both causes in the message and repair the API in the publisher by hand.',
  },
  STATE_NOT_AS_PLANNED: {
    title: 'What was imported is not what was planned',
    meaning:
      'The new revision was exported again, and endpoints, operations, security, throttling, life cycle or deployment ' +
      'differ from the plan.',
    remedy: 'Read the differences in the message: the server has refused or changed these settings without a word.',
  },
  LIFECYCLE_NOT_AS_PLANNED: {
    title: 'The API is not in the life cycle state that was planned',
    meaning: 'No steps of the life cycle lead from the present state to the planned one, or one has to be approved.',
    remedy: 'Approve the pending change in the publisher, take the step there by hand, or choose lifecycle: keep.',
  },
  JOURNAL_INVALID: {
    title: 'The promotion journal cannot be used',
    meaning: 'The file is not a journal that mode: apply has written, or holds no promotion into this environment.',
    remedy: 'Give the journal of the promotion that is to be undone, and the same environment under to.',
  },
  PROMOTION_ROLLBACK_REFUSED: {
    title: 'The API was changed again since the promotion',
    meaning: 'A later revision serves, or another API has this name: putting back what was before would undo that too.',
    remedy: 'Decide by hand in the publisher which revision is to serve.',
  },
  ROLLBACK_INCOMPLETE: {
    title: 'Some APIs were not put back',
    meaning: 'At least one API of the journal is not as it was before the promotion. The summary names what was done.',
    remedy: 'Correct the causes that the summary names and run the step again: what is done is recognised.',
  },
  DRIFT_FOUND: {
    title: 'The environment is not what the repository says',
    meaning: 'At least one API differs from its project and params, or is absent. Nothing was changed.',
    remedy: 'Promote the APIs again, or take what was changed in the publisher into the repository.',
  },
  SCRATCH_FULL: {
    title: 'The disk of the runner is full',
    meaning: 'Archives and settings are written to a private folder of the step before they are sent. It has no room.',
    remedy: 'Free space on the runner, promote fewer APIs in a run (shards), or lower concurrency.',
  },
  SUBSCRIPTIONS_SKIPPED: {
    title: 'The application lacks subscriptions',
    meaning:
      'API Manager imports an application without the subscriptions that it cannot make: the API or product is not ' +
      'there, is not published, or does not offer the policy.',
    remedy: 'Promote and publish the APIs that the message names, with the policy, then the application again.',
  },
  DEPENDENCY_MISSING: {
    title: 'Something that is needed is not in the target',
    meaning: 'An API product is made of operations, or an application subscribes to something, that the target lacks.',
    remedy: 'Promote it first, or let it come with the product: dependent-apis: update.',
  },
});
