/** `builder: native` against what the CAR plugin made of the same projects: recorded runs, and the real Maven here. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test as plainTest } from '@jest/globals';
import { readZip, writeZip } from '@wso2-delivery/shared/formats/zip';
import { differences } from '../support/car-comparison.ts';
import { fixtures, root, workspace, type Workspace } from '../support/build-mi.ts';
import { testWith } from '../support/tools.ts';

const patience = 300_000;
let work: Workspace;
afterEach(() => work.ports.dispose());

async function packed(given: Readonly<Record<string, string>>) {
  const { outputs, failure } = await work.run({ check: 'off', ...given });
  expect(failure).toBeUndefined();
  return readZip(join(work.ports.files.workspace, outputs.cars ?? ''));
}

const recorded = readdirSync(fixtures, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .flatMap((name) => {
    const car = readdirSync(join(fixtures, name)).find((file) => file.endsWith('.car'));
    return car === undefined || !existsSync(join(fixtures, name, 'project/pom.xml')) ? [] : [{ name, car }];
  });

/** What is left to Maven, and why. */
const refused: Readonly<Record<string, RegExp>> = {
  connector_unresolvable: /is needed by pom\.xml and is at none of/,
};

describe('recorded CARs of vscode-car-plugin 5.4.12', () => {
  plainTest('are twenty at least', () => {
    work = workspace();
    expect(recorded.length).toBeGreaterThan(19);
  });

  plainTest.each(recorded)('$name: the same entries with the same meaning', async ({ name, car }) => {
    work = workspace();
    work.copy(join(fixtures, name, 'project'));
    const why = refused[name];
    if (why !== undefined) {
      const { failure } = await work.run({ builder: 'native' });
      expect(String(failure)).toMatch(why);
      return;
    }
    expect(differences(await readZip(join(fixtures, name, car)), await packed({ builder: 'native' }))).toEqual([]);
  });
});

describe('the archive', () => {
  plainTest('has the same bytes wherever and whenever it is made', async () => {
    const digests = [];
    for (const zone of ['Pacific/Kiritimati', 'America/Adak']) {
      work = workspace();
      work.copy(join(fixtures, 'ok_rich/project'), zone.replace('/', '-'));
      const before = process.env.TZ;
      process.env.TZ = zone;
      const { outputs } = await work.run({ builder: 'native', project: zone.replace('/', '-') });
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
      const car = readFileSync(join(work.ports.files.workspace, outputs.cars ?? ''));
      digests.push(createHash('sha256').update(car).digest('hex'));
    }
    expect(digests[0]).toBe(digests[1]);
  });
});

const test = testWith('mvn', 'java');
/** Of its own in the local repository, removed at the end. */
const group = `com.example.wso2delivery${process.pid}`;
const mavenRepository = join(userInfo().homedir, '.m2/repository', ...group.split('.'));

/** A project with one of everything, and with what is odd in real ones. */
async function everything(): Promise<void> {
  work = workspace();
  work.copy(join(fixtures, 'ok_rich/project'));
  const artifacts = 'src/main/wso2mi/artifacts';
  const resources = 'src/main/wso2mi/resources';
  const put = (path: string, text: string) => work.put(path, text);
  const ns = 'xmlns="http://ws.apache.org/ns/synapse"';
  put(
    `${artifacts}/apis/v2.xml`,
    `<!-- two -->\n<api ${ns} name="HelloAPI" version="2.0" version-type="url" context="/hello" description="Says hello"><resource methods="GET"><inSequence><respond/></inSequence></resource></api>`,
  );
  put(`${artifacts}/apis/Defined.xml`, `<api ${ns} name="Defined" version="1.1" context="/d" version-type="context"/>`);
  put(`${artifacts}/apis/Own.xml`, `<api ${ns} name="Own" context="/own"/>`);
  put(`${artifacts}/proxy-services/P.xml`, `<proxy ${ns} name="Versioned" version="3"><target/></proxy>`);
  put(`${artifacts}/proxy-services/Q.xml`, `<proxy ${ns} name="Brought" description="a &amp; b"><target/></proxy>`);
  put(`${artifacts}/sequences/amp.xml`, `<sequence ${ns} name="a&amp;b &lt;c&gt; &quot;d&quot;"/>`);
  put(`${artifacts}/sequences/broken.xml`, `<sequence ${ns} name="Broken"><log></sequence>`);
  put(`${artifacts}/sequences/gone.xml`, `<sequence ${ns} name="Gone" name="Twice"/>`);
  put(`${artifacts}/sequences/.gitkeep`, '');
  put(`${artifacts}/data-sources/OtherName.xml`, '<datasource><name>DS2</name></datasource>');
  put(`${artifacts}/data-services/Noted.dbs`, '<data name="Noted" description="rows"><config id="c"/></data>');
  put(
    `${artifacts}/local-entries/Mail.xml`,
    `<localEntry ${ns} key="Mail"><mail.init><connectionType>IMAP</connectionType></mail.init></localEntry>`,
  );
  put(`${resources}/api-definitions/Defined_v1.1.yaml`, 'openapi: 3.0.1\n');
  put(`${resources}/metadata/Own_metadata.yaml`, '---\nkey: "mine"\n');
  put(`${resources}/metadata/Own_swagger.yaml`, 'openapi: 3.0.3\n');
  put(`${resources}/metadata/Brought_proxy_metadata.yaml`, '---\nkey: "proxy"\n');
  put(`${resources}/gov/policies/p.xml`, '<policy/>');
  put(`${resources}/conf/c.txt`, 'c');
  put(`${resources}/scripts/a.js`, 'a');
  put(`${resources}/scripts/deep/b.js`, 'b');
  put(`${resources}/registry/gov/old/o.json`, '{}');
  const item = (name: string, path: string, file: string) =>
    `<artifact name="${name}" groupId="g" version="1.2.3" type="registry/resource" serverRole="EnterpriseIntegrator"><item><file>${file}</file><path>${path}</path><mediaType>text/plain</mediaType><properties><property key="k" value="a &lt; b"/></properties></item></artifact>`;
  put(
    `${resources}/artifact.xml`,
    `<artifacts>${item('ok', '/_system/governance/mi-resources/conf2', 'ok.json')}${item('policy', '/_system/governance/policies', 'p.xml')}${item('conf', '/_system/config', 'c.txt')}${item('absent', '/_system/config', 'nope.txt')}<artifact name="scripts" groupId="g" version="1.0.0" type="registry/resource" serverRole="EnterpriseIntegrator"><collection><directory>scripts</directory><path>/_system/governance/mi-resources/scripts</path><properties/></collection></artifact></artifacts>`,
  );
  put(
    `${resources}/registry/artifact.xml`,
    `<artifacts>${item('old', '/_system/governance/old', 'o.json')}</artifacts>`,
  );
  await connectors(resources);
}

/** A repository with a connector and two jars, one of them for a connection type that nothing uses. */
async function connectors(resources: string): Promise<void> {
  const repository = join(work.ports.files.workspace, '../repository');
  const store = (artifactId: string, version: string, type: string, content: Buffer) => {
    const folder = join(repository, ...group.split('.'), artifactId, version);
    mkdirSync(folder, { recursive: true });
    const pom = `<project><modelVersion>4.0.0</modelVersion><groupId>${group}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version><packaging>${type}</packaging></project>`;
    for (const [extension, data] of [
      ['pom', Buffer.from(pom)],
      [type, content],
    ] as const) {
      const file = join(folder, `${artifactId}-${version}.${extension}`);
      writeFileSync(file, data);
      writeFileSync(`${file}.sha1`, createHash('sha1').update(data).digest('hex'));
    }
  };
  const connector = async (path: string, name: string, libraries: readonly string[]) => {
    const text = (value: string) => Buffer.from(value);
    mkdirSync(dirname(path), { recursive: true });
    await writeZip(path, [
      {
        name: 'connector.xml',
        data: text(`<connector><component name="${name}" package="com.example.${name}"/></connector>`),
      },
      {
        name: 'descriptor.yml',
        data: text(`repositories:\n  - id: own\n    url: file://${repository}\ndependencies:\n${libraries.join('')}`),
      },
    ]);
  };
  const library = (artifactId: string, connectionType?: string) =>
    `  - groupId: ${group}\n    artifactId: ${artifactId}\n    version: 1.0.0\n${connectionType === undefined ? '' : `    connectionType: ${connectionType}\n`}`;
  store('plain-lib', '1.0.0', 'jar', Buffer.from('plain'));
  store('imap-lib', '1.0.0', 'jar', Buffer.from('imap'));
  store('pop3-lib', '1.0.0', 'jar', Buffer.from('pop3'));
  const zip = join(work.ports.files.workspace, '../mi-connector-mail.zip');
  await connector(zip, 'mail', [library('plain-lib'), library('imap-lib', 'IMAP'), library('pop3-lib', 'POP3')]);
  store('mi-connector-mail', '2.0.1', 'zip', readFileSync(zip));
  await connector(join(work.ports.files.workspace, resources, 'connectors/file-connector-5.0.0.zip'), 'file', [
    library('plain-lib'),
  ]);
  const pom = join(work.ports.files.workspace, 'pom.xml');
  writeFileSync(
    pom,
    readFileSync(pom, 'utf8')
      .replace('<version>1.0.0</version>', '<version>1.4.0-SNAPSHOT</version>')
      .replace(
        '<properties>',
        '<properties><mainSequence>HelloSeq</mainSequence><versionedDeployment>TRUE</versionedDeployment>',
      )
      .replace(
        '</project>',
        `<repositories><repository><id>own</id><url>file://${repository}</url></repository></repositories><dependencies><dependency><groupId>${group}</groupId><artifactId>mi-connector-mail</artifactId><version>2.0.1</version><type>zip</type></dependency></dependencies></project>`,
      ),
  );
}

describe('the real Maven of this machine', () => {
  test(
    'makes the same of a project with one of everything, connectors and their libraries included',
    async () => {
      try {
        await everything();
        const byMaven = await packed({ builder: 'maven' });
        const native = await packed({ builder: 'native' });
        expect(differences(byMaven, native)).toEqual([]);
        const names = native.map(({ name }) => name);
        expect(names).toContain('mi-connector-mail_2.0.1/mi-connector-mail-2.0.1.zip');
        expect(names).toContain('{com.example.mail}mail_imap-lib-1.0.0/imap-lib-1.0.0.jar');
        expect(names.filter((name) => name.includes('pop3'))).toEqual([]);
      } finally {
        rmSync(mavenRepository, { recursive: true, force: true });
      }
    },
    patience,
  );

  test(
    'makes the same of the example project',
    async () => {
      work = workspace();
      work.copy(join(root, 'examples/employee-service'));
      work.remove('prebuilt');
      const byMaven = await packed({ builder: 'maven' });
      expect(differences(byMaven, await packed({ builder: 'auto' }))).toEqual([]);
      expect(work.ports.lines.join('\n')).toContain('Packaged without Maven in');
    },
    patience,
  );
});
