import { existsSync, statSync } from 'node:fs';
import type { Arguments } from './arguments.ts';
import { Exit, fail } from './outcome.ts';
import type { Context } from './session.ts';
import { goTable } from './table.ts';

/** `set` */
export function set({ terminal, config }: Context, args: Arguments): void {
  if (args.has('http-request-timeout')) {
    const timeout = Number(args.text('http-request-timeout'));
    if (timeout <= 0) {
      terminal.out('Invalid input for flag --http-request-timeout\n');
    } else {
      config.set({ http_request_timeout: timeout });
      terminal.out(`Http Request Timeout is set to :  ${timeout}\n`);
    }
  }
  if (args.has('export-directory')) {
    const folder = args.text('export-directory');
    if (!existsSync(folder) || !statSync(folder).isDirectory()) {
      terminal.out('Invalid input for flag --export-directory\n');
    } else {
      config.set({ export_directory: folder });
      terminal.out(`Export Directory is set to  :  ${folder}\n`);
    }
  }
  if (args.has('tls-renegotiation-mode')) {
    const mode = args.text('tls-renegotiation-mode');
    if (['never', 'once', 'freely'].includes(mode)) config.set({ 'tls-renegotiation-mode': mode });
    else terminal.out('Invalid input for flag --tls-renegotiation-mode\n');
  }
}

/** `add env` */
export function addEnvironment({ terminal, config }: Context, args: Arguments): void {
  const [name = ''] = args.positional;
  const url = (flag: string) => args.text(flag);
  const token = url('token') === '' ? defaultToken(url('apim'), url('publisher')) : url('token');
  if (url('token') === '') terminal.out(`Default token endpoint '${token}' is added as the token endpoint \n`);
  const all = ['registration', 'publisher', 'devportal', 'admin'].every((flag) => url(flag) !== '');
  if (url('apim') === '' && !all) {
    terminal.err('apictl: Error adding environment Reason: Endpoint(s) cannot be blank\n');
    terminal.out("Execute 'apictl env [environment] --help' for more info.\nExit status 1\n");
    throw new Exit(1);
  }
  if (config.environment(name) !== undefined) {
    fail(terminal, 'Error adding environment', `Environment '${name}' already exists in ${config.path}`);
  }
  const environment = {
    apim: url('apim'),
    publisher: url('publisher'),
    devportal: url('devportal'),
    registration: url('registration'),
    admin: url('admin'),
    token,
    mi: url('mi'),
    ai_service: '',
    ai_token_endpoint: '',
    ai_key: '',
  };
  config.addEnvironment(name, environment);
  terminal.out(`Successfully added environment '${name}'\n`);
}

/** `get envs` */
export function listEnvironments({ terminal, config }: Context): void {
  const head = ['API MANAGER', 'REGISTRATION', 'TOKEN', 'PUBLISHER', 'DEVPORTAL', 'ADMIN', 'MI MANAGEMENT'];
  const rows = Object.entries(config.environments()).map(([name, each]) => [
    name,
    each.apim,
    each.registration,
    each.token,
    each.publisher,
    each.devportal,
    each.admin,
    '',
  ]);
  terminal.out(goTable(['NAME', ...head.map((title) => `${title} ENDPOINT`)], rows));
}

function defaultToken(apim: string, publisher: string): string {
  const base = apim === '' ? publisher : apim;
  return base === '' ? '' : `${base.replace(/\/$/, '')}/oauth2/token`;
}
