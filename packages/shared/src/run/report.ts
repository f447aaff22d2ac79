import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secrets } from '../base/ports.ts';
import { describeFailure } from './failure.ts';

/** What a report file holds. `facts` is the action's own part, described on its page. */
export interface Report {
  readonly schema: 'https://wso2-delivery.dev/report/v1';
  readonly action: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly result: 'success' | 'failure' | 'cancelled';
  readonly outputs: Readonly<Record<string, string | undefined>>;
  readonly facts: object;
  readonly failure?: object;
}

export interface Finish {
  readonly action: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outputs: Readonly<Record<string, string | undefined>>;
  readonly facts: object;
  readonly failure: unknown;
  /** See `helpPageOf`. */
  readonly helpPage?: string;
}

/** The report of a finished step. */
export function makeReport({ action, startedAt, endedAt, outputs, facts, failure, helpPage }: Finish): Report {
  const described = failure === undefined ? undefined : describeFailure(failure, helpPage);
  return {
    schema: 'https://wso2-delivery.dev/report/v1',
    action,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: endedAt - startedAt,
    result: described === undefined ? 'success' : described.kind === 'cancelled' ? 'cancelled' : 'failure',
    outputs,
    facts,
    ...(described === undefined ? {} : { failure: described }),
  };
}

/**
 * Writes the report where later steps of the job can read it, secrets masked.
 * @returns the path of the file
 */
export function writeReport(report: Report, temp: string, secrets: Secrets): string {
  const folder = join(temp, 'wso2-delivery-reports');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${report.action}-${Date.parse(report.startedAt)}-${process.pid}.json`);
  // Masked value by value: a mask over the finished JSON could cut through an escape sequence.
  const masked = JSON.stringify(
    report,
    (_, value: unknown) => (typeof value === 'string' ? secrets.redact(value) : value),
    2,
  );
  writeFileSync(path, `${masked}\n`, { mode: 0o600 });
  return path;
}
