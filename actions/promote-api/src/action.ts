import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import {
  boolean,
  choice,
  defineAction,
  document,
  duration,
  integer,
  jobToken,
  lines,
  path,
  secret,
  text,
} from '@wso2-delivery/shared/run/declaration';

/** What users of promote-api see: action.yml and the tables of README.md are made from this. */
export const action = defineAction({
  name: 'promote-api',
  description: 'Take APIs from one WSO2 API Manager to the next, prove that they serve there, and undo it when not.',
  icon: 'fast-forward',
  color: 'orange',
  inputs: {
    apis: lines(
      'APIs to promote, one a line: name:version, with * and ? for many (Pets*:*), tag:name, query: with a search of the publisher; or the path of a file that lists them so. May be left out with `archives` or `plan`.',
      { example: 'EmployeeAPI:1.0.0' },
    ),
    kind: choice(
      ['api', 'api-product', 'application'],
      'What is promoted: APIs, API products, or applications of the devportal (in `apis` then as name:owner).',
      { default: 'api' },
    ),
    'dependent-apis': choice(
      ['require', 'create', 'update'],
      'The APIs that an API product is made of. require: the target has them already. create: those that it lacks come from the archive of the product, before it. update: those that differ are updated as well.',
      { default: 'require' },
    ),
    'preserve-owner': boolean('Keep the owner of an application. Off: the user of `to` becomes its owner.', {
      default: 'true',
    }),
    subscriptions: choice(['include', 'skip'], 'Whether an application comes with its subscriptions.', {
      default: 'include',
    }),
    keys: choice(
      ['skip', 'include'],
      'Whether an application comes with its consumer keys and secrets. They replace those that it has in the target: on-failure: rollback brings these back where the server tells them, mode rollback cannot.',
      { default: 'skip' },
    ),
    archives: lines(
      'Instead of an export from `from`: archives or API project folders of the repository, one a line.',
      { example: 'apis/EmployeeAPI-1.0.0' },
    ),
    from: text('The environment to export from. Left out with `archives`.', { example: 'dev' }),
    to: text('The environment to import into.', { required: true, example: 'staging' }),
    environments: document(
      'Where the API Managers are: a YAML file (or the document) with a list under `environments:`, each with name, apim (or every URL by itself) and gateways. Never holds credentials.',
      parseYaml,
      { required: true, example: 'apis/environments.yaml' },
    ),
    params: path(
      'The params file of the APIs, or a deployment folder with params.yaml and certificates/, in the 3.x or the 4.x shape. Only the target environment is read; ${NAME} is replaced from the environment of the step.',
      { exists: 'any', example: 'apis/api_params.yaml' },
    ),
    'converted-params': path(
      'Where to write the params file in the 4.x shape when it has the 3.x shape: to be committed. No secret is in it. Default: it is not written.',
      { example: 'apis/api_params.yaml' },
    ),
    'params-variables': secret(
      'Values of the variables of the params file, NAME=value, one a line; they win over the environment of the step.',
      { example: '${{ secrets.PARAMS_VARIABLES }}' },
    ),
    mode: choice(
      ['plan', 'apply', 'rollback', 'drift'],
      'plan: say what would happen, change nothing. apply: do it. rollback: put back what a journal says was there before. drift: compare the target with what it should be, change nothing.',
      { default: 'apply' },
    ),
    plan: path(
      'The plan file. Mode plan writes it (default: promotion-plan.json); mode apply, when it is given, does exactly that or refuses.',
      { example: 'promotion-plan.json' },
    ),
    shards: integer(
      'Mode plan: divide the work into this many shards of about equal size; the output `matrix` has one job for each.',
      { min: 1, max: 256, example: '4' },
    ),
    shard: text('Mode apply with `plan`: do this shard of it alone, as the output `matrix` names it.', {
      example: '2/4',
    }),
    journal: path(
      'The promotion journal: every step is written there before it is begun. Mode rollback reads it. Default: promotion-journal.jsonl.',
      { example: 'promotion-journal.jsonl' },
    ),
    'on-drift': choice(['fail', 'report'], 'Mode drift: whether a difference fails the step.', { default: 'fail' }),
    revision: text('What is exported: latest (revision), working-copy, or the number of a revision.', {
      default: 'latest',
      example: 'latest',
    }),
    update: boolean('Update APIs that the target has already. Off: such APIs are refused.', { default: 'true' }),
    'rotate-revision': boolean('At the limit of five revisions: remove the oldest that is not deployed. Off: refuse.', {
      default: 'true',
    }),
    'preserve-provider': boolean('Keep the provider of the API. Set false across different users or tenants.', {
      default: 'true',
    }),
    lifecycle: choice(
      ['source', 'keep', 'publish'],
      'State of the API in the target afterwards: as at the source, as it was in the target before, or published.',
      { default: 'source' },
    ),
    'on-failure': choice(
      ['none', 'rollback'],
      'After a failed API: leave it as it is, or put back what was there before (of a product, its APIs as well).',
      { default: 'none' },
    ),
    concurrency: integer('How many APIs are exported or imported at the same time.', {
      default: '8',
      min: 1,
      max: 32,
    }),
    verify: duration(
      'How long the gateways may take to serve an imported API. 0: they are not asked. Only gateways with a URL in `environments` are.',
      { default: '2m' },
    ),
    engine: choice(
      ['rest', 'apictl'],
      'What exports and imports: the calls that apictl makes without its process, or apictl. Default: rest; apictl when apictl-path or apictl-version says which.',
    ),
    'gateway-status': text(
      'What a gateway must answer to a call of the API without a token: 401, 2xx, several parted by blanks. Default: anything but its own 404.',
      { example: '401' },
    ),
    'apictl-version': text('Release of apictl to download, for engine: apictl. Default: the apictl on the PATH.', {
      example: '4.7.0',
    }),
    'apictl-sha256': text('SHA-256 of the release file: the vendor publishes none, so none is known here.', {
      example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    }),
    'apictl-path': text('Where apictl is, for engine: apictl. Default: looked up on the PATH.', {
      example: '/usr/local/bin/apictl',
    }),
    'request-timeout': duration('How long one request to an API Manager may take (apictl itself: 10 s).', {
      default: '60s',
    }),
    'from-username': text('User of `from`.', { example: '${{ vars.DEV_USER }}' }),
    'from-password': secret('Password of `from`.', { example: '${{ secrets.DEV_PASSWORD }}' }),
    'from-token': secret('Personal access token of `from`, instead of user and password.', {
      example: '${{ secrets.DEV_TOKEN }}',
    }),
    'to-username': text('User of `to`.', { example: '${{ vars.STAGING_USER }}' }),
    'to-password': secret('Password of `to`.', { example: '${{ secrets.STAGING_PASSWORD }}' }),
    'to-token': secret('Personal access token of `to`, instead of user and password.', {
      example: '${{ secrets.STAGING_TOKEN }}',
    }),
    'ca-file': path('Certificate authority of the API Managers and gateways, PEM.', {
      exists: 'file',
      example: 'ci/ca.pem',
    }),
    'pr-comment': boolean(
      'Put the plan (or the result) into a comment on the pull request of the job, one for each target, updated in place. The job needs `pull-requests: write`; without it the step goes on with a warning.',
      { default: 'false' },
    ),
    'github-token': jobToken('What writes the comment.'),
  },
  outputs: {
    plan: 'Path of the plan file, relative to the workspace (mode plan).',
    changes: 'JSON: how many APIs are create, update, redeploy, unchanged, refused, and how many failed.',
    matrix: 'JSON for strategy.matrix: one job a shard with `shard` and `apis` (mode plan with shards).',
    'converted-params': 'Path of the params file in the 4.x shape, relative to the workspace, when it was written.',
    journal: 'Path of the promotion journal, relative to the workspace, when something was done.',
    promoted: 'JSON: name, version, action, revision, state and gateways of each API that was promoted.',
    verdict: 'planned, refused, succeeded, failed, rolled-back, rollback-failed, in-sync or drifted.',
    report: 'Path of the JSON report.',
  },
});
