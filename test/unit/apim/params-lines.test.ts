import { expect, test } from '@jest/globals';
import { KeyLines, type KeyPath } from '@wso2-delivery/shared/apim/params-lines';

const text = `# a comment
environments:
  - name: dev
    configs:
      endpoints:
        production: { url: https://b }
      deploymentEnvironments:
      - deploymentEnvironment: Default
      - deploymentEnvironment: Second
        displayOnDevportal: true

  -
    "name": staging
other: 1
`;

test.each<[path: KeyPath, line: number | undefined]>([
  [['environments'], 2],
  [['environments', 0], 3],
  [['environments', 0, 'name'], 3],
  [['environments', 0, 'configs', 'endpoints', 'production'], 6],
  [['environments', 0, 'configs', 'endpoints', 'production', 'url'], 6],
  [['environments', 0, 'configs', 'deploymentEnvironments', 1, 'displayOnDevportal'], 10],
  [['environments', 1, 'name'], 13],
  [['other'], 14],
  [['absent'], undefined],
])('%j is at line %s', (path, line) => {
  expect(new KeyLines(text).of(path)).toBe(line);
});
