/** What goes on top of the base: a carbon application of two megabytes and a deployment.toml, new in every round. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeZip } from '@wso2-delivery/shared/formats/zip';
import { baseRepository, baseTag, carbonapps, deploymentToml, home, noise, owner } from './base-image.ts';

const driverBytes = 2_000_000;

/**
 * Writes the folder that all ways start from: the CAR, deployment.toml, a Dockerfile, and the same two files laid out
 * as in the image for those who need a tar.
 * @param base the registry that has the base image
 */
export async function writeContext(folder: string, base: string, round: number): Promise<void> {
  const server = join(folder, 'layer', home);
  mkdirSync(join(server, 'repository/deployment/server/carbonapps'), { recursive: true });
  mkdirSync(join(server, 'conf'), { recursive: true });
  const chunks: Uint8Array[] = [];
  for await (const chunk of noise(`driver ${round}`, driverBytes)) chunks.push(chunk);
  const artifact = (name: string, type: string, file: string) =>
    `<artifact name="${name}" version="1.0.0" type="${type}" serverRole="EnterpriseIntegrator"><file>${file}</file></artifact>`;
  const list = ['EmployeeAPI', 'driver']
    .map((name) => `<dependency artifact="${name}" version="1.0.0" include="true" serverRole="EnterpriseIntegrator"/>`)
    .join('');
  const api =
    '<api xmlns="http://ws.apache.org/ns/synapse" name="EmployeeAPI" context="/employees"><resource methods="GET"><inSequence><respond/></inSequence></resource></api>';
  const entries = {
    'artifacts.xml': `<artifacts><artifact name="employees" version="1.0.0" type="carbon/application">${list}</artifact></artifacts>`,
    'EmployeeAPI_1.0.0/artifact.xml': artifact('EmployeeAPI', 'synapse/api', 'EmployeeAPI-1.0.0.xml'),
    'EmployeeAPI_1.0.0/EmployeeAPI-1.0.0.xml': api,
    'driver_1.0.0/artifact.xml': artifact('driver', 'lib/synapse/mediator', 'driver-1.0.0.jar'),
  };
  const car = join(folder, 'employees_1.0.0.car');
  await writeZip(car, [
    ...Object.entries(entries).map(([name, text]) => ({ name, data: Buffer.from(text) })),
    { name: 'driver_1.0.0/driver-1.0.0.jar', data: Buffer.concat(chunks) },
  ]);
  const toml = `[server]\nhostname = "round-${round}.example.com"\n`;
  writeFileSync(join(folder, 'deployment.toml'), toml);
  writeFileSync(join(server, 'conf/deployment.toml'), toml);
  const { uid, gid } = owner;
  writeFileSync(
    join(folder, 'Dockerfile'),
    [
      `FROM ${base}/${baseRepository}:${baseTag}`,
      `COPY --chown=${uid}:${gid} employees_1.0.0.car ${carbonapps}/`,
      `COPY --chown=${uid}:${gid} deployment.toml ${deploymentToml}`,
      'LABEL org.opencontainers.image.title=employees',
      '',
    ].join('\n'),
  );
  writeFileSync(join(folder, '.dockerignore'), 'layer\n');
}
