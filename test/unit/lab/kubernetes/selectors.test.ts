import { describe, expect, test } from '@jest/globals';
import type { KubeObject } from '../../../../packages/lab/src/kubernetes/objects.ts';
import {
  labelSelectorMatcher,
  parseFieldSelector,
  parseLabelSelector,
} from '../../../../packages/lab/src/kubernetes/selectors.ts';

const labels = { app: 'web', tier: 'front' };

describe('a label selector in a query', () => {
  test.each([
    ['', true],
    ['app=web', true],
    ['app==web', true],
    ['app!=web', false],
    ['app=web,tier=back', false],
    ['app in (web, api),tier', true],
    ['app notin (web)', false],
    ['env notin (prod)', true],
    ['tier', true],
    ['!env', true],
    ['!app', false],
    ['app=', false],
  ])('%j matches: %s', (text, matches) => {
    expect(parseLabelSelector(text)(labels)).toBe(matches);
  });

  test('is refused when it cannot be parsed', () => {
    expect(() => parseLabelSelector('a b c')).toThrow('unable to parse requirement');
  });
});

describe('a label selector in an object', () => {
  test.each([
    [{}, true],
    [{ matchLabels: { app: 'web' } }, true],
    [{ matchLabels: { app: 'api' } }, false],
    [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['front'] }] }, true],
    [{ matchExpressions: [{ key: 'env', operator: 'Exists' }] }, false],
    [{ matchExpressions: [{ key: 'env', operator: 'DoesNotExist' }] }, true],
  ])('%j matches: %s', (selector, matches) => {
    expect(labelSelectorMatcher(selector)(labels)).toBe(matches);
  });
});

describe('a field selector', () => {
  const event = {
    kind: 'Event',
    metadata: { name: 'web.1', namespace: 'shop' },
    involvedObject: { name: 'web', uid: 'u1' },
    type: 'Warning',
    source: { component: 'kubelet' },
  } as unknown as KubeObject;

  test.each([
    ['metadata.name=web.1', true],
    ['involvedObject.name=web,type!=Normal', true],
    ['involvedObject.uid=u2', false],
    ['source=kubelet', true],
    ['reason=', true],
  ])('%j matches an event: %s', (text, matches) => {
    expect(parseFieldSelector('Event', text)(event)).toBe(matches);
  });

  test('names the field that a kind cannot be selected by', () => {
    expect(() => parseFieldSelector('Pod', 'spec.hostname=x')).toThrow('field label not supported: spec.hostname');
  });
});
