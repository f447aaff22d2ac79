import { apply, diff } from './apply.ts';
import { clusterOf, KubectlError, viewOf } from './cluster.ts';
import { parseCommandLine } from './flags.ts';
import { proxy } from './proxy.ts';

export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly stdin: () => string;
}

/** The version that the stand-in reports: whoever reads a log sees what ran. */
const version = 'v1.32.0-lab-stand-in';

/**
 * kubectl, as far as the actions use it, for machines that have none. What it does not know it refuses. Gives the exit
 * code.
 */
export async function runKubectl(
  argv: readonly string[],
  { out, err, variables, stdin }: Surroundings,
): Promise<number> {
  const line = parseCommandLine(argv);
  const cluster = () => clusterOf(line, variables);
  try {
    switch (line.words.slice(0, line.words[0] === 'config' ? 2 : 1).join(' ')) {
      case 'version':
        out(`${JSON.stringify({ clientVersion: { major: '1', minor: '32', gitVersion: version } }, null, 2)}\n`);
        return 0;
      case 'config view':
        out(`${JSON.stringify(viewOf(line, variables), null, 4)}\n`);
        return 0;
      case 'apply': {
        const result = await apply(cluster(), line, stdin());
        out(result.out);
        for (const error of result.errors) err(`${error}\n`);
        return result.errors.length === 0 ? 0 : 1;
      }
      case 'diff': {
        const text = await diff(cluster(), line, stdin());
        out(text);
        return text === '' ? 0 : 1;
      }
      case 'proxy':
        return await proxy(cluster(), line, out);
      default:
        throw new KubectlError(`error: unknown command "${line.words[0] ?? ''}" for the lab's stand-in of kubectl`);
    }
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    err(`${error.message}\n`);
    // kubectl diff keeps 1 for "there are differences".
    return line.words[0] === 'diff' ? 2 : 1;
  }
}
