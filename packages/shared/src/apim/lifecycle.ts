/** API Manager's own life cycle: what each step is called, where it may be taken, where it leads. */
const steps: readonly { readonly action: string; readonly from: readonly string[]; readonly to: string }[] = [
  { action: 'Publish', from: ['CREATED', 'PROTOTYPED'], to: 'PUBLISHED' },
  { action: 'Deploy as a Prototype', from: ['CREATED', 'PUBLISHED'], to: 'PROTOTYPED' },
  { action: 'Demote to Created', from: ['PUBLISHED', 'PROTOTYPED'], to: 'CREATED' },
  { action: 'Block', from: ['PUBLISHED'], to: 'BLOCKED' },
  { action: 'Re-Publish', from: ['BLOCKED'], to: 'PUBLISHED' },
  { action: 'Deprecate', from: ['PUBLISHED', 'BLOCKED'], to: 'DEPRECATED' },
  { action: 'Publish', from: ['DEPRECATED'], to: 'PUBLISHED' },
  { action: 'Retire', from: ['DEPRECATED'], to: 'RETIRED' },
];

/** A state is left for good there: no way leads through it. */
const finalState = 'RETIRED';

/**
 * The shortest way from one life cycle state to another, as the names of its steps; empty when nothing has to be done,
 * undefined when there is no way (from RETIRED, and for states of a life cycle of one's own).
 */
export function lifecycleWay(from: string, to: string): readonly string[] | undefined {
  const ways = new Map<string, readonly string[]>([[from, []]]);
  const waiting = [from];
  for (const state of waiting) {
    const way = ways.get(state) ?? [];
    if (state === to) return way;
    if (state === finalState) continue;
    for (const step of steps.filter((each) => each.from.includes(state) && !ways.has(each.to))) {
      ways.set(step.to, [...way, step.action]);
      waiting.push(step.to);
    }
  }
  return undefined;
}
