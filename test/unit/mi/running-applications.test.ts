import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  carbonApplicationsLabel,
  formatCarbonApplications,
  parseCarbonApplications,
} from '@wso2-delivery/shared/mi/image-label';
import {
  faultyInHealthz,
  missingApplications,
  parseApplications,
  readDeployerLog,
} from '@wso2-delivery/shared/mi/running-applications';

describe('the label of an image', () => {
  const application = fc.record({ name: fc.string({ minLength: 1 }), version: fc.string() });

  test('says what was written into it, in an order of its own', () => {
    fc.assert(
      fc.property(fc.array(application), (applications) => {
        const read = parseCarbonApplications(formatCarbonApplications(applications));
        expect(new Set(read?.map((one) => JSON.stringify(one)))).toEqual(
          new Set(applications.map(({ name, version }) => JSON.stringify({ name, version }))),
        );
        expect(formatCarbonApplications([...applications].reverse())).toBe(formatCarbonApplications(applications));
      }),
    );
    expect(carbonApplicationsLabel).toBe('io.wso2-delivery.carbon-applications');
  });

  test.each(['', 'x', '{}', '[1]', '[{"name":"a"}]', '[{"name":"","version":"1"}]', 'null'])('is not %p', (value) => {
    expect(parseCarbonApplications(value)).toBeUndefined();
  });
});

describe('what MI says about its applications', () => {
  test('the list of the management API', () => {
    const body = {
      totalCount: 2,
      activeCount: 1,
      faultyCount: 1,
      activeList: [{ name: 'employee-service', version: '1.0.0', artifacts: [] }],
      faultyList: [{ name: 'payroll', version: '2.0.0' }],
    };
    expect(parseApplications(body)).toEqual({
      active: [{ name: 'employee-service', version: '1.0.0' }],
      faulty: ['payroll 2.0.0'],
    });
    expect(parseApplications({ error: 'x' })).toBeUndefined();
    expect(parseApplications('text')).toBeUndefined();
  });

  test.each([
    ['{"status": "not ready, faulty CAPPs detected", "Faulty CAPPs" : ["a","b"]}', ['a', 'b']],
    ['{"status":"ready"}', []],
    ['<html>', []],
  ])('the readiness resource: %s', (body, faulty) => {
    expect(faultyInHealthz(body)).toEqual(faulty);
  });

  test('the log of the deployer', () => {
    const log = [
      '[2026-11-24 11:00:00,001]  INFO {CappDeployer} - Deploying Carbon Application : employee-service_1.0.0.car...',
      '[2026-11-24 11:00:01,001]  INFO {CappDeployer} - Successfully Deployed Carbon Application : employee-service_1.0.0{super-tenant}',
      '[2026-11-24 11:00:01,500]  WARN {CappDeployer} - Carbon Application : payroll version 1 already exists',
      '[2026-11-24 11:00:02,001]  INFO {StartupFinalizer} - WSO2 Micro Integrator started in 12.34 seconds',
    ].join('\n');
    expect(readDeployerLog(log)).toEqual({
      complete: true,
      begun: true,
      deployed: new Set(['employee-service_1.0.0']),
      troubles: [expect.stringContaining('already exists') as unknown],
    });
    expect(readDeployerLog('INFO something late').complete).toBe(false);
  });

  test('what is missing, and what runs in its place', () => {
    const active = [{ name: 'a', version: '1' }];
    const expected = [
      { name: 'a', version: '2' },
      { name: 'b', version: '1' },
    ];
    expect(missingApplications(expected, active)).toEqual([
      { name: 'a', version: '2', instead: '1' },
      { name: 'b', version: '1', instead: undefined },
    ]);
    expect(missingApplications(active, active)).toEqual([]);
  });
});
