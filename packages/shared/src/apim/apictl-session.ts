import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codes as base } from '../base/codes.ts';
import { ToolError, type ErrorCode } from '../base/errors.ts';
import type { Clock, Exec, ExecResult, Files, Log, Secrets } from '../base/ports.ts';
import { pauseBefore } from '../base/retry.ts';
import { neutralise, oneLine, tail } from '../base/text.ts';
import * as apictl from './apictl.ts';
import type { ApictlCommand, ExportedKind, ImportFlags, RevisionChoice } from './apictl.ts';
import { explain, serverWords } from './apictl-failures.ts';
import { features, parseVersion, type ApictlVersion } from './apictl-release.ts';
import { readArchive, requireApi, type ApiProject } from './archive.ts';
import { skippedIn } from './applications.ts';
import { codes } from './codes.ts';
import type { Credentials } from './credentials.ts';
import type { Engine } from './engine.ts';
import type { ApimEnvironment } from './environments.ts';

export interface ApictlOptions {
  /** Absolute path of the program. */
  readonly program: string;
  /** A certificate authority to trust, PEM. */
  readonly ca: string | undefined;
  /** apictl's limit for each of its requests, in milliseconds. */
  readonly requestTimeoutMs: number;
}

interface SessionPorts {
  readonly clock: Clock;
  readonly cancelled: AbortSignal;
  readonly exec: Exec;
  readonly files: Files;
  readonly log: Log;
  readonly secrets: Secrets;
}

/** A command makes two or three requests and starts in well under a second. */
const requestsPerCommand = 4;
const startAllowanceMs = 15_000;

/**
 * apictl lives for a fraction of a second, a quarter of which its Go runtime spends on collecting garbage. Up to this
 * much memory it need not.
 */
const withoutCollector = { GOGC: 'off', GOMEMLIMIT: '256MiB' };

/** How often a command is run in all; apictl itself tries each request once. */
const attempts = 3;

/** The server turned the request away at the door, or there was no door: it has done nothing. */
const turnedAway = /429 Too Many Requests|connection refused|no such host/;

/**
 * apictl with a private configuration folder. Log in to all environments first, one after the other: commands that
 * write the configuration lose each other's entries. Exports and imports may then run side by side.
 */
export class ApictlSession implements Engine {
  readonly name = 'apictl';
  readonly version: ApictlVersion;
  readonly #options: ApictlOptions;
  readonly #ports: SessionPorts;
  /** APICTL_CONFIG_DIR and everything else of this session; 0700, removed at the end of the action. */
  readonly #folder: string;

  private constructor(options: ApictlOptions, ports: SessionPorts, folder: string, found: ApictlVersion) {
    this.#options = options;
    this.#ports = ports;
    this.#folder = folder;
    this.version = found;
  }

  /** @throws ToolError APICTL_VERSION, and whatever a failing apictl means */
  static async open(options: ApictlOptions, ports: SessionPorts): Promise<ApictlSession> {
    const folder = await ports.files.privateFolder('apictl');
    const certificates = join(folder, 'config/.wso2apictl/certs');
    await mkdir(certificates, { recursive: true });
    if (options.ca !== undefined) await writeFile(join(certificates, 'authority.pem'), options.ca);
    const unknown = new ApictlSession(options, ports, folder, [0, 0, 0]);
    const told = await unknown.#run(apictl.version);
    const found = parseVersion(told.stdout);
    if (found === undefined || !features.publisherV4(found)) {
      const message = found === undefined ? 'it does not tell its version' : `it is ${found.join('.')}, older than 4.2`;
      throw unknown.#failure(
        codes.APICTL_VERSION,
        `${options.program} cannot be used: ${message}`,
        apictl.version,
        told,
      );
    }
    const session = new ApictlSession(options, ports, folder, found);
    await session.#run(apictl.limitRequests(options.requestTimeoutMs));
    return session;
  }

  /** Adds an environment and logs in. @throws ToolError APIM_LOGIN_REFUSED and others */
  async login(environment: ApimEnvironment, credentials: Credentials): Promise<void> {
    await this.#run(apictl.addEnvironment(environment));
    if (credentials.kind === 'password') {
      await this.#run(apictl.login(environment.name, credentials.username), credentials.password);
    } else {
      await this.#keepToken(environment.name, credentials.token);
    }
  }

  /**
   * Exports an API (product, application) and proves it: a fresh archive with one root that holds it.
   * @throws ToolError with the cause, InputError ARCHIVE_INVALID
   */
  async export(
    name: string,
    apiVersion: string,
    environment: string,
    revision: RevisionChoice,
    of: ExportedKind = {},
  ): Promise<ApiProject> {
    const { kind = 'api' } = of;
    const wish = { name, version: apiVersion, revision, ...of };
    const command = apictl.exportProject(wish, environment, features.productVersion(this.version));
    const target = join(this.#folder, 'config/.wso2apictl/exported', apictl.exportedFile(wish, environment));
    const result = await this.#patiently(
      async () => {
        // A failed export leaves an older archive in its place, with exit code 0.
        await rm(target, { force: true });
        return this.#run(command);
      },
      ({ code }) => code === codes.APIM_BUSY.code || code === base.SERVICE_UNREACHABLE.code,
    );
    if (!existsSync(target)) {
      throw this.#failure(
        codes.APICTL_NO_SUCCESS,
        `apictl did not ${command.doing}: no archive was written`,
        command,
        result,
      );
    }
    const shown = `the export of ${name}:${apiVersion} from ${environment}`;
    const project = await readArchive(target, shown);
    requireApi(project, name, apiVersion, shown, kind);
    await rm(target, { force: true });
    return project;
  }

  /**
   * Imports an archive. That it says success proves nothing: ask the publisher.
   * @throws ToolError with the cause, VerificationError SUBSCRIPTIONS_SKIPPED
   */
  async import(archive: string, shown: string, environment: string, flags: ImportFlags): Promise<void> {
    const command = apictl.importProject(archive, shown, environment, flags);
    try {
      // Sent again only when it cannot have begun: a second import would make a second revision.
      await this.#patiently(
        () => this.#run(command),
        ({ evidence = '' }) => turnedAway.test(evidence),
      );
    } catch (error) {
      const skipped = error instanceof ToolError ? skippedIn(error.evidence ?? '', shown) : undefined;
      throw skipped ?? error;
    }
  }

  /** A folder of this session for archives and params files. */
  async scratch(name: string): Promise<string> {
    return mkdtemp(join(this.#folder, `${name}-`));
  }

  /** A personal token would be an argument of `login --token`: it is written where that command puts it. */
  async #keepToken(environment: string, token: string): Promise<void> {
    if (!features.accessToken(this.version)) {
      const message = `apictl ${this.version.join('.')} knows no access tokens (4.2.5 and 4.4.0 were the first)`;
      throw new ToolError(codes.APICTL_VERSION, message, { command: ['apictl', 'login', environment], exitCode: null });
    }
    const encoded = (text: string) => Buffer.from(text, 'utf8').toString('base64');
    const path = join(this.#folder, 'config/.wso2apictl.local/keys.json');
    const stored = existsSync(path) ? await readFile(path, 'utf8') : '{}';
    const { environments = {} } = JSON.parse(stored) as { environments?: Record<string, unknown> };
    const apim = { username: '', password: '', clientId: '', clientSecret: '', accessToken: encoded(token) };
    environments[environment] = { apim, mi: { username: '', password: '', accessToken: '' } };
    await writeFile(path, JSON.stringify({ environments, 'mgw-clusters': {} }, null, 2), { mode: 0o600 });
  }

  /** Runs a command in a scratch folder with a temporary folder of its own: apictl leaves archives in both. */
  async #run(command: ApictlCommand, stdin?: string): Promise<ExecResult> {
    const scratch = await this.scratch('run');
    const temporary = join(scratch, 'tmp');
    const working = join(scratch, 'work');
    await Promise.all([mkdir(temporary), mkdir(working)]);
    try {
      const result = await this.#ports.exec.run({
        command: this.#options.program,
        args: command.args,
        cwd: working,
        inherit: 'private',
        // A password that is a word of the success text would make success unreadable; what is shown is masked below.
        unmasked: true,
        env: { APICTL_CONFIG_DIR: join(this.#folder, 'config'), HOME: scratch, TMPDIR: temporary, ...withoutCollector },
        umask: 0o077,
        timeoutMs: startAllowanceMs + requestsPerCommand * this.#options.requestTimeoutMs,
        ...(stdin === undefined ? {} : { stdin }),
      });
      this.#judge(command, result);
      return result;
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  /** Runs again after a pause what failed in passing. apictl shows no Retry-After. */
  async #patiently(run: () => Promise<ExecResult>, mayRepeat: (error: ToolError) => boolean): Promise<ExecResult> {
    const { clock, log, cancelled } = this.#ports;
    for (let attempt = 1; ; attempt++) {
      try {
        return await run();
      } catch (error) {
        if (attempt === attempts || !(error instanceof ToolError) || !mayRepeat(error)) throw error;
        log.info(`${error.message}; attempt ${attempt + 1} of ${attempts}`);
        await clock.sleep(pauseBefore(attempt + 1, Math.random(), undefined) ?? 0, cancelled);
      }
    }
  }

  #judge(command: ApictlCommand, result: ExecResult): void {
    const succeeded = result.exitCode === 0 && command.success.test(result.stdout);
    if (succeeded) return;
    const output = `${result.stdout}\n${result.stderr}`;
    const cause = explain(output);
    const words = serverWords(output);
    const quoted = words === undefined ? '' : `. The server says: ${oneLine(neutralise(words), 300)}`;
    if (cause !== undefined) {
      throw this.#failure(cause.code, `apictl did not ${command.doing}: ${cause.says}${quoted}`, command, result);
    }
    const code = result.exitCode === 0 ? codes.APICTL_NO_SUCCESS : codes.APICTL_FAILED;
    const ended =
      result.exitCode === 0
        ? 'exit code 0 without its success text'
        : result.signal === null
          ? `exit code ${String(result.exitCode)}`
          : `it was ended by ${result.signal}`;
    throw this.#failure(code, `apictl did not ${command.doing}: ${ended}${quoted}`, command, result);
  }

  #failure(code: ErrorCode, message: string, command: ApictlCommand, result: ExecResult): ToolError {
    const output = [result.stdout, result.stderr].filter((text) => text.trim() !== '').join('\n');
    const shown = (text: string) => this.#ports.secrets.redact(text).replaceAll(this.#folder, '…');
    return new ToolError(code, shown(message), {
      command: ['apictl', ...command.args].map(shown),
      exitCode: result.exitCode,
      evidence: tail(shown(neutralise(output)), 40),
    });
  }
}
