/** What is called and absent, what collides: one small project a case, packed as it is. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { toCar } from '@wso2-delivery/shared/mi/car';
import { checkCar, type Comparison } from '@wso2-delivery/shared/mi/check-car';
import { connectorPart } from '@wso2-delivery/shared/mi/packaging/connectors';
import { packCar } from '@wso2-delivery/shared/mi/packaging/pack-car';
import type { Part } from '@wso2-delivery/shared/mi/packaging/part';
import { readSources } from '@wso2-delivery/shared/mi/sources';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'references-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Files = Readonly<Record<string, string>>;
const application = {
  groupId: 'g',
  artifactId: 'app',
  version: '1.0.0',
  mainSequence: undefined,
  versionedDeployment: false,
  carDependencies: [],
};

function findings(
  files: Files,
  more: Partial<Pick<Comparison, 'packedConnectors' | 'elsewhere' | 'connectors'>> = {},
  packed: readonly Part[] = [],
) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, 'src/main/wso2mi', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const display = (path: string) => relative(join(folder, 'src/main/wso2mi'), path);
  const sources = readSources(folder);
  const car = toCar(packCar(application, sources, { fromResources: packed, fromRepository: [] }, display));
  return checkCar({ car, sources, display, ...more }).map(
    ({ severity, rule, subject, file = '', line = 0 }) => `${severity} ${rule} ${subject} ${file}:${line}`,
  );
}

const sequence = (inner: string) => ({ 'artifacts/sequences/S.xml': `<sequence name="S">\n${inner}\n</sequence>` });
const at = 'artifacts/sequences/S.xml:2';

describe('a name that nothing answers', () => {
  test.each<readonly [mediation: string, key: string]>([
    ['<sequence key="X"/>', 'X'],
    ['<call><endpoint key="X"/></call>', 'X'],
    ['<call-template target="X"/>', 'X'],
    ['<endpoint template="X" uri="u"/>', 'X'],
    ['<store messageStore="X"/>', 'X'],
    ['<clone><target sequence="X"/></clone>', 'X'],
    ['<iterate expression="//a"><target endpoint="X"/></iterate>', 'X'],
    ['<aggregate><onComplete expression="//a" sequence="X"/></aggregate>', 'X'],
    ['<foreach expression="//a" sequence="X"/>', 'X'],
    ['<throttle id="a" onAccept="X"/>', 'X'],
    ['<dataServiceCall serviceName="X"/>', 'X'],
    ['<xslt key="X"/>', 'X'],
    ['<validate><schema key="X"/></validate>', 'X'],
    ['<validate><schema key="gov:mi-resources/x.json"/></validate>', 'gov:mi-resources/x.json'],
    ['<payloadFactory><format key="conf:x.json"/></payloadFactory>', 'conf:x.json'],
  ])('%s', (mediation, key) => {
    expect(findings(sequence(mediation))).toEqual([`warning unresolved ${key} ${at}`]);
  });

  test.each<readonly [what: string, file: string, text: string]>([
    ['the sequence of a resource', 'apis/A.xml', '<api name="A" context="/a"><resource inSequence="X"/></api>'],
    ['the endpoint of a proxy', 'proxy-services/A.xml', '<proxy name="A"><target endpoint="X"/></proxy>'],
    ['the error sequence of a sequence', 'sequences/A.xml', '<sequence name="A" onError="X"/>'],
    ['the sequence of an inbound endpoint', 'inbound-endpoints/A.xml', '<inboundEndpoint name="A" sequence="X"/>'],
    ['the sequence of a task', 'tasks/A.xml', '<task name="A"><property name="sequenceName" value="X"/></task>'],
    [
      'the sequence of a processor',
      'message-processors/A.xml',
      '<messageProcessor name="A"><parameter name="sequence">X</parameter></messageProcessor>',
    ],
    ['the connection of a connector', 'sequences/A.xml', '<sequence name="A"><mail.send configKey="X"/></sequence>'],
  ])('%s', (_, file, text) => {
    expect(findings({ [`artifacts/${file}`]: text })).toEqual([`warning unresolved X artifacts/${file}:1`]);
  });
});

describe('no alarm', () => {
  test.each<readonly [what: string, mediation: string]>([
    ['for an expression', '<sequence key="{$ctx:next}"/>'],
    ['for what the server brings', '<sequence key="fault"/><sequence key="main"/>'],
    [
      'for a message that looks like configuration',
      '<payloadFactory><format><sequence key="X"/><a.b/></format></payloadFactory>',
    ],
    ['for an inline endpoint', '<endpoint><http uri-template="http://x"/></endpoint>'],
  ])('%s', (_, mediation) => expect(findings(sequence(mediation), { packedConnectors: new Set() })).toEqual([]));

  test('for what another carbon application of the run brings', () => {
    expect(findings(sequence('<sequence key="Theirs"/>'), { elsewhere: new Set(['Theirs']) })).toEqual([]);
  });

  test('for a file in a folder that is a collection', () => {
    expect(
      findings({
        ...sequence('<xslt key="gov:mi-resources/xsl/a.xsl"/>'),
        'resources/xsl/a.xsl': '<x/>',
        'resources/artifact.xml':
          '<artifacts><artifact name="xsl" version="1.0.0"><collection><directory>xsl</directory><path>/_system/governance/mi-resources/xsl</path></collection></artifact></artifacts>',
      }),
    ).toEqual([]);
  });
});

describe('connectors', () => {
  const mediation = sequence('<email.send/><email.send/>');

  test('that are used and not packed are told once, those that are packed not at all', () => {
    expect(findings(mediation, { packedConnectors: new Set(['http']) })).toEqual([
      `warning connector-unpackaged email ${at}`,
    ]);
    expect(findings(mediation, { packedConnectors: new Set(['email']) })).toEqual([]);
    expect(findings(mediation, { packedConnectors: new Set(), elsewhere: new Set(['email']) })).toEqual([]);
  });

  test('that others need and no pom names are found beside one that the pom names and the CAR holds', () => {
    const connectors = [{ name: 'mi-connector-http', file: 'pom.xml', line: 3 }];
    const http = connectorPart({ fileName: 'mi-connector-http-1.0.0.zip', content: Buffer.from('a zip') });
    const packedConnectors = new Set(['http']);
    expect(findings(mediation, { connectors, packedConnectors }, [http])).toEqual([
      `warning connector-unpackaged email ${at}`,
    ]);
    // What is missing may be the very one: once is enough.
    expect(findings(mediation, { connectors, packedConnectors })).toEqual([
      'error connector-missing mi-connector-http pom.xml:3',
    ]);
  });

  test('are left alone when a packed one cannot be read', () => expect(findings(mediation)).toEqual([]));
});

describe('collisions', () => {
  const api = (name: string, attributes: string) => ({
    [`artifacts/apis/${name}.xml`]: `<api name="${name}" ${attributes}/>`,
  });
  const inbound = (name: string, port: string, more = '') => ({
    [`artifacts/inbound-endpoints/${name}.xml`]: `<inboundEndpoint name="${name}" ${more}><parameters><parameter name="inbound.http.port">${port}</parameter></parameters></inboundEndpoint>`,
  });

  test.each<readonly [what: string, files: Files, expected: readonly string[]]>([
    [
      'one context for two APIs',
      { ...api('A', 'context="/x"'), ...api('B', 'context="/x" hostname="b.example.com"') },
      ['error context-collision B artifacts/apis/B.xml:1'],
    ],
    [
      'one context in two versions is meant',
      { ...api('A', 'context="/x" version="1"'), ...api('B', 'context="/x" version="2"') },
      [],
    ],
    ['contexts that only the server knows', { ...api('A', 'context="${c}"'), ...api('B', 'context="${c}"') }, []],
    [
      'one port for two inbound endpoints',
      { ...inbound('A', '8301'), ...inbound('B', '8301') },
      ['error port-collision B artifacts/inbound-endpoints/B.xml:1'],
    ],
    ['a port of one that is suspended', { ...inbound('A', '8301', 'suspend="true"'), ...inbound('B', '8301') }, []],
    [
      'a port of the server itself',
      inbound('A', '8290'),
      ['warning port-collision A artifacts/inbound-endpoints/A.xml:1'],
    ],
  ])('%s', (_, files, expected) => expect(findings(files)).toEqual(expected));
});

test('a data source that calls itself otherwise than its file', () => {
  expect(findings({ 'artifacts/data-sources/File.xml': '<datasource><name>Inside</name></datasource>' })).toEqual([
    'warning name-differs File artifacts/data-sources/File.xml:1',
  ]);
});
