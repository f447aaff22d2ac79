/** Two API Managers of the lab with many APIs in the first, and what both ways need to reach them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApiManager, type ApiManager } from '@wso2-delivery/lab/apim/api-manager';
import { readProjectFolder, writeArchive } from '@wso2-delivery/shared/apim/archive';
import { formatYaml } from '@wso2-delivery/shared/formats/yaml';
import { root } from '../row.ts';

export const version = '1.0.0';
/** Of every answer, as in a data centre next door. */
export const latencyMs = 50;
export const credentials = { user: 'admin', password: 'admin' };

export interface Landscape {
  readonly dev: ApiManager;
  readonly names: readonly string[];
}

/**
 * dev with that many APIs, all like the example's but for name and context.
 * @param padding bytes added to each definition
 */
export async function startDev(count: number, folder: string, padding = 0): Promise<Landscape> {
  const dev = await startApiManager({ name: 'dev', latencyMs });
  const example = readProjectFolder(join(root, 'examples/employee-api/EmployeeAPI-1.0.0'), 'the example');
  const names = Array.from({ length: count }, (_, index) => `EmployeeAPI${String(index + 1).padStart(4, '0')}`);
  const archive = join(folder, 'api.zip');
  for (const [index, name] of names.entries()) {
    const files = new Map(
      [...example.files].map(([file, data]) => {
        const text = data
          .toString('utf8')
          .replaceAll('EmployeeAPI', name)
          .replace('context: /employees', `context: /employees-${index + 1}`);
        const notes =
          file === 'Definitions/swagger.yaml' && padding > 0 ? `\nx-notes: ${'note '.repeat(padding / 5)}\n` : '';
        return [file, Buffer.from(text + notes)];
      }),
    );
    await writeArchive(archive, { ...example, root: `${name}-${version}`, files });
    await dev.add(readFileSync(archive));
  }
  return { dev, names };
}

export function startStaging(): Promise<ApiManager> {
  return startApiManager({ name: 'staging', latencyMs });
}

/** Requests that changed something, logins not counted. */
export function writesOf(manager: ApiManager): number {
  return manager.requests.filter(
    ({ method, path }) => method !== 'GET' && method !== 'HEAD' && !/\/(oauth2|client-registration)\//.test(path),
  ).length;
}

/** The files of a workspace from which promote-api reaches both. */
export function writeWorkspace(folder: string, { dev, names }: Landscape, staging: ApiManager): void {
  mkdirSync(folder, { recursive: true });
  const environments = [
    { name: 'dev', apim: dev.url, gateways: dev.gateways },
    { name: 'staging', apim: staging.url, gateways: staging.gateways },
  ];
  writeFileSync(join(folder, 'environments.yaml'), formatYaml({ environments }));
  writeFileSync(join(folder, 'ca.pem'), dev.ca + staging.ca);
  writeFileSync(join(folder, 'apis.txt'), names.map((name) => `${name}:${version}\n`).join(''));
}
