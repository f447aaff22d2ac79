/** The real kubectl against a cluster of the lab, as an account of its own choice. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTool } from './tools.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface KubectlUser {
  /** Runs kubectl; an object is given to it as standard input. A failure is part of the answer. */
  run(args: readonly string[], input?: object): Promise<Ran>;
  dispose(): void;
}

/** kubectl with this kubeconfig and a home folder of its own. */
export function kubectlUser(kubeconfig: string): KubectlUser {
  const home = mkdtempSync(join(tmpdir(), 'wso2-delivery-kubectl-'));
  const file = join(home, 'kubeconfig');
  writeFileSync(file, kubeconfig, { mode: 0o600 });
  const env = { PATH: process.env.PATH ?? '', HOME: home, KUBECONFIG: file };
  return {
    run: (args, input) =>
      new Promise((resolve) => {
        const program = findTool('kubectl') ?? 'kubectl';
        const child = execFile(program, args, { env, timeout: 40_000 }, (error, out, err) =>
          resolve({ code: error === null ? 0 : Number(error.code), out, err }),
        );
        if (input !== undefined) child.stdin?.end(JSON.stringify(input));
      }),
    dispose: () => rmSync(home, { recursive: true, force: true }),
  };
}
