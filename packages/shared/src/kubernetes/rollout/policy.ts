/** How many of the pods must be available: all, all but maxUnavailable, or a percentage. */
export type Required = 'all' | 'maxUnavailable' | { readonly percent: number };

/** How much a rollout is forgiven before a verdict falls. All times in milliseconds. */
export interface Policy {
  /** How long a cause that heals only if something else changes may last. */
  readonly graceMs: number;
  /** How often a container may crash and start again. */
  readonly crashTolerance: number;
  /** How long a pod may find no node. */
  readonly unschedulableGraceMs: number;
  /** How long a readiness probe may get an answer that says it asks the wrong question. */
  readonly readinessGraceMs: number;
  /** How long an available rollout must stay so, without a restart. */
  readonly stableForMs: number;
  /** How much of a workload must be available; the rest may fail. */
  readonly required: Required;
  /** How long the rollout may take in all. */
  readonly timeoutMs: number;
}

/**
 * The defaults. Each is long enough for what a healthy cluster does and no longer:
 *
 * - `grace` 30 s: a Secret, ConfigMap, ServiceAccount or tag that comes from a parallel step of the same delivery is there
 *   within seconds, and the kubelet looks again every 10 to 15 s: two looks.
 * - `crash-tolerance` 2: three starts. A container that waits for its dependency by crashing gets an immediate second start
 *   and a third after the first back-off of 10 s. For MI, which takes 20 to 60 s a start, that is one to three minutes. A
 *   tolerance in seconds would either be too short for a slow JVM or too long for everything else.
 * - `unschedulable-grace` 60 s: old pods free their place within their termination grace (30 s unless told otherwise), and an
 *   autoscaler announces itself within seconds; once it has, the pod may wait until the timeout.
 * - `readiness-grace` 2 min: servers that deploy web applications after they listen (MI, API Manager) answer 404 for a while.
 * - `stable-for` 30 s: one Ready instant satisfies Kubernetes while the pods crash. The slowest liveness failure of the usual
 *   kind (three failures, ten seconds apart) falls within it.
 * - `timeout` 10 min: Kubernetes' own default for a rollout's progress.
 */
export const defaultPolicy: Policy = {
  graceMs: 30_000,
  crashTolerance: 2,
  unschedulableGraceMs: 60_000,
  readinessGraceMs: 120_000,
  stableForMs: 30_000,
  required: 'all',
  timeoutMs: 600_000,
};
