import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readDockerfile } from '@wso2-delivery/shared/mi/dockerfile';

const examples = join(import.meta.dirname, '../../../examples');

describe('a Dockerfile that needs no Docker', () => {
  test('is the one of the example', () => {
    expect(readDockerfile(readFileSync(join(examples, 'employee-service/Dockerfile'), 'utf8'))).toEqual({
      base: 'wso2/wso2mi:4.2.0',
      carSources: ['target/*.car'],
      tomlSource: 'deployment/deployment.toml',
      unsupported: [],
    });
  });

  test.each([
    ['comments, case and continuation lines', '# a\nfrom \\\n  base:1\ncopy a.car \\\n# between\n /h/carbonapps/'],
    ['ADD of local files', 'FROM base:1\nADD a.car /h/carbonapps/'],
    ['--chown, which the image gets anyway', 'FROM base:1\nCOPY --chown=wso2carbon:wso2 a.car /h/carbonapps/'],
    ['the JSON form', 'FROM base:1\nCOPY ["a.car", "/h/carbonapps"]'],
    ['a target file', 'FROM base:1\nCOPY a.car /h/carbonapps/a.car'],
    ['an argument with a default', 'ARG BASE=base:1\nFROM ${BASE}\nCOPY a.car /h/carbonapps/'],
    ['a named stage', 'FROM base:1 AS runtime\nCOPY a.car /h/carbonapps/'],
  ])('may have %s', (_, text) => {
    expect(readDockerfile(text)).toEqual({
      base: 'base:1',
      carSources: ['a.car'],
      tomlSource: undefined,
      unsupported: [],
    });
  });

  test('may copy deployment.toml to conf under either name', () => {
    expect(readDockerfile('FROM b\nCOPY d/deployment.toml /h/wso2mi-4.2.0/conf/').tomlSource).toBe('d/deployment.toml');
    expect(readDockerfile('FROM b\nCOPY x.toml /h/wso2mi-4.2.0/conf/deployment.toml').tomlSource).toBe('x.toml');
  });

  test('has no base when an argument has no default', () => {
    expect(readDockerfile('ARG BASE_IMAGE\nFROM ${BASE_IMAGE}').base).toBeUndefined();
  });
});

describe('what needs Docker', () => {
  test.each([
    ['RUN', 'FROM b\nRUN apt-get update', 2],
    ['a library', 'FROM b\nCOPY lib/driver.jar /h/lib/', 2],
    ['a second stage', 'FROM maven AS build\nFROM b', 2],
    ['a file from another stage', 'FROM b\nCOPY --from=build /t/a.car /h/carbonapps/', 2],
    ['a platform', 'FROM --platform=linux/amd64 b', 1],
    ['a download', 'FROM b\nADD https://example.com/a.car /h/carbonapps/', 2],
    ['deployment.toml where MI does not read it', 'FROM b\nCOPY deployment.toml /h/repository/conf/deployment.toml', 2],
    ['the environment', 'FROM b\nENV A=b', 2],
    ['an argument in a source', 'FROM b\nCOPY ${CAR}.car /h/carbonapps/', 2],
  ])('%s is named with its line', (_, text, line) => {
    expect(readDockerfile(text).unsupported).toMatchObject([{ line }]);
  });
});

test('whatever stands in a Dockerfile is either carried out or named, never left out', () => {
  const instruction = fc.constantFrom(
    'FROM b',
    'COPY a.car /h/carbonapps/',
    'COPY d.toml /h/conf/deployment.toml',
    'ARG X=1',
    'RUN id',
    'ENV A=b',
    'COPY x /y',
    'HEALTHCHECK NONE',
    'nonsense here',
  );
  fc.assert(
    fc.property(fc.array(instruction, { minLength: 1 }), (lines) => {
      const found = readDockerfile(lines.join('\n'));
      const carriedOut = lines.filter((line) => /^(FROM|ARG)|carbonapps|deployment\.toml/.test(line)).length;
      const refused = new Set(found.unsupported.map(({ line }) => line));
      lines.forEach((line, index) => {
        if (/^(RUN|ENV|HEALTHCHECK|nonsense)|\/y$/.test(line)) expect(refused).toContain(index + 1);
      });
      expect(found.unsupported.length + carriedOut).toBeGreaterThanOrEqual(lines.length);
    }),
  );
});
