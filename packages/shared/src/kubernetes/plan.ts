import { assignImages } from './images.ts';
import type { ContainerImage, ImageWish } from './images.ts';
import type { Problem } from '../base/errors.ts';
import { count } from '../base/text.ts';
import { formatWorkload } from './workload.ts';
import type { Workload } from './workload.ts';

/** What will be done to one workload. */
export interface WorkloadChange {
  readonly workload: Workload;
  /** Only the containers whose image really changes. */
  readonly images: readonly ContainerImage[];
}

/** What a step with images will do: nothing is changed yet. */
export interface ImagePlan {
  readonly changes: readonly WorkloadChange[];
  /** Workloads that run the wanted images already. */
  readonly unchanged: readonly Workload[];
  /** Every image that was asked for, also where it is there already: what has to exist in its registry. */
  readonly wanted: readonly string[];
}

/** Current workloads and wanted images → changes. A workload whose images are the wanted ones is left alone. */
export function planImages(
  workloads: readonly Workload[],
  wishes: readonly ImageWish[],
): { plan: ImagePlan; problems: Problem[] } {
  const { images, problems } = assignImages(workloads, wishes);
  const changes: WorkloadChange[] = [];
  const unchanged: Workload[] = [];
  for (const [index, workload] of workloads.entries()) {
    const all = images[index] ?? [];
    const changing = all.filter(({ from, to }) => from !== to);
    if (changing.length > 0) changes.push({ workload, images: changing });
    else unchanged.push(workload);
    if (all.length === 0 && problems.length === 0) {
      problems.push({ subject: 'images', problem: `no image is given for ${formatWorkload(workload)}` });
    }
  }
  return { plan: { changes, unchanged, wanted: [...new Set(wishes.map(({ image }) => image))] }, problems };
}

/** The patch that makes one change: all images, and the cause where the rollout history shows it, in one step. */
export function imagePatch(change: WorkloadChange, changeCause: string | undefined): Record<string, unknown> {
  const list = (init: boolean) =>
    change.images.filter((image) => image.init === init).map(({ container, to }) => ({ name: container, image: to }));
  const spec = {
    ...(list(true).length === 0 ? {} : { initContainers: list(true) }),
    ...(list(false).length === 0 ? {} : { containers: list(false) }),
  };
  const template = { template: { spec } };
  return {
    ...(changeCause === undefined ? {} : { metadata: { annotations: { [changeCauseAnnotation]: changeCause } } }),
    spec: change.workload.kind === 'CronJob' ? { jobTemplate: { spec: template } } : template,
  };
}

/** What `kubectl rollout history` shows in its column CHANGE-CAUSE. */
export const changeCauseAnnotation = 'kubernetes.io/change-cause';

/** "deployment/mi-service: mi r/mi:1 → r/mi:2" */
export function describeChange({ workload, images }: WorkloadChange): string {
  const each = images.map(
    ({ container, from, to, init }) => `${init ? 'init container ' : ''}${container} ${from} → ${to}`,
  );
  return `${formatWorkload(workload)}: ${each.join(', ')}`;
}

/** One line for the log and the summary. */
export function describePlan({ changes, unchanged }: ImagePlan): string {
  if (changes.length === 0)
    return `No change: ${unchanged.map(formatWorkload).join(', ')} already has the wanted images, so there is no rollout.`;
  const same = unchanged.length === 0 ? '' : `, ${unchanged.length} unchanged`;
  return `${count(changes.length, 'workload')} to change${same}`;
}
