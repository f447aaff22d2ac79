/** `strategy`: a matrix expanded into its combinations. */
import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from './expressions.ts';
import { isList, objectOf, textOf } from './expressions.ts';

export interface Strategy {
  /** One entry per job; `null` when there is no matrix. */
  readonly combinations: readonly (JsonObject | null)[];
  readonly failFast: boolean;
  /** Infinity when not limited. */
  readonly maxParallel: number;
}

/** Expands an evaluated `strategy`. @throws Error in GitHub's words when a matrix is empty or malformed. */
export function expandStrategy(strategy: Json | undefined): Strategy {
  const { matrix, 'fail-fast': failFast, 'max-parallel': maxParallel } = objectOf(strategy);
  return {
    combinations: matrix === undefined ? [null] : expandMatrix(matrix),
    failFast: failFast === undefined ? true : failFast === true || failFast === 'true',
    maxParallel: maxParallel === undefined || maxParallel === null ? Infinity : Math.max(1, Number(maxParallel)),
  };
}

/** The combinations of a matrix, the first vector varying slowest, after `exclude` and `include`. */
export function expandMatrix(matrix: Json): JsonObject[] {
  if (typeof matrix !== 'object' || matrix === null || isList(matrix)) throw new Error('Matrix must be a mapping');
  const { include, exclude, ...vectors } = matrix;
  let combinations: JsonObject[] = Object.keys(vectors).length === 0 ? [] : [{}];
  for (const [name, values] of Object.entries(vectors)) {
    if (!isList(values)) throw new Error(`Matrix vector '${name}' must be a sequence`);
    if (values.length === 0) throw new Error(`Matrix vector '${name}' does not contain any values`);
    combinations = combinations.flatMap((combination) => values.map((value) => ({ ...combination, [name]: value })));
  }
  combinations = combinations.filter(
    (combination) => !filters('exclude', exclude).some((filter) => matches(combination, filter)),
  );
  const extended = combinations.map((combination) => ({ original: combination, all: combination }));
  const added: JsonObject[] = [];
  for (const entry of filters('include', include)) {
    const fixed = Object.fromEntries(Object.entries(entry).filter(([key]) => key in vectors));
    const targets = extended.filter(({ original }) => matches(original, fixed));
    if (targets.length === 0) added.push(entry);
    for (const target of targets) target.all = { ...target.all, ...entry };
  }
  const all = [...extended.map((target) => target.all), ...added];
  if (all.length === 0) throw new Error('Matrix must define at least one vector');
  if (all.length > 256)
    throw new Error(
      `The strategy configuration was canceled because it would generate ${all.length} jobs; 256 is the limit`,
    );
  return all;
}

function filters(name: string, value: Json | undefined): JsonObject[] {
  if (value === undefined || value === null || value === '') return [];
  if (!isList(value)) throw new Error(`Matrix ${name} must be a sequence`);
  return value.map(objectOf);
}

/** True when every key of the filter has the same value in the combination; objects match on the filter's keys alone. */
function matches(combination: JsonObject, filter: JsonObject): boolean {
  return Object.entries(filter).every(([key, wanted]) => {
    const actual = combination[key];
    if (actual === undefined) return false;
    if (typeof wanted === 'object' && wanted !== null && !isList(wanted)) return matches(objectOf(actual), wanted);
    return (
      isDeepStrictEqual(actual, wanted) || (isScalar(actual) && isScalar(wanted) && textOf(actual) === textOf(wanted))
    );
  });
}

function isScalar(value: Json): boolean {
  return typeof value !== 'object' || value === null;
}

/** What GitHub puts behind the job's name: `(20, linux)`. */
export function combinationLabel(combination: JsonObject | null): string {
  const leaves = (value: Json): string[] =>
    isList(value)
      ? value.flatMap(leaves)
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(leaves)
        : [textOf(value)];
  return combination === null ? '' : ` (${leaves(combination).join(', ')})`;
}
