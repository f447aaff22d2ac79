import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as apictl from '@wso2-delivery/shared/apim/apictl';
import { features, parseVersion, type ApictlVersion } from '@wso2-delivery/shared/apim/apictl-release';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';

/** Version → command → its flags, as `--help` of each real apictl has them. */
const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/apictl/flags.json'), 'utf8'),
) as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const [one, parts] = readEnvironments({
  environments: [
    { name: 'one', apim: 'https://a' },
    { name: 'parts', publisher: 'https://p', registration: 'https://r', devportal: 'https://d', admin: 'https://m' },
  ],
});
const kinds = ['api', 'api-product', 'application'] as const;

/** Every command line that a version may be given, with every choice that adds a flag. */
function linesFor(version: ApictlVersion): readonly (readonly string[])[] {
  const productVersion = features.productVersion(version);
  return [
    apictl.limitRequests(1000),
    apictl.addEnvironment(one!),
    apictl.addEnvironment(parts!),
    apictl.login('one', 'admin'),
    ...kinds.flatMap((kind) =>
      (['working-copy', 'latest', 3] as const).map((revision) =>
        apictl.exportProject({ kind, name: 'A', version: '1', revision, withKeys: true }, 'one', productVersion),
      ),
    ),
    ...kinds.flatMap((kind) =>
      [true, false].map((all) =>
        apictl.importProject('a.zip', 'A:1', 'one', {
          kind,
          update: all,
          preserveProvider: all,
          params: all ? 'params.yaml' : undefined,
          skipKeys: all,
          skipSubscriptions: all,
        }),
      ),
    ),
  ].map(({ args }) => args);
}

const supported = Object.keys(recorded).filter((version) => features.publisherV4(parseVersion(version)!));

test('from 4.2 on a version of each line was recorded', () => {
  const lines = supported.map((version) => version.split('.').slice(0, 2).join('.'));
  expect([...new Set(lines)]).toEqual(['4.2', '4.3', '4.4', '4.5', '4.6', '4.7']);
});

describe.each(supported)('apictl %s', (version) => {
  test('knows every flag that it is given', () => {
    const unknown = linesFor(parseVersion(version)!).flatMap((args) => {
      const [verb = '', noun = ''] = args;
      const command = [verb, `${verb} ${noun}`].find((each) => recorded[version]?.[each] !== undefined) ?? '';
      const known = recorded[version]?.[command] ?? [];
      const given = args.filter((arg) => arg.startsWith('--')).map((arg) => arg.replace(/=.*/s, ''));
      return given.filter((flag) => !known.includes(flag)).map((flag) => `${command} ${flag}`);
    });
    expect(unknown).toEqual([]);
  });

  test('has the features that its --help shows', () => {
    const flags = recorded[version] ?? {};
    const found = parseVersion(version)!;
    expect(features.accessToken(found)).toBe(flags.login?.includes('--token'));
    expect(features.productVersion(found)).toBe(flags['export api-product']?.includes('--version'));
  });
});

test('what some versions lack or mistake for something else is never asked of any', () => {
  // Credentials come from the publisher itself, a dry run imports in earnest before API Manager 4.5, a token would show.
  const lines = linesFor([4, 7, 0]).map((args) => args.join(' '));
  expect(lines.filter((line) => /--preserve-credentials|--dry-run|^login.*--(token|password )/.test(line))).toEqual([]);
});

test.each<[versions: string, has: { v4: boolean; token: boolean; productVersion: boolean }]>([
  ['4.0.0 4.0.1 4.0.2 4.0.3 4.0.4 4.0.5', { v4: false, token: false, productVersion: false }],
  ['4.1.0 4.1.1 4.1.2 4.1.3 4.1.4 4.1.5 4.1.6', { v4: false, token: false, productVersion: false }],
  ['4.2.0 4.2.1 4.2.2', { v4: true, token: false, productVersion: false }],
  ['4.2.3 4.2.4', { v4: true, token: false, productVersion: true }],
  ['4.2.5 4.2.6 4.2.7 4.2.8', { v4: true, token: true, productVersion: true }],
  ['4.3.0 4.3.1 4.3.2 4.3.3', { v4: true, token: false, productVersion: true }],
  ['4.4.0 4.4.1 4.5.0 4.5.1 4.5.2 4.6.0 4.6.1 4.7.0', { v4: true, token: true, productVersion: true }],
])('every release of %s: %j', (versions, has) => {
  for (const text of versions.split(' ')) {
    const version = parseVersion(text)!;
    const found = {
      v4: features.publisherV4(version),
      token: features.accessToken(version),
      // Nobody reads it of a version whose REST API we do not speak.
      productVersion: features.publisherV4(version) && features.productVersion(version),
    };
    expect([text, found]).toEqual([text, has]);
  }
});
