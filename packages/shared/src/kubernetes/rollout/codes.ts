import { defineCodes } from '../../base/errors.ts';

/** Verdicts over rollouts. The cause itself stands in the message and in the output `cause`. */
export const codes = defineCodes({
  WORKLOAD_KIND_UNSUPPORTED: {
    title: 'This kind cannot be watched',
    meaning: 'Only deployments, statefulsets, daemonsets and jobs have a rollout.',
    remedy: 'Write kind/name, for example deployment/mi-service.',
  },
  ROLLOUT_FAILED: {
    title: 'The rollout has failed',
    meaning: 'The new revision does not run, for the cause that the message names, and that cause does not pass.',
    remedy: 'Follow the remedy beside the cause; the summary holds the evidence.',
  },
  ROLLOUT_TIMED_OUT: {
    title: 'The rollout did not finish in time',
    meaning: 'The new revision was not available, or did not stay so, within the timeout.',
    remedy: 'Look at the cause that was seen last. If the workload only needs longer, raise the input timeout.',
  },
  ROLLOUT_SUPERSEDED: {
    title: 'Somebody else changed the workload meanwhile',
    meaning: 'A newer revision has replaced the one that was watched before there was a verdict over it.',
    remedy: 'Let one workflow at a time deploy to an environment (concurrency), and look at the newer revision.',
  },
  ROLLED_BACK: {
    title: 'The rollout has failed and was rolled back',
    meaning: 'The new revision does not run. The revision before runs again, checked like any rollout.',
    remedy: 'Follow the remedy beside the cause, then deploy again.',
  },
  ROLLBACK_FAILED: {
    title: 'The rollout has failed, and so has its rollback',
    meaning: 'Neither the new revision nor the one before runs: somebody has to look now.',
    remedy:
      'The summary holds the evidence of both. kubectl rollout history and kubectl rollout undo --to-revision go further back.',
  },
  ROLLBACK_IMPOSSIBLE: {
    title: 'There is nothing to roll back to',
    meaning: 'The rollout has failed, and the workload has no earlier revision.',
    remedy: 'Follow the remedy beside the cause, then deploy again; or scale the workload to zero until then.',
  },
  ROLLBACK_REFUSED: {
    title: 'The rollback was not carried out',
    meaning: 'Somebody else has changed the workload since it was judged; a rollback would undo that change.',
    remedy: 'Look at who deploys to this environment; let one workflow at a time do it (concurrency).',
  },
  WORKLOAD_UNHEALTHY: {
    title: 'The workload is available, but not healthy inside',
    meaning: 'Its pods are ready, and what runs in them is not what was built.',
    remedy: 'Follow the remedy beside the cause; the summary holds what each pod answered.',
  },
});
