/**
 * What the server would misread in a deployment.toml without a word: it checks neither names nor kinds. Names of tables
 * and keys from the configuration templates of wso2/product-micro-integrator (distribution/src/resources/config-tool)
 * and, for internal_apis, datasource and service_catalog, from the documentation. Pure.
 */
import { didYouMean, editDistance } from '../base/suggest.ts';

export interface TomlFinding {
  readonly severity: 'error' | 'warning';
  /** A full sentence, with what the server makes of it. */
  readonly message: string;
  readonly line: number;
}

/** Tables that the server takes a list of: [[name]]. */
const lists: readonly string[] = [
  'datasource',
  'internal_apis.users',
  'service_catalog',
  'synapse_handlers',
  ...['jms', 'rabbitmq'].flatMap((transport) =>
    ['transport', 'transport.blocking'].flatMap((prefix) => [
      `${prefix}.${transport}.listener`,
      `${prefix}.${transport}.sender`,
    ]),
  ),
  'transport.mail.sender',
  'transport.blocking.mail.sender',
  'transport.http.proxy_profile',
  'transport.http.secured_proxy_profile',
];

const keystore = ['file_name', 'type', 'password', 'alias', 'key_password'];

/** Keys of tables that are fully known. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  server: [
    ...['hostname', 'offset', 'node_ip', 'hot_deployment', 'enable_mtom', 'enable_swa', 'enableMTOM', 'enableSwA'],
    ...['userAgent', 'serverDetails', 'server_details', 'user_agent', 'roles', 'preserve', 'proxy_context_path'],
    ...['synapse_config_file_path', 'synapse_config_home_directory', 'synapse_config_resolve_root'],
    ...['synapse_config_server_name', 'hide_admin_service_wsdl', 'enable_security_deployment_interceptor'],
    ...['cache_attachments', 'attachment_dir', 'size_threshold', 'disable_rest', 'sandesha2_storage_manager'],
    ...['service_path', 'strict_service_path_validation', 'services_directory', 'modules_directory', 'blocking'],
    ...['send_stacktrace_details_with_faults', 'drill_down_to_root_cause_for_fault_reason', 'web_context_root'],
    ...['manage_transport_session', 'config_context_timeout_interval', 'enable_basic_auth', 'hot_update'],
    ...['gracefulShutdownEnabled', 'gracefulShutdownTimeout', 'graceful_shutdown_enabled', 'graceful_shutdown_timeout'],
    ...['get_request_processor', 'http_content_negotiation', 'identity_server_username', 'identity_server_password'],
  ],
  'keystore.primary': keystore,
  'keystore.tls': keystore,
  'keystore.internal': keystore,
  truststore: ['file_name', 'location', 'type', 'password', 'alias', 'algorithm'],
  super_admin: ['username', 'password', 'admin_role', 'create_admin_account'],
  'internal_apis.file_user_store': ['enable'],
  'management_api.cors': ['enable', 'enabled', 'allowed_origins', 'allowed_headers'],
};

/** Tables that may be meant when a name is nearly one of them. */
const tables: readonly string[] = [
  ...Object.keys(keysOf),
  ...lists,
  ...['mediation', 'user_store', 'encryption', 'secrets', 'management_api', 'transport.http', 'transport.vfs.listener'],
];

/** Passwords that every installation has: no secret. */
const published: ReadonlySet<string> = new Set(['wso2carbon', 'admin']);
const secretKey = /(?:^|[._])'?(?:\w*password|secret|client_secret|api_key|access_key|secret_key)'?$/i;

/** Looks through the lines of a file that is valid TOML. */
export function checkDeploymentToml(text: string): TomlFinding[] {
  const findings: TomlFinding[] = [];
  let table = '';
  // A text over several lines may hold anything.
  const lines = text.replace(/("""|''')[\s\S]*?\1/g, (whole) => whole.replace(/[^\n]/g, 'x')).split('\n');
  lines.forEach((content, index) => {
    const line = index + 1;
    const [, brackets, name] = /^\s*(\[{1,2})\s*([^\][]+?)\s*\]{1,2}\s*(?:#.*)?$/.exec(content) ?? [];
    if (brackets !== undefined && name !== undefined) {
      table = name.replace(/\s*\.\s*/g, '.');
      findings.push(...headerFindings(table, brackets === '[[', line));
      return;
    }
    const [, key, value] = /^\s*([\w.'"-]+(?:\s*\.\s*[\w.'"-]+)*)\s*=\s*(.*?)\s*$/.exec(content) ?? [];
    if (key !== undefined && value !== undefined) findings.push(...keyFindings(table, key, value, line));
  });
  return findings;
}

function headerFindings(name: string, isList: boolean, line: number): TomlFinding[] {
  if (lists.includes(name) && !isList) {
    const message = `[${name}] is one table, and the server reads a list: write [[${name}]]. As it stands each value in it is taken for an entry.`;
    return [{ severity: 'error', message, line }];
  }
  if (keysOf[name] !== undefined && isList) {
    const message = `[[${name}]] is a list, and the server reads one table: write [${name}]. As it stands nothing in it is read.`;
    return [{ severity: 'error', message, line }];
  }
  if (tables.includes(name) || tables.some((table) => name.startsWith(`${table}.`) || table.startsWith(`${name}.`)))
    return [];
  // Many tables are open (transports, names of one's own): only what is one slip away from a known one is told.
  const meant = tables.find((table) => editDistance(name, table) === 1);
  if (meant === undefined) return [];
  const message = `The server has no table '${name}' and says nothing about it. Did you mean '${meant}'?`;
  return [{ severity: 'warning', message, line }];
}

function keyFindings(table: string, key: string, value: string, line: number): TomlFinding[] {
  const known = keysOf[table];
  const [first = key] = key.split('.');
  const unknown: TomlFinding[] =
    known === undefined || known.includes(first.trim())
      ? []
      : [
          {
            severity: 'warning',
            message: `The server knows no key '${key}' in [${table}] and says nothing about it.${didYouMean(key, known)}`,
            line,
          },
        ];
  return [...unknown, ...secretFindings(table, key, value, line)];
}

function secretFindings(table: string, key: string, value: string, line: number): TomlFinding[] {
  const [, text] = /^["'](.*)["']\s*(?:#.*)?$/.exec(value) ?? [];
  if (text === undefined || text === '') return [];
  if (table === 'secrets') {
    if (!/^\[.*\]$/.test(text)) return [];
    const message = `The secret '${key}' stands in clear in [secrets]: encrypt it with the cipher tool, or take it from the environment ($env{…}).`;
    return [{ severity: 'warning', message, line }];
  }
  const isReference = /\$(?:env|secret|sys|ref)\{/.test(text);
  if (!secretKey.test(key) || isReference || published.has(text)) return [];
  const message = `'${key}' in [${table}] holds a password in clear, which everybody sees who has the image: use $env{…} or $secret{…}.`;
  return [{ severity: 'warning', message, line }];
}
