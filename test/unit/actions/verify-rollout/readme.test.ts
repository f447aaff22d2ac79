import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { causeIds } from '@wso2-delivery/shared/kubernetes/rollout/causes';
import type { HealthProblem } from '@wso2-delivery/shared/mi/health';

const ofIntegrators: readonly HealthProblem['cause'][] = ['applications-faulty', 'applications-missing', 'not-healthy'];
const inside = [...ofIntegrators, 'versions-differ', 'apis-missing'];

test('the README names every value of the output cause, and no other', () => {
  const readme = readFileSync(new URL('../../../../actions/verify-rollout/README.md', import.meta.url), 'utf8');
  const [, section = ''] = /## Causes\n([\s\S]*?)\n## /.exec(readme) ?? [];
  const rows = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| Field'));
  const named = rows.flatMap((row) => [...row.matchAll(/`([a-z-]+)`/g)].map(([, id = '']) => id));
  expect([...new Set(named)].sort()).toEqual([...new Set([...causeIds, ...inside])].sort());
});
