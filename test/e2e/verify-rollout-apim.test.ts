import { createHash, X509Certificate } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { selfSignedCertificate } from '@wso2-delivery/lab/certificate';
import { always, serving, type ContainerScript, type PodHandler } from '@wso2-delivery/lab/kubernetes/container-script';
import { testWith } from '../support/tools.ts';
import { manifest, startRolloutLab, type RolloutLab } from '../support/verify-rollout.ts';

const testKubectl = testWith('kubectl');

/** An API Manager in a pod, as far as its health goes: https on 9443, with the answers of the real one. */
function apiManager(version: (pod: string) => string): (pod: string) => ContainerScript {
  return (pod) => {
    const answer: PodHandler = ({ path, headers }) => {
      const url = new URL(path, 'https://apim');
      if (url.pathname === '/services/Version') {
        return { status: 200, body: `<ns:return>WSO2 API Manager-${version(pod)}</ns:return>` };
      }
      if (url.pathname === '/api/am/gateway/v2/server-startup-healthcheck') return { status: 200, body: '' };
      if (url.pathname !== '/api/am/gateway/v2/api-artifact') return { status: 404, body: '' };
      const basic = `Basic ${Buffer.from('admin:secret').toString('base64')}`;
      if (headers.authorization !== basic) return { status: 401, body: '' };
      return { status: url.searchParams.get('apiName') === 'PizzaShackAPI' ? 200 : 404, body: '{}' };
    };
    const health: PodHandler = ({ path }) => ({ status: path === '/healthz' ? 200 : 404, body: '' });
    return always(serving({ 9443: { handle: answer, tls: true }, 9201: health }));
  };
}

const fingerprint = (certificate: string): string =>
  createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex');

describe('verify-rollout looks at API Managers and URLs', () => {
  let lab: RolloutLab;
  let outside: Server;
  let url: string;
  const certificate = selfSignedCertificate('outside');

  beforeAll(async () => {
    lab = await startRolloutLab({
      apim: apiManager(() => '4.3.0.12'),
      mixed: apiManager((pod) => (pod.endsWith('-0') ? '4.3.0.12' : '4.3.0.11')),
    });
    outside = createServer({ key: certificate.privateKey, cert: certificate.certificate }, (request, response) => {
      response.statusCode = request.url === '/moved' ? 302 : 200;
      response.end('{"status":"UP"}');
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await lab.close();
    outside.closeAllConnections();
    await new Promise((resolve) => outside.close(resolve));
  });

  async function verified(tag: string, health: string, inputs: Readonly<Record<string, string>> = {}) {
    const namespace = lab.namespace();
    await lab.applied(namespace, manifest(tag, { kind: 'StatefulSet' }));
    const given = { workloads: 'statefulset/mi-service', 'stable-for': '200ms', health, ...inputs };
    const { outputs, ports } = await lab.verify(namespace, given, (made) => {
      writeFileSync(join(made.files.workspace, 'ca.pem'), certificate.certificate);
    });
    const { verdict, cause, message } = outputs;
    return { verdict, cause, message, summary: ports.markdown() };
  }

  const login = { 'management-username': 'admin', 'management-password': 'secret' };

  testKubectl('the startup check, one version on all nodes, and the APIs that every gateway holds', async () => {
    const { verdict, summary } = await verified('apim', 'apim apis=PizzaShackAPI:1.0.0', login);
    expect({ verdict, summary }).toEqual({ verdict: 'succeeded', summary });
    expect(summary).toContain('server-startup-healthcheck: healthy on all 2 pods');
    expect(summary).toContain('WSO2 API Manager 4.3.0.12 on all of them');
    expect(summary).toContain('PizzaShackAPI 1.0.0 deployed on all 2 gateways');
  });

  testKubectl('a node of another update level is found, and fails the rollout', async () => {
    const { verdict, cause, message } = await verified('mixed', 'apim-control-plane');
    expect({ verdict, cause }).toEqual({ verdict: 'failed', cause: 'versions-differ' });
    expect(message).toMatch(/4\.3\.0\.12 on mi-service-0; 4\.3\.0\.11 on mi-service-1/);
  });

  testKubectl(
    'without a login, or with one that is refused, what the gateways hold is unchecked and never good',
    async () => {
      const without = await verified('apim', 'apim-gateway apis=PizzaShackAPI:1.0.0');
      expect(without.summary).toContain('it needs management-username and management-password');
      const wrong = { ...login, 'management-password': 'wrong' };
      const { verdict, summary } = await verified('apim', 'apim-gateway apis=PizzaShackAPI:1.0.0', wrong);
      expect(verdict).toBe('succeeded');
      expect(summary).toContain('refuses the login (401)');
    },
  );

  testKubectl(
    'a pod is asked with its certificate pinned, and one with another certificate is not believed',
    async () => {
      const question = 'https://pod:9443/services/Version body=4.3.0';
      const right = await verified('apim', `${question} pin=sha256:${fingerprint(lab.cluster.podCa)}`);
      expect({ verdict: right.verdict, summary: right.summary }).toEqual({
        verdict: 'succeeded',
        summary: right.summary,
      });
      const wrong = await verified('apim', `${question} pin=sha256:${fingerprint(certificate.certificate)}`);
      expect(wrong).toMatchObject({ verdict: 'failed', cause: 'not-healthy' });
      expect(wrong.message).toContain('the server shows another certificate than the pinned one');
    },
  );

  testKubectl('a URL outside the cluster is asked directly: verified by its authority, or by its pin', async () => {
    const ca = { 'health-ca': 'ca.pem' };
    const good = await verified('apim', `${url}/health body=UP times=3\n${url}/moved status=302`, ca);
    expect({ verdict: good.verdict, summary: good.summary }).toEqual({ verdict: 'succeeded', summary: good.summary });
    expect(good.summary).toContain('3 times in a row');
    const pin = `pin=sha256:${fingerprint(certificate.certificate)}`;
    expect((await verified('apim', `${url}/health ${pin}`)).verdict).toBe('succeeded');
    const other = `pin=sha256:${fingerprint(lab.cluster.podCa)}`;
    expect((await verified('apim', `${url}/health ${other}`)).verdict).toBe('failed');
  });

  testKubectl('a URL whose certificate nobody vouches for is not believed', async () => {
    const { verdict, message } = await verified('apim', `${url}/health`);
    expect(verdict).toBe('failed');
    expect(message).toMatch(/is not answered \(.*certificate/i);
  });
});
