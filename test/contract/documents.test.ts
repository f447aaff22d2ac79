/** What the documents show works: workflows, commands, links, names of errors and causes. */
import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { selfSignedCertificate } from '@wso2-delivery/lab/certificate';
import { readEnvironments } from '@wso2-delivery/shared/apim/environments';
import { readParams } from '@wso2-delivery/shared/apim/params';
import { convertDocument } from '@wso2-delivery/shared/apim/params-conversion';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { causeIds } from '@wso2-delivery/shared/kubernetes/rollout/causes';
import { catalogue } from '@wso2-delivery/shared/run/catalogue';
import { declarations } from '../../scripts/generated-files.ts';
import { anchorsOf, blocksOf, linksOf, proseLines, type Block } from '../support/document-blocks.ts';
import { asWorkflow, isPartial, misuses, parserErrors, shapeOf } from '../support/document-workflows.ts';
import { findTool, testWith } from '../support/tools.ts';

const root = resolve(import.meta.dirname, '../..');
const actions = await declarations(root);
const documents = globSync(['*.md', 'docs/**/*.md', 'actions/*/README.md', 'examples/**/*.md'], { cwd: root }).sort();
const blocks = documents.flatMap((file) => blocksOf(root, file));
const codes = new Set(Object.values(catalogue).flatMap((room) => Object.values(room).map(({ code }) => code)));

const certificate = Buffer.from(selfSignedCertificate('backend').certificate);
const named = (chosen: readonly Block[]) => chosen.map((block) => [`${block.file}:${block.line}`, block] as const);
const yaml = blocks.filter(({ language }) => ['yaml', 'yml'].includes(language));
const shell = blocks.filter(({ language }) => ['sh', 'bash', 'shell', 'console'].includes(language));

test('every code block says what it is in', () => {
  expect(blocks.filter(({ language }) => language === '').map(({ file, line }) => `${file}:${line}`)).toEqual([]);
});

describe.each(named(yaml))('the YAML at %s', (_, block) => {
  const shape = shapeOf(block);

  test('is of a known shape', () => expect(shape).toBeDefined());

  if (shape === 'workflow' || shape === 'steps' || shape === 'inputs') {
    const workflow = asWorkflow(block, shape);
    test('is what GitHub parses', async () => expect(await parserErrors(block.file, workflow)).toEqual([]));
    test('uses inputs, values, secrets and outputs that there are', () =>
      expect(misuses(root, actions, workflow, isPartial(block, shape))).toEqual([]));
  }
  if (shape === 'environments') {
    test('describes API Managers', () => expect(readEnvironments(parseYaml(block.text)).length).toBeGreaterThan(0));
  }
  if (shape === 'params') {
    const { environments } = parseYaml(block.text) as { environments: { name: string }[] };
    test.each(environments.map(({ name }) => name))('has settings for %s that API Manager takes', (name) => {
      const source = { text: block.text, file: block.file, certificate: () => certificate, now: Date.now() };
      expect(readParams(source, name, () => 'a value').environment).toBe(name);
    });
  }
  if (shape === 'kubernetes') {
    test('is an object of Kubernetes', () => {
      expect(parseYaml(block.text)).toMatchObject({ apiVersion: expect.any(String), kind: expect.any(String) });
    });
  }
  if (shape === 'probes') {
    test('asks Micro Integrator where it answers', () => {
      const probes = Object.entries(parseYaml(block.text) as Record<string, { httpGet: object }>);
      const paths: Record<string, string> = {
        startupProbe: '/liveness',
        livenessProbe: '/liveness',
        readinessProbe: '/healthz',
      };
      for (const [name, { httpGet }] of probes) expect(httpGet).toEqual({ path: paths[name], port: 9201 });
    });
  }
});

test('the params file of 3.x in the documents becomes the one of 4.x beside it', () => {
  const [before] = blocks.filter(({ comment }) => comment === 'params: 3.x');
  const [after] = blocks.filter(({ comment }) => comment === 'params: 4.x');
  const converted = convertDocument(parseYaml(before!.text) as Record<string, unknown>);
  expect(converted).toEqual(parseYaml(after!.text));
});

describe.each(named(shell))('the commands at %s', (_, block) => {
  const commands = block.text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

  testWith('bash')('are shell', () => {
    const run = spawnSync(findTool('bash')!, ['-n'], { input: block.text, encoding: 'utf8' });
    expect([run.stderr, run.status]).toEqual(['', 0]);
  });

  test('are programs that a reader of this toolkit has', () => {
    const known = [
      'npm',
      'node',
      'npx',
      'bash',
      'git',
      'kubectl',
      'mvn',
      'docker',
      'base64',
      'apictl',
      'gh',
      'curl',
      'sha256sum',
      'go',
      'oras',
      'export',
    ];
    expect(commands.map((command) => command.split(/\s+/)[0]!).filter((program) => !known.includes(program))).toEqual(
      [],
    );
  });

  const kubectl = commands.filter((command) => command.startsWith('kubectl ') && !command.includes('`'));
  if (kubectl.length > 0) {
    testWith('kubectl')('are commands and flags that kubectl has', () => {
      expect(kubectl.flatMap((command) => unknownToKubectl(command))).toEqual([]);
    });
  }
});

/** The flags of a kubectl command that its help does not list. */
function unknownToKubectl(command: string): string[] {
  const words = command.split(/\s+/).slice(1);
  const options = spawnSync(findTool('kubectl')!, ['options'], { encoding: 'utf8' }).stdout;
  const plain: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    if (words[index] === '-n' || words[index] === '--namespace') index += 1;
    else if (words[index]!.startsWith('-')) break;
    else plain.push(words[index]!);
  }
  // `create secret generic NAME`: as many words as kubectl takes for a command.
  const help = [3, 2, 1]
    .map((count) => spawnSync(findTool('kubectl')!, [...plain.slice(0, count), '--help'], { encoding: 'utf8' }))
    .find(({ status, stdout }) => status === 0 && stdout.includes('Usage:'));
  if (help === undefined) return [`${command}: no such command`];
  const flags = words.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.split('=')[0]!);
  const lists = (text: string, flag: string) => new RegExp(`(^|[\\s,])${flag}[=,:\\s]`, 'm').test(text);
  return flags
    .filter((flag) => !lists(help.stdout, flag) && !lists(options, flag))
    .map((flag) => `${command}: no flag ${flag}`);
}

test('commands of npm that documents name are in package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const used = documents.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test)\b)/g)].map((match) => ({
      file,
      script: match[1] ?? match[2]!,
    }));
  });
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter(({ script }) => !(script in scripts))).toEqual([]);
});

test.each(documents)('the links of %s lead somewhere', (file) => {
  const wrong = linksOf(root, file).filter(({ target }) => {
    if (/^(https?:|mailto:)/.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const found = path === '' ? file : normalize(join(dirname(file), decodeURI(path)));
    if (found.startsWith('..') || !existsSync(join(root, found))) return true;
    if (anchor === undefined) return false;
    return !statSync(join(root, found)).isFile() || !anchorsOf(root, found).has(anchor);
  });
  expect(wrong).toEqual([]);
});

test.each(documents)('the error codes that %s names are in the catalogue', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  const bracketed = [...text.matchAll(/\[([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\]/g)].map((match) => match[1]!);
  expect(bracketed.filter((code) => !codes.has(code))).toEqual([]);
  const linked = [...text.matchAll(/\[([^\]]+)\]\([^)]*errors\.md#([\w-]+)\)/g)];
  expect(linked.filter(([, code = '', anchor]) => code.toLowerCase() !== anchor).map(([link]) => link)).toEqual([]);
});

test('the page of workflows to copy leads to every one of them', () => {
  const page = 'examples/callers/README.md';
  const linked = linksOf(root, page).map(({ target }) => normalize(join(dirname(page), target)));
  const workflows = globSync('examples/callers/*/.github/workflows/*.yml', { cwd: root });
  expect(workflows.length).toBeGreaterThan(5);
  expect(workflows.filter((file) => !linked.includes(file))).toEqual([]);
});

test('the causes that the documents name are in the table of causes', () => {
  const inside = ['applications-faulty', 'applications-missing', 'not-healthy'];
  const troubleshooting = proseLines(root, 'docs/troubleshooting.md').map(({ text }) => text);
  const start = troubleshooting.indexOf('<!-- causes -->');
  const rows = troubleshooting.slice(start + 2, troubleshooting.indexOf('', start + 2));
  const ids = rows
    .slice(2)
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w-]+)`/g)].map((match) => match[1]!));
  expect(ids.length).toBeGreaterThan(20);
  expect(ids.filter((id) => ![...causeIds, ...inside].includes(id))).toEqual([]);
});
