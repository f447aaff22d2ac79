import type { ErrorCode, Location } from '../base/errors.ts';
import { ToolError } from '../base/errors.ts';
import { codes as baseCodes } from '../base/codes.ts';
import type { ExecResult } from '../base/ports.ts';
import { neutralise, oneLine } from '../base/text.ts';
import { codes } from './codes.ts';
import { describeRight, missingRight, rightRemedy } from './rbac.ts';

/** A failure of kubectl that is recognised by its words. */
export interface KnownFailure {
  readonly code: ErrorCode;
  /** One line, without the code. */
  readonly message: string;
  /** When more is known than the code's general remedy. */
  readonly remedy?: string;
}

interface Row {
  readonly code: ErrorCode;
  readonly pattern: RegExp;
  readonly says: (found: Readonly<Record<string, string>>, line: string) => string;
  readonly remedy?: (found: Readonly<Record<string, string>>) => string;
}

/**
 * What kubectl (and kubectl proxy, with the same words of the same library) prints, from recordings of kubectl 1.32
 * against Kubernetes 1.33. All of these end with exit code 1. The first row that matches counts: causes stand before
 * what they lead to.
 */
const table: readonly Row[] = [
  {
    code: codes.KUBERNETES_REFUSED,
    pattern: /failed calling webhook "(?<webhook>[^"]+)": (?:failed to call webhook: )?(?<why>.+)/,
    says: ({ webhook, why }) => `the admission webhook ${webhook ?? ''} does not answer: ${why ?? ''}`,
    remedy: ({ webhook }) =>
      `Look at the service behind ${webhook ?? 'the webhook'}: until it answers, nothing that it guards can be changed.`,
  },
  {
    code: codes.KUBERNETES_CREDENTIALS_PLUGIN,
    pattern: /getting credentials: (?:exec: )?(?<what>.+)/,
    says: ({ what }) => `the credential plugin of the kubeconfig failed: ${what ?? ''}`,
  },
  {
    code: codes.KUBECONFIG_CONTEXT_UNKNOWN,
    pattern: /cannot locate context (?<context>\S+)|context "(?<quoted>[^"]+)" does not exist/,
    says: ({ context, quoted }) => `the kubeconfig has no context ${context ?? quoted ?? ''}`,
  },
  {
    code: codes.KUBECONFIG_MISSING,
    pattern: /current-context must exist|^error: stat (?<file>\S+): no such file or directory$/m,
    says: ({ file }) =>
      file === undefined ? 'no kubeconfig names a current context' : `the kubeconfig ${file} does not exist`,
  },
  {
    code: codes.KUBECONFIG_INVALID,
    pattern: /error loading config file "(?<file>[^"]+)": (?<why>.+)|invalid configuration: (?<what>.+)/,
    says: ({ why, what }) => `the kubeconfig cannot be read: ${why ?? what ?? ''}`,
  },
  {
    code: codes.KUBERNETES_TLS,
    pattern: /(?<why>(?:tls|x509): .+)/,
    says: ({ why = '' }) =>
      /x509|verify|certificate/.test(why)
        ? `the certificate of the API server is not trusted: ${why}`
        : `no TLS connection to the API server comes about: ${why}`,
  },
  {
    code: codes.KUBERNETES_UNAUTHORIZED,
    pattern:
      /You must be logged in to the server|\(Unauthorized\)|the server has asked for the client to provide credentials/,
    says: () => 'the API server does not accept the credentials of the kubeconfig',
  },
  {
    code: codes.KUBERNETES_UNREACHABLE,
    pattern:
      /The connection to the server (?<server>\S+) was refused|dial tcp (?<address>\S+?):? (?<why>.*(?:refused|timeout|unreachable|no route).*)/,
    says: ({ server, address }) => `the API server ${server ?? address ?? ''} refuses connections or is not there`,
  },
  {
    code: codes.KUBERNETES_UNREACHABLE,
    pattern: /dial tcp: lookup (?<host>\S+).*: (?<why>no such host|server misbehaving|i\/o timeout)/,
    says: ({ host, why }) => `the name of the API server, ${host ?? ''}, cannot be resolved: ${why ?? ''}`,
  },
  {
    code: codes.KUBERNETES_UNREACHABLE,
    pattern:
      /Unable to connect to the server: (?<why>.+)|net\/http: (?<timeout>.*timeout.*)|context deadline exceeded|unexpected EOF|(?:^|: )EOF$|connection reset by peer|http2: client connection lost/m,
    says: ({ why, timeout }, line) => `the API server cannot be reached: ${why ?? timeout ?? line}`,
  },
  {
    code: codes.KUBERNETES_FORBIDDEN,
    pattern: /(?<all>.*is forbidden: User "[^"]*" cannot .+)/,
    says: ({ all = '' }) => {
      const right = missingRight(all);
      return right === undefined ? all : `${right.user} may not ${describeRight(right)}`;
    },
    remedy: ({ all = '' }) => {
      const right = missingRight(all);
      return right === undefined ? codes.KUBERNETES_FORBIDDEN.remedy : rightRemedy(right);
    },
  },
  {
    code: codes.KUBERNETES_REFUSED,
    pattern:
      /(?<object>\S+ "[^"]+") is forbidden: (?<why>.+)|admission webhook (?<webhook>"[^"]+" denied the request.*)/,
    says: ({ object, why, webhook }) =>
      webhook === undefined ? `${object ?? ''} is refused: ${why ?? ''}` : `admission webhook ${webhook}`,
  },
  {
    code: codes.KUBERNETES_FIELD_CONFLICT,
    pattern: /Apply failed with \d+ conflicts?: (?<what>[\s\S]+?)\nPlease review/,
    says: ({ what = '' }) => `another field manager owns what the manifest sets: ${oneLine(what, 600)}`,
  },
  {
    code: codes.KUBERNETES_CONFLICT,
    pattern: /Operation cannot be fulfilled on (?<what>.+?): the object has been modified/,
    says: ({ what }) => `${what ?? ''} was changed by someone else meanwhile`,
  },
  {
    code: codes.KUBERNETES_KIND_UNKNOWN,
    pattern: /no matches for kind "(?<kind>[^"]+)" in version "(?<version>[^"]+)"/,
    says: ({ kind, version }) => `the cluster does not know the kind ${kind ?? ''} in ${version ?? ''}`,
  },
  {
    code: codes.KUBERNETES_INVALID,
    pattern: /strict decoding error: (?<why>.+)/,
    says: ({ why }) => `the manifest has a field that its kind does not know: ${why ?? ''}`,
  },
  {
    code: codes.KUBERNETES_INVALID,
    pattern: /The (?<object>\S+ "[^"]*") is invalid: (?<why>[\s\S]+)/,
    says: ({ object, why = '' }) => `${object ?? ''} is invalid: ${oneLine(why, 600)}`,
  },
  {
    code: codes.KUBERNETES_INVALID,
    pattern: /error (?:parsing|converting YAML|validating) (?<why>.+)/,
    says: ({ why }) => `the manifest cannot be read: ${why ?? ''}`,
  },
  {
    code: codes.KUBERNETES_NOT_FOUND,
    pattern: /namespaces "(?<namespace>[^"]+)" not found/,
    says: ({ namespace }) => `the namespace ${namespace ?? ''} does not exist`,
    remedy: ({ namespace }) =>
      `Create it first (kubectl create namespace ${namespace ?? ''}) or correct the input namespace.`,
  },
  {
    code: codes.KUBERNETES_NOT_FOUND,
    pattern: /(?<resource>[\w.]+) "(?<name>[^"]+)" not found/,
    says: ({ resource, name }) => `${resource ?? ''} "${name ?? ''}" does not exist`,
  },
  {
    code: codes.KUBERNETES_FAILED,
    pattern:
      /Error from server \((?<reason>InternalError|Timeout|ServiceUnavailable|TooManyRequests|ServerTimeout)\): (?<why>.+)/,
    says: ({ reason, why }) => `the API server failed (${reason ?? ''}): ${why ?? ''}`,
  },
];

/** Looks what kubectl said up in the table; undefined when nothing fits. */
export function knownFailure(words: string): KnownFailure | undefined {
  const clean = neutralise(words);
  for (const row of table) {
    const match = row.pattern.exec(clean);
    if (match === null) continue;
    const found = Object.fromEntries(
      Object.entries(match.groups ?? {}).filter(([, value]) => (value as string | undefined) !== undefined),
    );
    const line = oneLine(match[0], 300);
    return {
      code: row.code,
      message: oneLine(row.says(found, line), 800),
      ...(row.remedy === undefined ? {} : { remedy: row.remedy(found) }),
    };
  }
  return undefined;
}

/** The error for a run of kubectl that failed: the known cause, or its last line. */
export function kubectlError(run: {
  command: readonly string[];
  result: ExecResult;
  location?: Location | undefined;
}): ToolError {
  const { command, result } = run;
  const words = `${result.stderr}\n${result.stdout}`.trim();
  const known = knownFailure(result.stderr);
  const ended = result.signal === null ? `exit code ${String(result.exitCode)}` : `signal ${result.signal}`;
  const last = oneLine(neutralise(result.stderr).trim().split('\n').at(-1) ?? '', 300);
  const message = known?.message ?? `kubectl failed (${ended})${last === '' ? '' : `: ${last}`}`;
  return new ToolError(known?.code ?? baseCodes.TOOL_FAILED, message, {
    command,
    exitCode: result.exitCode,
    location: run.location,
    evidence: words === '' ? undefined : words,
    ...(known?.remedy === undefined ? {} : { remedy: known.remedy }),
  });
}
