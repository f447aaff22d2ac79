import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checkDeploymentToml } from '@wso2-delivery/shared/mi/check-deployment-toml';

const root = join(import.meta.dirname, '../../..');
const say = (text: string) =>
  checkDeploymentToml(text).map(({ severity, message, line }) => `${line} ${severity} ${message}`);

describe('no alarm', () => {
  const files = globSync('{examples,test/fixtures/mi}/**/deployment.toml', { cwd: root });
  test('there are files to try', () => expect(files.length).toBeGreaterThan(10));
  test.each(files)('%s', (file) => expect(say(readFileSync(join(root, file), 'utf8'))).toEqual([]));

  test.each([
    ['a table of an own name', '[my_company]\npassword_policy = "strict"'],
    [
      'open tables',
      '[transport.http.listener.parameter]\nanything = 1\n[transport.vfs.sender]\nenable = true\n[[transport.jms.listener]]\nname = "a"\nparameter.x = "y"',
    ],
    [
      'passwords from elsewhere',
      '[super_admin]\npassword = "$env{ADMIN_PASSWORD}"\n[keystore.tls]\npassword = "$secret{tls}"',
    ],
    ['encrypted secrets', '[secrets]\ntls = "GQxh7d0A=="'],
    ['a text that looks like a table', '[my]\ntext = """\n[datasource]\npassword = "x"\n"""'],
    ['the published passwords of the base', '[keystore.primary]\npassword = "wso2carbon"'],
  ])('%s', (_, text) => expect(say(text)).toEqual([]));
});

describe('what the server misreads', () => {
  test.each<readonly [what: string, text: string, expected: RegExp]>([
    [
      'a table where a list is read',
      '\n[internal_apis.users]\nuser.name = "a"',
      /^2 error \[internal_apis\.users\] is one table.*write \[\[internal_apis\.users\]\]/,
    ],
    ['one datasource in single brackets', '[datasource]\nid = "x"', /^1 error \[datasource\] is one table/],
    ['a list where a table is read', '[[truststore]]', /^1 error \[\[truststore\]\] is a list.*write \[truststore\]/],
    [
      'a key with a slip',
      '[server]\nhost_name = "x"',
      /^2 warning The server knows no key 'host_name' in \[server\].*Did you mean 'hostname'\?/,
    ],
    ['a key of a keystore', '[keystore.primary]\nfilename = "x"', /^2 warning .*Did you mean 'file_name'\?/],
    [
      'a table with a slip',
      '[keystore.primery]\nalias = "x"',
      /^1 warning The server has no table 'keystore\.primery'.*'keystore\.primary'/,
    ],
    [
      'a password in clear',
      '[[datasource]]\nid = "x"\npassword = "s3cret"',
      /^3 warning 'password' in \[datasource\] holds a password in clear/,
    ],
    ['one below another key', '[[internal_apis.users]]\nuser.password = "s3cret"', /^2 warning 'user\.password' in/],
    ['a secret that nobody encrypted', '[secrets]\ntls = "[s3cret]"', /^2 warning The secret 'tls' stands in clear/],
  ])('%s', (_, text, expected) => {
    const found = say(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  test('never quotes the password', () => {
    expect(say('[super_admin]\npassword = "s3cret"').join()).not.toContain('s3cret');
  });
});
