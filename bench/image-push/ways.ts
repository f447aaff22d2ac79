/** The ways from a CAR and a base image to an image in a registry, each as its users would type it. */
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { step } from '../bundle.ts';
import { programOf } from '../machine.ts';
import { succeeding, type Run } from '../measure.ts';
import { baseRepository, baseTag, home, owner } from './base-image.ts';
import type { Docker } from './servers.ts';

export interface Delivery {
  /** The folder with CAR, deployment.toml and Dockerfile. */
  readonly context: string;
  /** host:port of the registry that has the base. */
  readonly from: string;
  /** host:port/repository:tag. */
  readonly target: string;
}

export interface PushWay {
  readonly name: string;
  /** undefined: this machine lacks it. */
  readonly push: ((delivery: Delivery) => Promise<Run>) | undefined;
  /** Forgets everything local, as a fresh runner would have nothing. */
  readonly forget?: () => void;
}

const sh = (script: string, ...args: string[]): string[] => ['sh', '-ec', script, 'sh', ...args];

export function buildMi(folder: string): PushWay {
  return {
    name: 'build-mi',
    async push({ context, from, target }) {
      const image = target.slice(0, target.lastIndexOf(':'));
      const inputs = {
        cars: 'employees_1.0.0.car',
        'base-image': `${from}/${baseRepository}:${baseTag}`,
        'deployment-toml': 'deployment.toml',
        image,
        tags: target.slice(image.length + 1),
      };
      const job = step('build-mi', inputs, join(folder, 'build-mi'));
      for (const file of ['employees_1.0.0.car', 'deployment.toml']) {
        copyFileSync(join(context, file), join(job.workspace, file));
      }
      return succeeding(job.command, { env: job.env, cwd: job.workspace });
    },
  };
}

export function dockerWays(docker: Docker | undefined): PushWay[] {
  const way = (name: string, buildkit: '0' | '1'): PushWay => ({
    name,
    push:
      docker &&
      (({ context, target }) =>
        succeeding(sh('"$1" build --tag "$2" . && "$1" push "$2"', docker.client, target), {
          cwd: context,
          env: { ...docker.env, DOCKER_BUILDKIT: buildkit },
        })),
    forget: () => docker?.forget(),
  });
  return [way('docker build + push', '0'), way('docker build + push, BuildKit', '1')];
}

export function buildah(folder: string): PushWay {
  const program = programOf('buildah');
  const [storage, running] = [join(folder, 'storage'), join(folder, 'running')];
  const options = ['--root', storage, '--runroot', running, '--storage-driver', 'overlay'];
  const script =
    'target=$1; shift; "$@" bud --quiet --isolation chroot --tls-verify=false --tag "$target" . && "$@" push --quiet --tls-verify=false "$target"';
  return {
    name: 'buildah bud + push',
    push:
      program === undefined
        ? undefined
        : ({ context, target }) => succeeding(sh(script, target, program, ...options), { cwd: context }),
    forget() {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
    },
  };
}

export function crane(): PushWay {
  const program = programOf('crane');
  // tar makes the layer as its users do: owned by the image's user, every folder below its home with an entry.
  const script = `
cp --preserve employees_1.0.0.car "layer${home}/repository/deployment/server/carbonapps/"
tar --create --owner=${owner.uid} --group=${owner.gid} --numeric-owner --sort=name --directory=layer --file=layer.tar home/wso2carbon
"$1" append --insecure --base "$2" --new_layer layer.tar --new_tag "$3"
"$1" mutate --insecure --label org.opencontainers.image.title=employees --tag "$3" "$3"`;
  return {
    name: 'tar, crane append + mutate',
    push:
      program === undefined || !existsSync(program)
        ? undefined
        : ({ context, from, target }) =>
            succeeding(sh(script, program, `${from}/${baseRepository}:${baseTag}`, target), { cwd: context }),
  };
}
