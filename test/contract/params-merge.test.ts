/** What the product takes the server to do with params, and what the lab's own API Manager does with them. */
import { describe, expect, test } from '@jest/globals';
import { injectParams } from '@wso2-delivery/lab/apim/params-injection';
import { compareStates } from '@wso2-delivery/shared/apim/state-compare';
import { stateOf } from '@wso2-delivery/shared/apim/state';
import { formatYaml } from '@wso2-delivery/shared/formats/yaml';
import { apiProject, exportedData } from '../support/api-projects.ts';

type Table = Record<string, unknown>;

const url = (name: string) => ({ url: `https://${name}.example.com` });
const both = { production: url('production'), sandbox: url('sandbox') };
const basic = { enabled: true, type: 'basic', username: 'user', password: 'secret-of-the-test' };
const oauth = {
  enabled: true,
  type: 'oauth',
  grantType: 'client_credentials',
  tokenUrl: 'https://sso.example.com/token',
  clientId: 'client',
  clientSecret: 'secret-of-the-test',
};

const cases: readonly (readonly [what: string, configs: Table])[] = [
  ['nothing: both endpoints become localhost, protection is dropped', {}],
  ['endpoints alone: protection is dropped', { endpoints: both }],
  ['a production endpoint alone', { endpoints: { production: url('production') } }],
  ['a sandbox endpoint alone', { endpoints: { sandbox: url('sandbox') } }],
  ['timeouts of an endpoint', { endpoints: { production: { ...url('a'), config: { actionDuration: 30000 } } } }],
  ['SOAP endpoints', { endpointType: 'soap', endpoints: both }],
  ['basic protection of one endpoint', { endpoints: both, security: { production: basic } }],
  ['protection of both', { endpoints: both, security: { production: basic, sandbox: oauth } }],
  ['protection that is off', { endpoints: both, security: { production: { enabled: false, type: 'basic' } } }],
  ['flat security: protection is switched off without a word', { endpoints: both, security: basic }],
  ['subscription policies', { endpoints: both, policies: ['Silver'] }],
  ['an empty list of policies: those of the archive stay', { endpoints: both, policies: [] }],
  [
    'deployments',
    { endpoints: both, deploymentEnvironments: [{ deploymentEnvironment: 'Internal', displayOnDevportal: false }] },
  ],
  ['an empty list of deployments: it replaces that of the archive', { endpoints: both, deploymentEnvironments: [] }],
  [
    'balanced endpoints',
    {
      endpointRoutingPolicy: 'load_balanced',
      loadBalanceEndpoints: { production: [url('a'), url('b')], sessionManagement: 'soap', sessionTimeOut: 300 },
    },
  ],
  [
    'balanced endpoints with sessions of the transport',
    {
      endpointRoutingPolicy: 'load_balanced',
      loadBalanceEndpoints: { production: [url('a')], sandbox: [url('b')], sessionManagement: 'transport' },
    },
  ],
  [
    'endpoints for a failure',
    {
      endpointRoutingPolicy: 'failover',
      failoverEndpoints: { production: url('a'), productionFailovers: [url('b'), url('c')] },
    },
  ],
  [
    'SOAP endpoints for a failure',
    {
      endpointType: 'soap',
      endpointRoutingPolicy: 'failover',
      failoverEndpoints: {
        production: url('a'),
        productionFailovers: [url('b')],
        sandbox: url('c'),
        sandboxFailovers: [],
      },
    },
  ],
  ['dynamic endpoints', { endpointType: 'dynamic' }],
  ['AWS Lambda with the role', { endpointType: 'aws', awsLambdaEndpoints: { accessMethod: 'role-supplied' } }],
  [
    'AWS Lambda with a key',
    {
      endpointType: 'aws',
      awsLambdaEndpoints: {
        accessMethod: 'stored',
        amznRegion: 'eu-west-1',
        amznAccessKey: 'AK',
        amznSecretKey: 'SK-x',
      },
    },
  ],
  ['mutual TLS', { endpoints: both, mutualSslCerts: [] }],
];

describe('params are merged as the lab merges them:', () => {
  test.each(cases)('%s', (_, configs) => {
    const project = apiProject({ deployments: [{ gateway: 'Default', vhost: undefined, displayOnDevportal: true }] });
    const planned = stateOf(project, { configs });
    const imported = injectParams(
      {
        files: project.files,
        api: exportedData(),
        deployments: [{ deploymentEnvironment: 'Default', displayOnDevportal: true }],
      },
      JSON.parse(JSON.stringify(configs)) as Table,
    );
    const files = new Map(project.files);
    files.set('api.yaml', Buffer.from(formatYaml({ type: 'api', version: 'v4.7.0', data: imported.api })));
    const deployments = imported.deployments.map((each) => ({
      gateway: each.deploymentEnvironment,
      vhost: each.deploymentVhost,
      displayOnDevportal: each.displayOnDevportal ?? true,
    }));
    expect(compareStates(planned, stateOf({ ...project, files, deployments }))).toEqual([]);
  });
});
