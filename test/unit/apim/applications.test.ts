import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readProjectFolder } from '@wso2-delivery/shared/apim/archive';
import { stateOf } from '@wso2-delivery/shared/apim/state';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import {
  keyTypesOf,
  maskKeys,
  policyMoves,
  skippedIn,
  subscriptionsOf,
  withoutParts,
} from '@wso2-delivery/shared/apim/applications';

const folder = join(import.meta.dirname, '../../../examples/employee-portal/admin-EmployeePortal');
const application = (yaml: string) => ({ files: new Map([['application.yaml', Buffer.from(yaml)]]) });
const secret = Buffer.from('very secret').toString('base64');
const key = `{keyType: PRODUCTION, consumerKey: ckey, consumerSecret: ${secret}}`;

describe('an application', () => {
  test('names its subscriptions', () => {
    expect(subscriptionsOf(readProjectFolder(folder, 'the example'))).toEqual([
      { name: 'EmployeeAPI', version: '1.0.0', throttlingPolicy: 'Unlimited' },
      { name: 'EmployeeProduct', version: '1.0.0', throttlingPolicy: 'Gold' },
    ]);
  });

  test.each([
    ['where servers put them', `data: {applicationInfo: {keys: [${key}]}}`],
    ['beside the rest', `data: {applicationInfo: {}, applicationKeys: [${key}]}`],
  ])('its keys are masked as they stand there and decoded, %s', (_, yaml) => {
    const masked: string[] = [];
    maskKeys(application(yaml), { register: (value) => masked.push(value) });
    expect(masked).toEqual(expect.arrayContaining(['ckey', secret, 'very secret']));
    expect(keyTypesOf(application(yaml))).toEqual(['PRODUCTION']);
  });

  test.each(['', 'data: x', 'data: {subscribedAPIs: [1, {apiId: 2}]}'])('%j holds nothing', (yaml) => {
    expect([subscriptionsOf(application(yaml)), keyTypesOf(application(yaml))]).toEqual([[], []]);
  });
});

describe('parts that stay behind', () => {
  const project = readProjectFolder(folder, 'the example');
  const text = (project.files.get('application.yaml')?.toString('utf8') ?? '').replace('keys: []', `keys: [${key}]`);
  const whole = { ...project, files: new Map(project.files).set('application.yaml', Buffer.from(text)) };

  test.each([
    { keys: false, subscriptions: false, left: [1, 2] },
    { keys: true, subscriptions: false, left: [0, 2] },
    { keys: false, subscriptions: true, left: [1, 0] },
    { keys: true, subscriptions: true, left: [0, 0] },
  ])('$keys keys, $subscriptions subscriptions', ({ keys, subscriptions, left }) => {
    const rest = withoutParts(whole, { keys, subscriptions });
    expect([keyTypesOf(rest).length, subscriptionsOf(rest).length]).toEqual(left);
    expect(stateOf(rest).facts.get('applicationInfo.throttlingPolicy')?.value).toBe('Unlimited');
  });

  test('of application.json as well', () => {
    const files = new Map([['application.json', Buffer.from(JSON.stringify(parseYaml(text)))]]);
    expect(keyTypesOf(withoutParts({ ...project, files }, { keys: true, subscriptions: false }))).toEqual([]);
  });
});

describe('subscriptions that would have to move', () => {
  const change = {
    path: 'subscribedAPIs[A:1].throttlingPolicy',
    kind: 'changed',
    before: 'Gold',
    after: 'Bronze',
  } as const;

  test('are told', () => {
    expect(policyMoves([change])).toEqual([
      'is subscribed to A:1 with the policy Gold, and an import does not change that to Bronze',
    ]);
  });

  test('what is new, and what is about another thing, moves nothing', () => {
    const others = [
      { ...change, kind: 'added' as const },
      { ...change, path: 'applicationInfo.throttlingPolicy' },
    ];
    expect(policyMoves(others)).toEqual([]);
  });
});

describe('an answer 207', () => {
  test('names the subscriptions that were skipped', () => {
    const output = 'Status: 207 Multi-Status\nResponse: {"count":1,"list":[{"name":"PetsAPI","version":"1.0"}]}\n';
    expect(skippedIn(output, 'App:bob')).toMatchObject({
      code: 'SUBSCRIPTIONS_SKIPPED',
      message: 'App:bob was imported without some of its subscriptions: PetsAPI:1.0',
    });
  });

  test('in the words that apictl was recorded to print', () => {
    const file = join(import.meta.dirname, '../../fixtures/apictl/4.7.0/import-app-207.json');
    const { stdout } = JSON.parse(readFileSync(file, 'utf8')) as { stdout: string };
    expect(skippedIn(stdout, 'PizzaApp:admin')?.message).toContain('the server does not say which');
  });

  test('is no other answer', () => {
    expect(skippedIn('Successfully imported Application.', 'App:bob')).toBeUndefined();
  });
});
