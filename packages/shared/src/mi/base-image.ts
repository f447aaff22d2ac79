/** Where things belong in an MI image, read from the base image's own configuration. */
import { InputError } from '../base/errors.ts';
import { codes } from './codes.ts';

/** The part of an image configuration that says it. */
export interface BaseConfig {
  readonly Env?: readonly string[];
  readonly User?: string;
}

export interface MiImage {
  /** WSO2_SERVER_HOME, without a trailing slash. */
  readonly serverHome: string;
  /** The home of the image's user: everything below it belongs to that user. */
  readonly userHome: string;
  readonly uid: number;
  readonly gid: number;
  /** Folder for carbon applications. */
  readonly carbonapps: string;
  /** The file that MI reads; API Manager's is in repository/conf. */
  readonly deploymentToml: string;
}

/**
 * Reads it.
 * @param reference the base image, for messages
 * @throws InputError BASE_IMAGE_NOT_MI, BASE_IMAGE_USER_UNKNOWN
 */
export function miImage(config: BaseConfig, reference: string): MiImage {
  const serverHome = config.Env?.find((variable) => variable.startsWith('WSO2_SERVER_HOME='))
    ?.slice('WSO2_SERVER_HOME='.length)
    .replace(/\/+$/, '');
  if (serverHome?.startsWith('/') !== true) {
    const problem = `${reference} has no environment variable WSO2_SERVER_HOME, so it is no Micro Integrator image`;
    throw new InputError(codes.BASE_IMAGE_NOT_MI, [{ subject: 'base-image', problem, example: 'wso2/wso2mi:4.4.0' }]);
  }
  if (/\/wso2am(-|$)/.test(serverHome)) {
    const problem = `${reference} is an API Manager (${serverHome}), which takes no carbon applications of MI`;
    throw new InputError(codes.BASE_IMAGE_NOT_MI, [{ subject: 'base-image', problem, example: 'wso2/wso2mi:4.4.0' }]);
  }
  return {
    serverHome,
    userHome: userHomeOf(serverHome),
    ...ownerOf(config.User ?? '', serverHome, reference),
    carbonapps: `${serverHome}/repository/deployment/server/carbonapps`,
    deploymentToml: `${serverHome}/conf/deployment.toml`,
  };
}

/** /home/wso2carbon of /home/wso2carbon/wso2mi-4.2.0; a server outside /home stands for itself. */
function userHomeOf(serverHome: string): string {
  return /^\/home\/[^/]+(?=\/)/.exec(serverHome)?.[0] ?? serverHome;
}

function ownerOf(user: string, serverHome: string, reference: string): { uid: number; gid: number } {
  const [name = '', group] = user.split(':');
  if (name === '' || name === 'root')
    return { uid: 0, gid: group === undefined || !/^\d+$/.test(group) ? 0 : Number(group) };
  // WSO2's images give the group the number of the user.
  if (/^\d+$/.test(name))
    return { uid: Number(name), gid: group !== undefined && /^\d+$/.test(group) ? Number(group) : Number(name) };
  const version = /wso2(?:mi|ei)-(\d+)\.(\d+)/.exec(serverHome);
  if (name === 'wso2carbon' && version !== null) {
    // docker-ei: 802 up to MI 4.3, 10802 since 4.4.
    const [major, minor] = [Number(version[1]), Number(version[2])];
    const number = serverHome.includes('wso2mi-') && (major > 4 || (major === 4 && minor >= 4)) ? 10802 : 802;
    return { uid: number, gid: number };
  }
  const problem = `${reference} runs as '${user}', which is no number`;
  throw new InputError(codes.BASE_IMAGE_USER_UNKNOWN, [{ subject: 'base-image', problem, example: 'USER 802:802' }]);
}

/** What WSO2's images of MI have in common, in the terms of a file system. */
export interface MiFiles {
  readonly directories: Readonly<Record<string, { readonly uid: number; readonly gid: number; readonly mode: number }>>;
  /** Directories that take single files. */
  readonly open: readonly string[];
  readonly files: Readonly<Record<string, { readonly uid: number; readonly gid: number; readonly mode: number }>>;
  readonly users: Readonly<Record<string, { readonly uid: number; readonly gid: number }>>;
  readonly groups: Readonly<Record<string, number>>;
}

/** Folders of the server that every MI image has (docker-mi, 1.2 to 4.4). */
const SERVER_FOLDERS = [
  '',
  '/bin',
  '/conf',
  '/dropins',
  '/lib',
  '/repository',
  '/repository/deployment',
  '/repository/deployment/server',
  '/repository/deployment/server/carbonapps',
  '/repository/resources',
  '/repository/resources/security',
];

/** What is known of an MI image's files without reading its layers: nothing when its server is outside /home. */
export function miFiles({ serverHome, userHome, uid, gid, carbonapps, deploymentToml }: MiImage): MiFiles {
  const own = { uid, gid, mode: 0o755 };
  if (userHome === serverHome) return { directories: {}, open: [], files: {}, users: {}, groups: {} };
  const user = userHome.slice(userHome.lastIndexOf('/') + 1);
  return {
    directories: {
      '/home': { uid: 0, gid: 0, mode: 0o755 },
      [userHome]: own,
      ...Object.fromEntries(SERVER_FOLDERS.map((folder) => [`${serverHome}${folder}`, own])),
    },
    open: [carbonapps, `${serverHome}/conf`, `${serverHome}/lib`, `${serverHome}/dropins`],
    files: { [deploymentToml]: { uid, gid, mode: 0o644 } },
    // docker-mi: groupadd wso2, useradd wso2carbon.
    users: user === 'wso2carbon' ? { wso2carbon: { uid, gid } } : {},
    groups: user === 'wso2carbon' ? { wso2: gid } : {},
  };
}

/** The image that WSO2 publishes for a version of MI. */
export function defaultBase(runtimeVersion: string): string {
  return `wso2/wso2mi:${runtimeVersion}`;
}
