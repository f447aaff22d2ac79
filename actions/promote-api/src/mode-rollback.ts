/** mode: rollback: what a journal says was there before is put back, in reverse order. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { randomUUID } from 'node:crypto';
import { codes } from '@wso2-delivery/shared/apim/codes';
import { Journal, lastPromotion, readJournal } from '@wso2-delivery/shared/apim/journal';
import { undo } from '@wso2-delivery/shared/apim/undo';
import { codes as base } from '@wso2-delivery/shared/base/codes';
import { InputError, messageOf, VerificationError } from '@wso2-delivery/shared/base/errors';
import type { Log, Ports } from '@wso2-delivery/shared/base/ports';
import { defaultJournal } from './mode-apply.ts';
import type { Rollback, Story } from './report.ts';
import { readTarget, type Inputs } from './request.ts';
import { Session } from './session.ts';

/**
 * Undoes the last promotion of the journal into `to`, the last API first. Doing it twice is doing it once.
 * @returns the failure of those that could not be put back
 */
export async function rollbackMode(story: Story, inputs: Inputs, ports: Ports): Promise<unknown> {
  const { files, log } = ports;
  const { to, ca } = readTarget(inputs);
  const path = inputs.journal ?? resolve(files.workspace, defaultJournal);
  const shown = files.display(path);
  const apis = lastPromotion(readJournal(readText(path, shown), shown), inputs.to, shown);
  // What was promoted is in the journal, whatever kind says.
  const kind = apis.some((api) => api.kind === 'application') ? 'application' : inputs.kind;
  const session = new Session({ from: undefined, to, ca }, { ...inputs, kind }, ports);
  const id = `${ports.job.runId ?? 'run'}-${randomUUID()}`;
  const run = { id, kind: 'rollback', from: undefined, to: inputs.to, salt: '' } as const;
  const journal = new Journal(path, run, () => ports.clock.now());
  // The one thing that no revision holds: its former attributes are imported.
  const imports = apis.some(({ before, steps }) => before.application !== undefined && steps.has('import'));
  const engine = imports ? await session.importing() : undefined;
  const rollbacks: Rollback[] = [];
  story.rollbacks = rollbacks;
  story.journalFile = shown;
  for (const api of apis.toReversed()) {
    const { name, version } = api;
    const begun: string[] = [];
    const tell = (what: string) => {
      begun.push(what);
      journal.tell({ record: 'step', name, version, step: 'undo', what });
    };
    try {
      const done = await undo(api, { publisher: session.holder(api.kind), engine, tell });
      log.info(`${name}:${version}: ${done}`);
      rollbacks.push({ name, version, done, failure: undefined });
    } catch (failure) {
      if (ports.cancelled.aborted) throw failure;
      log.info(`${name}:${version} could not be put back: ${messageOf(failure)}`);
      rollbacks.push({ name, version, done: '', failure });
      sayHalfBack(`${name}:${version}`, inputs.to, begun, log);
    }
  }
  const bad = rollbacks.filter(({ failure }) => failure !== undefined);
  journal.end(bad.length === 0 ? 'rolled-back' : 'rollback-failed');
  const [first] = bad;
  if (first === undefined || bad.length === 1) return first?.failure;
  const list = bad.map(({ name, version, failure }) => `${name}:${version}: ${messageOf(failure)}`).join('; ');
  return new VerificationError(
    codes.ROLLBACK_INCOMPLETE,
    `${bad.length} of ${rollbacks.length} APIs were not put back: ${list}`,
  );
}

/** Names an API that is neither as it was nor as it was promoted: the failure may tell of a call alone. */
function sayHalfBack(shown: string, where: string, begun: readonly string[], log: Log): void {
  const how = begun.length === 0 ? 'nothing of it was begun' : `begun: ${begun.join(', ')}`;
  const message = `${shown} is not put back in ${where} (${how}): run the rollback again`;
  log.annotate({ level: 'warning', message });
}

function readText(path: string, shown: string): string {
  if (!existsSync(path)) {
    const problem = `${shown} does not exist in the workspace`;
    throw new InputError(base.INPUT_INVALID, [{ subject: 'journal', problem, example: defaultJournal }]);
  }
  return readFileSync(path, 'utf8');
}
