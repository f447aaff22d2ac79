import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join, relative } from 'node:path';
import type { Lab, Stage } from '@wso2-delivery/lab/lab';
import { stages } from '@wso2-delivery/lab/lab';
import type { WorkflowResult } from '@wso2-delivery/lab/runner/result';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import type { Story } from './story.ts';
import type { Team } from './team.ts';

/** The sequence that the broken hotfix breaks: well-formed up to its root tag, which is why Maven does not mind. */
const sequence = 'src/main/wso2mi/artifacts/sequences/EmployeeResponseSeq.xml';

let released = '';

/** A commit to main goes all the way. */
export async function firstRelease(team: Team, lab: Lab, story: Story): Promise<void> {
  story.chapter(
    'A commit to main: build, test, package, dev, integration test, staging, production',
    'One workflow of the team (deliver.yml) calls deliver-mi.yml. The digest that is built is what every stage gets.',
  );
  const result = await team.run('service', 'deliver.yml', 'push');
  story.summaries(result);
  released = imageOf(result);
  story.fact(`the run ended with ${result.conclusion}`, result.conclusion === 'success');
  for (const stage of stages) {
    const running = imageIn(lab, stage);
    story.fact(`${stage} runs ${short(running)}`, running !== '' && running === released);
  }
}

/** A hotfix with a broken sequence: BUILD SUCCESS, a good image, and a server that does not take its application. */
export async function brokenHotfix(team: Team, lab: Lab, story: Story): Promise<void> {
  story.chapter(
    'A hotfix in a hurry, with a broken sequence, straight to staging',
    'Maven says BUILD SUCCESS, the check is set to warn and dev is left out. What does staging say, and production?',
  );
  breakTheSequence(team);
  const result = await team.run('service', 'hotfix.yml', 'workflow_dispatch');
  story.summaries(result, { only: 'failed' });
  const jobs = new Map(result.jobs.map((job) => [job.path, job]));
  const staging = jobs.get('deliver/stage[0]/deploy');
  const verdict = staging?.steps.find(({ id }) => id === 'verify')?.outputs.verdict ?? 'none';
  story.fact(`the run ended with ${result.conclusion}`, result.conclusion === 'failure');
  story.fact(`verify-rollout's verdict on staging is ${verdict}`, verdict === 'rolled-back');
  story.fact(
    `staging runs the release before, ${short(imageIn(lab, 'staging'))}`,
    imageIn(lab, 'staging') === released,
  );
  story.fact(
    `production was not touched, ${short(imageIn(lab, 'production'))}`,
    imageIn(lab, 'production') === released,
  );
}

/** An API from dev to staging to production. */
export async function promotion(team: Team, lab: Lab, story: Story): Promise<void> {
  story.chapter(
    'An API from dev to staging to production',
    "The team's promote.yml calls promote-apis.yml; api_params.yaml is in the old 3.x shape and is converted.",
  );
  await publishInDev(team, lab);
  const result = await team.run('api', 'promote.yml', 'workflow_dispatch');
  story.summaries(result);
  story.fact(`the run ended with ${result.conclusion}`, result.conclusion === 'success');
}

/** A change that breaks callers: the plan says so before anybody approves, and nobody does. */
export async function breakingChange(team: Team, lab: Lab, story: Story): Promise<void> {
  story.chapter(
    'An operation is taken out of the API in dev',
    'promote.yml is run again. What does the plan for staging say, and what happens when its reviewer says no?',
  );
  const project = join(team.api, 'EmployeeAPI-1.0.0');
  takeOut(join(project, 'api.yaml'), / {4}- target: \/\{id\}\n(?: {6}.*\n)+/);
  takeOut(join(project, 'Definitions/swagger.yaml'), / {2}'\/\{id\}':\n(?: {4}.*\n)+/);
  await publishInDev(team, lab);
  const revisions = () => lab.apiManagers.staging.apis.map((api) => api.revisions.length);
  const before = revisions();
  const result = await team.run('api', 'promote.yml', 'workflow_dispatch', 'staging');
  story.summaries(result);
  const plan = result.jobs.find(({ path }) => path === 'promote/target[0]/plan')?.summary ?? '';
  story.fact('the plan marks what breaks callers', plan.includes('GET /{id}') && /breaks? callers/i.test(plan));
  story.fact(`the run ended with ${result.conclusion}`, result.conclusion === 'failure');
  story.fact('staging was not touched', String(revisions()) === String(before));
}

/** Puts the team's API project into the API Manager of dev, deployed. */
async function publishInDev(team: Team, lab: Lab): Promise<void> {
  const archive = join(team.api, 'seed.zip');
  await writeZip(archive, projectEntries(join(team.api, 'EmployeeAPI-1.0.0'), 'EmployeeAPI-1.0.0'));
  await lab.apiManagers.dev.add(readFileSync(archive));
}

function takeOut(file: string, part: RegExp): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(part, ''));
}

/** Who calls the API on each gateway, without a token, hears 401 where it is deployed and 404 where it is not. */
export async function apiManagersRun(lab: Lab, story: Story): Promise<void> {
  for (const stage of stages) {
    const { gateways, ca } = lab.apiManagers[stage];
    const url = `${gateways.Default ?? ''}/employees/1.0.0/employees`;
    const status = await statusOf(url, ca);
    story.fact(`the gateway of ${stage} answers ${status} without a token`, status === 401);
  }
}

function imageOf(result: WorkflowResult): string {
  return result.jobs.find(({ path }) => path === 'deliver/build')?.outputs.image ?? '';
}

function imageIn(lab: Lab, stage: Stage): string {
  const [deployment] = lab.kubernetes.objects('Deployment', stage) as unknown as readonly {
    spec: { template: { spec: { containers: readonly { image: string }[] } } };
  }[];
  return deployment?.spec.template.spec.containers[0]?.image ?? '';
}

function short(image: string): string {
  return image.replace(/^[^/]+\//, '').replace(/(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1…');
}

function breakTheSequence(team: Team): void {
  const source = join(team.service, sequence);
  writeFileSync(source, readFileSync(source, 'utf8').replace(/<\/sequence>\s*$/, '</sequense>\n'));
}

function projectEntries(folder: string, name: string): { name: string; data: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: `${name}/${relative(folder, path)}`, data: readFileSync(path) };
    });
}

function statusOf(url: string, ca: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ca }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}
