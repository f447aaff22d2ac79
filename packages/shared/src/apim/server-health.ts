/** What an API Manager says about itself: questions and how to read the answers. Pure. */

/** An API by the name and version that a gateway knows it by. */
export interface ApiName {
  readonly name: string;
  readonly version: string;
}

/** The servlet port of every profile, HTTPS. */
export const servletPort = 9443;
/** The text of every profile that names product and version. */
export const versionPath = '/services/Version';
/**
 * 200 once the gateway has deployed everything at its start, 500 until then, without a login
 * (ServerStartupHealthcheckApiServiceImpl; from 4.1 on).
 */
export const startupPath = '/api/am/gateway/v2/server-startup-healthcheck';

/** "4.3.0", or "4.3.0.12" where the update level is part of it; undefined when the answer is not an API Manager's. */
export function apimVersion(answer: string): string | undefined {
  return /WSO2 API Manager[- ]v?(?<version>\d+(?:\.\d+)+(?:-[A-Za-z0-9]+)?)/.exec(answer)?.groups?.version;
}

/** Where a gateway answers 200 for an API that it holds and 404 for one that it does not (login: an administrator). */
export function artifactPath({ name, version }: ApiName): string {
  const query = new URLSearchParams({ apiName: name, version, tenantDomain: 'carbon.super' });
  return `/api/am/gateway/v2/api-artifact?${query.toString()}`;
}

/** `PizzaShackAPI:1.0.0`; undefined when it is not that. */
export function parseApiName(text: string): ApiName | undefined {
  const groups = /^(?<name>[^:,\s]+):(?<version>[^:,\s]+)$/.exec(text)?.groups;
  return groups === undefined ? undefined : { name: groups.name ?? '', version: groups.version ?? '' };
}
