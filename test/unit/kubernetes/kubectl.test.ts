import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import {
  applyArgs,
  clusterArgs,
  diffArgs,
  kubectlVersion,
  kustomizeArgs,
  portForwardArgs,
  proxyArgs,
  runKubectl,
} from '@wso2-delivery/shared/kubernetes/kubectl';
import { knownFailure } from '@wso2-delivery/shared/kubernetes/kubectl-failures';
import { testPorts } from '../../support/ports.ts';
import { scriptedExec } from './scripted-exec.ts';

const reject = '--reject-paths=^/api/v1/namespaces/[^/]+/pods/[^/]+/(exec|attach)$';

describe('the arguments of kubectl', () => {
  test.each([
    { what: 'a cluster', args: clusterArgs({ program: 'kubectl', namespace: 'a' }), exact: ['--namespace=a'] },
    {
      what: 'the namespace of the context',
      args: clusterArgs({ program: 'kubectl', namespace: 'a', namespaceOfContext: true }),
      exact: [],
    },
    {
      what: 'a cluster with its own configuration',
      args: clusterArgs({ program: 'kubectl', namespace: 'a', kubeconfig: '/k', context: 'c' }),
      exact: ['--kubeconfig=/k', '--context=c', '--namespace=a'],
    },
    {
      what: 'apply',
      args: applyArgs(),
      exact: ['apply', '--server-side', '--field-manager=wso2-delivery', '--output=name', '--filename=-'],
    },
    {
      what: 'apply on trial, by force',
      args: applyArgs({ dryRun: true, force: true }),
      exact: [
        'apply',
        '--server-side',
        '--field-manager=wso2-delivery',
        '--force-conflicts',
        '--dry-run=server',
        '--output=name',
        '--filename=-',
      ],
    },
    {
      what: 'diff',
      args: diffArgs(),
      exact: ['diff', '--server-side', '--field-manager=wso2-delivery', '--filename=-'],
    },
    {
      what: 'kustomize',
      args: kustomizeArgs('deploy/staging', '/out.yaml'),
      exact: ['kustomize', 'deploy/staging', '--output=/out.yaml'],
    },
    {
      what: 'proxy on a socket',
      args: proxyArgs({ socket: '/s' }, 'https://10.0.0.1:6443'),
      exact: ['proxy', '--unix-socket=/s', reject],
    },
    {
      what: 'proxy to a server with a path',
      args: proxyArgs({ socket: '/s' }, 'https://rancher.example/k8s/clusters/c-1'),
      exact: ['proxy', '--unix-socket=/s', reject, '--append-server-path'],
    },
    {
      what: 'proxy on a port',
      args: proxyArgs({ prefix: '/p' }),
      exact: ['proxy', '--port=0', '--address=127.0.0.1', '--api-prefix=/p', reject],
    },
    {
      what: 'port-forward',
      args: portForwardArgs('web-1', 9164),
      exact: ['port-forward', '--address=127.0.0.1', 'pod/web-1', ':9164'],
    },
  ])('of $what', ({ args, exact }) => expect(args).toEqual(exact));
});

/** The recorded answers of the real kubectl: "## title", "$ command", output, "# exit code N". */
const recorded = readFileSync(new URL('../../fixtures/kubernetes/apply-errors.txt', import.meta.url), 'utf8')
  .split(/^# exit code /m)
  .slice(0, -1)
  .map((part) => ({
    title: /^## (.+)$/m.exec(part)?.[1] ?? '',
    output: part.slice(part.indexOf('\n', part.indexOf('\n$ ') + 1) + 1),
  }));
const outputOf = (title: string, nth = 0) => {
  const first = recorded.findIndex((entry) => entry.title === title);
  expect(first).toBeGreaterThanOrEqual(0);
  return recorded[first + nth]!.output;
};

describe('what the real kubectl said', () => {
  test.each([
    ['selector changed (immutable)', 0, 'KUBERNETES_INVALID', 'field is immutable'],
    ['unknown field', 0, 'KUBERNETES_INVALID', 'unknown field "spec.replica"'],
    ['labels do not match the selector', 0, 'KUBERNETES_INVALID', '`selector` does not match template `labels`'],
    ['namespace missing', 0, 'KUBERNETES_NOT_FOUND', 'the namespace no-such-ns does not exist'],
    [
      'no such kind (CRD not installed)',
      0,
      'KUBERNETES_KIND_UNKNOWN',
      'the cluster does not know the kind Widget in example.com/v1',
    ],
    ['requests above limits', 0, 'KUBERNETES_INVALID', 'must be less than or equal to memory limit of 1Gi'],
    ['image empty', 0, 'KUBERNETES_INVALID', 'Deployment "web" is invalid'],
    [
      'RBAC: ServiceAccount ci without rights',
      0,
      'KUBERNETES_FORBIDDEN',
      'system:serviceaccount:rec-apply:ci may not "get" on deployments.apps in namespace rec-apply',
    ],
    [
      'RBAC: read only (get, list, watch deployments)',
      0,
      'KUBERNETES_FORBIDDEN',
      'may not "patch" on deployments.apps',
    ],
    [
      'RBAC: read only (get, list, watch deployments)',
      2,
      'KUBERNETES_FORBIDDEN',
      'may not "list" on pods in namespace rec-apply',
    ],
    ['bad token', 0, 'KUBERNETES_UNAUTHORIZED', 'does not accept the credentials'],
    ['wrong CA', 0, 'KUBERNETES_TLS', 'certificate signed by unknown authority'],
    ['server down', 0, 'KUBERNETES_UNREACHABLE', '127.0.0.1:16444'],
    [
      'server-side apply conflict',
      0,
      'KUBERNETES_FIELD_CONFLICT',
      'conflict with "kubectl-client-side-apply" using apps/v1: .spec.template.spec.containers[name="web"].image',
    ],
  ])('%s (%i): %s, %s', (title, nth, code, says) => {
    const failure = knownFailure(outputOf(title, nth));
    expect(failure?.code.code).toBe(code);
    expect(failure?.message).toContain(says);
  });

  test.each([
    ['error: stat nofile: no such file or directory', 'KUBECONFIG_MISSING'],
    ['error: current-context must exist in order to minify', 'KUBECONFIG_MISSING'],
    ['error: cannot locate context nope', 'KUBECONFIG_CONTEXT_UNKNOWN'],
    ['error: context "nope" does not exist', 'KUBECONFIG_CONTEXT_UNKNOWN'],
    ['error: error loading config file "bad": yaml: line 1: did not find expected node content', 'KUBECONFIG_INVALID'],
    [
      'Unable to connect to the server: getting credentials: exec: executable gke-gcloud-auth-plugin failed with exit code 1',
      'KUBERNETES_CREDENTIALS_PLUGIN',
    ],
    [
      'Unable to connect to the server: dial tcp: lookup no-such-host.invalid on 10.255.255.53:53: no such host',
      'KUBERNETES_UNREACHABLE',
    ],
    ['Unable to connect to the server: net/http: TLS handshake timeout', 'KUBERNETES_UNREACHABLE'],
    [
      'Error from server (Forbidden): error when creating "STDIN": deployments.apps "web" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2',
      'KUBERNETES_REFUSED',
    ],
    [
      'Error from server: error when creating "STDIN": admission webhook "policy.example.com" denied the request: no',
      'KUBERNETES_REFUSED',
    ],
    [
      'Error from server (InternalError): Internal error occurred: failed calling webhook "v.example.com": failed to call webhook: Post "https://v.svc:443/?timeout=5s": dial tcp 10.0.0.1:443: connect: connection refused',
      'KUBERNETES_REFUSED',
    ],
    [
      'Error from server (InternalError): Internal error occurred: failed calling webhook "v.example.com": failed to call webhook: Post "https://v.svc:443/": tls: failed to verify certificate: x509: expired',
      'KUBERNETES_REFUSED',
    ],
    ['Error from server (NotFound): deployments.apps "nope" not found', 'KUBERNETES_NOT_FOUND'],
    ['Error from server (InternalError): an error on the server', 'KUBERNETES_FAILED'],
  ])('%s: %s', (said, code) => expect(knownFailure(said)?.code.code).toBe(code));

  test.each(['error: something new', 'error: accumulating resources: lstat /w/x.yaml: no such file or directory'])(
    '%s stays unknown',
    (said) => expect(knownFailure(said)).toBeUndefined(),
  );

  test('a missing right names the rule to add', () => {
    expect(knownFailure(outputOf('RBAC: ServiceAccount ci without rights'))?.remedy).toBe(
      'Add to a Role in namespace rec-apply that is bound to system:serviceaccount:rec-apply:ci: - {apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"]}',
    );
  });
});

describe('a run of kubectl', () => {
  const kubectl = { program: 'kubectl', namespace: 'staging' };

  test('is a failure when the exit code says so, with the tool’s own words as evidence', async () => {
    const exec = scriptedExec({ answer: () => ({ exitCode: 1, stderr: 'error: something new\n' }) });
    await expect(runKubectl({ exec }, kubectl, { args: ['get', 'x'] })).rejects.toMatchObject({
      code: 'TOOL_FAILED',
      message: 'kubectl failed (exit code 1): error: something new',
      evidence: 'error: something new',
      exitCode: 1,
    });
  });

  test('is good with words on stderr and exit code 0', async () => {
    const exec = scriptedExec({ answer: () => ({ stderr: 'Warning: deprecated\n', stdout: 'ok' }) });
    expect((await runKubectl({ exec }, kubectl, { args: ['get', 'x'] })).stdout).toBe('ok');
  });

  test('accepts the exit codes that are an answer', async () => {
    const exec = scriptedExec({ answer: () => ({ exitCode: 1, stdout: '+a' }) });
    expect((await runKubectl({ exec }, kubectl, { args: ['diff'], accept: [1] })).exitCode).toBe(1);
  });

  test('reads its own version, and says when kubectl is not installed', async () => {
    const exec = scriptedExec({ answer: () => ({ stdout: '{"clientVersion": {"gitVersion": "v1.32.4"}}' }) });
    expect(await kubectlVersion(exec)).toBe('v1.32.4');
    const ports = testPorts({ variables: { PATH: '/nowhere' } });
    await expect(kubectlVersion(ports.exec)).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      message: 'kubectl was not found on the PATH',
    });
    ports.dispose();
  });
});
