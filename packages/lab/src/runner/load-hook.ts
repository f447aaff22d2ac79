/**
 * The official workflow parser imports its grammar (a JSON file) without an import attribute, which plain Node refuses.
 * Importing this file installs a hook that hands these JSON files over as modules. Other JSON imports stay as they are.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const grammarFile = /\/@actions\/workflow-parser\/.*\.json$/;

try {
  registerHooks({
    load(url, context, nextLoad) {
      if (!grammarFile.test(url)) return nextLoad(url, context);
      return {
        format: 'module',
        shortCircuit: true,
        source: `export default ${readFileSync(fileURLToPath(url), 'utf8')};`,
      };
    },
  });
} catch {
  // A runtime with a module loader of its own (jest) refuses hooks. It also needs none: it imports JSON without an attribute.
}
