/** Runs build-mi's main in a workspace of its own, with inputs as a workflow gives them. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Outcome } from '@wso2-delivery/shared/run/run';
import { readInputs } from '@wso2-delivery/shared/run/inputs';
import { action } from '../../actions/build-mi/src/action.ts';
import { main } from '../../actions/build-mi/src/main.ts';
import type { Inputs } from '../../actions/build-mi/src/request.ts';
import { testPorts, type TestPortOptions, type TestPorts } from './ports.ts';

export const root = join(import.meta.dirname, '../..');
export const fixtures = join(root, 'test/fixtures/mi');

export interface Workspace {
  readonly ports: TestPorts;
  /** Copies a folder of this repository into the workspace. */
  copy(from: string, to?: string): void;
  put(path: string, text: string): string;
  remove(path: string): void;
  inputs(given: Readonly<Record<string, string>>): Inputs;
  run(given?: Readonly<Record<string, string>>): Promise<Outcome<typeof action> & { readonly failure?: unknown }>;
}

export function workspace(options: TestPortOptions = {}): Workspace {
  const ports = testPorts(options);
  const at = (path: string) => join(ports.files.workspace, path);
  const inputs = (given: Readonly<Record<string, string>>) =>
    readInputs(
      action,
      Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ports.files.workspace,
    );
  return {
    ports,
    copy: (from, to = '.') =>
      cpSync(from, at(to), { recursive: true, filter: (path) => !/[\\/]target(?:[\\/]|$)/.test(path) }),
    put(path, text) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text);
      return at(path);
    },
    remove: (path) => rmSync(at(path), { recursive: true }),
    inputs,
    run: (given = {}) => main(inputs(given), ports),
  };
}
