import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readCar, toCar, type Car } from '@wso2-delivery/shared/mi/car';
import { checkCar } from '@wso2-delivery/shared/mi/check-car';
import { annotationOf, type Finding } from '@wso2-delivery/shared/mi/finding';
import { readSources } from '@wso2-delivery/shared/mi/sources';

const fixtures = join(import.meta.dirname, '../../fixtures/mi');
const inFixture = (name: string, ...path: string[]) => join(fixtures, name, ...path);

async function findingsOf(name: string, car = 'hello_1.0.0.car'): Promise<Finding[]> {
  const project = inFixture(name, 'project');
  return checkCar({
    car: await readCar(inFixture(name, car)),
    sources: readSources(project),
    display: (path) => relative(project, path),
  });
}

const say = ({ severity, rule, subject, file, line }: Finding) =>
  `${severity} ${rule} ${subject} ${file === undefined ? '' : file.replace('src/main/wso2mi/', '')}:${line ?? ''}`;

describe('a project and the CAR that Maven made of it, with BUILD SUCCESS', () => {
  test.each<readonly [name: string, findings: readonly string[]]>([
    ['ok', []],
    ['ok_rich', []],
    ['ok_registry', []],
    ['api_definition', []],
    ['api_version', []],
    ['bom', []],
    ['gitkeep', []],
    ['text_file', []],
    ['file_name_mismatch', []],
    ['unknown_mediator', []],
    ['malformed_xml_sequence', ['error malformed HelloSeq artifacts/sequences/HelloSeq.xml:7']],
    ['malformed_xml_api', ['error malformed HelloAPI artifacts/apis/HelloAPI.xml:9']],
    ['malformed_proxy', ['error malformed P artifacts/proxy-services/P.xml:1']],
    ['malformed_root_tag', ['error malformed src/main/wso2mi/artifacts/sequences/HelloSeq.xml']],
    ['empty_file', ['error empty-document src/main/wso2mi/artifacts/sequences/HelloSeq.xml']],
    ['commented_out', ['error empty-document src/main/wso2mi/artifacts/sequences/HelloSeq.xml']],
    ['missing_registry_resource', ['error resource-missing']],
    ['wrong_folder_name', ['error misplaced HelloSeq artifacts/sequence/HelloSeq.xml:2']],
    ['duplicate_name', ['error duplicated HelloSeq artifacts/sequences/HelloSeq.xml:2', 'error duplicated']],
    ['misplaced_toml', ['warning misplaced']],
    ['no_artifacts_dir', ['error empty-car hello :']],
    ['dangling_key', ['warning unresolved Nowhere artifacts/apis/HelloAPI.xml:5']],
  ])('%s', async (name, expected) => {
    const findings = (await findingsOf(name)).map(say);
    expect(findings).toHaveLength(expected.length);
    expected.forEach((start, index) => expect(findings[index]).toContain(start));
  });

  test('a -SNAPSHOT has artifacts without the qualifier, which is right', async () => {
    expect(await findingsOf('snapshot', 'hello_1.1.0-SNAPSHOT.car')).toEqual([]);
  });
});

/** A CAR of artifacts given as [name, type, file content]. */
function carOf(...artifacts: (readonly [name: string, type: string, payload: string])[]): Car {
  const list = artifacts.map(([name]) => `<dependency artifact="${name}" version="1.0.0"/>`).join('');
  return toCar([
    {
      name: 'artifacts.xml',
      data: Buffer.from(
        `<artifacts><artifact name="app" version="1.0.0" type="carbon/application">${list}</artifact></artifacts>`,
      ),
    },
    ...artifacts.flatMap(([name, type, payload]) => [
      {
        name: `${name}_1.0.0/artifact.xml`,
        data: Buffer.from(`<artifact name="${name}" version="1.0.0" type="${type}"><file>p.xml</file></artifact>`),
      },
      { name: `${name}_1.0.0/p.xml`, data: Buffer.from(payload) },
    ]),
  ]);
}

describe('sources and a CAR that does not hold what they say', () => {
  let project: string;
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'mi-sources-'));
  });
  afterEach(() => rmSync(project, { recursive: true, force: true }));

  const put = (path: string, text: string) => {
    const file = join(project, 'src/main/wso2mi', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const check = (car: Car, connectors: Parameters<typeof checkCar>[0]['connectors'] = []) =>
    checkCar({ car, sources: readSources(project), connectors, display: (path) => relative(project, path) }).map(say);
  const sequence = (name: string, inner = '<drop/>') => `<sequence name="${name}">${inner}</sequence>`;

  test('an artifact that the plugin forgot is missing, at the line of its root element', () => {
    put('artifacts/sequences/A.xml', sequence('A'));
    put('artifacts/sequences/B.xml', `<?xml version="1.0"?>\n<!-- a licence -->\n${sequence('B')}`);
    expect(check(carOf(['A', 'synapse/sequence', sequence('A')]))).toEqual([
      'error missing B artifacts/sequences/B.xml:3',
    ]);
  });

  test('an artifact whose payload says something else is stale; another serialisation is not', () => {
    put('artifacts/sequences/A.xml', '<sequence name="A" trace="disable"><log level="full"/></sequence>');
    const same =
      '<sequence xmlns="http://ws.apache.org/ns/synapse" trace="disable" name="A">\n  <log level="full"></log>\n</sequence>';
    expect(check(carOf(['A', 'synapse/sequence', same]))).toEqual([]);
    expect(check(carOf(['A', 'synapse/sequence', same.replace('full', 'simple')]))).toEqual([
      'error stale A artifacts/sequences/A.xml:1',
    ]);
  });

  test('an artifact without a name is found in the source, and once', () => {
    put('artifacts/sequences/A.xml', '<sequence><drop/></sequence>');
    expect(check(carOf(['', 'synapse/sequence', '<sequence/>']))).toEqual([
      'error nameless  artifacts/sequences/A.xml:1',
    ]);
  });

  test('names are shared by all kinds: a folder of the CAR holds one of them', () => {
    put('artifacts/sequences/A.xml', sequence('A'));
    put('artifacts/endpoints/A.xml', '<endpoint name="A"><default/></endpoint>');
    const car = carOf(['A', 'synapse/sequence', sequence('A')], ['A', 'synapse/endpoint', '<endpoint name="A"/>']);
    expect(check(car)).toEqual([
      'error duplicated A artifacts/endpoints/A.xml:1',
      'error duplicated A artifacts/sequences/A.xml:1',
    ]);
  });

  test.each([
    ['a sub-folder', 'artifacts/sequences/more/A.xml', sequence('A'), 'A'],
    ['no artifact folder at all', 'artifacts/A.xml', sequence('A'), 'A'],
    ['the source folder of Java', '../java/wso2mi/artifacts/sequences/A.xml', sequence('A'), 'A'],
  ])('misplaced: %s', (_, path, text, subject) => {
    put(path, text);
    const [finding] = check(carOf(['Other', 'synapse/sequence', sequence('Other')]));
    expect(finding).toContain(`error misplaced ${subject} `);
  });

  test('wrong type: an artifact of another kind than its folder', () => {
    put('artifacts/endpoints/A.xml', sequence('A'));
    const [finding] = check(carOf(['Other', 'synapse/sequence', sequence('Other')]));
    expect(finding).toBe('error wrong-type A artifacts/endpoints/A.xml:1');
  });

  test('bytes that are not UTF-8 are malformed at their line', () => {
    put('artifacts/sequences/A.xml', '');
    writeFileSync(
      join(project, 'src/main/wso2mi/artifacts/sequences/A.xml'),
      Buffer.from('<sequence name="A">\n<!-- caf\xe9 --></sequence>', 'latin1'),
    );
    expect(check(carOf(['A', 'synapse/sequence', sequence('A')]))).toContain(
      'error malformed A artifacts/sequences/A.xml:2',
    );
  });

  test('a registry file that no artifact.xml names is a warning, documentation and other folders are not', () => {
    put('artifacts/sequences/A.xml', sequence('A'));
    put('resources/json/orphan.json', '{}');
    put('resources/json/README.md', 'x');
    put('resources/conf/config.properties', 'a=b');
    put('resources/api-definitions/A.yaml', 'openapi: 3.0.1');
    expect(check(carOf(['A', 'synapse/sequence', sequence('A')]))).toEqual([
      'warning resource-unlisted src/main/wso2mi/resources/json/orphan.json resources/json/orphan.json:',
    ]);
  });

  const listing = (...items: (readonly [artifact: string, file: string, path: string])[]) =>
    `<artifacts>${items
      .map(
        ([artifact, file, path]) =>
          `<artifact name="${artifact}" version="1.0.0" type="registry/resource"><item><file>${file}</file><path>${path}</path></item></artifact>`,
      )
      .join('\n')}</artifacts>`;
  const held = (name: string, attachments: Readonly<Record<string, string>>): Car => ({
    name: 'app',
    version: '1.0.0',
    dependencies: [{ artifact: name, version: '1.0.0', serverRole: undefined }],
    artifacts: [
      {
        name,
        version: '1.0.0',
        type: 'registry/resource',
        folder: `${name}_1.0.0`,
        file: 'registry-info.xml',
        payload: Buffer.from('<resources/>'),
        attachments: new Map(Object.entries(attachments).map(([path, text]) => [path, Buffer.from(text)])),
      },
    ],
  });

  test('a registry resource is compared byte by byte, wherever its path puts it', () => {
    put('resources/artifact.xml', listing(['r', 'a.json', '/_system/governance/mi-resources/json']));
    put('resources/json/a.json', '{}');
    expect(check(held('r', { 'resources/a.json': '{}' }))).toEqual([]);
    expect(check(held('r', { 'resources/a.json': '{"old": true}' }))).toEqual([
      'error stale /_system/governance/mi-resources/json/a.json resources/json/a.json:',
    ]);
    expect(check(held('other', {}))[0]).toBe('error missing r resources/artifact.xml:1');
  });

  test('a registry resource of the older folders registry/gov and registry/conf is found', () => {
    put(
      'resources/registry/artifact.xml',
      listing(['g', 'a.txt', '/_system/governance/custom'], ['c', 'b.txt', '/_system/config/custom']),
    );
    put('resources/registry/gov/custom/a.txt', 'a');
    put('resources/registry/conf/custom/b.txt', 'b');
    expect(check(held('g', { 'resources/a.txt': 'a' }))).toEqual(['error missing c resources/registry/artifact.xml:2']);
  });

  test('what the plugin makes of a data mapper is not missed among the sources, and its TypeScript is no resource', () => {
    const path = '/_system/governance/mi-resources/datamapper/Map';
    put('resources/artifact.xml', listing(['dmc', 'Map.dmc', path], ['in', 'Map_inputSchema.json', path]));
    put('resources/datamapper/Map/dm-utils.ts', '');
    const car = held('dmc', {});
    const both: Car = { ...car, dependencies: [...car.dependencies, { ...car.dependencies[0]!, artifact: 'in' }] };
    expect(check(both)).toContain(`error resource-missing ${path}/Map.dmc resources/artifact.xml:1`);
    put('resources/datamapper/Map/Map.ts', '');
    expect(check(both).filter((line) => !line.includes('broken-car'))).toEqual([]);
    expect(check(car)).toEqual(['error missing in resources/artifact.xml:2']);
  });

  test('XML that is no artifact may lie among them: a warning', () => {
    put('artifacts/scratch.xml', '<resource methods="GET"/>');
    expect(check(carOf(['A', 'synapse/sequence', sequence('A')]))).toEqual([
      'warning misplaced src/main/wso2mi/artifacts/scratch.xml artifacts/scratch.xml:1',
    ]);
  });

  test('a connector that the pom asks for and the CAR lacks is found at its line in the pom', () => {
    put('artifacts/sequences/A.xml', sequence('A'));
    const asked = [{ name: 'mi-connector-http', file: 'pom.xml', line: 12 }];
    expect(check(carOf(['A', 'synapse/sequence', sequence('A')]), asked)).toEqual([
      'error connector-missing mi-connector-http pom.xml:12',
    ]);
    const held = carOf(['A', 'synapse/sequence', sequence('A')], ['mi-connector-http', 'synapse/lib', 'zip']);
    expect(check(held, asked)).toEqual([]);
  });

  test('references are followed to sequences, endpoints, templates, stores and the registry; expressions are not', () => {
    put(
      'artifacts/sequences/A.xml',
      sequence(
        'A',
        `<sequence key="B"/><sequence key="{$ctx:x}"/><sequence key="main"/>
<endpoint key="E"/><call-template target="T"/><store messageStore="S"/>
<schema key="gov:mi-resources/a.json"/><sequence key="A"/>`,
      ),
    );
    expect(
      check(carOf(['A', 'synapse/sequence', sequence('A')])).filter((line) => line.includes('unresolved')),
    ).toEqual([
      'warning unresolved B artifacts/sequences/A.xml:1',
      'warning unresolved E artifacts/sequences/A.xml:2',
      'warning unresolved T artifacts/sequences/A.xml:2',
      'warning unresolved S artifacts/sequences/A.xml:2',
      'warning unresolved gov:mi-resources/a.json artifacts/sequences/A.xml:3',
    ]);
  });
});

describe('a CAR without sources', () => {
  const alone = (car: Car) => checkCar({ car, sources: undefined, display: (path) => path }).map(say);

  test('that is sound has no findings', () => {
    expect(alone(carOf(['A', 'synapse/sequence', '<sequence/>'], ['r', 'registry/resource', 'no XML']))).toEqual([]);
  });

  test('whose list names what it does not hold is broken', () => {
    const car = carOf(['A', 'synapse/sequence', '<sequence/>']);
    expect(alone({ ...car, artifacts: [] })).toEqual(['error broken-car A :']);
    expect(
      alone({ ...car, artifacts: car.artifacts.map((artifact) => ({ ...artifact, payload: undefined })) }),
    ).toEqual(['error broken-car A :']);
  });

  test('with a payload that is not well-formed is found', () => {
    expect(alone(carOf(['A', 'synapse/sequence', '<sequence>']))).toEqual(['error malformed A :']);
  });

  test('with a payload that no reader takes is found by its size, and not turned into text', () => {
    const [artifact] = carOf(['A', 'synapse/sequence', '']).artifacts;
    const payload = Buffer.alloc(48 * 1024 * 1024 + 1);
    payload.toString = () => {
      throw new Error('the content was looked at');
    };
    const car = { ...carOf(['A', 'synapse/sequence', '']), artifacts: [{ ...artifact!, payload }] };
    const [found] = checkCar({ car, sources: undefined, display: (path) => path });
    expect(found).toMatchObject({
      rule: 'malformed',
      message: expect.stringMatching(/has 50 MB: too large to be read/),
    });
  });
});

test('an annotation says what is wrong and what MI makes of it; softened, an error becomes a warning', async () => {
  const [finding] = await findingsOf('malformed_root_tag');
  expect(annotationOf(finding!, false)).toEqual({
    level: 'error',
    file: 'src/main/wso2mi/artifacts/sequences/HelloSeq.xml',
    line: 2,
    column: expect.any(Number),
    message: expect.stringMatching(/is not well-formed XML .*; Maven left it out of the CAR\. MI cannot deploy it/),
  });
  expect(annotationOf(finding!, true).level).toBe('warning');
});
