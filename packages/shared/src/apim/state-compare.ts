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
  readonly onlyInTarget?: boolean;
  /** What a reader has to know beside the values. */
  readonly note?: string;
}

/** Every difference, breaking ones first, then by group and path. Empty: unchanged. */
export function compareStates(desired: ApiState, actual: ApiState): Change[] {
  const keys = [...new Set([...desired.facts.keys(), ...actual.facts.keys()])].sort();
  const changes = keys.flatMap((key) => {
    const change = compareFact(key, desired, actual);
    return change === undefined ? [] : [change];
  });
  return marked(changes).sort(inOrder);
}

function compareFact(key: string, desired: ApiState, actual: ApiState): Change | undefined {
  const after = desired.facts.get(key);
  const before = actual.facts.get(key);
  const fact = after ?? before;
  if (fact === undefined) return undefined;
  if ((after === undefined || before === undefined) && fact.onlyIfBoth) return undefined;
  if (fact.within !== undefined && desired.facts.has(fact.within) !== actual.facts.has(fact.within)) return undefined;
  if (after?.secret === true || before?.secret === true) return compareSecret(key, fact, desired, actual);
  if (after?.value === before?.value) return undefined;
  const { group, path } = fact;
  const onlyInTarget = !desired.stated.has(path) && fact.within === undefined;
  return {
    group,
    path,
    kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    ...(before === undefined ? {} : { before: shown(key, before, actual) }),
    ...(after === undefined ? {} : { after: shown(key, after, desired) }),
    secret: false,
    ...(onlyInTarget ? { onlyInTarget } : {}),
  };
}

/** An entry with its parts, so that a line tells what comes or goes. */
function shown(key: string, fact: Fact, state: ApiState): string {
  if (!fact.member) return fact.value;
  const parts: string[] = [];
  for (const { within, value, secret, path } of state.facts.values()) {
    if (within !== key || secret || parts.length === 4) continue;
    const name = path.slice(key.length + 1);
    if (value.length <= 60 && !name.startsWith('definition')) parts.push(`${name}: ${value}`);
  }
  return parts.length === 0 ? fact.value : `${fact.value} (${parts.join(', ')})`;
}

const untold = 'the server does not tell it, so it cannot be compared and counts as changed';

function compareSecret(key: string, fact: Fact, desired: ApiState, actual: ApiState): Change | undefined {
  const wanted = desired.secrets.knows(key);
  const there = actual.secrets.knows(key);
  if (desired.secrets.agrees(key, actual.secrets)) return undefined;
  const absent = { desired: !desired.facts.has(key), actual: !actual.facts.has(key) };
  // Two exports that both hide it say nothing, and an import of an empty one keeps what the server has.
  if (!wanted && !there && absent.desired === absent.actual) return undefined;
  const kind = absent.actual ? 'added' : absent.desired ? 'removed' : 'changed';
  return {
    group: fact.group,
    path: fact.path,
    kind,
    ...(absent.actual ? {} : { before: '•••' }),
    ...(absent.desired ? {} : { after: '•••' }),
    secret: true,
    ...(kind === 'changed' && !there ? { note: untold } : {}),
  };
}

function marked(changes: readonly Change[]): Change[] {
  return changes.map((change) => {
    const breaking = breakingReason(change);
    return breaking === undefined ? change : { ...change, breaking };
  });
}

function inOrder(a: Change, b: Change): number {
  const weight = ({ breaking, group }: Change): number =>
    (breaking === undefined ? 100 : 0) + changeGroups.indexOf(group);
  return weight(a) - weight(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}
