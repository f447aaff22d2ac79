import { describe, expect, test } from '@jest/globals';
import { flagsRefused, heapFlags } from '@wso2-delivery/shared/kubernetes/jvm';
import { checkManifests, findingAnnotation } from '@wso2-delivery/shared/kubernetes/manifest-check';
import { serverOf } from '@wso2-delivery/shared/kubernetes/manifest-facts';
import { manifestRules } from '@wso2-delivery/shared/kubernetes/manifest-rules';
import { readDocuments } from '@wso2-delivery/shared/kubernetes/manifests';

/** The Deployment of the founding chapter, as it stands in the book. */
const founding = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: mi-employee-service
  namespace: integration
spec:
  replicas: 3
  selector:
    matchLabels:
      app: mi-employee-service
  template:
    metadata:
      labels:
        app: mi-employee-service
    spec:
      containers:
      - name: mi
        image: registry.example.com/mi-employee-service:1.0.0
        ports:
        - containerPort: 8290
          name: http
        - containerPort: 9164
          name: management
        livenessProbe:
          httpGet:
            path: /liveness
            port: 9164
          initialDelaySeconds: 30
          periodSeconds: 10
        readinessProbe:
          httpGet:
            path: /readiness
            port: 9164
          initialDelaySeconds: 20
          periodSeconds: 5
        resources:
          requests:
            memory: "512Mi"
            cpu: "250m"
          limits:
            memory: "1Gi"
            cpu: "500m"
        env:
        - name: JAVA_OPTS
          value: "-Xms512m -Xmx512m"
`;

const findings = (text: string) => checkManifests(readDocuments(text, 'mi.yaml').documents);
const shortly = (text: string) => findings(text).map(({ id, weight, line }) => `${weight} ${id} ${line ?? '-'}`);
const changed = (...pairs: readonly (readonly [string | RegExp, string])[]) =>
  pairs.reduce((text, [from, to]) => text.replace(from, to), founding);
const sound = changed(
  ['path: /liveness\n            port: 9164', 'path: /liveness\n            port: 9201'],
  ['path: /readiness\n            port: 9164', 'path: /healthz\n            port: 9201'],
  ['spec:\n  replicas', 'spec:\n  minReadySeconds: 10\n  replicas'],
);

describe('the manifest of the founding chapter', () => {
  test('has two probes that no Micro Integrator answers, each found on its line', () => {
    expect(shortly(founding)).toEqual([
      'error mi-readiness-path 32',
      'error mi-probe-port 27',
      'notice no-min-ready-seconds 6',
    ]);
  });

  test('is told what to write instead', () => {
    expect(findingAnnotation(findings(founding)[0]!)).toEqual({
      level: 'error',
      file: 'mi.yaml',
      line: 32,
      message:
        'deployment/mi-employee-service, container mi: the readinessProbe asks /readiness, which no version of Micro Integrator answers. ' +
        'Use httpGet: {path: /healthz, port: 9201}  # readiness; liveness: {path: /liveness, port: 9201}. [mi-readiness-path]',
    });
  });

  test('has nothing to complain about once it is corrected', () => expect(shortly(sound)).toEqual([]));
});

const from = (text: string, ...pairs: readonly (readonly [string | RegExp, string])[]) =>
  pairs.reduce((result, [before, after]) => {
    const next = result.replace(before, after);
    if (next === result) throw new Error(`${String(before)} is not in the manifest`);
    return next;
  }, text);

describe('the rules', () => {
  test.each([
    {
      what: '/healthz on the port of the integrations',
      text: from(sound, [/port: 9201(?=\n          initialDelaySeconds: 20)/, 'port: 8290']),
      found: 'error mi-probe-port 34',
    },
    {
      what: 'a probe on a port that is given by name',
      text: from(sound, [/port: 9201(?=\n          initialDelaySeconds: 20)/, 'port: http']),
      found: 'error mi-probe-port 34',
    },
    {
      what: 'HTTPS on 9201',
      text: from(sound, ['path: /healthz', 'path: /healthz\n            scheme: HTTPS']),
      found: 'error mi-probe-scheme 34',
    },
    {
      what: 'a heap larger than the limit',
      text: from(sound, ['-Xmx512m', '-Xmx2g']),
      found: 'error heap-exceeds-limit 42',
    },
    {
      what: 'a heap as large as the limit',
      text: from(sound, ['-Xmx512m', '-Xmx1024m']),
      found: 'error heap-exceeds-limit 42',
    },
    {
      what: 'a heap that leaves too little',
      text: from(sound, ['-Xmx512m', '-Xmx900m']),
      found: 'warning heap-near-limit 42',
    },
    {
      what: "the server's default heap in a small container",
      text: from(sound, ['-Xms512m -Xmx512m', '-Dx=y']),
      found: 'warning default-heap-exceeds-limit 42',
    },
    {
      what: 'the later flag',
      text: from(sound, ['-Xmx512m', '-Xmx512m -Xmx3g']),
      found: 'error heap-exceeds-limit 42',
    },
    {
      what: 'a flag that no JDK of today knows',
      text: from(sound, ['-Xmx512m', '-Xmx512m -XX:+PrintGCDateStamps']),
      found: 'warning jvm-flag-refused 46',
    },
    {
      what: 'a liveness probe without a startup probe',
      text: from(sound, ['initialDelaySeconds: 30', 'initialDelaySeconds: 5']),
      found: 'warning liveness-before-start 25',
    },
    {
      what: 'the tag latest',
      text: from(sound, ['mi-employee-service:1.0.0', 'mi-employee-service:latest']),
      found: 'warning image-not-fixed 19',
    },
    {
      what: 'no tag',
      text: from(sound, ['mi-employee-service:1.0.0', 'mi-employee-service']),
      found: 'warning image-not-fixed 19',
    },
    {
      what: 'no memory limit',
      text: from(sound, ['            memory: "1Gi"\n', '']),
      found: 'warning no-memory-limit 18',
    },
    {
      what: 'a label that the selector does not find',
      text: from(sound, ['      labels:\n        app: mi-employee-service', '      labels:\n        app: other']),
      found: 'error selector-mismatch 15',
    },
  ])('find $what', ({ text, found }) => expect(shortly(text)).toEqual([found]));

  test.each([
    {
      what: 'a startup probe that gives time',
      text: from(
        sound,
        [
          'livenessProbe:',
          'startupProbe: {httpGet: {path: /liveness, port: 9201}, failureThreshold: 30}\n        livenessProbe:',
        ],
        ['initialDelaySeconds: 30', 'initialDelaySeconds: 0'],
      ),
    },
    { what: 'a digest', text: from(sound, [':1.0.0', `:latest@sha256:${'0'.repeat(64)}`]) },
    {
      what: 'heap flags from a Secret, which nobody knows here',
      text: from(
        sound,
        ['value: "-Xms512m -Xmx512m"', 'valueFrom: {secretKeyRef: {name: x, key: y}}'],
        ['1Gi', '600Mi'],
      ),
    },
    {
      what: 'an exec probe',
      text: from(sound, [
        /httpGet:\n\s+path: \/healthz\n\s+port: 9201/,
        'exec: {command: [nc, -z, localhost, "8253"]}',
      ]),
    },
    {
      what: 'other servers with a path of that name',
      text: from(
        founding,
        [/- containerPort: 8290[\s\S]+name: management/, '- containerPort: 8080'],
        [/port: 9164/, 'port: 8080'],
        [/port: 9164/, 'port: 8080'],
        ['spec:\n  replicas', 'spec:\n  minReadySeconds: 1\n  replicas'],
      ),
    },
  ])('do not complain about $what', ({ text }) => expect(shortly(text)).toEqual([]));

  test('find API Manager probes on the ports of the published APIs', () => {
    const text = from(
      sound,
      ['registry.example.com/mi-employee-service:1.0.0', 'wso2/wso2am:4.3.0'],
      [/- containerPort: 8290[\s\S]+name: management/, '- containerPort: 9443'],
      [/path: \/healthz\n\s+port: 9201/, 'path: /services/Version\n            port: 8243'],
      [/path: \/liveness\n\s+port: 9201/, 'path: /services/Version\n            port: 9763'],
      ['"1Gi"', '"2Gi"'],
    );
    expect(shortly(text)).toEqual(['error apim-probe-port 31']);
  });

  test('look into init containers and CronJobs, and leave other kinds alone', () => {
    const cron = `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
            - name: prepare
              image: busybox
          containers:
            - name: job
              image: acme/job:1
              resources: {requests: {cpu: 1m}}
---
apiVersion: v1
kind: Service
metadata: {name: x}
`;
    expect(shortly(cron)).toEqual(['warning image-not-fixed 11', 'warning no-requests 13']);
  });

  test('have ids of their own', () => {
    const ids = manifestRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test.each([
  ['wso2/wso2mi:4.4.0', [], 'mi'],
  ['ghcr.io/acme/orders', [8290], 'mi'],
  ['wso2/wso2am-universal-gw:4.5.0', [], 'apim'],
  ['ghcr.io/acme/gateway', [8243], 'apim'],
  ['nginx', [80], 'other'],
  ['acme/mission', [], 'other'],
])('%s with ports %j is %s', (image, ports, server) => expect(serverOf(image, ports)).toBe(server));

test.each([
  ['-Xms256m -Xmx1g', { initial: 256 * 1024 ** 2, maximum: 1024 ** 3 }],
  ['-Xmx1g -Xmx512M', { maximum: 512 * 1024 ** 2 }],
  ['-XX:MaxHeapSize=100 -XX:InitialHeapSize=1k', { maximum: 100, initial: 1024 }],
  ['-XX:MaxRAMPercentage=75.5', { maximumPercent: 75.5 }],
  ['-Xmxlarge -Xss1m', {}],
])('the heap flags %s are %j', (options, flags) => {
  expect(heapFlags(options)).toEqual({ initial: undefined, maximum: undefined, maximumPercent: undefined, ...flags });
});

test.each<[string, readonly string[]]>([
  ['-Xmx1g -XX:+UseG1GC -XX:+PrintGCDetails', []],
  ['-XX:MaxPermSize=256m -Xmx1g', ['-XX:MaxPermSize=256m 17']],
  ['-d64 -XX:+UseParNewGC', ['-d64 11', '-XX:+UseParNewGC 11']],
  ['-XX:-UseConcMarkSweepGC', ['-XX:-UseConcMarkSweepGC 17']],
  ['-XX:+IgnoreUnrecognizedVMOptions -XX:+UseParNewGC -d64', ['-d64 11']],
])('of the flags %j a JDK refuses %j', (options, refused) => {
  expect(flagsRefused(options).map(({ flag, since }) => `${flag} ${since}`)).toEqual(refused);
});
