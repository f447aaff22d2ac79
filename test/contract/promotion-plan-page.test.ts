/** docs/promotion-plan.md says what the code does. */
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeGroups } from '@wso2-delivery/shared/apim/state-groups';
import { breakingListing, defaultsTable, leftTable, noiseTable } from '../support/promotion-plan-tables.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/promotion-plan.md'), 'utf8');

test.each([
  ['noise', noiseTable()],
  ['defaults', defaultsTable()],
  ['what breaks callers', breakingListing()],
  ['what an import leaves', leftTable()],
])('the page has the %s that the code has, no more and no less', (_, listing) => {
  expect(page).toContain(`\n\n${listing}\n`);
  expect(page.split(listing)[1]?.startsWith('\n|') ?? true).toBe(false);
});

test('the page names every group of changes', () => {
  const words = { cors: 'CORS', lifecycle: 'life cycle' } as const;
  const named = changeGroups.map((group) => (group in words ? words[group as keyof typeof words] : group));
  expect(named.filter((word) => !page.includes(word))).toEqual([]);
});
