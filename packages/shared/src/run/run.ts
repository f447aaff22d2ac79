import { tmpdir } from 'node:os';
import { realpathSync } from 'node:fs';
import { codes } from '../base/codes.ts';
import { CancelledError, messageOf } from '../base/errors.ts';
import type { Ports } from '../base/ports.ts';
import { systemClock } from './clock.ts';
import { camel, type Declaration, type InputsOf, type OutputsOf } from './declaration.ts';
import { failureAnnotations, failureReference, failureSummary, helpPageOf } from './failure.ts';
import { createHttp } from './http.ts';
import { readInputs, secretValues } from './inputs.ts';
import { readJob } from './job.ts';
import { createLog } from './log.ts';
import { createFiles } from './private-folders.ts';
import { privateFoldersState } from './post.ts';
import { createExec } from './process.ts';
import { makeReport, writeReport } from './report.ts';
import { createRunnerCommands } from './runner-commands.ts';
import { createSecrets } from './secrets.ts';
import { createSummary } from './summary.ts';

/** What an action's main gives back. */
export interface Outcome<D extends Declaration> {
  readonly outputs: OutputsOf<D>;
  /** The action's own part of the report file. */
  readonly facts: object;
  /** Set when the step must fail although there are outputs to give: they are written first. */
  readonly failure?: unknown;
  /** True when the action's own summary tells the failure, cause and remedy: then only its code is added. */
  readonly told?: boolean;
}

/** The heart of an action: parsed inputs and ports in, outputs and facts out. */
export type Main<D extends Declaration> = (inputs: InputsOf<D>, ports: Ports) => Promise<Outcome<D>>;

/** The runner sends SIGINT, then SIGTERM after 7.5 s, then kills after 2.5 s more: leave before that. */
const leaveAfterMs = 7000;

/**
 * Runs an action in this process: masks, reads the inputs, loads main and calls it, writes outputs, summary, report and
 * annotations, removes the private folders, and ends the process with exit code 0 or 1.
 * @param load the heart of the action, loaded when the inputs are good: a signal and a wrong input are answered before
 */
export async function runAction<D extends Declaration>(declaration: D, load: () => Promise<Main<D>>): Promise<never> {
  const variables = { ...process.env };
  const startedAt = systemClock.now();
  const workspace = realpathSync(variables.GITHUB_WORKSPACE ?? process.cwd());
  const temp = variables.RUNNER_TEMP ?? tmpdir();
  const runner = createRunnerCommands(variables, (text) => process.stdout.write(text));
  const secrets = createSecrets((form) => runner.mask(form));
  const log = createLog(runner, secrets);
  const files = createFiles(workspace, temp, (folders) =>
    runner.saveState(privateFoldersState, JSON.stringify(folders)),
  );
  const summary = createSummary(secrets);
  const cancel = new AbortController();
  const http = createHttp({
    variables,
    clock: systemClock,
    random: Math.random,
    cancelled: cancel.signal,
    onRetry: (message) => log.info(message),
  });

  const helpPage = helpPageOf((name) => variables[name]);

  const leave = (exitCode: number): never => {
    files.removeAll();
    process.exit(exitCode);
  };
  const onSignal = (signal: string) => {
    if (cancel.signal.aborted) return;
    log.info(`${signal} received: ending child processes and cleaning up`);
    cancel.abort(new CancelledError(codes.CANCELLED, `The run was cancelled (${signal})`));
    setTimeout(() => leave(1), leaveAfterMs).unref();
  };
  // First of all: a signal that comes before its handler ends the process without a word.
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  for (const value of secretValues(declaration, variables)) secrets.register(value);
  // Whatever slips past main is a failure with a report, never a silent end.
  const escaped = new Promise<never>((_, reject) => {
    process.once('uncaughtException', reject);
    process.once('unhandledRejection', reject);
  });

  let outcome: Outcome<D>;
  try {
    const inputs = readInputs(declaration, variables, workspace);
    const ports: Ports = {
      exec: createExec({ secrets, variables, cancelled: cancel.signal }),
      http,
      files,
      clock: systemClock,
      log,
      secrets,
      summary,
      job: readJob(variables),
      cancelled: cancel.signal,
    };
    const main = await load();
    outcome = await Promise.race([main(inputs, ports), escaped]);
  } catch (thrown) {
    outcome = { outputs: {}, facts: {}, failure: cancel.signal.aborted ? cancel.signal.reason : thrown };
  }
  finish(outcome);
  http.close();
  // Standard output may be a pipe that is written to asynchronously: let it drain before the process ends.
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  return leave(outcome.failure === undefined ? 0 : 1);

  function finish({ outputs, facts, failure, told = false }: Outcome<D>): void {
    const given = Object.fromEntries(
      Object.keys(declaration.outputs).map((name) => [name, outputs[camelKey(name)]]),
    ) as Record<string, string | undefined>;
    const finished = { action: declaration.name, startedAt, endedAt: systemClock.now(), facts, failure, helpPage };
    if ('report' in declaration.outputs) {
      given.report = writeReport(makeReport({ ...finished, outputs: given }), temp, secrets);
    }
    for (const [name, value] of Object.entries(given)) {
      if (value === undefined) continue;
      if (secrets.holds(value)) {
        log.warning(`Output '${name}' was not set: it holds a secret. Outputs are stored and shown unmasked.`);
      } else runner.setOutput(name, value);
    }
    if (failure !== undefined)
      summary.add(told ? failureReference(failure, helpPage) : failureSummary(declaration.name, failure, helpPage));
    writeSummary();
    if (failure !== undefined) {
      if (failure instanceof Error && failure.stack !== undefined) log.debug(failure.stack);
      for (const annotation of failureAnnotations(failure)) log.annotate(annotation);
    }
  }

  function writeSummary(): void {
    const markdown = summary.markdown();
    if (markdown === '') return;
    try {
      runner.addSummary(markdown);
    } catch (error) {
      log.info(`The job summary could not be written: ${messageOf(error)}`);
    }
  }
}

function camelKey<D extends Declaration>(name: string): keyof OutputsOf<D> {
  return camel(name) as keyof OutputsOf<D>;
}
