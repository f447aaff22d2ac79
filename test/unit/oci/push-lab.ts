/** A registry with the base image in it, and a push from sources to tag, for the tests of the wire. */
import { type LabRegistry, type RegistryOptions, startRegistry } from '@wso2-delivery/lab/registry/registry';
import { seedMicroIntegratorBase } from '@wso2-delivery/lab/registry/micro-integrator-base';
import type { Clock } from '@wso2-delivery/shared/base/ports';
import type { Login } from '@wso2-delivery/shared/oci/credentials';
import { buildLayer, directoriesOwnedBelow, type Layer } from '@wso2-delivery/shared/oci/layer';
import { type PushedImage, pushImage, type PushPlan } from '@wso2-delivery/shared/oci/push';
import { parseReference } from '@wso2-delivery/shared/oci/reference';
import { openRegistries, type Registries } from '@wso2-delivery/shared/oci/registry';
import { resolveImage } from '@wso2-delivery/shared/oci/resolve';
import { testPorts, type TestPorts } from '../../support/ports.ts';

export const BASE = 'wso2/wso2mi';
export const TARGET = 'acme/employee-service';
const HOME = '/home/wso2carbon';

export interface PushLab extends PushClient {
  readonly registry: LabRegistry;
  close(): Promise<void>;
}

export interface PushClient {
  readonly ports: TestPorts;
  /** Pauses that the client asked for, in milliseconds; none is really waited for. */
  readonly pauses: number[];
  registries(logins?: readonly Login[]): Registries;
  layer(content?: string): Promise<Layer>;
  /** A push of one layer; anything of the plan can be replaced. */
  push(changes?: PushChanges): Promise<PushedImage>;
}

export interface PushChanges extends Partial<PushPlan> {
  readonly logins?: readonly Login[];
  /** registry/repository:tag of the base, when it is another one. */
  readonly from?: string;
  readonly content?: string;
}

export async function openPushLab(options: RegistryOptions = {}): Promise<PushLab> {
  const registry = await startRegistry(options);
  await seedMicroIntegratorBase(registry, { repository: BASE, tag: '4.4.0' });
  const client = await connect(registry);
  return {
    ...client,
    registry,
    close: async () => {
      client.ports.dispose();
      await registry.close();
    },
  };
}

/** A run of its own: new ports, new connections, nothing remembered. */
export async function connect(registry: LabRegistry): Promise<PushClient> {
  const pauses: number[] = [];
  const clock: Clock = {
    now: () => Date.now(),
    sleep: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
  };
  const ports = testPorts({ variables: {}, clock });
  const folder = await ports.files.privateFolder('layers');
  const registries = (logins: readonly Login[] = []) => openRegistries(ports, { logins });
  const layer = (content = 'the carbon application') =>
    buildLayer(
      {
        files: [{ path: `${HOME}/app.car`, content, mode: 0o644, uid: 10802, gid: 10802 }],
        directory: directoriesOwnedBelow(HOME, { uid: 10802, gid: 10802, mode: 0o755 }),
        modified: new Date(0),
        description: 'carbon applications',
      },
      folder,
    );
  return {
    ports,
    pauses,
    registries,
    layer,
    push: async ({ logins, from = `${registry.host}/${BASE}:4.4.0`, content, ...changes } = {}) => {
      const open = registries(logins);
      const plan: PushPlan = {
        base: changes.base ?? (await resolveImage(parseReference(from), 'all', open)),
        target: { registry: registry.host, repository: TARGET },
        tags: ['1.0.0'],
        layers: [await layer(content)],
        labels: { 'com.example.applications': '[]' },
        annotations: {},
        created: new Date(0),
        ...changes,
      };
      return pushImage(plan, open);
    },
  };
}
