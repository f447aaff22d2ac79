/** The management API of one Micro Integrator. */
import { ServiceError } from '../base/errors.ts';
import type { Ports } from '../base/ports.ts';
import { codes } from './codes.ts';
import type { RunningApplications } from './running-applications.ts';
import { parseApplications } from './running-applications.ts';

export interface ManagementLogin {
  readonly username: string;
  readonly password: string;
}

export interface ManagementServer {
  /** For example https://localhost:41234. */
  readonly baseUrl: string;
  /** Certificate authorities to trust, PEM. */
  readonly ca?: string | undefined;
}

/**
 * Logs in and lists the carbon applications.
 * @throws ServiceError MI_MANAGEMENT_REFUSED (credentials), MI_MANAGEMENT_FAILED, SERVICE_TLS, SERVICE_UNREACHABLE
 */
export async function readRunningApplications(
  { http, secrets }: Pick<Ports, 'http' | 'secrets'>,
  { baseUrl, ca }: ManagementServer,
  { username, password }: ManagementLogin,
): Promise<RunningApplications> {
  const get = async (path: string, authorization: string) => {
    const url = `${baseUrl}${path}`;
    const headers = { authorization, accept: 'application/json' };
    const response = await http.request({ method: 'GET', url, headers, ...(ca === undefined ? {} : { ca }) });
    if (response.status === 200) return response.text();
    const refused = response.status === 401 || response.status === 403;
    throw new ServiceError(
      refused ? codes.MI_MANAGEMENT_REFUSED : codes.MI_MANAGEMENT_FAILED,
      `MI's management API answers ${response.status} to GET ${path}`,
      { method: 'GET', url, status: response.status },
    );
  };
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  secrets.register(basic);
  const token = accessToken(await get('/management/login', `Basic ${basic}`));
  if (token === undefined) throw unexpected('/management/login');
  secrets.register(token);
  const applications = parseApplications(jsonOf(await get('/management/applications', `Bearer ${token}`)));
  if (applications === undefined) throw unexpected('/management/applications');
  return applications;
}

function accessToken(body: string): string | undefined {
  const parsed = jsonOf(body);
  const token: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'AccessToken') : undefined;
  return typeof token === 'string' && token !== '' ? token : undefined;
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function unexpected(path: string): ServiceError {
  return new ServiceError(codes.MI_MANAGEMENT_FAILED, `MI's management API gives no usable answer to GET ${path}`, {
    method: 'GET',
    url: path,
  });
}
