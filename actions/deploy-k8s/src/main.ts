/** The flow: inputs → plan → checks → the server's trial → changes → what became of them → verification. */
import { VerificationError } from '@wso2-delivery/shared/base/errors';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { connect, type Cluster } from '@wso2-delivery/shared/kubernetes/cluster';
import type { Finding } from '@wso2-delivery/shared/kubernetes/manifest-check';
import type { ManifestDocument } from '@wso2-delivery/shared/kubernetes/manifests';
import { describePutBack, type PutBack } from '@wso2-delivery/shared/kubernetes/put-back';
import { requireSound, weighed } from '@wso2-delivery/shared/kubernetes/preflight';
import type { Verification } from '@wso2-delivery/shared/kubernetes/rollout/result';
import type { ChangedWorkload } from '@wso2-delivery/shared/kubernetes/set-image';
import type { Outcome } from '@wso2-delivery/shared/run/run';
import type { action } from './action.ts';
import { imageIntent } from './image-intent.ts';
import type { Intent, Trial } from './intent.ts';
import { manifestIntent, readDocuments } from './manifest-intent.ts';
import { checkImages, type ImageChecks } from './registry-check.ts';
import { closeRecord, comment, openRecord } from './on-github.ts';
import { factsOf, outputsOf, summaryOf } from './report.ts';
import { roomFindings } from './room-check.ts';
import { readRequest, type Inputs, type Request } from './request.ts';
import { annotateFailures, verificationFailure, verify, verifyBack, type Step } from './verify.ts';

/** What is known so far: outputs, summary and report tell of it also when a later part fails. */
export interface Known {
  server?: string | undefined;
  namespace?: string;
  intent?: Intent;
  images?: ImageChecks;
  findings?: readonly Finding[];
  trial?: Trial;
  dryRun?: boolean;
  changed?: readonly ChangedWorkload[];
  /** Everything was changed as planned, workloads or other objects. */
  applied?: boolean;
  verification?: Verification;
  /** After a rollout that was rolled back: what became of everything else that the step had changed. */
  putBack?: readonly PutBack[];
}

export async function main(inputs: Inputs, ports: Ports): Promise<Outcome<typeof action>> {
  const known: Known = {};
  const record = await openRecord(inputs, ports);
  let failure: unknown;
  try {
    await deploy(known, inputs, ports);
  } catch (thrown) {
    failure = thrown;
  }
  const summary = summaryOf(known, failure !== undefined);
  if (summary !== '') ports.summary.add(summary);
  if (record !== undefined) await closeRecord(record, inputs, failure);
  await comment(inputs, summary, failure, ports);
  // The verdict's own part of the summary tells cause and remedy; any other failure is told by the run.
  const told = known.applied !== false && known.verification !== undefined && failure instanceof VerificationError;
  return {
    outputs: { ...outputsOf(known), githubDeployment: record?.id },
    facts: factsOf(known),
    ...(failure !== undefined && { failure, told }),
  };
}

async function deploy(known: Known, inputs: Inputs, ports: Ports): Promise<void> {
  const request = readRequest(inputs);
  const documents = request.manifests.length === 0 ? [] : await readDocuments(ports, request, inputs.namespace);
  const cluster = await connect(ports, inputs);
  try {
    known.server = cluster.kubectl.server;
    known.namespace = cluster.namespace;
    const intent = await intentOf(cluster, ports, inputs, request, documents);
    known.intent = intent;
    const step = { cluster, ports, inputs, request };
    ports.log.info(intent.says);
    if (intent.nothingToDo) known.changed = [];
    else {
      await preflight(known, intent, cluster, ports, inputs, request);
      await change(known, intent, step);
    }
    if (inputs.wait && inputs.dryRun === 'none') {
      const verification = await judge(known, intent, step);
      known.verification = verification;
      const failure = verificationFailure(ports, verification, documents);
      if (failure !== undefined) throw failure;
    }
  } finally {
    await cluster.close();
  }
}

/**
 * The verdict over the step. Where one workload was to be rolled back, the others and the objects that came with them go
 * back too, so that nothing runs half of a release; what the pods start with goes first, and every workload that went back
 * is followed to a verdict of its own. What cannot be put back is an error of its own.
 */
async function judge(known: Known, intent: Intent, step: Step): Promise<Verification> {
  const { ports } = step;
  const before: PutBack[] = [];
  const beforeRollback = async (): Promise<void> => void before.push(...(await intent.putBack('foundations')));
  const { targets } = intent;
  const verification = await verify(step, { targets, changed: known.changed ?? [], beforeRollback });
  // Told also when what follows fails.
  known.verification = verification;
  if (verification.results.every(({ rollback }) => rollback === undefined)) return verification;
  const results = (await intent.putBack('all')).map((now) =>
    now.state === 'untouched' ? (before.find(({ what }) => what === now.what) ?? now) : now,
  );
  known.putBack = results.filter(({ state }) => state !== 'untouched');
  const says = describePutBack(known.putBack);
  if (says === '') return verification;
  const stuck = known.putBack.some(({ state }) => state === 'refused' || state === 'failed');
  if (stuck) ports.log.annotate({ level: 'error', message: `What the step had changed beside: ${says}` });
  else ports.log.info(`What the step had changed beside: ${says}`);
  // One that was rolled back has its template, and a verdict, already: an annotation that follows is no rollout.
  const back = known.putBack.filter(({ spec }) => spec === true).map(({ name }) => name);
  const putBack = targets.filter(({ kind, name }) => back.some((one) => one.kind === kind && one.name === name));
  return verifyBack(step, verification.results, putBack);
}

function intentOf(
  cluster: Cluster,
  ports: Ports,
  inputs: Inputs,
  request: Request,
  documents: readonly ManifestDocument[],
): Promise<Intent> {
  const changeCause = inputs.changeCause ?? defaultChangeCause(ports);
  if (documents.length > 0) {
    return manifestIntent(cluster, ports, documents, {
      changeCause,
      force: inputs.forceConflicts,
      putBack: inputs.onFailure === 'rollback',
      created: inputs.firstDeployment,
    });
  }
  return imageIntent(cluster.client, ports, request, { changeCause, putBack: inputs.onFailure === 'rollback' });
}

/** @throws VerificationError DEPLOY_PREFLIGHT_FAILED */
async function preflight(
  known: Known,
  intent: Intent,
  { client }: Cluster,
  ports: Ports,
  inputs: Inputs,
  request: Request,
): Promise<void> {
  if (inputs.preflight === 'off') return;
  known.images = await checkImages(ports, client, request, intent.images, intent.templates);
  const room = await roomFindings(client, ports.log, intent);
  known.findings = weighed([...known.images.findings, ...intent.findings, ...room], inputs.preflight);
  requireSound(ports.log, known.findings);
}

async function change(known: Known, intent: Intent, step: Step): Promise<void> {
  const { ports, inputs } = step;
  known.trial = await intent.attempt();
  for (const line of known.trial.lines) ports.log.info(line);
  if (inputs.dryRun === 'server') {
    known.dryRun = true;
    ports.log.info(
      known.trial.differs
        ? 'The server accepts the change. Nothing was changed (dry-run: server).'
        : 'Nothing would change.',
    );
    return;
  }
  if (!known.trial.differs) {
    known.changed = [];
    ports.log.info('No change: the cluster has what the manifests say, so nothing is applied and there is no rollout.');
    return;
  }
  const { changed, failure, complete = false, putBack = [] } = await intent.make();
  known.changed = changed;
  known.applied = complete;
  if (failure === undefined) return;
  // Whether what was put back holds is a verdict like any other, and waited for under the same condition.
  if (inputs.wait && putBack.length > 0) {
    known.verification = await verifyBack(step, [], putBack);
    if (known.verification.outcome === 'rollback-failed') annotateFailures(ports, known.verification.results);
  }
  throw failure;
}

/** Commit and run: where to look when somebody asks who changed this. */
function defaultChangeCause({ job }: Ports): string | undefined {
  const { repository, sha, serverUrl, runId } = job;
  if (repository === undefined) return undefined;
  const commit = sha === undefined ? '' : `@${sha.slice(0, 12)}`;
  const run = runId === undefined ? '' : ` by ${serverUrl}/${repository}/actions/runs/${runId}`;
  return `${repository}${commit}${run}`;
}
