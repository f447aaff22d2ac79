import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildZip } from './apictl-replay-server.ts';
import type { Arrangement, Folders } from './apictl-transcripts.ts';

/**
 * What a case needs beyond its recorded setup: inputs are not part of the transcripts, so they are written here in
 * the way that leads to what was recorded.
 */
export const arrangements: Readonly<Record<string, Arrangement>> = {
  'corrupt-keys-json': { before: ({ config }) => writeFileSync(keys(config), '{"environments": ') },
  'keys-json-zero-byte': { before: ({ config }) => writeFileSync(keys(config), '') },
  'main-config-empty': { before: ({ config }) => writeFileSync(join(config, '.wso2apictl/main_config.yaml'), '') },
  'login-trust-certs-dir': {
    before: ({ config }, server) => writeFileSync(join(config, '.wso2apictl/certs/apim.pem'), server.certificate),
  },
  'get-apis-special-password': { password: 'a"d m\\in&x=1+%:é' },
  'export-api-after-dcr-no-ids': { registration: {} },
  'set-export-dir': { before: ({ work }) => void mkdirSync(join(work, 'out'), { recursive: true }) },
  'export-api-custom-dir': { first: ({ work }) => mkdirSync(join(work, 'out')) },
  'export-api-over-stale-ok': { before: stale },
  'export-api-stale-tok400': { before: stale },
  'export-api-html200-over-stale': { before: stale },
  'export-api-dir-not-writable': {
    before: ({ config }) => writeFileSync(join(config, '.wso2apictl/exported/apis/dev'), ''),
  },
  'import-api-missing-file': { before: ({ work }) => rmSync(join(work, 'api.zip')) },
  'import-api-corrupt-zip': { before: ({ work }) => writeFileSync(join(work, 'api.zip'), 'PK\u0003\u0004 no zip') },
  'import-api-zero-byte': { before: ({ work }) => writeFileSync(join(work, 'api.zip'), '') },
  'import-api-empty-zip': { before: (folders) => archive(folders, []) },
  'import-api-zip-flat': { before: flatArchive },
  'import-api-no-api-yaml': { before: (folders) => archive(folders, ['X-1/ (0)', 'X-1/readme.txt (1)']) },
  'import-api-policy-var-unset': {
    before: (folders) => archive(folders, ['P-1/ (0)', 'P-1/Policies/a.j2 (9)'], { 'P-1/Policies/a.j2': '${REGION}' }),
  },
  'import-api-relative-exported': {
    before: ({ config, work }) => {
      mkdirSync(join(config, '.wso2apictl/exported/apis/dev'));
      cpSync(join(work, 'api.zip'), join(config, '.wso2apictl/exported/apis/dev/PizzaShackAPI_1.0.0.zip'));
    },
  },
  'import-api-params-yml': { before: ({ work }) => writeFileSync(join(work, 'params.yml'), 'environments: []\n') },
  'import-api-params-dir-named-yaml': { before: ({ work }) => mkdirSync(join(work, 'x.yaml.d')) },
  'import-api-params-dir-no-paramsfile': { before: ({ work }) => mkdirSync(join(work, 'deploy')) },
  'import-api-params-dir': { before: deploymentFolder },
  'import-app-missing-file': { before: ({ work }) => rmSync(join(work, 'app.zip')) },
  ...paramsCases({
    'import-api-params': twoEnvironments(),
    'import-api-params-rotate': twoEnvironments(),
    'import-api-params-relative': twoEnvironments(),
    'import-api-params-skip-cleanup': twoEnvironments(),
    'import-api-params-value-dollar-brace': twoEnvironments(),
    'import-api-params-missing-var': twoEnvironments(),
    'import-api-params-empty-var': twoEnvironments(),
    'import-api-params-unknown-env': twoEnvironments().replace('name: dev', 'name: test'),
    'import-api-params-env-name-case': twoEnvironments().replace('name: dev', 'name: Dev'),
    'import-api-params-other-env-var': twoEnvironments().replace('https://prod.example.com', 'https://${PROD_HOST}'),
    'import-api-product-params': productParams(),
    'import-api-params-empty-file': '',
    'import-api-params-3x-shape':
      'environments:\n  - name: dev\n    endpoints:\n      production:\n        url: https://a\n',
    'import-api-params-config-typo': 'environments:\n  - name: dev\n    config:\n      endpointType: rest\n',
    'import-api-params-configs-empty-map': 'environments:\n  - name: dev\n    configs: {}\n',
    'import-api-params-configs-null': 'environments:\n  - name: dev\n    configs:\n',
    'import-api-params-name-only': 'environments:\n  - name: dev\n',
    'import-api-params-3x-mixed':
      'environments:\n  - name: dev\n    endpoints:\n      production:\n        url: https://a\n    configs:\n      endpointType: rest\n',
  }),
};

/** Recorded, and not held here: why. */
export const leftOut: Readonly<Record<string, string>> = {
  'export-api-version-special': 'sends a request line with blanks, which Node refuses to write',
  'export-api-verbose': '--verbose is not imitated',
  'get-apis-verbose': '--verbose is not imitated',
  'get-apis-timeout-default-10s': 'takes ten seconds; the other timeouts run',
  'get-apis-amp-user': 'the setup needs a user name with an ampersand on the recorded server',
  'import-api-dryrun-violations-table': 'the table of violations is not imitated; promote-api does not use it',
  'import-api-params-bad-yaml': 'the words of the Go YAML parser',
  'import-api-params-value-special': 'the words of the Go YAML parser',
  'import-api-params-value-number': 'YAML 1.1 octal numbers: the stand-in reads 1.2',
  'import-api-params-anchors': 'the params file of the recording is not known',
  'import-api-params-ambient-var': 'the params file of the recording is not known',
  'import-api-params-dollar-only': 'the params file of the recording is not known',
  'import-api-params-duplicate-env': 'the params file of the recording is not known',
  'import-api-params-two-docs': 'the params file of the recording is not known',
  'import-api-params-unknown-keys': 'the params file of the recording is not known',
  'config-dir-missing-parent': 'a relative folder, which the harness cannot tell from its own',
  'get-apis-30-default-limit': 'the recorded answer is cut',
  'get-apis-limit-100': 'the recorded answer is cut',
  'import-api-zip-slip': 'the stand-in unpacks nothing of an archive that would leave its folder',
  'config-dir-not-writable': 'writes below /proc',
  'set-keeps-other-settings': 'the vcs settings are not imitated',
};

/** Commands of apictl that were recorded and that the stand-in does not have at all. */
export const commandsLeftOut: readonly string[] = [
  'bundle, gen deployment-dir, init, vcs',
  'export apis, export apps',
  'remove env',
];

function keys(config: string): string {
  return join(config, '.wso2apictl.local/keys.json');
}

function stale({ config }: Folders): void {
  mkdirSync(join(config, '.wso2apictl/exported/apis/dev'));
  writeFileSync(join(config, '.wso2apictl/exported/apis/dev/PizzaShackAPI_1.0.0.zip'), 'an archive of an earlier run');
}

function archive({ work }: Folders, entries: readonly string[], contents: Readonly<Record<string, string>> = {}): void {
  writeFileSync(join(work, 'api.zip'), buildZip(entries, contents));
}

function flatArchive(folders: Folders): void {
  archive(folders, [
    'api.yaml (10)',
    'Client-certificates/client_certificates.yaml (114)',
    'Client-certificates/partner.crt (75)',
    'Definitions/swagger.yaml (245)',
    'Endpoint-certificates/dev-backend.crt (75)',
    'Endpoint-certificates/endpoint_certificates.yaml (152)',
    'Policies/addHeader_v1.j2 (111)',
    'Policies/addHeader_v1.yaml (244)',
  ]);
}

function paramsCases(cases: Readonly<Record<string, string>>): Record<string, Arrangement> {
  return Object.fromEntries(
    Object.entries(cases).map(([name, text]) => [
      name,
      { before: ({ work }: Folders) => writeFileSync(join(work, 'params.yaml'), text) },
    ]),
  );
}

function deploymentFolder({ work }: Folders): void {
  const folder = join(work, 'deploy');
  mkdirSync(join(folder, 'certificates'), { recursive: true });
  writeFileSync(join(folder, 'params.yaml'), twoEnvironments());
  writeFileSync(join(folder, 'api_meta.yaml'), 'name: PizzaShackAPI\nversion: 1.0.0\n');
  writeFileSync(join(folder, 'certificates/backend.crt'), '#'.repeat(75));
}

function productParams(): string {
  return `environments:
  - name: dev
    configs:
      deploymentEnvironments:
        - displayOnDevportal: true
          deploymentEnvironment: Default
      dependentAPIs:
        PizzaShackAPI-1.0.0:
          endpoints:
            production:
              url: https://x
`;
}

function twoEnvironments(): string {
  return `environments:
  - name: dev
    configs:
      endpoints:
        production:
          url: https://\${BACKEND_HOST}/pizza
        sandbox:
          url: https://sandbox.example.com/pizza
      security:
        production:
          enabled: true
          type: basic
          username: backenduser
          password: \${BACKEND_PW}
      deploymentEnvironments:
        - displayOnDevportal: true
          deploymentEnvironment: Default
          deploymentVhost: localhost
  - name: prod
    configs:
      endpoints:
        production:
          url: https://prod.example.com/pizza
`;
}
