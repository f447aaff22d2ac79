import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { startLabPromotion, type LabPromotion } from './lab-promotion.ts';

let lab: LabPromotion;
beforeEach(async () => {
  lab = await startLabPromotion();
});
afterEach(() => lab.close());

/** The usual apictl, but for what the script does with `$1` being export, import … */
function apictlBut(script: string): Record<string, string> {
  const path = join(lab.workspace, 'apictl-but');
  writeFileSync(path, `#!/bin/sh\n${script}\nexec "${lab.apictl}" "$@"\n`);
  chmodSync(path, 0o755);
  return { 'apictl-path': path, 'request-timeout': '1s' };
}

describe('an apictl that is killed', () => {
  test('during an export: the failure says so, and nothing was changed', async () => {
    const { failure } = await lab.run(apictlBut('if [ "$1" = export ]; then kill -9 $$; fi'));
    expect(failure).toMatchObject({ code: 'APICTL_FAILED', message: expect.stringContaining('ended by SIGKILL') });
    expect(lab.staging.apis).toEqual([]);
  });

  test('before its import is sent: nothing is there, and this is said', async () => {
    const { failure } = await lab.run(apictlBut('if [ "$1" = import ]; then kill -9 $$; fi'));
    expect(failure).toMatchObject({
      code: 'APICTL_FAILED',
      message: expect.stringContaining('shows nothing new of it'),
    });
    expect(lab.staging.apis).toEqual([]);
  });

  test('after its import was done: the import is found, proven and not sent again', async () => {
    const script = `if [ "$1" = import ]; then "${lab.apictl}" "$@" >/dev/null; kill -9 $$; fi`;
    const { failure, outputs } = await lab.run(apictlBut(script));
    expect(failure).toBeUndefined();
    expect(outputs.verdict).toBe('succeeded');
    expect(lab.staging.apis[0]?.revisions).toHaveLength(1);
  });
});

describe('an apictl that lies', () => {
  test('with the success text of an import that it did not send', async () => {
    const script = 'if [ "$1" = import ]; then echo "Successfully imported API."; exit 0; fi';
    const { failure } = await lab.run(apictlBut(script));
    expect(failure).toMatchObject({ code: 'IMPORT_NOT_PROVEN' });
  });

  test('with an archive of another API', async () => {
    const target = '"$APICTL_CONFIG_DIR/.wso2apictl/exported/apis/dev"';
    const other = join(lab.workspace, 'other.zip');
    const { writeZip } = await import('@wso2-delivery/shared/formats/zip');
    await writeZip(other, [{ name: 'Other-1/api.yaml', data: Buffer.from('data: {name: Other, version: "1"}\n') }]);
    const script = `if [ "$1" = export ]; then mkdir -p ${target}; cp "${other}" ${target}/EmployeeAPI_1.0.0.zip; echo "Successfully exported API!"; exit 0; fi`;
    const { failure } = await lab.run(apictlBut(script));
    expect(failure).toMatchObject({ code: 'ARCHIVE_INVALID', message: expect.stringContaining('Other:1') });
  });
});

describe('a full disk', () => {
  test('that apictl meets', async () => {
    const words = 'apictl: Error importing API Reason: write /tmp/x/upload.zip: no space left on device';
    const { failure } = await lab.run(apictlBut(`if [ "$1" = import ]; then echo "${words}" >&2; exit 1; fi`));
    expect(failure).toMatchObject({ code: 'SCRATCH_FULL' });
    expect(lab.staging.apis).toEqual([]);
  });

  test.each(['rest', 'projects'])('that the step itself meets in its folder %s', async (folder) => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, mkdtemp'), {
      code: 'ENOSPC',
      path: '/tmp/x',
    });
    const files: Ports['files'] = {
      ...lab.ports.files,
      privateFolder: (name) => (name === folder ? Promise.reject(full) : lab.ports.files.privateFolder(name)),
    };
    const { failure } = await lab.run({ engine: 'rest' }, { ...lab.ports, files });
    expect(failure).toMatchObject({
      code: 'SCRATCH_FULL',
      message: expect.stringContaining('no room left on the disk'),
    });
    expect(lab.staging.apis).toEqual([]);
  });
});

describe('429, which apictl does not repeat itself', () => {
  const busy = { status: 429, body: '{"code":900802,"message":"m","description":"throttled out"}' };

  test.each([
    ['an export', 'dev', /\/apis\/export/],
    ['an import', 'staging', /\/apis\/import/],
  ] as const)('%s is run again', async (_, side, path) => {
    lab[side].fault({ path, times: 1, does: busy });
    const { failure } = await lab.run();
    expect(failure).toBeUndefined();
    expect(lab.staging.apis[0]?.revisions).toHaveLength(1);
  });
});

test('an apictl of another minor version than the API Manager is warned of', async () => {
  const words = '<return>WSO2 API Manager-4.5.0</return>';
  lab.staging.fault({ path: /\/services\/Version/, does: { status: 200, body: words } });
  await lab.run({ mode: 'plan' });
  expect(lab.ports.annotations).toContainEqual(
    expect.objectContaining({ level: 'warning', message: expect.stringContaining('staging is 4.5.0') }),
  );
});
