/** A step whose action runs inside the lab. */
import { join } from 'node:path';
import { evaluateTexts } from './expressions.ts';
import type { StepCall } from './job-state.ts';
import type { ResolvedAction } from './resolve-action.ts';
import { sourceFolder } from './resolve-action.ts';
import { stepEnvironment } from './step-process.ts';

export async function runStandIn(
  call: StepCall,
  action: Extract<ResolvedAction, { kind: 'stand-in' }>,
): Promise<boolean> {
  const { job, log, outputs } = call;
  const { options } = job.run;
  const done = action.standIn({
    action: action.name,
    ref: action.ref,
    inputs: evaluateTexts(call.definition.with, call.scope),
    github: call.frame.github,
    env: stepEnvironment(call),
    workspace: job.folders.workspace,
    temp: job.folders.temp,
    lab: {
      nodePath: options.nodePath ?? process.execPath,
      sourceOf: (repository, ref) => sourceFolder(job.run, repository, ref),
      artifacts: job.run.artifacts,
      earlierArtifacts: job.run.earlierArtifacts,
      caches: join(options.tempFolder, 'caches'),
    },
    signal: call.signal,
    log: (text) => log.write(text),
    warning: (message) => log.warning(message),
    setOutput: (name, value) => (outputs[name] = value),
    setVariable: (name, value) => (job.env[name] = value),
    addPath: (folder) => void job.path.unshift(folder),
    addPost: (body) => {
      job.posts.push({
        id: call.definition.id,
        name: `Post ${call.name}`,
        condition: 'success()',
        frame: call.frame,
        definition: call.definition,
        body: async () => {
          await body();
          return true;
        },
      });
    },
  });
  // A stand-in that does not heed the signal is left behind: its step ends all the same.
  return Promise.race([Promise.resolve(done).then(() => true), aborted(call.signal)]);
}

function aborted(signal: AbortSignal): Promise<false> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(false);
    else signal.addEventListener('abort', () => resolve(false), { once: true });
  });
}
