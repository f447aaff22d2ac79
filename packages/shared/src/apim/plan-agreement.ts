import { VerificationError } from '../base/errors.ts';
import { canonical } from './archive.ts';
import { codes } from './codes.ts';
import { areSamePlaces } from './deployments.ts';
import type { PromotionPlan } from './plan-file.ts';
import type { ApiPlan } from './plan.ts';
import type { Change } from './state-compare.ts';

const nameOf = ({ name, version }: Pick<ApiPlan, 'name' | 'version'>) => `${name}:${version}`;

/**
 * Refuses to apply a plan whose ground has moved. What an earlier run of the same plan has done, wholly or in part, is
 * no movement: then less is left to do, and all of it was agreed.
 * @param agreed the plan that was reviewed
 * @param now what would be done today, with secrets digested by the salt of `agreed`
 * @returns the names of APIs that are as the plan wants them already
 * @throws VerificationError PLAN_STALE that names each difference
 */
export function requireAgreement(agreed: PromotionPlan, now: PromotionPlan): ReadonlySet<string> {
  const differences: string[] = [];
  if (agreed.to !== now.to || agreed.from !== now.from) {
    differences.push(`it was made for ${agreed.from ?? 'archives'} → ${agreed.to}`);
  }
  const before = new Map(agreed.apis.map((api) => [nameOf(api), api]));
  const today = new Set(now.apis.map(nameOf));
  for (const api of now.apis) {
    const planned = before.get(nameOf(api));
    if (planned === undefined) differences.push(`${nameOf(api)} is not in it`);
    else differences.push(...movementOf(planned, api, now.to).map((text) => `${nameOf(api)} ${text}`));
  }
  for (const api of agreed.apis) {
    if (!today.has(nameOf(api))) differences.push(`${nameOf(api)} is not asked for any more`);
  }
  if (differences.length > 0) {
    throw new VerificationError(codes.PLAN_STALE, `the plan is not true any more: ${differences.join('; ')}`);
  }
  const done = now.apis.filter((api) => api.action === 'unchanged' && before.get(nameOf(api))?.action !== 'unchanged');
  return new Set(done.map(nameOf));
}

/** What has moved under one API since it was planned, in words. */
function movementOf(planned: ApiPlan, now: ApiPlan, to: string): string[] {
  const moved: string[] = [];
  if (planned.source !== now.source) moved.push(`has changed at its source${fields(planned, now)}`);
  if (planned.params !== now.params) moved.push(`has other params${fields(planned, now)}`);
  if (planned.secrets !== now.secrets) moved.push('has other secrets in its source or params');
  if (!areSamePlaces(planned.deployments, now.deployments)) moved.push('would be deployed elsewhere');
  if (planned.lifecycle !== now.lifecycle) {
    moved.push(`would become ${now.lifecycle ?? 'what it is'} instead of ${planned.lifecycle ?? 'what it is'}`);
  }
  if (moved.length > 0 || now.action === 'unchanged') return moved;
  if (now.action === 'refused' && planned.action !== 'refused') {
    return [`is refused now: ${now.problems.map(({ problem }) => problem).join('; ')}`];
  }
  if (!isPartOf(planned, now)) moved.push(`has changed in ${to}${fields(planned, now)}`);
  else if (now.removes !== undefined && now.removes !== planned.removes) {
    moved.push(
      `would lose revision ${now.removes} for room, and ${planned.removes === undefined ? 'none' : `revision ${planned.removes}`} was agreed`,
    );
  }
  return moved;
}

/** True when what is left to do is all, or a part, of what was agreed. */
function isPartOf(planned: ApiPlan, now: ApiPlan): boolean {
  if (planned.action === 'refused') return now.action === 'refused';
  // The content is there: a run that ended before the deployment or the life cycle was done.
  if (planned.imports && !now.imports) return true;
  if (planned.action === 'create') return now.action === 'create';
  if (planned.ground.id !== now.ground.id) return false;
  // A run that ended in mid-import may have left what is wanted in the working copy; a copy without edits of its own
  // is judged by what serves.
  const copies = [planned.ground.working, now.ground.state, now.wants];
  const sameCopy = copies.includes(now.ground.working);
  if (planned.imports && now.imports && !sameCopy) return false;
  if (planned.ground.state === now.ground.state) return planned.ground.secrets === now.ground.secrets;
  const agreed = new Set(planned.changes.map(canonical));
  return now.changes.every((change) => agreed.has(canonical(change)));
}

/** The fields whose comparison came out differently, at most some. */
function fields(planned: ApiPlan, now: ApiPlan): string {
  const before = new Map(planned.changes.map((change) => [keyOf(change), canonical(change)]));
  const after = new Map(now.changes.map((change) => [keyOf(change), canonical(change)]));
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
  if (paths.length === 0) return '';
  const shown = paths.slice(0, 5).join(', ');
  return ` (${shown}${paths.length > 5 ? ` and ${paths.length - 5} more` : ''})`;
}

function keyOf({ path }: Change): string {
  return path;
}
