import { InputError, type Location } from '../base/errors.ts';
import { didYouMean, nearest } from '../base/suggest.ts';
import { MalformedError } from '../formats/malformed.ts';
import { parseYamlDocuments } from '../formats/yaml.ts';
import { codes } from './codes.ts';
import { checkConfigs, type ParamsFinding } from './params-checks.ts';
import { convertEnvironment, type Table } from './params-conversion.ts';
import { KeyLines, type KeyPath } from './params-lines.ts';

/** The settings of one environment, in the 4.x shape. */
export interface EnvironmentParams {
  readonly environment: string;
  readonly configs: Table;
  /** Which shape the file has. */
  readonly shape: '3.x' | '4.x';
  /** What the conversion from 3.x changed beyond moving keys. */
  readonly notes: readonly string[];
  /** Warnings, with their place. */
  readonly warnings: readonly { readonly problem: string; readonly location: Location }[];
}

export interface ParamsSource {
  readonly text: string;
  /** As the user knows it: relative to the workspace. */
  readonly file: string;
  /** A certificate that lies beside it (in a deployment folder), or undefined. */
  readonly certificate: (name: string) => Uint8Array | undefined;
  /** Milliseconds since the epoch: what has expired then is refused. */
  readonly now: number;
}

const example =
  'environments:\n  - name: staging\n    configs:\n      endpoints:\n        production:\n          url: https://backend.example.com';

/**
 * Reads a params file for one environment, in the 3.x or the 4.x shape, and checks what API Manager would take
 * wrongly without a word. Other environments are not looked at.
 * @param variable a variable of the job, or undefined
 * @param kind what the settings are for
 * @throws InputError PARAMS_MALFORMED, PARAMS_INVALID with every problem found
 */
export function readParams(
  source: ParamsSource,
  environment: string,
  variable: (name: string) => string | undefined,
  kind: 'api' | 'api-product' = 'api',
): EnvironmentParams {
  const lines = new KeyLines(source.text);
  const locate = (path: KeyPath): Location => ({ file: source.file, line: lines.of(path) ?? 1 });
  const refuse = (findings: readonly ParamsFinding[]): never => {
    throw new InputError(
      codes.PARAMS_INVALID,
      findings.map(({ path, problem, example: valid }) => ({
        subject: nameOf(path),
        problem,
        location: locate(path),
        ...(valid === undefined ? {} : { example: valid }),
      })),
    );
  };
  const document = parsed(source);
  const chosen = chooseEnvironment(document, environment);
  if ('findings' in chosen) return refuse(chosen.findings);
  const { entry, index } = chosen;
  const base: KeyPath = ['environments', index];
  const shape = 'configs' in entry ? '4.x' : '3.x';
  const shapeFindings = checkShape(entry, base);
  const { configs, notes } =
    shape === '4.x' ? { configs: isTable(entry.configs) ? entry.configs : {}, notes: [] } : convertEnvironment(entry);
  const findings = [
    ...shapeFindings,
    ...(shapeFindings.length > 0
      ? []
      : checkConfigs(configs, {
          kind,
          environment,
          base: shape === '4.x' ? [...base, 'configs'] : base,
          shape,
          variable,
          certificate: source.certificate,
          now: source.now,
        })),
  ];
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return refuse(errors);
  const warnings = findings.map(({ path, problem }) => ({
    problem: `${nameOf(path)}: ${problem}`,
    location: locate(path),
  }));
  return { environment, configs, shape, notes, warnings };
}

function parsed({ text, file }: ParamsSource): unknown {
  try {
    const documents = parseYamlDocuments(text);
    if (documents.length > 1) {
      const problem = 'holds several documents; apictl reads the first alone. Remove the --- between them';
      throw new InputError(codes.PARAMS_INVALID, [{ subject: file, problem, location: { file, line: 1 } }]);
    }
    return documents[0] ?? null;
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    const place = { file, ...(error.line === undefined ? {} : { line: error.line }) };
    const hint = /^\s*\t/m.test(text) ? ' (a tab indents there: use blanks)' : '';
    throw new InputError(codes.PARAMS_MALFORMED, [
      { subject: file, problem: `is not valid YAML: ${error.message}${hint}`, location: place, example },
    ]);
  }
}

type Chosen = { readonly entry: Table; readonly index: number } | { readonly findings: readonly ParamsFinding[] };

function chooseEnvironment(document: unknown, environment: string): Chosen {
  const wrong = (path: KeyPath, problem: string): Chosen => ({
    findings: [{ severity: 'error', path, problem, example }],
  });
  if (document === null) return wrong([], 'the params file is empty');
  if (!isTable(document)) return wrong([], 'must be a table with the key environments:');
  if ('openapi' in document || 'swagger' in document) {
    return wrong([], 'this is an OpenAPI definition, not a params file');
  }
  if (!('environments' in document)) {
    const near = nearest('environments', Object.keys(document));
    const hint = near === undefined ? '' : ` '${near}' was probably meant to be that.`;
    return wrong([], `has no key environments:.${hint}`);
  }
  const stray = Object.keys(document).filter((key) => ['configs', 'endpoints', 'security'].includes(key));
  if (stray.length > 0) {
    return wrong(
      [stray[0] ?? ''],
      'stands beside environments: instead of inside an entry of it: the indentation is lost',
    );
  }
  const { environments } = document;
  if (!Array.isArray(environments)) {
    return wrong(['environments'], 'must be a list: each environment begins with "- name:"');
  }
  const findings: ParamsFinding[] = [];
  const names = environments.map((entry: unknown, index) => {
    const name = isTable(entry) ? entry.name : undefined;
    const path = ['environments', index];
    const problem = (text: string) => findings.push({ severity: 'error', path, problem: text, example });
    if (!isTable(entry)) problem('must be a table that begins with "- name:"');
    else if (name === undefined || name === null) problem('has no name');
    else if (typeof name !== 'string') problem(`the name ${JSON.stringify(name)} is not text: put it in quotes`);
    return typeof name === 'string' ? name : '';
  });
  if (names.filter((name) => name === environment).length > 1) {
    const path = ['environments', names.lastIndexOf(environment)];
    const problem = `'${environment}' stands there more than once: apictl takes the first`;
    findings.push({ severity: 'error', path, problem });
  }
  const index = names.indexOf(environment);
  if (index === -1) {
    const known = names.filter((name) => name !== '');
    const list = known.length === 0 ? 'there are none' : `there are ${known.join(', ')}`;
    const problem = `no environment is named '${environment}'; ${list}.${didYouMean(environment, known)}`;
    findings.push({ severity: 'error', path: ['environments'], problem, example });
  }
  return findings.length > 0 ? { findings } : { entry: environments[index] as Table, index };
}

/** The entry as a whole: keys of both shapes at once, nothing at all, `config` for `configs`. */
function checkShape(entry: Table, base: KeyPath): ParamsFinding[] {
  const others = Object.keys(entry).filter((key) => key !== 'name' && key !== 'configs' && key !== 'deploy');
  const error = (path: KeyPath, problem: string): ParamsFinding => ({ severity: 'error', path, problem, example });
  if ('configs' in entry) {
    const { configs } = entry;
    if (!isTable(configs) || Object.keys(configs).length === 0) {
      return [error([...base, 'configs'], 'is empty: the settings belong below it, indented')];
    }
    return others.map((key) =>
      error([...base, key], 'stands beside configs, where apictl ignores it: move it below configs'),
    );
  }
  if (others.length === 0) return [error(base, 'has a name and nothing else: the settings belong below it, indented')];
  const typo = others.find((key) => nearest(key, ['configs']) !== undefined && isTable(entry[key]));
  return typo === undefined ? [] : [error([...base, typo], `'${typo}' is not known. Did you mean 'configs'?`)];
}

/** environments[1].configs.endpoints, for people. */
function nameOf(path: KeyPath): string {
  if (path.length === 0) return 'params';
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('');
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
