import type { Http } from '../base/ports.ts';
import type { ApictlVersion } from './apictl-release.ts';
import type { ApimEnvironment } from './environments.ts';

/**
 * The version that an API Manager tells at /services/Version, for example 4.5.0; undefined when it does not tell: the
 * page is often closed from outside, which is no failure.
 */
export async function serverVersion(
  environment: ApimEnvironment,
  { http }: { readonly http: Http },
  options: { readonly ca: string | undefined; readonly timeoutMs: number },
): Promise<ApictlVersion | undefined> {
  try {
    const answer = await http.request({
      method: 'GET',
      url: `${environment.publisher}/services/Version`,
      redirect: 'manual',
      attempts: 1,
      timeoutMs: options.timeoutMs,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    });
    const found = answer.status === 200 ? /WSO2 API Manager-(\d+)\.(\d+)\.(\d+)/.exec(answer.text()) : null;
    return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3])];
  } catch {
    // Whatever is wrong with the connection is told by the calls that matter.
    return undefined;
  }
}

/**
 * Why an apictl does not fit an API Manager, or undefined when it does: the REST API's version is compiled into
 * apictl, and each minor release of it is tested with that minor release of API Manager.
 */
export function misfit(apictl: ApictlVersion, server: ApictlVersion | undefined, shown: string): string | undefined {
  if (server === undefined) return undefined;
  const minorOf = ([major, minor]: ApictlVersion) => `${major}.${minor}`;
  if (minorOf(apictl) === minorOf(server)) return undefined;
  return (
    `apictl ${apictl.join('.')} was made for API Manager ${minorOf(apictl)}, and ${shown} is ${server.join('.')}: ` +
    `use the latest apictl ${minorOf(server)}.x, or engine: rest`
  );
}
