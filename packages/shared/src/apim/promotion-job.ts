import type { Clock, Http, Log } from '../base/ports.ts';
import type { ImportFlags } from './apictl.ts';
import type { Engine } from './engine.ts';
import type { ExpectedStatus } from './gateway-proof.ts';
import type { Brought } from './former-application.ts';
import type { Holder } from './holder.ts';
import type { Before, Journal } from './journal.ts';
import type { ApiPlan } from './plan.ts';
import type { KeptProject } from './project-store.ts';
import type { ApiState } from './state.ts';

/** How a run promotes, whatever the API. */
export interface PromoteOptions {
  readonly onFailure: 'none' | 'rollback';
  readonly preserveProvider: boolean;
  /** How long to look for an import whose answer was lost, in milliseconds. */
  readonly patienceMs: number;
  /** How long the gateways may take, in milliseconds; undefined: they are not asked. */
  readonly verifyMs: number | undefined;
  /** What they must answer; undefined: anything but their own 404. */
  readonly expected?: readonly ExpectedStatus[] | undefined;
  readonly ca: string | undefined;
}

export interface PromotePorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  readonly cancelled: AbortSignal;
}

export interface Job {
  readonly plan: ApiPlan;
  readonly project: KeptProject;
  /** What the plan wants, with its secrets. */
  readonly desired: ApiState;
  readonly before: Before;
  /** The working copy of before, when it may have to be put back: a secret. */
  readonly working: KeptProject | undefined;
  /** The rendered params file of the one environment. */
  readonly paramsText: string | undefined;
  /** Files of a deployment folder beside it. */
  readonly certificates: ReadonlyMap<string, Buffer>;
  /** True when the params say where to deploy: they replace what the archive says. */
  readonly paramsDeploy: boolean;
  /** What of an application stays behind. */
  readonly skips?: Pick<ImportFlags, 'skipKeys' | 'skipSubscriptions'>;
  /** What an application that is there gets and does not have. */
  readonly brings?: Brought | undefined;
}

export interface PromoteTools {
  /** Undefined when no plan imports. */
  readonly engine: Engine | undefined;
  /** What holds things of the job's kind in the target. */
  readonly publisher: Holder;
  readonly journal: Journal;
}
