/** verify-rollout: inputs → workloads → verdicts → summary, outputs, and the error of the worst verdict. */
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { commentOnPullRequest } from '@wso2-delivery/shared/github/comment';
import { DeploymentRecord } from '@wso2-delivery/shared/github/deployment';
import { connect } from '@wso2-delivery/shared/kubernetes/cluster';
import { readManifests } from '@wso2-delivery/shared/kubernetes/manifests';
import { locateIn } from '@wso2-delivery/shared/kubernetes/rollout/locate';
import { failureOf, verificationOutputs, verificationSummary } from '@wso2-delivery/shared/kubernetes/rollout/report';
import type { Locate } from '@wso2-delivery/shared/kubernetes/rollout/report';
import { worstFirst } from '@wso2-delivery/shared/kubernetes/rollout/result';
import type { Verification } from '@wso2-delivery/shared/kubernetes/rollout/result';
import { findWorkloads, parseWorkloads } from '@wso2-delivery/shared/kubernetes/rollout/workloads';
import type { Login } from '@wso2-delivery/shared/oci/credentials';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import type { Outcome } from '@wso2-delivery/shared/run/run';
import { verifyWorkloads } from '@wso2-delivery/shared/run/verification/verify';
import type { action } from './action.ts';
import type { Inputs } from './request.ts';
import { readRequest } from './request.ts';

/** Follows the workloads to their verdicts. A bad verdict is a failure that comes with all outputs. */
export async function main(inputs: Inputs, ports: Ports): Promise<Outcome<typeof action>> {
  const request = readRequest(inputs);
  const documents = inputs.manifests.length === 0 ? [] : await readManifests(ports, inputs.manifests);
  const cluster = await connect(ports, inputs);
  try {
    const targets = parseWorkloads(inputs.workloads, cluster.namespace);
    const workloads = await findWorkloads(cluster.client, targets);
    const images = workloads.flatMap(({ workload }) =>
      workload.spec.template.spec.containers.map((container) => container.image ?? ''),
    );
    const access = { logins: loginsOf(inputs, images), ca: request.registryCa };
    const verification = await verifyWorkloads(cluster, ports, workloads, access, { inputs, request });
    await tellGitHub(verification, inputs, ports);
    return conclude(verification, ports, locateIn(documents));
  } finally {
    await cluster.close();
  }
}

/** What was asked of GitHub beside the verdict: a comment, the status of a deployment record. */
async function tellGitHub(verification: Verification, inputs: Inputs, ports: Ports): Promise<void> {
  const { verdict, message } = verificationOutputs(verification);
  const good = verdict === 'succeeded';
  if (inputs.githubDeployment !== undefined) {
    const url = inputs.githubEnvironmentUrl;
    const record = DeploymentRecord.made(inputs.githubToken, inputs.githubDeployment, url, ports);
    await record?.say(good ? 'success' : 'failure', message);
  }
  if (inputs.prComment) {
    const markdown = ports.secrets.redact(verificationSummary(verification));
    const subject = [inputs.namespace ?? '', ...inputs.workloads].join(' ');
    await commentOnPullRequest(inputs.githubToken, { action: 'verify-rollout', subject }, markdown, ports, !good);
  }
}

function conclude(verification: Verification, ports: Ports, locate: Locate): Outcome<typeof action> {
  ports.summary.add(verificationSummary(verification));
  const failures = worstFirst(verification.results).flatMap((result) => failureOf(result, locate) ?? []);
  const [failure, ...others] = failures;
  // The first becomes the step's error, with an annotation of its own.
  for (const { message, remedy, code, location } of others) {
    ports.log.annotate({ level: 'error', message: `${message} ${remedy} [${code}]`, ...location });
  }
  const facts = { workloads: verification.results };
  return { outputs: verificationOutputs(verification), facts, failure, told: true };
}

/** The registry login of the inputs, for every registry that the workloads' images come from. */
function loginsOf(
  { registryUsername: username, registryPassword: password }: Inputs,
  images: readonly string[],
): readonly Login[] {
  if (username === undefined || password === undefined) return [];
  const registries = new Set(images.filter((image) => image !== '').map((image) => parseReference(image).registry));
  return [...registries].map((registry) => ({ registry, username, password }));
}
