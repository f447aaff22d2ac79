import { breakingReason } from './breaking.ts';
import type { Fact } from './state-facts.ts';
import { changeGroups, type ChangeGroup } from './state-groups.ts';
import type { ApiState } from './state.ts';

/** One difference between what is to be and what is. Holds no secret. */
export interface Change {
  readonly group: ChangeGroup;
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** What the target has. */
  readonly before?: string;
  /** What it is to have. */
  readonly after?: string;
  readonly secret: boolean;
  /** Why consumers of the API break, when they do. */
  readonly breaking?: string;
  /** True when the project says nothing about it: an import sets it back. */
  readonly onlyInTarget?: true;
  /** True for a secret that one side keeps to itself: it counts as changed, which is the safe direction. */
  readonly uncertain?: true;
  /** What a reader has to know beside the values. */
  readonly note?: string;
}

/** What an import leaves in the target, although the project does not have it. */
export const leftByImport: readonly { readonly path: RegExp; readonly what: string; readonly source: string }[] = [
  { path: /^image$/, what: 'an image', source: 'carbon-apimgt, ImportUtils: addThumbnailImage' },
  {
    path: /^(?:APIs\[.+?\]\.)?(?:client|endpoint)Certificates$/,
    what: 'a certificate',
    source: 'carbon-apimgt, ImportUtils: addClientCertificates and updateAPIWithCertificate',
  },
  {
    path: /^subscribedAPIs$/,
    what: 'a subscription',
    source: 'carbon-apimgt, ImportUtils of the devportal: importSubscriptions',
  },
];

/** Every difference that an import makes go away, breaking ones first, then by group and path. Empty: unchanged. */
export function compareStates(desired: ApiState, actual: ApiState): Change[] {
  return allChanges(desired, actual).filter((change) => !staysInTarget(change));
}

/** What only the target has and an import does not take away: for drift, and for a word in a plan. */
export function leftovers(desired: ApiState, actual: ApiState): Change[] {
  return allChanges(desired, actual).filter(staysInTarget);
}

function staysInTarget({ kind, path }: Change): boolean {
  return kind === 'removed' && leftByImport.some((each) => each.path.test(path));
}

function allChanges(desired: ApiState, actual: ApiState): Change[] {
  const keys = new Set([...desired.facts.keys(), ...actual.facts.keys()]);
  const changes: Change[] = [];
  for (const key of keys) {
    const change = compareFact(key, desired, actual);
    if (change === undefined) continue;
    const breaking = breakingReason(change, desired, actual);
    changes.push(breaking === undefined ? change : { ...change, breaking });
  }
  return changes.sort(inOrder);
}

function compareFact(key: string, desired: ApiState, actual: ApiState): Change | undefined {
  const after = desired.facts.get(key);
  const before = actual.facts.get(key);
  const fact = after ?? before;
  if (fact === undefined) return undefined;
  if (fact.onlyIfBoth && (after === undefined || before === undefined)) return undefined;
  // A part of an entry comes and goes with it.
  if (fact.within !== undefined && desired.facts.has(fact.within) !== actual.facts.has(fact.within)) return undefined;
  if (fact.secret) return compareSecret(key, fact, desired, actual);
  if (after?.value === before?.value) return undefined;
  if (fact.order && !sameMembers(fact.path, desired, actual)) return undefined;
  return {
    group: fact.group,
    path: fact.path,
    kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    ...(before === undefined ? {} : { before: shown(key, before, actual) }),
    ...(after === undefined ? {} : { after: shown(key, after, desired) }),
    secret: false,
    ...(before !== undefined && !desired.stated.has(fact.path) ? { onlyInTarget: true } : {}),
  };
}

function sameMembers(path: string, one: ApiState, other: ApiState): boolean {
  const members = ({ facts }: ApiState) => [...facts.keys()].filter((key) => facts.get(key)?.path === path).join('\n');
  return members(one) === members(other);
}

const partsShown = 4;

/** An entry with its parts, so that one line tells what comes or goes. */
function shown(key: string, fact: Fact, state: ApiState): string {
  if (!fact.member) return fact.value;
  const parts: string[] = [];
  for (const { within, value, secret, path, member } of state.facts.values()) {
    if (within !== key || secret || member || parts.length === partsShown) continue;
    const name = path.slice(key.length + 1);
    if (value.length <= 60 && value !== fact.value && !name.startsWith('definition')) parts.push(`${name}: ${value}`);
  }
  return parts.length === 0 ? fact.value : `${fact.value} (${parts.join(', ')})`;
}

const untold = 'the target does not tell it: it cannot be compared and counts as changed';
const emptied = 'the project has it empty: an import empties it. Give it in params, or export with credentials';

/**
 * Neither value known: nothing to compare, be the one empty and the other absent. One of them known: changed, since
 * nobody can say that it is not.
 */
function compareSecret(key: string, { group, path }: Fact, desired: ApiState, actual: ApiState): Change | undefined {
  const wanted = desired.secrets.knows(key);
  const there = actual.secrets.knows(key);
  if (!wanted && !there) return undefined;
  if (desired.secrets.agrees(key, actual.secrets)) return undefined;
  const hasAfter = desired.facts.has(key);
  const hasBefore = actual.facts.has(key);
  const note = !hasBefore || !hasAfter ? undefined : !there ? untold : !wanted ? emptied : undefined;
  return {
    group,
    path,
    kind: !hasBefore ? 'added' : !hasAfter ? 'removed' : 'changed',
    ...(hasBefore ? { before: '•••' } : {}),
    ...(hasAfter ? { after: '•••' } : {}),
    secret: true,
    ...(hasBefore && !desired.stated.has(path) ? { onlyInTarget: true } : {}),
    ...(note === undefined ? {} : { note }),
    ...(note === untold ? { uncertain: true } : {}),
  };
}

function inOrder(a: Change, b: Change): number {
  // Whole operations before what is in them.
  const weight = ({ breaking, group, path }: Change): number =>
    2 * ((breaking === undefined ? changeGroups.length : 0) + changeGroups.indexOf(group)) +
    (path === 'operations' ? 0 : 1);
  return weight(a) - weight(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}
