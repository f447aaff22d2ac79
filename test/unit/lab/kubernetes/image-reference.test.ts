import { expect, test } from '@jest/globals';
import { imageNameProblem } from '../../../../packages/lab/src/kubernetes/image-puller.ts';
import { parseReference } from '../../../../packages/lab/src/kubernetes/registry-image.ts';

const digest = `sha256:${'a'.repeat(64)}`;

test.each([
  ['127.0.0.1:5000/shop/web:v1', { host: '127.0.0.1:5000', repository: 'shop/web', reference: 'v1' }],
  [`127.0.0.1:5000/shop/web:v1@${digest}`, { host: '127.0.0.1:5000', repository: 'shop/web', reference: digest }],
  ['registry.example/web', { host: 'registry.example', repository: 'web', reference: 'latest' }],
  ['localhost/web', { host: 'localhost', repository: 'web', reference: 'latest' }],
  ['wso2/wso2mi:4.4.0', { host: 'docker.io', repository: 'wso2/wso2mi', reference: '4.4.0' }],
])('%s is taken apart', (image, parts) => {
  expect(parseReference(image)).toEqual(parts);
});

test.each([
  ['127.0.0.1:5000/shop/web:v1', undefined],
  [`registry.example/web@${digest}`, undefined],
  ['Registry.example/shop/Web:v2', /repository name \(shop\/Web\) must be lowercase$/],
  ['web:', /invalid reference format$/],
])('the name %s: %s', (image, problem) => {
  if (problem === undefined) expect(imageNameProblem(image)).toBeUndefined();
  else expect(imageNameProblem(image)).toMatch(problem);
});
