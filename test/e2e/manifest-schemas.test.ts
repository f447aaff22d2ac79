import { expect } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { findTool, testWith } from '../support/tools.ts';

const cwd = resolve(import.meta.dirname, '../..');
const manifests = globSync(['examples/**/kubernetes/*.yaml', 'docs/rbac/*.yaml'], { cwd });

testWith('kubernetes-validate')("every manifest that people copy is valid by Kubernetes' own schemas, strictly", () => {
  const validator = findTool('kubernetes-validate')!;
  expect(manifests.length).toBeGreaterThan(4);
  const { status, stdout, stderr } = spawnSync(validator, ['--strict', ...manifests], { cwd, encoding: 'utf8' });
  expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('deployment/mi-employee-service')]);
});
