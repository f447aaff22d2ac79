import { messageOf } from '../base/errors.ts';
import type { Http, Job, Log } from '../base/ports.ts';
import { GitHub } from './client.ts';

/** States that a deployment of ours goes through; GitHub makes earlier successful ones inactive by itself. */
export type DeploymentState = 'in_progress' | 'success' | 'failure' | 'error';

/** What is deployed where, as GitHub shows it on the repository's page. */
export interface DeploymentWish {
  readonly environment: string;
  readonly url: string | undefined;
  readonly description: string;
}

/** A deployment record: for jobs that name no `environment:` themselves, since GitHub then makes none. */
export class DeploymentRecord {
  readonly #github: GitHub;
  readonly #id: number;
  readonly #wish: DeploymentWish;
  readonly #ports: { readonly job: Job; readonly log: Log };

  private constructor(github: GitHub, id: number, wish: DeploymentWish, ports: { job: Job; log: Log }) {
    this.#github = github;
    this.#id = id;
    this.#wish = wish;
    this.#ports = ports;
  }

  /** The id of the record, for later jobs. */
  get id(): string {
    return String(this.#id);
  }

  /** The record that an earlier step has made. @returns undefined without a token or a number, with a warning */
  static made(
    token: string | undefined,
    id: string,
    url: string | undefined,
    ports: { readonly http: Http; readonly job: Job; readonly log: Log },
  ): DeploymentRecord | undefined {
    const github = GitHub.of(token, ports.job, ports.http);
    if (github !== undefined && /^\d+$/.test(id)) {
      return new DeploymentRecord(github, Number(id), { environment: '', url, description: '' }, ports);
    }
    ports.log.warning(`The deployment record '${id}' gets no status: it is no number, or there is no GitHub token.`);
    return undefined;
  }

  /**
   * Makes a record for the commit of the job and says that the deployment has begun.
   * @returns undefined, with a warning, when GitHub does not make one: a deployment does not fail for it
   */
  static async open(
    token: string | undefined,
    wish: DeploymentWish,
    ports: { readonly http: Http; readonly job: Job; readonly log: Log },
  ): Promise<DeploymentRecord | undefined> {
    const { job, log } = ports;
    const github = GitHub.of(token, job, ports.http);
    if (github === undefined || job.sha === undefined) {
      log.warning('No deployment record was made: there is no GitHub token or no commit in this job.');
      return undefined;
    }
    try {
      const made = await github.one('POST', '/deployments', 'deployments: write', 'make a deployment record', {
        ref: job.sha,
        environment: wish.environment,
        description: bounded(wish.description),
        // The job is the check: GitHub is neither to merge the base branch nor to wait for other checks.
        auto_merge: false,
        required_contexts: [],
      });
      if (typeof made.id !== 'number') {
        log.annotate({ level: 'warning', message: 'No deployment record was made: GitHub gave it no id.' });
        return undefined;
      }
      const record = new DeploymentRecord(github, made.id, wish, ports);
      await record.say('in_progress', wish.description);
      return record;
    } catch (failure) {
      log.annotate({ level: 'warning', message: `No deployment record was made: ${messageOf(failure)}` });
      return undefined;
    }
  }

  /** Adds a status. A refusal is a warning. */
  async say(state: DeploymentState, description: string): Promise<void> {
    const { job, log } = this.#ports;
    const { url } = this.#wish;
    try {
      const path = `/deployments/${this.#id}/statuses`;
      await this.#github.one('POST', path, 'deployments: write', 'take the status of the deployment', {
        state,
        description: bounded(description),
        ...(url === undefined ? {} : { environment_url: url }),
        ...(job.runId === undefined
          ? {}
          : { log_url: `${job.serverUrl}/${this.#github.repository}/actions/runs/${job.runId}` }),
      });
    } catch (failure) {
      const message = `The deployment record does not say '${state}': ${messageOf(failure)}`;
      log.annotate({ level: 'warning', message });
    }
  }
}

/** GitHub takes 140 characters. */
function bounded(text: string): string {
  return text.length <= 140 ? text : `${text.slice(0, 139)}…`;
}
