import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { imageRepository, isDigestPinned, parseImages } from '@wso2-delivery/shared/kubernetes/images';
import { describePlan, describeChange, imagePatch, planImages } from '@wso2-delivery/shared/kubernetes/plan';
import { formatWorkload, parseWorkload, workloadOf } from '@wso2-delivery/shared/kubernetes/workload';

const workload = (
  name: string,
  containers: Record<string, string>,
  init: Record<string, string> = {},
  kind: 'Deployment' | 'CronJob' = 'Deployment',
) => {
  const list = (images: Record<string, string>) =>
    Object.entries(images).map(([container, image]) => ({ name: container, image }));
  const template = { spec: { containers: list(containers), initContainers: list(init) } };
  return workloadOf(kind, {
    metadata: { name, namespace: 'staging', uid: `uid-${name}`, resourceVersion: '1', generation: 1 },
    spec: kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template },
  });
};

describe('the name of a workload', () => {
  test.each([
    ['deployment/mi-service', 'deployment/mi-service'],
    ['deploy/mi', 'deployment/mi'],
    ['deployments.apps/mi', 'deployment/mi'],
    ['sts/db', 'statefulset/db'],
    ['DaemonSet/log', 'daemonset/log'],
    ['cj/nightly', 'cronjob/nightly'],
    ['mi-service', 'deployment/mi-service'],
  ])('%s is %s', (text, expected) => {
    const parsed = parseWorkload(text);
    expect(typeof parsed === 'string' ? parsed : formatWorkload(parsed)).toBe(expected);
  });

  test.each([
    [
      'deploymnt/x',
      "'deploymnt/x': 'deploymnt' is no kind of workload that can be changed (deployment, statefulset, daemonset, cronjob). Did you mean 'deployment'?",
    ],
    [
      'pod/x',
      "'pod/x': 'pod' is no kind of workload that can be changed (deployment, statefulset, daemonset, cronjob).",
    ],
    ['deployment/', "'deployment/': '' is not a name of an object"],
    ['deployment/a/b', "'deployment/a/b': 'a/b' is not a name of an object"],
    ['deployment/-x', "'deployment/-x': '-x' is not a name of an object"],
    ['deployment/x; rm -rf', "'deployment/x; rm -rf': 'x; rm -rf' is not a name of an object"],
  ])('%s is refused', (text, problem) => expect(parseWorkload(text)).toBe(problem));
});

describe('the input images', () => {
  test('takes an image, a container with its image, and a workload before it', () => {
    const { wishes, problems } = parseImages(['r/a:1', 'mi=r/b@sha256:0', 'statefulset/db/db=r/c:1']);
    expect(problems).toEqual([]);
    expect(wishes.map(({ container, image, workload: of }) => [of && formatWorkload(of), container, image])).toEqual([
      [undefined, undefined, 'r/a:1'],
      [undefined, 'mi', 'r/b@sha256:0'],
      ['statefulset/db', 'db', 'r/c:1'],
    ]);
  });

  test('reports all that is wrong together', () => {
    const { problems } = parseImages(['mi=', 'Mi=r/a:1', 'pod/x/mi=r/a:1', 'mi=r/a:1', 'mi=r/b:1', 'r/c:1', 'r/c:2']);
    expect(problems.map(({ problem }) => problem)).toEqual([
      "'mi=' has no image",
      "'Mi=r/a:1': 'Mi' is not a name of a container",
      "'pod/x': 'pod' is no kind of workload that can be changed (deployment, statefulset, daemonset, cronjob).",
      'container mi is given twice',
      'image docker.io/r/c is given twice',
    ]);
  });
});

describe('the repository of an image', () => {
  test.each([
    ['ghcr.io/acme/mi:1', 'ghcr.io/acme/mi'],
    ['127.0.0.1:5000/mi', '127.0.0.1:5000/mi'],
    ['127.0.0.1:5000/mi:2@sha256:0', '127.0.0.1:5000/mi'],
    ['localhost/mi', 'localhost/mi'],
    ['wso2/wso2mi:4.4.0', 'docker.io/wso2/wso2mi'],
    ['nginx', 'docker.io/library/nginx'],
  ])('%s is %s', (image, repository) => expect(imageRepository(image)).toBe(repository));

  test('does not depend on tag and digest', () => {
    const tag = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/);
    fc.assert(
      fc.property(fc.constantFrom('a.b/c', 'a.b:1/c/d', 'x', 'x/y'), tag, (name, text) => {
        expect(imageRepository(`${name}:${text}`)).toBe(imageRepository(name));
        expect(imageRepository(`${name}:${text}@sha256:${'0'.repeat(64)}`)).toBe(imageRepository(name));
      }),
    );
  });

  test('a digest pins an image, a tag does not', () => {
    expect([isDigestPinned(`a@sha256:${'0'.repeat(64)}`), isDigestPinned('a:1')]).toEqual([true, false]);
  });
});

describe('the plan', () => {
  const mi = workload('mi', { mi: 'r/mi:1' });
  const two = workload('two', { mi: 'r/mi:1', log: 'r/log:1' }, { prepare: 'r/log:1' });
  const plan = (workloads: Parameters<typeof planImages>[0], ...lines: string[]) => {
    const { plan: planned, problems } = planImages(workloads, parseImages(lines).wishes);
    return {
      changes: planned.changes.map(describeChange),
      unchanged: planned.unchanged.map(formatWorkload),
      problems: problems.map(({ problem }) => problem),
      planned,
    };
  };

  test.each([
    {
      what: 'one image for the only container',
      workloads: [mi],
      lines: ['r/mi:2'],
      changes: ['deployment/mi: mi r/mi:1 → r/mi:2'],
      unchanged: [],
    },
    {
      what: 'an image that is there already',
      workloads: [mi],
      lines: ['r/mi:1'],
      changes: [],
      unchanged: ['deployment/mi'],
    },
    {
      what: 'an init container',
      workloads: [two],
      lines: ['prepare=r/log:2'],
      changes: ['deployment/two: init container prepare r/log:1 → r/log:2'],
      unchanged: [],
    },
    {
      what: 'an image for the containers that run its repository',
      workloads: [two],
      lines: ['r/log:2'],
      changes: ['deployment/two: init container prepare r/log:1 → r/log:2, log r/log:1 → r/log:2'],
      unchanged: [],
    },
    {
      what: 'a container of several workloads',
      workloads: [mi, two],
      lines: ['mi=r/mi:2'],
      changes: ['deployment/mi: mi r/mi:1 → r/mi:2', 'deployment/two: mi r/mi:1 → r/mi:2'],
      unchanged: [],
    },
    {
      what: 'a container of one of several',
      workloads: [mi, two],
      lines: ['deployment/mi/mi=r/mi:2', 'log=r/log:1'],
      changes: ['deployment/mi: mi r/mi:1 → r/mi:2'],
      unchanged: ['deployment/two'],
    },
  ])('for $what', ({ workloads, lines, changes, unchanged }) => {
    expect(plan(workloads, ...lines)).toMatchObject({ changes, unchanged, problems: [] });
  });

  test.each([
    {
      what: 'a container that nobody has',
      workloads: [mi],
      lines: ['web=r/x:1'],
      problem: 'there is no container web: deployment/mi has mi.',
    },
    {
      what: 'a container with a typing error',
      workloads: [two],
      lines: ['prepar=r/x:1'],
      problem: "there is no container prepar: deployment/two has prepare (init), mi, log. Did you mean 'prepare'?",
    },
    {
      what: 'an image that could be for any container',
      workloads: [two],
      lines: ['r/other:1'],
      problem:
        "'r/other:1' does not say for which container: deployment/two has prepare (init), mi, log. Write container=image",
    },
    {
      what: 'a workload that is not asked for',
      workloads: [mi],
      lines: ['deployment/m/mi=r/mi:2'],
      problem: "deployment/m is none of the workloads of this step: deployment/mi. Did you mean 'deployment/mi'?",
    },
    {
      what: 'two images for one container',
      workloads: [mi],
      lines: ['mi=r/mi:2', 'r/mi:3'],
      problem: "container mi of deployment/mi would get two images (line 'r/mi:3')",
    },
    {
      what: 'a workload without an image',
      workloads: [mi, two],
      lines: ['deployment/mi/mi=r/mi:2'],
      problem: 'no image is given for deployment/two',
    },
  ])('refuses $what', ({ workloads, lines, problem }) => expect(plan(workloads, ...lines).problems).toEqual([problem]));

  test('says plainly that there is nothing to do', () => {
    expect(describePlan(plan([mi], 'r/mi:1').planned)).toBe(
      'No change: deployment/mi already has the wanted images, so there is no rollout.',
    );
    expect(describePlan(plan([mi, two], 'mi=r/mi:2').planned)).toBe('2 workloads to change');
  });

  test('planned again on what it made, it has nothing to do', () => {
    const image = fc.constantFrom('r/mi:1', 'r/mi:2', 'r/mi:3');
    fc.assert(
      fc.property(image, image, (before, wanted) => {
        const first = plan([workload('x', { mi: before })], wanted).planned;
        expect(first.changes).toHaveLength(before === wanted ? 0 : 1);
        expect(plan([workload('x', { mi: wanted })], wanted).planned.changes).toEqual([]);
      }),
    );
  });

  test('becomes one patch with all images and the cause', () => {
    const [change] = plan([two], 'mi=r/mi:2', 'prepare=r/log:3').planned.changes;
    expect(imagePatch(change!, 'release 2')).toEqual({
      metadata: { annotations: { 'kubernetes.io/change-cause': 'release 2' } },
      spec: {
        template: {
          spec: {
            initContainers: [{ name: 'prepare', image: 'r/log:3' }],
            containers: [{ name: 'mi', image: 'r/mi:2' }],
          },
        },
      },
    });
  });

  test('reaches the template of a CronJob', () => {
    const [change] = plan([workload('nightly', { job: 'r/job:1' }, {}, 'CronJob')], 'r/job:2').planned.changes;
    expect(imagePatch(change!, undefined)).toEqual({
      spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'job', image: 'r/job:2' }] } } } } },
    });
  });
});
