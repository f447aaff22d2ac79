import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { runApictl } from './run-apictl.ts';

// What the executable that install.ts writes runs.
process.exitCode = await runApictl(process.argv.slice(2), {
  terminal: { out: (text) => process.stdout.write(text), err: (text) => process.stderr.write(text) },
  variables: process.env,
  homeFolder: homedir(),
  workingFolder: process.cwd(),
  temporaryFolder: tmpdir(),
  stdin: () => readFileSync(0, 'utf8'),
});
