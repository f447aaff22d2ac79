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

/** The image that WSO2 publishes for a version of MI. */
export function defaultBase(runtimeVersion: string): string {
  return `wso2/wso2mi:${runtimeVersion}`;
}
