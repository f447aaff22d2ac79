// Mutation testing (`npm run mutation`): scripts/mutation.ts says what is mutated and with which tests.
export default {
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { projectType: 'custom', configFile: 'scripts/mutation/jest.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  mutate: (process.env.MUTATION_SOURCES ?? '').split(' '),
  // What only counts when a module loads would need every test for every change.
  ignoreStatic: true,
  // One process: what is measured is the tests, not the machine.
  concurrency: 1,
  // On a busy machine a slow test is not a change that was noticed.
  timeoutMS: 20_000,
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: process.env.MUTATION_REPORT ?? 'coverage/mutation.json' },
  tempDirName: 'coverage/stryker-tmp',
  ignorePatterns: ['dist', 'docs', 'bench', 'demo-output', 'coverage', 'bench-output'],
};
