import { readFileSync } from 'node:fs';
import { runKubectl } from './run-kubectl.ts';

// What the executable that install.ts writes runs.
process.exitCode = await runKubectl(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  variables: process.env,
  stdin: () => readFileSync(0, 'utf8'),
});
