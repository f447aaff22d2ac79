/** A plan of twelve APIs as one meets it: new, changed with and without harm, to deploy again, untouched, refused. */
import { lossesOf } from '@wso2-delivery/shared/apim/losses';
import type { ApiPlan } from '@wso2-delivery/shared/apim/plan';
import { planSchema, type PromotionPlan } from '@wso2-delivery/shared/apim/plan-file';
import { compareStates } from '@wso2-delivery/shared/apim/state-compare';
import { stateOf } from '@wso2-delivery/shared/apim/state';
import { apiProject, changed, exportedData, exportedDefinition } from './api-projects.ts';

type Edit = readonly [part: 'data' | 'definition', path: readonly (string | number)[], value: unknown];

/** The plan for one API; what is not said is of one that is not touched. */
export function apiPlan(given: Partial<ApiPlan> & Pick<ApiPlan, 'name'>): ApiPlan {
  const { action = 'unchanged' } = given;
  return {
    kind: 'api',
    version: '1.0.0',
    action,
    imports: action === 'create' || action === 'update',
    deployments: [{ gateway: 'Default', vhost: undefined, displayOnDevportal: true }],
    lifecycle: 'PUBLISHED',
    removes: undefined,
    redeploys: undefined,
    serving: action === 'create' ? [] : [{ revision: 4, gateways: ['Default'] }],
    changes: [],
    notes: [],
    losses: [],
    problems: [],
    bytes: 4096,
    source: 'sha256:1',
    params: undefined,
    secrets: undefined,
    wants: 'sha256:2',
    ground: { id: 'id', revisions: [4], state: undefined, working: undefined, secrets: undefined },
    ...given,
  };
}

/** What these edits of the sample API change. */
export function changesOf(edits: readonly Edit[]): ApiPlan['changes'] {
  let data = exportedData();
  let definition = exportedDefinition();
  for (const [part, path, value] of edits) {
    if (part === 'data') data = changed(data, path, value);
    else definition = changed(definition, path, value);
  }
  return compareStates(stateOf(apiProject({ data, definition })), stateOf(apiProject()));
}

const production = ['endpointConfig', 'production_endpoints', 'url'];
const password = ['endpointConfig', 'endpoint_security', 'production', 'password'];

export function twelveApis(): PromotionPlan {
  return {
    schema: planSchema,
    from: 'dev',
    to: 'staging',
    salt: 'salt',
    apis: [
      apiPlan({
        name: 'OrderAPI',
        version: '2.1.0',
        action: 'update',
        removes: 2,
        losses: lossesOf({ removes: 2, overwritesEdits: true, replacesKeys: [] }),
        changes: changesOf([
          ['definition', ['paths', '/menu'], undefined],
          [
            'definition',
            ['paths', '/card'],
            { get: { summary: 'The card', responses: { '200': { description: 'ok' } } } },
          ],
          ['definition', ['paths', '/order', 'post', 'security'], [{ default: ['order', 'pay'] }]],
          ['definition', ['components', 'schemas', 'Order', 'required'], ['pizza', 'count']],
          ['data', ['transport'], ['https']],
          ['data', production, 'https://orders-v2.example.com/api'],
          ['data', password, 'another-one'],
          ['data', ['description'], 'Takes and bills orders, with the card of the day.'],
          ['data', ['tags'], ['pizza', 'food', 'orders']],
        ]),
      }),
      apiPlan({
        name: 'PaymentAPI',
        action: 'update',
        changes: changesOf([
          [
            'data',
            ['securityScheme'],
            ['oauth2', 'mutualssl', 'mutualssl_mandatory', 'oauth_basic_auth_api_key_mandatory'],
          ],
          ['data', ['policies'], ['Unlimited']],
        ]),
      }),
      apiPlan({
        name: 'MenuAPI',
        action: 'update',
        changes: changesOf([['data', production, 'https://menu.example.com']]),
      }),
      apiPlan({
        name: 'StoreAPI',
        action: 'update',
        changes: changesOf([['data', ['description'], 'Finds | stores']]),
      }),
      apiPlan({ name: 'LoyaltyAPI', action: 'create' }),
      apiPlan({ name: 'GiftAPI', action: 'create', version: '0.9.0' }),
      apiPlan({
        name: 'CourierAPI',
        action: 'redeploy',
        redeploys: 3,
        serving: [],
        changes: [{ group: 'deployment', path: 'deployedOn', kind: 'added', after: 'Default', secret: false }],
      }),
      apiPlan({
        name: 'StaffAPI',
        action: 'refused',
        problems: [
          {
            code: 'REVISION_LIMIT',
            problem: 'has 5 revisions, and rotate-revision is off',
            example: 'rotate-revision: true',
          },
        ],
        changes: changesOf([['data', ['cacheTimeout'], 60]]),
      }),
      ...['BankAPI', 'GeoAPI', 'NewsAPI', 'TaxAPI'].map((name) => apiPlan({ name })),
    ],
  };
}
