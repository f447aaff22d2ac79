/**
 * The table of causes: why a rollout does not succeed. One row each, in files by field; the order is the order of precedence,
 * so a row may count on the rows before it not matching. To add a cause, add a row and a recording or a test that shows it.
 */
import { containerCauses } from './causes/container.ts';
import { imageCauses } from './causes/image.ts';
import { placementCauses } from './causes/placement.ts';
import { readinessCauses } from './causes/readiness.ts';
import { refusalCauses } from './causes/refusal.ts';
import type { Cause } from './causes/row.ts';
import { workloadCauses } from './causes/workload.ts';

export const causes: readonly Cause[] = [
  ...refusalCauses,
  ...placementCauses,
  ...imageCauses,
  ...containerCauses,
  ...readinessCauses,
  ...workloadCauses,
];

/** The ids of all causes, in order. */
export const causeIds: readonly string[] = causes.map((cause) => cause.id);
