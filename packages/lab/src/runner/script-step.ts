/** `run` steps. */
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { evaluateText } from './expressions.ts';
import type { StepCall } from './job-state.ts';
import { shellCommand } from './shells.ts';
import { runStepProcess, stepEnvironment } from './step-process.ts';

export async function runScript(call: StepCall): Promise<boolean> {
  const { job, frame, definition, log, scope } = call;
  const script = evaluateText(definition.run, scope) ?? '';
  const shell = shellCommand(
    evaluateText(definition.shell, scope) ?? frame.defaults.shell,
    stepEnvironment(call).PATH ?? '',
  );
  const folder = evaluateText(definition.workingDirectory, scope) ?? frame.defaults.workingDirectory;
  const cwd = resolve(job.folders.workspace, folder ?? '');
  const path = join(job.folders.temp, `${randomUUID()}${shell.extension}`);
  const { command, args, display } = shell.at(path);
  const text = script.replace(/\s+$/, '');
  log.mark('group', `Run ${text.split('\n')[0] ?? ''}`);
  log.write(`${text}\nshell: ${display.replace(path, '{0}')}`);
  log.mark('endgroup');
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    log.error(
      `An error occurred trying to start process '${command}' with working directory '${cwd}'. No such file or directory`,
    );
    return false;
  }
  // A shell that reads its last line needs a line break after it.
  await writeFile(path, `${script.replaceAll('\r\n', '\n')}\n`);
  const code = await runStepProcess(call, { command, args, cwd, variables: {} });
  if (code !== undefined && code !== 0 && !call.signal.aborted) log.error(`Process completed with exit code ${code}.`);
  return code === 0;
}
