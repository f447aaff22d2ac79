import type { Exec, ExecRequest, ExecResult, RunningProcess } from '@wso2-delivery/shared/base/ports';

const ended = (result: Partial<ExecResult> = {}): ExecResult => ({
  exitCode: 0,
  signal: null,
  stdout: '',
  stderr: '',
  truncated: false,
  durationMs: 1,
  ...result,
});

/** A process that serves until the test ends it. */
export class ScriptedProcess implements RunningProcess {
  readonly pid = 1;
  readonly exited: Promise<ExecResult>;
  readonly request: Omit<ExecRequest, 'timeoutMs'>;
  stopped = false;
  readonly #end: (result: ExecResult) => void;

  constructor(request: Omit<ExecRequest, 'timeoutMs'>) {
    this.request = request;
    const { promise, resolve } = Promise.withResolvers<ExecResult>();
    this.exited = promise;
    this.#end = resolve;
  }

  say(line: string, stream: 'stdout' | 'stderr' = 'stdout'): void {
    this.request.onLine?.(line, stream);
  }

  end(result: Partial<ExecResult>): void {
    this.#end(ended(result));
  }

  stop(): Promise<void> {
    this.stopped = true;
    this.end({ exitCode: null, signal: 'SIGTERM' });
    return Promise.resolve();
  }
}

export interface ScriptedExec extends Exec {
  /** The argument lists of all runs and starts, in order. */
  readonly calls: (readonly string[])[];
  readonly requests: ExecRequest[];
  readonly processes: ScriptedProcess[];
}

/** An exec port that answers runs by `answer` and starts by `onStart`. */
export function scriptedExec(script: {
  answer?: (args: readonly string[], request: ExecRequest) => Partial<ExecResult> | Promise<Partial<ExecResult>>;
  onStart?: (process: ScriptedProcess, nth: number) => void;
}): ScriptedExec {
  const exec: ScriptedExec = {
    calls: [],
    requests: [],
    processes: [],
    async run(request) {
      exec.calls.push(request.args);
      exec.requests.push(request);
      return ended(await script.answer?.(request.args, request));
    },
    start(request) {
      exec.calls.push(request.args);
      const process = new ScriptedProcess(request);
      exec.processes.push(process);
      setImmediate(() => script.onStart?.(process, exec.processes.length));
      return Promise.resolve(process);
    },
  };
  return exec;
}
