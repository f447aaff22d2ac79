// The unit tests that a mutation run needs. Packages resolve to the mutated copy, not to the workspace behind node_modules.
import { join } from 'node:path';
import base from '../../jest.config.mjs';

const root = join(import.meta.dirname, '../..');
const [unit] = base.projects;

export default {
  ...unit,
  rootDir: root,
  testMatch: (process.env.MUTATION_TESTS ?? '').split(' ').map((path) => join(root, 'test/unit', path)),
  moduleNameMapper: {
    ...unit.moduleNameMapper,
    '^@wso2-delivery/(shared|lab)/(.*)$': '<rootDir>/packages/$1/src/$2.ts',
  },
};
