import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApictlSession } from '@wso2-delivery/shared/apim/apictl-session';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';
import type { ExecRequest } from '@wso2-delivery/shared/base/ports';
import { testPorts, type TestPorts } from '../../support/ports.ts';

/** Says what every command should say, notes where it runs, and leaves an archive in its temporary folder. */
const obedient = (version: string) => `#!/bin/sh
echo "$1|$(pwd)|$TMPDIR|$HOME|$(umask)|$*" >> "$APICTL_CONFIG_DIR/../../calls"
echo left > "$TMPDIR/apim-upload.zip"
case "$1" in
  version) echo "Version: ${version}";;
  set) echo "Http Request Timeout is set to : $3";;
  add) mkdir -p "$APICTL_CONFIG_DIR/.wso2apictl.local"; echo "Successfully added environment 'dev'";;
  login) cat > "$APICTL_CONFIG_DIR/../../stdin"; echo "Logged into APIM in  dev environment";;
  import) echo "Successfully imported API.";;
esac
`;

let ports: TestPorts;
let asked: ExecRequest[];
let root: string;
beforeEach(() => {
  ports = testPorts();
  asked = [];
  root = ports.files.workspace;
});
afterEach(() => ports.dispose());

const [dev] = readEnvironments({ environments: [{ name: 'dev', apim: 'https://a' }] });
const password = { kind: 'password', username: 'admin', password: 'pass word#1' } as const;
const flags = { update: false, preserveProvider: true, params: undefined };

async function open(version = '4.7.0'): Promise<ApictlSession> {
  const program = join(root, 'fake-apictl');
  writeFileSync(program, obedient(version));
  chmodSync(program, 0o755);
  const exec = {
    ...ports.exec,
    run: (request: ExecRequest) => {
      asked.push(request);
      return ports.exec.run(request);
    },
  };
  return ApictlSession.open({ program, ca: undefined, requestTimeoutMs: 2000 }, { ...ports, exec });
}

interface Place {
  readonly verb: string;
  readonly working: string;
  readonly temporary: string;
  readonly home: string;
  readonly umask: string;
}

function places(): Place[] {
  const [calls] = found('calls');
  return readFileSync(calls ?? '', 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [verb = '', working = '', temporary = '', home = '', umask = ''] = line.split('|');
      return { verb, working, temporary, home, umask };
    });
}

/** Files of a name anywhere below the private folders. */
function found(name: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.split('/').at(-1) === name)
    .map((path) => join(root, path));
}

describe('every command of apictl', () => {
  test('has a working and a temporary folder of its own, private and gone afterwards with what was left in them', async () => {
    const session = await open();
    await Promise.all([1, 2].map((n) => session.import(`a${n}.zip`, 'A:1', 'dev', flags)));
    const seen = places();
    expect(seen.map(({ verb }) => verb)).toEqual(['version', 'set', 'import', 'import']);
    expect(seen.every(({ umask }) => /^0*77$/.test(umask))).toBe(true);
    for (const key of ['working', 'temporary', 'home'] as const) {
      expect(new Set(seen.map((place) => place[key])).size).toBe(seen.length);
      for (const place of seen) expect(existsSync(place[key])).toBe(false);
    }
    expect(found('apim-upload.zip')).toEqual([]);
    expect(new Set(asked.map(({ env }) => env?.APICTL_CONFIG_DIR)).size).toBe(1);
    const config = asked[0]?.env?.APICTL_CONFIG_DIR ?? '';
    expect(statSync(join(config, '..')).mode & 0o777).toBe(0o700);
  });

  test("has a deadline that is longer than what apictl's own limit for its requests adds up to", async () => {
    const session = await open();
    await session.import('a.zip', 'A:1', 'dev', flags);
    expect(asked[1]?.args).toEqual(['set', '--http-request-timeout', '2000']);
    expect(asked.map(({ timeoutMs }) => timeoutMs)).toEqual(asked.map(() => 15_000 + 4 * 2000));
  });
});

describe('logging in', () => {
  test('the password goes to standard input alone', async () => {
    const session = await open();
    await session.login(dev!, password);
    const last = asked.at(-1);
    expect(last?.args).toEqual(['login', 'dev', '--username', 'admin', '--password-stdin']);
    expect(last?.stdin).toBe(password.password);
    const [stdin] = found('stdin');
    expect(readFileSync(stdin ?? '', 'utf8')).toBe(password.password);
    expect(JSON.stringify(asked.map(({ args, env }) => [args, env]))).not.toContain('pass word');
  });

  test('a token is put where `login --token` would put it, readable for us alone, and no command is given it', async () => {
    const session = await open();
    await session.login(dev!, { kind: 'token', token: 'personal-token' });
    const [keys] = found('keys.json');
    expect(readFileSync(keys ?? '', 'utf8')).toContain(Buffer.from('personal-token').toString('base64'));
    expect(statSync(keys ?? '').mode & 0o777).toBe(0o600);
    expect(JSON.stringify(asked)).not.toContain('personal-token');
  });

  test.each(['4.3.3', '4.2.4'])('apictl %s knows no tokens: said before anything fails of it', async (version) => {
    const session = await open(version);
    await expect(session.login(dev!, { kind: 'token', token: 't' })).rejects.toMatchObject({
      code: 'APICTL_VERSION',
      message: expect.stringContaining('4.2.5 and 4.4.0 were the first'),
    });
  });
});
