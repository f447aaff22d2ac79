import { describe, expect, test } from '@jest/globals';
import type { Problem } from '@wso2-delivery/shared/base/errors';
import { readHealth } from '@wso2-delivery/shared/run/verification/health-question';

function read(...lines: readonly string[]) {
  const problems: Problem[] = [];
  return { ...readHealth(lines, problems), problems: problems.map(({ problem }) => problem) };
}

const one = (line: string) => read(line).questions[0];
const startup = 'https://pod:9443/api/am/gateway/v2/server-startup-healthcheck';
const version = 'https://pod:9443/services/Version';
const fingerprint = '0123456789abcdef'.repeat(4);

describe('a line of health', () => {
  test.each<[string, readonly string[]]>([
    ['mi', []],
    ['apim', [startup, version]],
    ['apim-gateway', [startup, version]],
    ['apim-control-plane', [version]],
    ['apim port=9453', [startup.replace('9443', '9453'), version.replace('9443', '9453')]],
    ['http://pod:8290/health?deep=1', ['http://pod:8290/health?deep=1']],
    ['http://pod:8290', ['http://pod:8290/']],
    ['https://staging.example.com/health', ['https://staging.example.com:443/health']],
    ['http://staging.example.com/', ['http://staging.example.com:80/']],
  ])('%s asks %j', (line, urls) => {
    const { questions, problems } = read(line);
    expect([questions.map(({ text }) => text), problems]).toEqual([urls, []]);
  });

  test('the host pod means every pod, any other host itself', () => {
    expect(one('http://pod:8290/')?.host).toBeUndefined();
    expect(one('http://podium:8290/')?.host).toBe('podium');
  });

  test('says what a good answer is', () => {
    const line = `https://pod:8290/h status=200,301-303 body="all is \\"well" times=3 pin=sha256:${fingerprint.toUpperCase()}`;
    expect(one(line.replace('\\"', ''))).toMatchObject({
      statuses: [
        [200, 200],
        [301, 303],
      ],
      body: 'all is well',
      times: 3,
      pin: fingerprint,
    });
    expect(one('http://pod:1/ body=/^UP$/')?.body).toEqual(/^UP$/);
    expect(one('http://pod:1/')).toMatchObject({ statuses: [[200, 299]], body: undefined, times: 1, pin: undefined });
  });

  test('names the APIs that a gateway must hold', () => {
    const { apis, apiManager, problems } = read('apim-gateway apis=PizzaShackAPI:1.0.0,Other:2');
    expect([apiManager, problems]).toEqual([true, []]);
    expect(apis).toEqual([
      { port: 9443, api: { name: 'PizzaShackAPI', version: '1.0.0' } },
      { port: 9443, api: { name: 'Other', version: '2' } },
    ]);
  });

  test.each([
    ['apmi', /neither a preset.*Did you mean.*apim/i],
    ['ftp://pod:1/', /neither a preset/],
    ['http://pod/health', /must name the port/],
    ['http://pod:0/', /must name the port/],
    ['http://pod:99999/', /neither a preset/],
    ['https://user:secret@host/', /may not hold a login/],
    ['http://pod:1/ status=2xx', /status=2xx is none of/],
    ['http://pod:1/ status=200,', /status=200, is none of/],
    ['http://pod:1/ body=', /body= is none of/],
    ['http://pod:1/ body=/(/', /is none of/],
    ['http://pod:1/ times=0', /times=0 is none of/],
    ['http://pod:1/ times=101', /is none of/],
    ['http://pod:1/ pin=sha256:abc', /is none of/],
    [`http://pod:1/ pin=${fingerprint}`, /pin= needs https/],
    ['http://pod:1/ apis=A:1', /apis= and port= go with/],
    ['apim-control-plane apis=A:1', /apis= is for gateways/],
    ['apim apis=A', /apis=A is none of/],
    ['apim port=70000', /is none of/],
    ['mi nonsense', /nonsense is none of/],
    ['http://pod:1/ constructor=1', /constructor=1 is none of/],
  ])('%s is refused', (line, problem) => {
    expect(read(line).problems[0]).toMatch(problem);
  });
});
