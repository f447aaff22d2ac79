import tseslint from 'typescript-eslint';

// The laws of the house (docs/architecture.md). The layering between rooms is held by test/contract/layering.test.ts.
export default tseslint.config(
  {
    ignores: ['dist/', '**/node_modules/', 'coverage/', 'demo-output/', 'bench-output/', 'examples/', 'test/fixtures/'],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['packages/shared/src/**/*.ts', 'actions/**/*.ts'],
    ignores: ['packages/shared/src/run/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: '@actions/core', message: 'Only run/ talks to the runner.' },
            { name: 'node:child_process', message: 'Child processes go through the exec port.' },
            { name: 'node:process', message: 'Only run/ touches the process.' },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'Only run/ touches the process.' },
        'setTimeout',
        'setInterval',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes through the clock port.' },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'scripts/**', 'bench/**', 'packages/lab/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
