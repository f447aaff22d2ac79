import { expect, test } from '@jest/globals';
import type { ApiProject } from '@wso2-delivery/shared/apim/archive';
import { withPolicyVariables } from '@wso2-delivery/shared/apim/policy-variables';

const project = (files: Record<string, string>): ApiProject => ({
  kind: 'api',
  name: 'A',
  version: '1',
  context: '/a',
  root: 'A-1',
  files: new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])),
  deployments: [],
  fingerprint: 'f',
});

test('variables of policies are replaced, and nowhere else', () => {
  const given = project({ 'Policies/a.j2': 'x ${REGION}', 'Policies/a.yaml': '${REGION}', 'api.yaml': '${REGION}' });
  const texts = [...withPolicyVariables(given, () => 'eu').files.values()].map(String);
  expect(texts).toEqual(['x eu', '${REGION}', '${REGION}']);
});

test('every variable that is not set is named, with its file', () => {
  const given = project({ 'Policies/a.j2': '${ONE} ${SET}', 'Policies/b.gotmpl': '${TWO}' });
  expect(() => withPolicyVariables(given, (name) => (name === 'SET' ? 'x' : undefined))).toThrow(
    expect.objectContaining({
      code: 'ARCHIVE_INVALID',
      problems: [
        expect.objectContaining({ subject: 'A:1 Policies/a.j2', problem: expect.stringContaining('${ONE}') }),
        expect.objectContaining({ subject: 'A:1 Policies/b.gotmpl', problem: expect.stringContaining('${TWO}') }),
      ],
    }),
  );
});

test('a value that apictl would expand again is refused', () => {
  expect(() => withPolicyVariables(project({ 'Policies/a.j2': '${ONE}' }), () => '${TWO}')).toThrow('${TWO}');
});
