/** How registries in use ask for credentials and hand out tokens: what is sent to each, to the letter. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Http, HttpRequest } from '@wso2-delivery/shared/base/ports';
import { Authorization } from '@wso2-delivery/shared/oci/authorization';
import type { Credentials } from '@wso2-delivery/shared/oci/credentials';
import { testPorts, type TestPorts } from '../../support/ports.ts';

let ports: TestPorts;
afterEach(() => ports.dispose());

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const password = (username: string, secret = 'sesame'): Credentials => ({
  kind: 'password',
  username,
  password: secret,
});
const SCOPE = 'repository:acme/app:pull,push';
const scope = 'scope=repository%3Aacme%2Fapp%3Apull%2Cpush';

interface Habit {
  readonly registry: string;
  readonly challenge: string;
  readonly credentials: Credentials | undefined;
  /** What its token service answers; undefined: it must not be asked. */
  readonly answer?: object;
  /** Method, URL, and the header or the form that is sent to the token service. */
  readonly asked?: readonly [method: string, url: string, proof: string | undefined];
  /** What goes to the registry then. */
  readonly header: string | undefined;
}

const habits: Readonly<Record<string, Habit>> = {
  'Docker Hub': {
    registry: 'https://registry-1.docker.io/v2/',
    challenge: `Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="${SCOPE}"`,
    credentials: password('me'),
    answer: { token: 't1', access_token: 't1', expires_in: 300, issued_at: '2026-01-01T00:00:00Z' },
    asked: ['GET', `https://auth.docker.io/token?service=registry.docker.io&${scope}`, basic('me', 'sesame')],
    header: 'Bearer t1',
  },
  'Docker Hub, anonymous': {
    registry: 'https://registry-1.docker.io/v2/',
    challenge: 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
    credentials: undefined,
    answer: { token: 't1' },
    asked: ['GET', `https://auth.docker.io/token?service=registry.docker.io&${scope}`, undefined],
    header: 'Bearer t1',
  },
  'GHCR, which tells no life of its token': {
    registry: 'https://ghcr.io/v2/',
    challenge: 'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:user/image:pull"',
    credentials: password('octocat'),
    answer: { token: 'Z2hw' },
    asked: ['GET', `https://ghcr.io/token?service=ghcr.io&${scope}`, basic('octocat', 'sesame')],
    header: 'Bearer Z2hw',
  },
  'Amazon ECR, which is basic and names a service all the same': {
    registry: 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/',
    challenge: 'Basic realm="https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/",service="ecr.amazonaws.com"',
    credentials: password('AWS', 'a-very-long-token'),
    header: basic('AWS', 'a-very-long-token'),
  },
  'Amazon ECR Public, whose challenge has a scope of its own': {
    registry: 'https://public.ecr.aws/v2/',
    challenge: 'Bearer realm="https://public.ecr.aws/token/",service="public.ecr.aws",scope="aws"',
    credentials: undefined,
    answer: { token: 't2' },
    asked: ['GET', `https://public.ecr.aws/token/?service=public.ecr.aws&${scope}`, undefined],
    header: 'Bearer t2',
  },
  'Azure ACR with a service principal: access_token alone': {
    registry: 'https://acme.azurecr.io/v2/',
    challenge: 'Bearer realm="https://acme.azurecr.io/oauth2/token",service="acme.azurecr.io"',
    credentials: password('9f0c-app-id'),
    answer: { access_token: 't3' },
    asked: [
      'GET',
      `https://acme.azurecr.io/oauth2/token?service=acme.azurecr.io&${scope}`,
      basic('9f0c-app-id', 'sesame'),
    ],
    header: 'Bearer t3',
  },
  'Azure ACR after az acr login: an identity token is exchanged by POST': {
    registry: 'https://acme.azurecr.io/v2/',
    challenge: 'Bearer realm="https://acme.azurecr.io/oauth2/token",service="acme.azurecr.io"',
    credentials: { kind: 'identity-token', token: 'refresh-me' },
    answer: { access_token: 't4' },
    asked: [
      'POST',
      'https://acme.azurecr.io/oauth2/token',
      `grant_type=refresh_token&client_id=wso2-delivery&service=acme.azurecr.io&${scope}&refresh_token=refresh-me`,
    ],
    header: 'Bearer t4',
  },
  'Harbor, a robot, and an access_token that is empty': {
    registry: 'https://harbor.example/v2/',
    challenge: `Bearer realm="https://harbor.example/service/token",service="harbor-registry",scope="${SCOPE}"`,
    credentials: password('robot$acme+ci'),
    answer: { token: 't5', access_token: '', expires_in: 1800, issued_at: '' },
    asked: [
      'GET',
      `https://harbor.example/service/token?service=harbor-registry&${scope}`,
      basic('robot$acme+ci', 'sesame'),
    ],
    header: 'Bearer t5',
  },
  'Nexus, whose scheme is in capitals': {
    registry: 'https://nexus.example:8443/v2/',
    challenge: 'BASIC realm="Sonatype Nexus Repository Manager"',
    credentials: password('deployer'),
    header: basic('deployer', 'sesame'),
  },
  'Nexus with its bearer realm, whose service is a URL': {
    registry: 'https://nexus.example:8443/v2/',
    challenge: 'Bearer realm="https://nexus.example:8443/v2/token",service="https://nexus.example:8443/v2/token"',
    credentials: password('deployer'),
    answer: { token: 'DockerToken.1' },
    asked: [
      'GET',
      `https://nexus.example:8443/v2/token?service=https%3A%2F%2Fnexus.example%3A8443%2Fv2%2Ftoken&${scope}`,
      basic('deployer', 'sesame'),
    ],
    header: 'Bearer DockerToken.1',
  },
  'Artifactory, basic': {
    registry: 'https://acme.jfrog.io/v2/',
    challenge: 'Basic realm="Artifactory Realm"',
    credentials: password('me@acme.example'),
    header: basic('me@acme.example', 'sesame'),
  },
  'Artifactory, whose token service lies in the repository': {
    registry: 'https://docker.acme.example/v2/',
    challenge:
      'Bearer realm="https://docker.acme.example/artifactory/api/docker/docker-local/v2/token",service="docker.acme.example"',
    credentials: password('me'),
    answer: { token: 't6', expires_in: 3600 },
    asked: [
      'GET',
      `https://docker.acme.example/artifactory/api/docker/docker-local/v2/token?service=docker.acme.example&${scope}`,
      basic('me', 'sesame'),
    ],
    header: 'Bearer t6',
  },
  'GitLab, on another host': {
    registry: 'https://registry.gitlab.com/v2/',
    challenge: `Bearer realm="https://gitlab.com/jwt/auth",service="container_registry",scope="${SCOPE}",error="invalid_token"`,
    credentials: password('gitlab-ci-token'),
    answer: { token: 't7' },
    asked: [
      'GET',
      `https://gitlab.com/jwt/auth?service=container_registry&${scope}`,
      basic('gitlab-ci-token', 'sesame'),
    ],
    header: 'Bearer t7',
  },
  'Google Artifact Registry with an access token as password': {
    registry: 'https://europe-docker.pkg.dev/v2/',
    challenge: 'Bearer realm="https://europe-docker.pkg.dev/v2/token",service="europe-docker.pkg.dev"',
    credentials: password('oauth2accesstoken', 'ya29.x'),
    answer: { token: 't8', expires_in: 3600 },
    asked: [
      'GET',
      `https://europe-docker.pkg.dev/v2/token?service=europe-docker.pkg.dev&${scope}`,
      basic('oauth2accesstoken', 'ya29.x'),
    ],
    header: 'Bearer t8',
  },
  'both offered: bearer': {
    registry: 'https://both.example/v2/',
    challenge: 'Basic realm="x", Bearer realm="https://both.example/token",service="s"',
    credentials: password('me'),
    answer: { token: 't9' },
    asked: ['GET', `https://both.example/token?service=s&${scope}`, basic('me', 'sesame')],
    header: 'Bearer t9',
  },
  'a realm with a query, and no service': {
    registry: 'https://odd.example/v2/',
    challenge: 'Bearer realm="https://odd.example/auth?tenant=acme"',
    credentials: undefined,
    answer: { token: 't10' },
    asked: ['GET', `https://odd.example/auth?tenant=acme&${scope}`, undefined],
    header: 'Bearer t10',
  },
  'a realm that is a path': {
    registry: 'https://path.example/v2/',
    challenge: 'Bearer realm="/token",service="s"',
    credentials: undefined,
    answer: { token: 't11' },
    asked: ['GET', `https://path.example/token?service=s&${scope}`, undefined],
    header: 'Bearer t11',
  },
  'basic, and nobody has logged in': {
    registry: 'https://nexus.example/v2/',
    challenge: 'BASIC realm="Sonatype Nexus Repository Manager"',
    credentials: undefined,
    header: undefined,
  },
};

describe('after its 401', () => {
  test.each(Object.keys(habits))('%s', async (name) => {
    const { registry, challenge, credentials, answer, asked, header } = habits[name]!;
    const requests: HttpRequest[] = [];
    const http: Http = {
      request: (request) => {
        requests.push(request);
        const body = Buffer.from(JSON.stringify(answer));
        const text = () => body.toString();
        const json = (): unknown => JSON.parse(text());
        return Promise.resolve({ status: 200, headers: {}, url: String(request.url), body, text, json });
      },
      stream: () => Promise.reject(new Error('nothing is streamed here')),
    };
    ports = testPorts({ http });
    const authorization = new Authorization(
      { base: new URL(registry), credentials: () => Promise.resolve(credentials) },
      ports,
    );
    expect(await authorization.header([SCOPE])).toBeUndefined();
    expect(await authorization.renew(challenge, [SCOPE], undefined)).toBe(header);
    const sent = requests.map(({ method, url, headers, body }) => [
      method,
      String(url),
      body ?? headers?.authorization,
    ]);
    expect(sent).toEqual(asked === undefined ? [] : [asked]);
    // The next request has it at once, without asking again.
    expect(await authorization.header([SCOPE])).toBe(header);
    expect(requests).toHaveLength(sent.length);
  });
});
