import { describe, expect, test } from '@jest/globals';
import type { Promotion } from '@wso2-delivery/shared/apim/promote';
import { driftSummary, planSummary } from '../../../../actions/promote-api/src/plan-page.ts';
import type { Story } from '../../../../actions/promote-api/src/report.ts';
import { resultSummary } from '../../../../actions/promote-api/src/result-page.ts';
import { apiPlan, changesOf, twelveApis } from '../../../support/promotion-plans.ts';

function story(given: Partial<Story> = {}): Story {
  return { mode: 'plan', from: 'dev', to: 'staging', plan: twelveApis(), planFile: 'promotion-plan.json', ...given };
}

/** A plan of these alone. */
function planOf(...apis: ReturnType<typeof apiPlan>[]): Partial<Story> {
  return { plan: { ...twelveApis(), apis } };
}

/** The lines of a page before the first folded part: what is seen without a click. */
function seen(page: string): string[] {
  const at = page.indexOf('<details>');
  return page
    .slice(0, at === -1 ? undefined : at)
    .trim()
    .split('\n');
}

/** The folded part with this title. */
function folded(page: string, title: string): string {
  const from = page.indexOf(`<summary>${title}`);
  return page.slice(from, page.indexOf('</details>', from));
}

describe('the page of a plan', () => {
  const page = planSummary(story());

  test('says on top how much of what happens', () => {
    expect(seen(page)[2]).toBe(
      '**12 APIs**: 🆕 2 new · ✏️ 4 to update · 🔁 1 to redeploy · ➖ 4 unchanged · ❌ 1 refused · ⚠️ 2 break callers',
    );
  });

  test('fits on one screen before anything is unfolded, refusals and what breaks callers first', () => {
    const lines = seen(page);
    expect(lines.length).toBeLessThan(30);
    const at = (text: string) => lines.findIndex((line) => line.includes(text));
    expect(at('has 5 revisions')).toBeLessThan(at('calls to GET /menu are answered with 404'));
    expect(at('calls to GET /menu are answered with 404')).toBeLessThan(at('| API |'));
  });

  test('has a row for each API that is touched, with its mark, in the order of their weight', () => {
    const rows = seen(page).filter((line) => line.includes('`') && line.startsWith('|'));
    expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual(['❌', '⚠️', '⚠️', '✏️', '✏️', '🆕', '🆕', '🔁']);
    expect(rows[1]).toContain('revision 2 is removed for room: no rollback brings it back<br>unpublished edits');
    expect(rows[1]).toContain('Default (now revision 4)');
    expect(rows[5]).toContain('new, PUBLISHED');
  });

  test('folds the changes by group, those that break callers first, with the values', () => {
    const part = folded(page, 'OrderAPI:2.1.0: 9 changes, 3 breaking');
    expect(part.indexOf('⚠️ `GET /menu` removed')).toBeLessThan(part.indexOf('`GET /card'));
    expect(part).toContain(
      '`production_endpoints.url` `https://backend.example.com/pizza` → `https://orders-v2.example.com/api`',
    );
    expect(part).toContain('`POST /order scopes` `pay` added');
  });

  test('shows that a secret changes, and not what it is', () => {
    expect(page).toContain('`endpoint_security.production.password` changed (secret, not shown)');
    expect(page).not.toMatch(/hunter2|another-one/);
  });

  test('names what is not touched in one folded line', () => {
    expect(folded(page, '➖ 4 unchanged')).toContain(
      '`BankAPI:1.0.0`, `GeoAPI:1.0.0`, `NewsAPI:1.0.0`, `TaxAPI:1.0.0`',
    );
    const noted = planSummary(story(planOf(apiPlan({ name: 'A', notes: ['revision 2 keeps serving on Other'] }))));
    expect(folded(noted, '➖ 1 unchanged')).toContain('- `A:1.0.0` revision 2 keeps serving on Other');
    expect(planSummary(story(planOf(apiPlan({ name: 'A' })))).split('\n')[2]).toBe('**1 API**: ➖ 1 unchanged');
  });

  test('says how to apply it, unless something is refused', () => {
    expect(page).toContain('the plan cannot be applied');
    const good = planSummary(story(planOf(apiPlan({ name: 'A', action: 'create' }))));
    expect(good).toContain('`mode: apply` with `plan: promotion-plan.json`');
    expect(good).toMatch(/^## ⏳ Plan: dev → staging/);
  });

  test('takes hostile names and values for text', () => {
    const changes = changesOf([['data', ['description'], '</details><script>alert(1)</script> `x` @team\n## no']]);
    const hostile = planSummary(
      story(planOf(apiPlan({ name: 'A|B<b>', action: 'update', changes, notes: ['<img src=x> @team'] }))),
    );
    expect(hostile).not.toMatch(/<script>(?![^`]*`)|<img src/);
    expect(hostile.match(/<details>/g)).toHaveLength(1);
    expect(hostile).not.toMatch(/^## no/m);
  });

  test('stays small enough for a comment, whatever the plan: the rest is in the plan file', () => {
    const edits = Array.from({ length: 40 }, (_, at) => ['data', [`key${at}`], `value ${at} `.repeat(20)] as const);
    const changes = changesOf(edits);
    const apis = Array.from({ length: 500 }, (_, at) => apiPlan({ name: `API${at}`, action: 'update', changes }));
    const large = planSummary(story(planOf(...apis)));
    expect(large.length).toBeLessThan(65_536);
    expect(large).toContain('**500 APIs**');
    expect(large).toMatch(/^… and \d{3} more, in the plan file$/m);
    expect(large).toMatch(/The changes of \d+ more are in the plan file/);
    expect(large).toContain('… and 25 more, in the plan file');
  });

  test('is empty without a plan, and calls things by their kind', () => {
    expect(planSummary({ mode: 'plan', from: 'dev', to: 'staging' })).toBe('');
    const product = apiPlan({ name: 'Shop', kind: 'api-product', action: 'create' });
    expect(planSummary(story(planOf(product)))).toContain('**1 API product**');
    const portal = apiPlan({ name: 'Portal', version: 'admin', kind: 'application', action: 'create' });
    expect(planSummary(story(planOf(portal)))).toContain('`Portal of admin`');
  });
});

describe('the page of a drift', () => {
  test('says what is not as the source says, from the target on', () => {
    const page = driftSummary(story({ mode: 'drift', from: undefined }));
    expect(page).toContain('**8 of 12 APIs** in staging are not what the repository says.');
    const part = folded(page, 'OrderAPI:2.1.0: 9 differences');
    expect(part).toContain('`GET /menu` is only in staging');
    expect(part).toContain('`POST /order scopes` `pay` is not in staging');
    expect(part).toContain('is `https://backend.example.com/pizza`, not `https://orders-v2.example.com/api`');
    expect(part).not.toContain('⚠️');
    expect(page).toContain('is not deployed on Default as it should');
  });

  test('says it when there is none', () => {
    const page = driftSummary(story({ mode: 'drift', from: undefined, ...planOf(apiPlan({ name: 'A' })) }));
    expect(page).toMatch(/^## ✅ Drift of staging\n\n\*\*staging is what the repository says\*\*: 1 API compared\./);
  });
});

describe('the page of a result', () => {
  const plan = twelveApis();
  const promotions = plan.apis
    .filter(({ action }) => action !== 'refused')
    .map(({ kind, name, version, action }): Promotion => {
      const failed = name === 'PaymentAPI';
      const result =
        action === 'unchanged' ? 'unchanged' : failed ? 'rolled-back' : name === 'MenuAPI' ? 'done' : 'promoted';
      return {
        ...{ kind, name, version, action, result },
        revision: failed || action === 'unchanged' ? undefined : 5,
        lifeCycleStatus: failed ? undefined : 'PUBLISHED',
        gateways: failed ? [] : [{ gateway: 'Default', url: 'https://gw.example.com/', status: 401 }],
        durationMs: 1200,
        failure: failed ? new Error('the gateway Default does not serve it') : undefined,
        undone: failed ? 'revision 4 serves again on Default' : undefined,
        notes: name === 'OrderAPI' ? ['tags is food, and nothing was planned'] : [],
      };
    });
  const page = resultSummary(story({ mode: 'apply', promotions }));

  test('counts what became of the APIs, and shows failures open and first', () => {
    expect(page).toMatch(/^## ❌ dev → staging/);
    expect(page).toContain(
      '**10 of 11 APIs as planned**: 2 updated · 1 rolled back · 1 was as planned already · 2 created · 1 redeployed · 4 unchanged',
    );
    const failure = page.indexOf('<details open><summary>PaymentAPI:1.0.0: rolled back');
    expect(failure).toBeGreaterThan(0);
    expect(failure).toBeLessThan(page.indexOf('| API |'));
    expect(page).toContain('**Undo:** revision 4 serves again on Default');
  });

  test('has the proof of each, and folds what was changed and what was noted', () => {
    expect(page).toContain(
      '| ✅ | `OrderAPI:2.1.0` | updated | 5 | PUBLISHED | Default: serves (401, asks for a token) |',
    );
    expect(folded(page, 'OrderAPI:2.1.0: 9 changes, 3 breaking, 3 notes')).toContain('- tags is food');
    expect(folded(page, '➖ 4 unchanged')).toContain('`BankAPI:1.0.0`');
    expect(page).not.toContain('| `BankAPI');
  });

  test('is green when all is as planned', () => {
    const good = promotions.filter(({ result }) => result !== 'rolled-back');
    expect(resultSummary(story({ mode: 'apply', promotions: good }))).toMatch(
      /^## ✅ dev → staging\n\n\*\*10 of 10 APIs as planned\*\*, proven at the publisher/,
    );
  });
});
