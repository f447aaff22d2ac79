import { expect, test } from '@jest/globals';
import { readJob } from '@wso2-delivery/shared/run/job';
import type { CarbonApplication } from '../../../../actions/build-mi/src/carbon-applications.ts';
import { imageAnnotations, imageLabels, namesOf } from '../../../../actions/build-mi/src/image-labels.ts';

const application = (name: string): CarbonApplication => ({
  file: `/w/${name}.car`,
  car: { name, version: '1.0.0', dependencies: [], artifacts: [] },
  entries: [],
  compared: false,
  findings: [],
});
const job = readJob({ GITHUB_REPOSITORY: 'acme/hr', GITHUB_SHA: 'c0ffee' });
const base = { reference: 'wso2/wso2mi:4.4.0', resolved: { digest: 'sha256:b' } };

test('one application gives title and version; the source is the repository', () => {
  expect(imageAnnotations([application('a')], base, new Date(86_400_000), { job })).toEqual({
    'org.opencontainers.image.title': 'a',
    'org.opencontainers.image.version': '1.0.0',
    'org.opencontainers.image.description': 'Micro Integrator with a 1.0.0',
    'org.opencontainers.image.created': '1970-01-02T00:00:00.000Z',
    'org.opencontainers.image.revision': 'c0ffee',
    'org.opencontainers.image.source': 'https://github.com/acme/hr',
    'org.opencontainers.image.url': 'https://github.com/acme/hr',
    'org.opencontainers.image.base.name': 'wso2/wso2mi:4.4.0',
    'org.opencontainers.image.base.digest': 'sha256:b',
  });
});

test('several give neither; what is not known is left out, also a time that nobody gave', () => {
  const labels = imageLabels(
    [application('b'), application('a')],
    namesOf([application('b'), application('a')]),
    undefined,
    new Date(0),
    {
      job: readJob({}),
    },
  );
  expect(labels).toEqual({
    'org.opencontainers.image.description': 'Micro Integrator with b 1.0.0, a 1.0.0',
    'io.wso2-delivery.carbon-applications': '[{"name":"a","version":"1.0.0"},{"name":"b","version":"1.0.0"}]',
  });
});
