/** What a promotion does that cannot be undone, or not in every way. */
export interface Losing {
  /** The revision that goes for room. */
  readonly removes: number | undefined;
  /** Edits in the publisher that are in no revision are overwritten. */
  readonly overwritesEdits: boolean;
  /** Kinds of consumer keys that an application which is there gets. */
  readonly replacesKeys: readonly string[];
}

/** The same for a plan's reader and a result's, in words that hold before and after. */
export function lossesOf({ removes, overwritesEdits, replacesKeys }: Losing): string[] {
  return [
    ...(removes === undefined ? [] : [`revision ${removes} is removed for room: no rollback brings it back`]),
    ...(overwritesEdits
      ? [
          'unpublished edits in the publisher are overwritten: on-failure: rollback brings them back, mode: rollback cannot',
        ]
      : []),
    ...(replacesKeys.length === 0
      ? []
      : [
          `the promoted keys (${replacesKeys.join(', ')}) replace those in the target: on-failure: rollback brings back what the server tells of them, mode: rollback nothing`,
        ]),
  ];
}
