import { glob, readFile, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { InputError, messageOf } from '../base/errors.ts';
import type { Location, Problem } from '../base/errors.ts';
import type { Ports } from '../base/ports.ts';
import { isInside } from '../base/safe-path.ts';
import { MalformedError } from '../formats/malformed.ts';
import { parseYaml } from '../formats/yaml.ts';
import { codes } from './codes.ts';
import { kustomizeArgs } from './kubectl.ts';
import { kubectlError } from './kubectl-failures.ts';
import { isRecord, recordsAt, textAt } from './objects.ts';
import type { KubernetesObject } from './objects.ts';

/** One document of a manifest: the text for kubectl, which does the real parsing, and the facts for us. */
export interface ManifestDocument {
  /** As the user should read it; a kustomization is named by its folder. */
  readonly file: string;
  /** The line of the file that the text begins at, from 1; undefined for rendered text. */
  readonly line: number | undefined;
  readonly text: string;
  readonly object: KubernetesObject;
}

type ManifestPorts = Pick<Ports, 'files' | 'exec'>;

const example = 'deploy/staging/*.yaml';
const manifestFile = /\.(ya?ml|json)$/i;
const kustomizationFile = /^(kustomization\.ya?ml|Kustomization)$/;
const largestFile = 8 * 1024 * 1024;

/**
 * Reads the manifests that the input names: files, folders (their own files, or a kustomization, which kubectl
 * renders) and globs. Everything that is wrong is reported together.
 * @throws InputError MANIFEST_INVALID; ToolError when kubectl cannot render a kustomization
 */
export async function readManifests(
  ports: ManifestPorts,
  inputs: readonly string[],
  program = 'kubectl',
): Promise<ManifestDocument[]> {
  const problems: Problem[] = [];
  const documents: ManifestDocument[] = [];
  const seen = new Set<string>();
  for (const input of inputs) {
    for (const source of await sourcesOf(ports.files.workspace, input, problems)) {
      if (!isInside(await realpath(ports.files.workspace), await realpath(source.path))) {
        problems.push({
          subject: 'manifests',
          problem: `${ports.files.display(source.path)} is a link out of the workspace`,
        });
        continue;
      }
      if (source.kind === 'file' && kustomizationFile.test(basename(source.path))) {
        const problem = `${ports.files.display(source.path)} is a kustomization: name its folder, and kubectl renders it`;
        problems.push({ subject: 'manifests', problem, example: ports.files.display(dirname(source.path)) });
        continue;
      }
      if (seen.has(source.path)) continue;
      seen.add(source.path);
      const file = ports.files.display(source.path);
      const text =
        source.kind === 'file' ? await readFile(source.path, 'utf8') : await render(ports, source.path, program);
      const read = readDocuments(text, file, source.kind === 'file');
      documents.push(...read.documents);
      problems.push(...read.problems);
    }
  }
  if (problems.length === 0 && documents.length === 0) {
    problems.push({ subject: 'manifests', problem: `no Kubernetes object in ${inputs.join(', ')}`, example });
  }
  if (problems.length > 0) throw new InputError(codes.MANIFEST_INVALID, problems);
  return documents;
}

interface Source {
  readonly kind: 'file' | 'kustomization';
  readonly path: string;
}

async function sourcesOf(workspace: string, input: string, problems: Problem[]): Promise<Source[]> {
  const refuse = (problem: string) => {
    problems.push({ subject: 'manifests', problem: `'${input}' ${problem}`, example });
    return [];
  };
  if (input === '-') return refuse('is standard input, which a step of a workflow does not have');
  if (isAbsolute(input) ? !isInside(workspace, input) : !isInside(workspace, resolve(workspace, input))) {
    return refuse('lies outside the workspace');
  }
  if (/[*?[\]{}]/.test(input)) {
    const paths: string[] = [];
    for await (const path of glob(input, { cwd: workspace })) paths.push(resolve(workspace, path));
    const files = paths.filter((path) => manifestFile.test(path)).sort();
    return files.length > 0
      ? files.map((path): Source => ({ kind: 'file', path }))
      : refuse('matches no .yaml, .yml or .json file');
  }
  const path = resolve(workspace, input);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return refuse('does not exist in the workspace');
  if (found.isFile()) return found.size > largestFile ? refuse('is larger than 8 MiB') : [{ kind: 'file', path }];
  const names = await readdir(path);
  if (names.some((name) => kustomizationFile.test(name))) return [{ kind: 'kustomization', path }];
  const files = names.filter((name) => manifestFile.test(name)).sort();
  return files.length > 0
    ? files.map((name): Source => ({ kind: 'file', path: join(path, name) }))
    : refuse('holds no .yaml, .yml or .json file');
}

async function render(ports: ManifestPorts, folder: string, program: string): Promise<string> {
  const output = join(await ports.files.privateFolder('kustomize'), 'manifests.yaml');
  const args = kustomizeArgs(folder, output);
  const result = await ports.exec.run({ command: program, args, timeoutMs: 60_000 });
  if (result.exitCode !== 0) throw kubectlError({ command: [program, ...args], result });
  return readFile(output, 'utf8');
}

/** Splits a text into its documents. Empty ones are left out, a List gives its items. */
export function readDocuments(
  text: string,
  file: string,
  hasLines = true,
): { documents: ManifestDocument[]; problems: Problem[] } {
  const documents: ManifestDocument[] = [];
  const problems: Problem[] = [];
  for (const part of splitDocuments(text)) {
    const location: Location | undefined = hasLines ? { file, line: part.line } : undefined;
    const refuse = (problem: string, where = location) =>
      problems.push({ subject: file, problem, ...(where === undefined ? {} : { location: where }) });
    let value: unknown;
    try {
      value = parseYaml(part.text);
    } catch (error) {
      const inside = error instanceof MalformedError ? error.line : undefined;
      const line = part.line + (inside ?? 1) - 1;
      const template = part.text.includes('{{')
        ? '; it looks like a Helm template, which has to be rendered first (helm template)'
        : '';
      refuse(`line ${line} is not valid YAML: ${messageOf(error)}${template}`, hasLines ? { file, line } : undefined);
      continue;
    }
    if (value === null || value === undefined) continue;
    const line = hasLines ? part.line : undefined;
    if (isRecord(value) && value.kind === 'List') {
      for (const item of recordsAt(value, 'items')) {
        const problem = objectProblem(item);
        if (problem === undefined)
          documents.push({
            file,
            line: undefined,
            text: JSON.stringify(item),
            object: item as unknown as KubernetesObject,
          });
        else refuse(`an item of the List ${problem}`);
      }
      continue;
    }
    const problem = objectProblem(value);
    if (problem === undefined)
      documents.push({ file, line, text: part.text, object: value as unknown as KubernetesObject });
    else refuse(`the document at line ${part.line} ${problem}`);
  }
  return { documents, problems };
}

function objectProblem(value: unknown): string | undefined {
  if (!isRecord(value)) return 'is not a mapping';
  for (const field of ['apiVersion', 'kind']) {
    if (textAt(value, field) === undefined) return `has no ${field}`;
  }
  const name = textAt(value, 'metadata', 'name');
  if (name !== undefined && name !== '') return undefined;
  return textAt(value, 'metadata', 'generateName') === undefined
    ? 'has no metadata.name'
    : 'has a generateName, which cannot be applied again and again';
}

/**
 * A line `---` at its very beginning separates documents, also inside a block of text (YAML 1.2, 9.1.2). A document
 * begins at its first line that is neither empty nor a comment; those without one are left out.
 */
function splitDocuments(text: string): { text: string; line: number }[] {
  const parts: { text: string; line: number }[] = [];
  let lines: string[] = [];
  let start = 1;
  const end = () => {
    const first = lines.findIndex((line) => !/^\s*(#|$)/.test(line));
    if (first >= 0) parts.push({ text: lines.slice(first).join('\n'), line: start + first });
  };
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (/^---(\s|$)/.test(line)) {
      end();
      // What stands behind the dashes belongs to the document.
      lines = [line.slice(3).trim()];
      start = index + 1;
    } else lines.push(/^(%|\.\.\.(\s|$))/.test(line) ? '' : line);
  }
  end();
  return parts;
}
