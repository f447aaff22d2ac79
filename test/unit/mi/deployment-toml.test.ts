import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseDeploymentToml } from '@wso2-delivery/shared/mi/deployment-toml';

test('the deployment.toml of the example is valid', () => {
  const file = join(import.meta.dirname, '../../../examples/employee-service/deployment/deployment.toml');
  expect(parseDeploymentToml(readFileSync(file, 'utf8'), 'deployment.toml')).toMatchObject({
    server: { hostname: 'localhost', hot_deployment: false },
    internal_apis: { users: [{ user: { name: '$env{MI_ADMIN_USER}', is_admin: true } }] },
  });
});

test('an error is named with its line', () => {
  try {
    parseDeploymentToml('[server]\nhostname = localhost\n', 'deployment/deployment.toml');
    throw new Error('nothing was thrown');
  } catch (error) {
    expect(error).toMatchObject({
      code: 'DEPLOYMENT_TOML_MALFORMED',
      location: { file: 'deployment/deployment.toml', line: 2 },
    });
  }
});
