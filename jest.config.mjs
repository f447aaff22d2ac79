// Four suites, one configuration: `npm test` runs them all, `npx jest --selectProjects unit` one of them.
const suite = (name) => ({
  displayName: name,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true, diagnostics: false }] },
  // TypeScript rewrites './x.ts' to './x.js' on emit; map it back to the source.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/demo-output/', '<rootDir>/coverage/'],
});

export default {
  projects: ['unit', 'contract', 'bundle', 'e2e'].map(suite),
  testTimeout: 60_000,
};
