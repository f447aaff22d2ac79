import type { ErrorCode } from '../base/errors.ts';
import { codes as base } from '../base/codes.ts';
import { codes } from './codes.ts';

/** One known way in which apictl fails. The first row that matches its output is the cause. */
export interface ApictlFailure {
  readonly seen: RegExp;
  readonly code: ErrorCode;
  /** The one line; named groups of the pattern stand in {braces}. */
  readonly says: string;
}

/** Built on recorded output of 4.2.0, 4.5.0 and 4.7.0 (test/fixtures/apictl). */
export const apictlFailures: readonly ApictlFailure[] = [
  {
    seen: /no space left on device|disk quota exceeded/,
    code: codes.SCRATCH_FULL,
    says: 'the disk is full, and apictl needs room for two copies of an archive',
  },
  {
    seen: /authorization failed during CLI client registration process/,
    code: codes.APIM_LOGIN_REFUSED,
    says: 'client registration refuses user name and password',
  },
  {
    seen: /(?:access token|OAuth [Tt]okens?|Error calling|Error exporting Application:)[\s\S]*Status: (?<status>40[01] [\w ]+)/,
    code: codes.APIM_LOGIN_REFUSED,
    says: 'the token endpoint refuses user name and password: {status}',
  },
  {
    seen: /inappropriate ioctl for device|Username:|Password:/,
    code: codes.APIM_LOGIN_REFUSED,
    says: 'apictl asks for credentials: the ones it was given are incomplete',
  },
  {
    seen: /(?:Request didn't respond 200 OK|Unable to connect\. Status): (?<status>\d{3} [\w ]+)/,
    code: codes.APIM_ERROR,
    says: 'registration or token endpoint answers {status}',
  },
  {
    seen: /access_token not found|looking for beginning of value|unexpected end of JSON input/,
    code: codes.APIM_NOT_APIM,
    says: 'registration or token endpoint answers something that is not theirs',
  },
  {
    seen: /x509: (?<reason>[^\n]+)/,
    code: base.SERVICE_TLS,
    says: 'the certificate of API Manager is not trusted: {reason}',
  },
  {
    seen: /context deadline exceeded|Client\.Timeout exceeded/,
    code: base.SERVICE_TIMEOUT,
    says: 'API Manager did not answer within request-timeout',
  },
  {
    seen: /(?<reason>connection refused|no such host|connection reset by peer|unexpected EOF|no route to host|i\/o timeout)/,
    code: base.SERVICE_UNREACHABLE,
    says: 'API Manager cannot be reached: {reason}',
  },
  {
    seen: /(?:(?:Error exporting API(?: Product)?: |Reason: |Status: )401 Unauthorized|Error \{"code": ?401\b)/,
    code: codes.APIM_UNAUTHORIZED,
    says: 'the publisher does not accept the token (401)',
  },
  {
    seen: /(?:(?:Error exporting API(?: Product)?: |Reason: |Status: )403 Forbidden|Error \{"code": ?403\b)/,
    code: codes.APIM_FORBIDDEN,
    says: 'the user may not do that (403)',
  },
  {
    seen: /(?:Error exporting API(?: Product)?: 404 Not Found|Error \{"code": ?404\b)/,
    code: codes.API_NOT_FOUND,
    says: 'the API does not exist (404)',
  },
  {
    seen: /Maximum number of revisions/i,
    code: codes.REVISION_LIMIT,
    says: 'the API has five revisions already',
  },
  {
    seen: /(?:Reason: |Status: )409 Conflict/,
    code: codes.API_CONFLICT,
    says: 'the API collides with what is there (409)',
  },
  {
    seen: /(?:Error exporting API(?: Product)?: |Reason: |Status: )(?<status>429 Too Many Requests|50[234] [\w ]+)/,
    code: codes.APIM_BUSY,
    says: 'API Manager is not ready: {status}',
  },
  {
    seen: /Environment '[^']*' does not exist|configs value is empty/,
    code: codes.PARAMS_INVALID,
    says: 'apictl does not find the environment in the params file',
  },
  {
    seen: /(?<name>\$\{\w+\}) is required, please set the environment variable/,
    code: codes.ARCHIVE_INVALID,
    says: 'a policy in the archive holds {name}, which apictl takes for a variable',
  },
  {
    seen: /not a valid zip file|invalid API archive|illegal file path|Error creating the final zip archive/,
    code: codes.ARCHIVE_INVALID,
    says: 'what the server sent (or the archive given) is not an API archive',
  },
  {
    seen: /unknown flag: (?<flag>\S+)|unknown command (?<command>\S+)/,
    code: codes.APICTL_VERSION,
    says: 'this apictl does not know {flag}{command}',
  },
  { seen: /^panic: /m, code: codes.APICTL_FAILED, says: 'apictl crashed' },
  {
    seen: /(?:Error exporting API(?: Product)?: |Status: )(?<status>\d{3} [\w ]+)/,
    code: codes.APIM_ERROR,
    says: 'the publisher answers {status}',
  },
  {
    seen: /"code": ?"?\d+"?, ?"message"/,
    code: codes.APIM_ERROR,
    says: 'the publisher answers with an error',
  },
];

/** The row that explains an output, and its one line. */
export function explain(output: string): { readonly code: ErrorCode; readonly says: string } | undefined {
  for (const { seen, code, says } of apictlFailures) {
    const found = seen.exec(output);
    if (found === null) continue;
    return { code, says: says.replace(/\{(\w+)\}/g, (_, name: string) => found.groups?.[name]?.trim() ?? '') };
  }
  return undefined;
}

/** The server's own words in apictl's output: the description of an error in JSON. */
export function serverWords(output: string): string | undefined {
  for (const [json] of output.matchAll(/\{"code".*\}/g)) {
    try {
      const { description, message } = JSON.parse(json) as { description?: unknown; message?: unknown };
      const words = [description, message].find((each) => typeof each === 'string' && each !== '');
      if (typeof words === 'string') return words;
    } catch {
      // Cut or followed by other text: the evidence shows it whole.
    }
  }
  return undefined;
}
