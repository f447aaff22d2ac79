/** A small base image that runs (a static busybox) and looks like a Micro Integrator: users, links, folders of its own. */
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type TarEntry, writeTar } from '@wso2-delivery/shared/formats/tar';
import type { Docker } from './docker.ts';

export const SERVER_HOME = '/home/wso2carbon/wso2mi-4.4.0';
const UID = 10802;
const GID = 10803;

/** Imports it and pushes it as `reference`. @param busybox a static one */
export async function pushDockerBase(
  docker: Docker,
  reference: string,
  busybox: string,
  folder: string,
): Promise<void> {
  const archive = join(folder, 'base.tar');
  await pipeline(writeTar(entries(busybox), new Date('2025-01-01T00:00:00Z')), createWriteStream(archive));
  const settings = [
    'USER wso2carbon',
    'WORKDIR /home/wso2carbon',
    'ENV PATH=/usr/local/bin:/usr/bin:/bin',
    `ENV WSO2_SERVER_HOME=${SERVER_HOME}`,
    'ENTRYPOINT ["/home/wso2carbon/docker-entrypoint.sh"]',
    'CMD ["start"]',
    'LABEL com.wso2.version=4.4.0',
    'EXPOSE 8290',
  ];
  await docker.run(['import', ...settings.flatMap((setting) => ['-c', setting]), archive, reference]);
  await docker.run(['push', '-q', reference]);
}

function entries(busybox: string): TarEntry[] {
  const directory = (name: string, mode = 0o755, uid = 0, gid = 0): TarEntry => ({
    name,
    type: 'directory',
    mode,
    uid,
    gid,
  });
  const file = (name: string, content: TarEntry['content'] & {}, mode = 0o644, uid = 0, gid = 0): TarEntry => ({
    name,
    type: 'file',
    mode,
    uid,
    gid,
    content,
  });
  const link = (name: string, target: string): TarEntry => ({
    name,
    type: 'symlink',
    mode: 0o777,
    uid: 0,
    gid: 0,
    target,
  });
  const home = SERVER_HOME.slice(1);
  return [
    directory('bin'),
    file('bin/busybox', { length: statSync(busybox).size, open: () => createReadStream(busybox) }, 0o755),
    ...['sh', 'ls', 'touch', 'cat', 'id', 'mkdir', 'stat'].map((name) => link(`bin/${name}`, 'busybox')),
    directory('etc'),
    file('etc/passwd', `root:x:0:0::/root:/bin/sh\nwso2carbon:x:${UID}:${GID}::/home/wso2carbon:/bin/sh\n`),
    file('etc/group', `root:x:0:\nwso2:x:${GID}:\nops:x:55:\n`),
    directory('home'),
    // As Ubuntu's useradd makes it.
    directory('home/wso2carbon', 0o750, UID, GID),
    file('home/wso2carbon/docker-entrypoint.sh', '#!/bin/sh\nexec "$@"\n', 0o755, UID, GID),
    ...[
      '',
      '/bin',
      '/conf',
      '/dropins',
      '/lib',
      '/repository',
      '/repository/deployment',
      '/repository/deployment/server',
    ]
      .concat('/repository/deployment/server/carbonapps', '/repository/resources', '/repository/resources/security')
      .map((path) => directory(`${home}${path}`, 0o755, UID, GID)),
    file(`${home}/conf/deployment.toml`, '[server]\n', 0o644, UID, GID),
    directory('opt'),
    directory('opt/real', 0o775, 0, 55),
    link('opt/link', 'real'),
    link('opt/absolute', '/opt/real'),
    directory('tmp', 0o1777),
    directory('usr'),
  ];
}
