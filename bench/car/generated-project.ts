/** A project of many artifacts, and the CAR that Maven would make of it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeZip, type ZipEntry } from '@wso2-delivery/shared/formats/zip';
import { root } from '../row.ts';

interface Kind {
  readonly folder: string;
  readonly type: string;
  readonly text: (name: string, index: number) => string;
}

const namespace = 'xmlns="http://ws.apache.org/ns/synapse"';

const kinds: readonly Kind[] = [
  {
    folder: 'apis',
    type: 'synapse/api',
    text: (name, index) => `<api ${namespace} name="${name}" context="/orders/${index}">
  <resource methods="GET POST" uri-template="/{id}">
    <inSequence>
      <log level="custom"><property name="order" expression="$ctx:uri.var.id"/></log>
      <sequence key="Sequence${index}"/>
      <send><endpoint key="Endpoint${index}"/></send>
    </inSequence>
    <outSequence><respond/></outSequence>
    <faultSequence><log level="full"/><respond/></faultSequence>
  </resource>
</api>
`,
  },
  {
    folder: 'sequences',
    type: 'synapse/sequence',
    text: (name, index) => `<sequence ${namespace} name="${name}">
  <property name="index" value="${index}" scope="default" type="STRING"/>
  <payloadFactory media-type="json">
    <format>{"id": "$1", "kind": ${index}}</format>
    <args><arg expression="$ctx:uri.var.id"/></args>
  </payloadFactory>
  <filter source="$ctx:index" regex="[0-9]+"><then><log/></then><else><drop/></else></filter>
</sequence>
`,
  },
  {
    folder: 'endpoints',
    type: 'synapse/endpoint',
    text: (name, index) => `<endpoint ${namespace} name="${name}">
  <http method="GET" uri-template="http://backend-${index}.example.com/orders/{uri.var.id}">
    <suspendOnFailure><progressionFactor>1.0</progressionFactor></suspendOnFailure>
    <markForSuspension><retriesBeforeSuspension>0</retriesBeforeSuspension></markForSuspension>
  </http>
</endpoint>
`,
  },
];
const prefixes: Readonly<Record<string, string>> = { apis: 'Api', sequences: 'Sequence', endpoints: 'Endpoint' };

/** Writes the project into `folder` and its CAR beside it; gives the CAR's path. @param count a multiple of three */
export async function generateProject(folder: string, count: number): Promise<string> {
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const pom = readFileSync(join(root, 'examples/employee-service/pom.xml'), 'utf8');
  put('pom.xml', pom.replaceAll('employee-service', 'orders'));
  const entries: ZipEntry[] = [];
  const names: string[] = [];
  for (const { folder: place, type, text } of kinds) {
    for (let index = 0; index < count / kinds.length; index++) {
      const name = `${prefixes[place] ?? ''}${index}`;
      const source = text(name, index);
      put(`src/main/wso2mi/artifacts/${place}/${name}.xml`, source);
      const descriptor = `<artifact name="${name}" version="1.0.0" type="${type}" serverRole="EnterpriseIntegrator"><file>${name}-1.0.0.xml</file></artifact>`;
      entries.push(
        { name: `${name}_1.0.0/artifact.xml`, data: Buffer.from(descriptor) },
        { name: `${name}_1.0.0/${name}-1.0.0.xml`, data: Buffer.from(source) },
      );
      names.push(name);
    }
  }
  const list = names
    .map((name) => `<dependency artifact="${name}" version="1.0.0" include="true" serverRole="EnterpriseIntegrator"/>`)
    .join('');
  const artifacts = `<artifacts><artifact name="orders" version="1.0.0" type="carbon/application">${list}</artifact></artifacts>`;
  const car = join(folder, 'orders_1.0.0.car');
  await writeZip(car, [{ name: 'artifacts.xml', data: Buffer.from(artifacts) }, ...entries]);
  return car;
}
