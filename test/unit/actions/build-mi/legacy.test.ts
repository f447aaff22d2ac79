/**
 * Integration Studio and Developer Studio projects. Their plugin (maven-car-plugin) is not on Maven Central: trees and
 * CARs here are made by hand in the shape that it gives them.
 */
import { mkdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Exec } from '@wso2-delivery/shared/base/ports';
import { writeZip, type ZipEntry } from '@wso2-delivery/shared/formats/zip';
import { workspace, type Workspace } from '../../../support/build-mi.ts';

type Artifact = readonly [name: string, type: string, fileName: string, content: string];

const success = 'BUILD SUCCESS';
let work: Workspace;
/** What the pretended Maven leaves: path of a CAR → its artifacts. */
let leaves: Record<string, readonly Artifact[]>;
beforeEach(() => {
  leaves = {};
  const exec: Exec = {
    run: async ({ onLine }) => {
      onLine?.(`[INFO] ${success}`, 'stdout');
      for (const [path, artifacts] of Object.entries(leaves)) await car(path, artifacts);
      return { exitCode: 0, signal: null, stdout: success, stderr: '', truncated: false, durationMs: 1 };
    },
    start: () => Promise.reject(new Error('nothing is started here')),
  };
  work = workspace({ exec });
});
afterEach(() => work.ports.dispose());

async function car(path: string, artifacts: readonly Artifact[]): Promise<void> {
  const [, name = '', version = ''] = /([^/]+)_([^/]+)\.car$/.exec(path) ?? [];
  const text = (content: string) => Buffer.from(content);
  const entries = artifacts.flatMap(([artifact, type, file, content]): ZipEntry[] => [
    {
      name: `${artifact}_1.0.0/artifact.xml`,
      data: text(
        `<artifact name="${artifact}" version="1.0.0" type="${type}" serverRole="EnterpriseIntegrator"><file>${type === 'registry/resource' ? 'registry-info.xml' : file}</file></artifact>`,
      ),
    },
    ...(type === 'registry/resource'
      ? [
          { name: `${artifact}_1.0.0/registry-info.xml`, data: text('<resources/>') },
          { name: `${artifact}_1.0.0/resources/${file}`, data: text(content) },
        ]
      : [{ name: `${artifact}_1.0.0/${file}`, data: text(content) }]),
  ]);
  const list = artifacts.map(([artifact]) => `<dependency artifact="${artifact}" version="1.0.0" include="true"/>`);
  const file = join(work.ports.files.workspace, path);
  mkdirSync(dirname(file), { recursive: true });
  await writeZip(file, [
    {
      name: 'artifacts.xml',
      data: text(
        `<artifacts><artifact name="${name}" version="${version}" type="carbon/application">${list.join('')}</artifact></artifacts>`,
      ),
    },
    ...entries,
  ]);
}

const pom = (artifactId: string, packaging: string, inner = '') =>
  `<project>\n<parent><groupId>com.example</groupId><artifactId>parent</artifactId><version>1.0.0</version><relativePath>../parent/pom.xml</relativePath></parent>\n<artifactId>${artifactId}</artifactId><packaging>${packaging}</packaging>\n${inner}</project>`;
const wants = (...artifacts: readonly (readonly [group: string, name: string, type?: string])[]) =>
  `<dependencies>\n${artifacts.map(([group, name, type = 'xml']) => `<dependency><groupId>com.example.${group}</groupId><artifactId>${name}</artifactId><version>1.0.0</version><type>${type}</type></dependency>`).join('\n')}\n</dependencies>`;
const listed = (group: string, name: string, type: string, file: string) =>
  `<artifact name="${name}" groupId="com.example.${group}" version="1.0.0" type="${type}" serverRole="EnterpriseIntegrator"><file>${file}</file></artifact>`;

const api =
  '<api name="Orders" context="/orders"><resource methods="GET"><inSequence><sequence key="Log"/></inSequence></resource></api>';
const sequence = '<sequence name="Log"><log/></sequence>';
const rows = '<data name="Rows"><config id="c"/></data>';
const good = {
  api: ['Orders', 'synapse/api', 'Orders-1.0.0.xml', api],
  sequence: ['Log', 'synapse/sequence', 'Log-1.0.0.xml', sequence],
  rows: ['Rows', 'service/dataservice', 'Rows-1.0.0.dbs', rows],
  resource: ['schema', 'registry/resource', 'orders.json', '{}'],
} as const satisfies Record<string, Artifact>;

/** The parent in a sibling folder, ESB configuration, data services, resources, and two composite applications. */
function studio(): void {
  work.put(
    'pom.xml',
    '<project><groupId>com.example</groupId><artifactId>all</artifactId><version>1.0.0</version><packaging>pom</packaging><modules><module>parent</module><module>OrdersConfigs</module><module>Rows</module><module>OrdersResources</module><module>OrdersCompositeExporter</module></modules><profiles><profile><id>data</id><modules><module>RowsCompositeExporter</module></modules></profile></profiles></project>',
  );
  work.put(
    'parent/pom.xml',
    '<project><groupId>com.example</groupId><artifactId>parent</artifactId><version>1.0.0</version><packaging>pom</packaging></project>',
  );
  work.put('OrdersConfigs/pom.xml', pom('OrdersConfigs', 'pom'));
  work.put('OrdersConfigs/src/main/synapse-config/api/Orders.xml', api);
  work.put('OrdersConfigs/src/main/synapse-config/sequences/Log.xml', sequence);
  work.put(
    'OrdersConfigs/artifact.xml',
    `<artifacts>\n${listed('api', 'Orders', 'synapse/api', 'src/main/synapse-config/api/Orders.xml')}\n${listed('sequence', 'Log', 'synapse/sequence', 'src/main/synapse-config/sequences/Log.xml')}\n</artifacts>`,
  );
  work.put('Rows/pom.xml', pom('Rows', 'pom'));
  work.put('Rows/dataservice/Rows.dbs', rows);
  work.put(
    'Rows/artifact.xml',
    `<artifacts>${listed('dataservice', 'Rows', 'service/dataservice', 'dataservice/Rows.dbs')}</artifacts>`,
  );
  work.put('OrdersResources/pom.xml', pom('OrdersResources', 'pom'));
  work.put('OrdersResources/orders.json', '{}');
  work.put(
    'OrdersResources/artifact.xml',
    '<artifacts><artifact name="schema" groupId="com.example.resource" version="1.0.0" type="registry/resource" serverRole="EnterpriseIntegrator"><item><file>orders.json</file><path>/_system/governance/schemas</path><mediaType>application/json</mediaType></item></artifact></artifacts>',
  );
  work.put(
    'OrdersCompositeExporter/pom.xml',
    pom(
      'OrdersCompositeExporter',
      'carbon/application',
      wants(['api', 'Orders'], ['sequence', 'Log'], ['resource', 'schema']),
    ),
  );
  work.put(
    'RowsCompositeExporter/pom.xml',
    pom('RowsCompositeExporter', 'carbon/application', wants(['dataservice', 'Rows', 'dbs'])),
  );
}
const orders = 'OrdersCompositeExporter/target/OrdersCompositeExporter_1.0.0.car';
const data = 'RowsCompositeExporter/target/RowsCompositeExporter_1.0.0.car';

async function findings(given: Readonly<Record<string, string>> = {}): Promise<string[]> {
  await work.run(given);
  return work.ports.annotations.map(({ level, message, file = '', line = 0 }) => `${level} ${file}:${line} ${message}`);
}

describe('a project of the Integration Studio', () => {
  test('gives two composite applications, one of them only by a profile, each compared with what its pom asks for', async () => {
    studio();
    leaves = { [orders]: [good.api, good.sequence, good.resource], [data]: [good.rows] };
    const { outputs, failure } = await work.run({ profiles: 'data' });
    expect(failure).toBeUndefined();
    expect(outputs.cars?.split('\n').sort()).toEqual([orders, data]);
    expect(work.ports.annotations).toEqual([]);
    expect(work.ports.markdown()).toContain('The same as its sources.');
  });

  test('takes neither a committed target with an old CAR nor one that lies elsewhere', async () => {
    studio();
    await car(data, [good.rows]);
    const old = new Date('2020-01-01');
    utimesSync(join(work.ports.files.workspace, data), old, old);
    await car('backup/Decoy_1.0.0.car', [good.rows]);
    leaves = { [orders]: [good.api, good.sequence, good.resource] };
    const { outputs, failure } = await work.run();
    expect(failure).toBeUndefined();
    expect(outputs.cars).toBe(orders);
  });

  test.each<readonly [what: string, change: () => void, left: readonly Artifact[], expected: readonly RegExp[]]>([
    [
      'an artifact that the pom asks for and the CAR lacks',
      () => undefined,
      [good.sequence, good.resource],
      [/^error OrdersConfigs\/src\/main\/synapse-config\/api\/Orders\.xml:1 The API 'Orders' is not in Orders/],
    ],
    [
      'a library that the pom asks for and the CAR lacks',
      () =>
        work.put(
          'OrdersCompositeExporter/pom.xml',
          pom(
            'OrdersCompositeExporter',
            'carbon/application',
            wants(['api', 'Orders'], ['sequence', 'Log'], ['resource', 'schema'], ['lib', 'Mediator', 'jar']),
          ),
        ),
      [good.api, good.sequence, good.resource],
      [/^error OrdersCompositeExporter\/pom\.xml:8 Mediator, which the pom asks for, is not in/],
    ],
    [
      'an artifact in another state than its source',
      () => undefined,
      [
        good.api,
        ['Log', 'synapse/sequence', 'Log-1.0.0.xml', '<sequence name="Log"><drop/></sequence>'],
        good.resource,
      ],
      [
        /^error OrdersConfigs\/src\/main\/synapse-config\/sequences\/Log\.xml:1 The sequence 'Log' in the CAR is not what/,
      ],
    ],
    [
      'a registry resource in another state',
      () => undefined,
      [good.api, good.sequence, ['schema', 'registry/resource', 'orders.json', '{"old":1}']],
      [/^error OrdersResources\/orders\.json:0 OrdersResources\/orders\.json in the CAR is not what its source is/],
    ],
    [
      'a file that a list names and nobody has',
      () => rmSync(join(work.ports.files.workspace, 'OrdersConfigs/src/main/synapse-config/sequences/Log.xml')),
      [good.api, good.resource],
      [
        /^error OrdersConfigs\/artifact\.xml:3 OrdersConfigs\/artifact\.xml lists src\/main\/synapse-config\/sequences\/Log\.xml, which does not exist/,
      ],
    ],
    [
      'a file that no list names',
      () => work.put('OrdersConfigs/src/main/synapse-config/endpoints/Forgotten.xml', '<endpoint name="Forgotten"/>'),
      [good.api, good.sequence, good.resource],
      [
        /^warning OrdersConfigs\/src\/main\/synapse-config\/endpoints\/Forgotten\.xml:0 .* is listed in no artifact\.xml/,
      ],
    ],
    [
      'an artifact that no composite application asks for, and what calls it',
      () =>
        work.put(
          'OrdersCompositeExporter/pom.xml',
          pom('OrdersCompositeExporter', 'carbon/application', wants(['api', 'Orders'], ['resource', 'schema'])),
        ),
      [good.api, good.resource],
      [
        /^warning OrdersConfigs\/src\/main\/synapse-config\/api\/Orders\.xml:1 The sequence 'Log' is not in this project/,
        /^warning OrdersConfigs\/artifact\.xml:3 No composite application of this project asks for the sequence 'Log'/,
      ],
    ],
    [
      'a document that calls itself otherwise than its list does',
      () =>
        work.put(
          'OrdersConfigs/src/main/synapse-config/sequences/Log.xml',
          '<sequence name="Logging"><log/></sequence>',
        ),
      [
        good.api,
        ['Log', 'synapse/sequence', 'Log-1.0.0.xml', '<sequence name="Logging"><log/></sequence>'],
        good.resource,
      ],
      [
        /^warning OrdersConfigs\/src\/main\/synapse-config\/sequences\/Log\.xml:1 The sequence in .* is called 'Logging'; the CAR calls it 'Log', after OrdersConfigs\/artifact\.xml/,
      ],
    ],
    [
      'a list that is not well-formed',
      () => work.put('Rows/artifact.xml', '<artifacts>'),
      [good.api, good.sequence, good.resource],
      [/^error Rows\/artifact\.xml:1 Rows\/artifact\.xml is not well-formed XML/],
    ],
    [
      'a type that is not what the document is',
      () =>
        work.put(
          'OrdersConfigs/artifact.xml',
          readFileSync(join(work.ports.files.workspace, 'OrdersConfigs/artifact.xml'), 'utf8').replace(
            'type="synapse/sequence"',
            'type="synapse/endpoint"',
          ),
        ),
      [good.api, ['Log', 'synapse/endpoint', 'Log-1.0.0.xml', sequence], good.resource],
      [
        /^error OrdersConfigs\/src\/main\/synapse-config\/sequences\/Log\.xml:1 <sequence> is listed in artifact\.xml as synapse\/endpoint/,
      ],
    ],
  ])('%s', async (_, change, left, expected) => {
    studio();
    change();
    leaves = { [orders]: left, ...(expected[0]?.source.includes('Rows') === true ? {} : { [data]: [good.rows] }) };
    const found = await findings({ profiles: 'data' });
    expect(found).toHaveLength(expected.length);
    for (const pattern of expected) expect(found.some((finding) => pattern.test(finding)) || found).toBe(true);
  });
});
