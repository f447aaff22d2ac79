import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { formatYaml, parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { fail, type Terminal } from './outcome.ts';

/** One environment, as main_config.yaml keeps it. */
export interface Environment {
  apim: string;
  publisher: string;
  devportal: string;
  registration: string;
  admin: string;
  token: string;
}

interface MainConfig {
  config: { http_request_timeout: number; export_directory: string; [key: string]: unknown };
  environments: Record<string, Environment>;
}

/** What `login` leaves in keys.json for one environment, decoded. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accessToken: string;
}

type StoredKeys = Record<string, { apim?: Record<string, string>; mi?: Record<string, string> }>;

/** APICTL_CONFIG_DIR: settings, environments and credentials. */
export class ConfigFolder {
  readonly exportedDefault: string;
  readonly certificates: string;
  readonly keysPath: string;
  readonly #mainPath: string;
  readonly #terminal: Terminal;

  /** Creates what is missing. @param base APICTL_CONFIG_DIR */
  constructor(terminal: Terminal, base: string) {
    this.#terminal = terminal;
    const settings = `${base}/.wso2apictl`;
    this.#mainPath = `${settings}/main_config.yaml`;
    this.exportedDefault = `${settings}/exported`;
    this.certificates = `${settings}/certs`;
    this.keysPath = `${base}/.wso2apictl.local/keys.json`;
    try {
      for (const kind of ['apis', 'api-products', 'apps', 'migration']) {
        mkdirSync(join(this.exportedDefault, kind), { recursive: true });
      }
      mkdirSync(this.certificates, { recursive: true });
      mkdirSync(`${base}/.wso2apictl.local`, { recursive: true });
    } catch {
      // The real one goes on as well and stumbles over the first file that it writes.
    }
    if (!existsSync(this.#mainPath)) this.#writeMain({ config: this.#defaults(), environments: {} });
    this.#writeOnce(`${this.#mainPath}.sample`, formatYaml({ config: this.#defaults(), environments: {} }), 0o777);
    this.#writeOnce(`${base}/.wso2apictl.local/env_keys_all.yaml`, '', 0o666);
  }

  /** Where exports go. */
  get exported(): string {
    return this.#main().config.export_directory;
  }

  get timeoutMs(): number {
    return this.#main().config.http_request_timeout;
  }

  get path(): string {
    return this.#mainPath;
  }

  set(changes: Readonly<Record<string, unknown>>): void {
    const main = this.#main();
    this.#writeMain({ ...main, config: { ...main.config, ...changes } });
  }

  environments(): Readonly<Record<string, Environment>> {
    return this.#main().environments;
  }

  environment(name: string): Environment | undefined {
    return this.environments()[name];
  }

  addEnvironment(name: string, environment: Environment): void {
    const main = this.#main();
    main.environments[name] = environment;
    this.#writeMain(main);
  }

  credentials(environment: string): Credentials | undefined {
    const stored = this.#keys()[environment]?.apim;
    if (stored === undefined) return undefined;
    const decoded = (key: string) => Buffer.from(stored[key] ?? '', 'base64').toString('utf8');
    const credentials = {
      username: decoded('username'),
      password: decoded('password'),
      clientId: decoded('clientId'),
      clientSecret: decoded('clientSecret'),
      accessToken: decoded('accessToken'),
    };
    const usable = credentials.accessToken !== '' || credentials.clientId !== '';
    return usable ? credentials : undefined;
  }

  store(environment: string, credentials: Credentials): void {
    const encoded = Object.fromEntries(
      Object.entries(credentials).map(([key, value]) => [key, Buffer.from(value as string, 'utf8').toString('base64')]),
    );
    const mi = { username: '', password: '', accessToken: '' };
    this.#writeKeys({ ...this.#keys(), [environment]: { apim: encoded, mi } });
  }

  forget(environment: string): void {
    const keys = this.#keys();
    this.#writeKeys(Object.fromEntries(Object.entries(keys).filter(([name]) => name !== environment)));
  }

  #defaults(): MainConfig['config'] {
    return {
      http_request_timeout: 10_000,
      export_directory: this.exportedDefault,
      kubernetes_mode: false,
      token_type: 'JWT',
      vcs_deletion_enabled: false,
      vcs_config_file_path: '',
      vcs_source_repo_path: '',
      vcs_deployment_repo_path: '',
      'tls-renegotiation-mode': 'never',
      ai_thread_count: 3,
      ai_token: '',
    };
  }

  #main(): MainConfig {
    const main = parseYaml(readFileSync(this.#mainPath, 'utf8')) as Partial<MainConfig> | null;
    if (main?.config === undefined || main.config.export_directory === '') {
      fail(this.#terminal, `Error reading ${this.#mainPath}.`, 'exportDirectory cannot be blank');
    }
    return { config: main.config, environments: main.environments ?? {} };
  }

  #writeMain(main: MainConfig): void {
    const text = formatYaml({ ...main, 'mgw-clusters': {} }).replaceAll(`''`, '""');
    try {
      writeFileSync(this.#mainPath, text, { mode: 0o644 });
    } catch {
      const reason = `open ${this.#mainPath}: no such file or directory`;
      fail(this.#terminal, 'Unable to write configuration to file.', reason);
    }
  }

  #writeOnce(path: string, text: string, mode: number): void {
    if (!existsSync(path)) writeFileSync(path, text, { mode });
  }

  #keys(): StoredKeys {
    if (!existsSync(this.keysPath)) return {};
    const text = readFileSync(this.keysPath, 'utf8');
    try {
      return (JSON.parse(text) as { environments: StoredKeys }).environments;
    } catch {
      fail(this.#terminal, 'Error getting credentials', 'unexpected end of JSON input');
    }
  }

  #writeKeys(environments: StoredKeys): void {
    const text = JSON.stringify({ environments, 'mgw-clusters': {} }, null, 2);
    writeFileSync(this.keysPath, text, { mode: 0o777 });
  }
}
