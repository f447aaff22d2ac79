import { afterEach, expect, test } from '@jest/globals';
import { withGivenVariables } from '../../../../actions/promote-api/src/given-variables.ts';
import { testPorts, type TestPorts } from '../../../support/ports.ts';

let ports: TestPorts;
afterEach(() => ports.dispose());

test('given variables win over the environment, and their values are masked', () => {
  ports = testPorts({ variables: { A: 'from the environment', B: 'kept' } });
  const { job, secrets } = withGivenVariables(ports, '# for staging\nA=given=value\n\nPASSWORD=Hq7-secret\r\n');
  expect(['A', 'B', 'PASSWORD', 'C'].map((name) => job.variable(name))).toEqual([
    'given=value',
    'kept',
    'Hq7-secret',
    undefined,
  ]);
  expect(secrets.redact('it is Hq7-secret')).toBe('it is ***');
});

test('without any, nothing changes', () => {
  ports = testPorts();
  expect(withGivenVariables(ports, undefined)).toBe(ports);
});

test('lines in another form are named by their numbers, never by their text', () => {
  ports = testPorts();
  const run = () => withGivenVariables(ports, 'A=1\nhunter2\n9B=x\nC=');
  expect(run).toThrow('params-variables: line 2, 3, 4 is not of the form NAME=value');
});
