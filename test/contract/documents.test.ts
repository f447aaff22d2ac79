/** What the documents show works: workflows, links, names of errors and causes. document-commands.test.ts has the commands. */
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
import { lint, wrongObjects } from '../support/document-linters.ts';
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
    testWith('kubernetes-validate')("is valid by Kubernetes' own schemas, strictly", () =>
      expect(wrongObjects(block.text)).toEqual([]),
    );
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

const workflows = yaml.flatMap((block) => {
  const shape = shapeOf(block);
  return shape === 'workflow' || shape === 'steps' || shape === 'inputs' ? [{ block, shape }] : [];
});

testWith('actionlint')('actionlint finds nothing in what the documents show', () => {
  const texts = workflows.map(({ block, shape }) => [`${block.file}:${block.line}`, asWorkflow(block, shape)] as const);
  expect(texts.length).toBeGreaterThan(20);
  expect(lint(texts)).toEqual([]);
});

describe('what would be noticed in a document', () => {
  const shown = (language: string, text: string): Block => ({
    ...{ file: 'docs/page.md', line: 1, comment: undefined },
    ...{ language, text },
  });
  const uses = 'OWNER/wso2-delivery/actions/verify-rollout@v1';

  test.each<[string, string, RegExp]>([
    ['an input that there is not', `- uses: ${uses}\n  with: { workload: deployment/web }`, /workload/],
    ['an action that there is not', '- uses: OWNER/wso2-delivery/actions/verify@v1', /is no action of this toolkit/],
    ['another version', `- uses: ${uses.replace('@v1', '@v2')}`, /or not at @v1/],
    [
      'a value that an input does not take',
      `- uses: ${uses}\n  with: { workloads: deployment/web, timeout: soon }`,
      /timeout .*soon/,
    ],
    [
      'a workflow that there is not',
      'jobs:\n  a:\n    uses: OWNER/wso2-delivery/.github/workflows/x.yml@v1',
      /no workflow/,
    ],
    [
      'an output that there is not',
      `- id: a\n  uses: ${uses}\n  with: { workloads: deployment/web }\n- run: echo \${{ steps.a.outputs.reason }}`,
      /verify-rollout has no output reason/,
    ],
  ])('%s', (_, text, problem) => {
    const block = shown('yaml', text);
    const shape = shapeOf(block) as 'workflow' | 'steps';
    expect(misuses(root, actions, asWorkflow(block, shape), false).join('\n')).toMatch(problem);
  });

  testWith('actionlint').each<[string, string, RegExp]>([
    ['a key of a job that there is not', 'jobs:\n  a:\n    run-on: ubuntu-latest\n    steps: [{ run: x }]', /run-on/],
    [
      'a job that is not there',
      'jobs:\n  a:\n    needs: b\n    runs-on: ubuntu-latest\n    steps: [{ run: x }]',
      /"b"/,
    ],
    ['a context that there is not', '- run: echo ${{ secret.TOKEN }}', /secret/],
  ])('%s', (_, text, problem) => {
    const block = shown('yaml', text);
    const workflow = asWorkflow(block, shapeOf(block) as 'workflow' | 'steps');
    expect(lint([['docs/page.md:1', workflow]]).join('\n')).toMatch(problem);
  });

  testWith('kubernetes-validate')('a field of an object that there is not', () => {
    const text = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selectors: { app: web } }\n';
    expect(wrongObjects(text).join('\n')).toMatch(/selectors/);
  });
});

test('the params file of 3.x in the documents becomes the one of 4.x beside it', () => {
  const [before] = blocks.filter(({ comment }) => comment === 'params: 3.x');
  const [after] = blocks.filter(({ comment }) => comment === 'params: 4.x');
  const converted = convertDocument(parseYaml(before!.text) as Record<string, unknown>);
  expect(converted).toEqual(parseYaml(after!.text));
});

describe.each(named(shell))('the commands at %s', (_, block) => {
  testWith('bash')('are shell', () => {
    const run = spawnSync(findTool('bash')!, ['-n'], { input: block.text, encoding: 'utf8' });
    expect([run.stderr, run.status]).toEqual(['', 0]);
  });
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
