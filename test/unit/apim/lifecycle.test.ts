import { expect, test } from '@jest/globals';
import { lifecycleWay } from '@wso2-delivery/shared/apim/lifecycle';

test.each<[from: string, to: string, way: string[] | undefined]>([
  ['PUBLISHED', 'PUBLISHED', []],
  ['CREATED', 'PUBLISHED', ['Publish']],
  ['CREATED', 'DEPRECATED', ['Publish', 'Deprecate']],
  ['CREATED', 'RETIRED', ['Publish', 'Deprecate', 'Retire']],
  ['PUBLISHED', 'CREATED', ['Demote to Created']],
  ['BLOCKED', 'PUBLISHED', ['Re-Publish']],
  ['BLOCKED', 'CREATED', ['Re-Publish', 'Demote to Created']],
  ['RETIRED', 'PUBLISHED', undefined],
  ['CREATED', 'MY_STATE', undefined],
  ['MY_STATE', 'MY_STATE', []],
])('from %s to %s: %j', (from, to, way) => {
  expect(lifecycleWay(from, to)).toEqual(way);
});
