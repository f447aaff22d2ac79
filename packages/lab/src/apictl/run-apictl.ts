import { readCall } from './commands.ts';
import { ConfigFolder } from './config-folder.ts';
import { GoClient } from './go-client.ts';
import { Exit } from './outcome.ts';
import type { Context } from './session.ts';

/** Where a command runs. */
export interface Host extends Pick<Context, 'terminal' | 'variables' | 'workingFolder' | 'temporaryFolder' | 'stdin'> {
  readonly homeFolder: string;
}

/**
 * A stand-in for apictl 4.7.0, for machines without it: what promote-api calls, with the exit codes, words, requests
 * and files of the real one (test/contract/apictl-stand-in.test.ts holds it to recorded transcripts).
 * @returns the exit code
 */
export async function runApictl(argv: readonly string[], host: Host): Promise<number> {
  const { terminal, variables } = host;
  try {
    const config = new ConfigFolder(terminal, variables.APICTL_CONFIG_DIR ?? host.homeFolder);
    const call = readCall(terminal, argv);
    if (call === undefined) return 0;
    const { command, args } = call;
    const client = new GoClient({
      insecure: args.boolean('insecure'),
      certificates: config.certificates,
      certificateFile: variables.SSL_CERT_FILE,
      timeoutMs: () => config.timeoutMs,
    });
    await command.run({ ...host, config, client }, args);
    return 0;
  } catch (error) {
    if (error instanceof Exit) return error.code;
    throw error;
  }
}
