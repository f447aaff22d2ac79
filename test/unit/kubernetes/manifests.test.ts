import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import { inApplyOrder, restsOn } from '@wso2-delivery/shared/kubernetes/apply-order';
import { namespaceProblems } from '@wso2-delivery/shared/kubernetes/apply';
import { parseImages } from '@wso2-delivery/shared/kubernetes/images';
import { readDocuments, readManifests } from '@wso2-delivery/shared/kubernetes/manifests';
import { imagesIn, podTemplateOf, substituteImages } from '@wso2-delivery/shared/kubernetes/substitution';
import { testPorts, type TestPorts } from '../../support/ports.ts';
import { scriptedExec } from './scripted-exec.ts';

const object = (kind: string, name: string, more = '') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`;
const names = (documents: readonly { object: { kind?: string; metadata: { name: string } } }[]) =>
  documents.map(({ object: { kind = '', metadata } }) => `${kind}/${metadata.name}`);

describe('manifest files', () => {
  let ports: TestPorts;
  const put = (path: string, text: string) => {
    const file = join(ports.files.workspace, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const problemsOf = async (...inputs: string[]) => {
    const error: unknown = await readManifests(ports, inputs).catch((thrown: unknown) => thrown);
    return (error as { problems: { problem: string }[] }).problems.map(({ problem }) => problem);
  };
  beforeEach(() => {
    ports = testPorts();
  });
  afterEach(() => ports.dispose());

  test('are read from files, folders and globs, each once', async () => {
    put('deploy/b.yml', object('Service', 'b'));
    put('deploy/a.yaml', object('Service', 'a'));
    put('deploy/notes.txt', 'no manifest');
    put('deploy/deep/c.json', '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "c"}}');
    expect(names(await readManifests(ports, ['deploy/a.yaml', 'deploy', 'deploy/**/*.json']))).toEqual([
      'Service/a',
      'Service/b',
      'Service/c',
    ]);
  });

  test('of a kustomization come from kubectl', async () => {
    put('overlay/kustomization.yaml', 'resources: []');
    const exec = scriptedExec({
      answer: (args) => {
        const output = args.find((arg) => arg.startsWith('--output='))!.slice('--output='.length);
        writeFileSync(output, object('Secret', 'rendered', 'stringData: {password: hunter2}\n'));
        return {};
      },
    });
    ports.secrets.register('hunter2');
    const [document] = await readManifests({ ...ports, exec }, ['overlay']);
    expect(document).toMatchObject({ file: 'overlay', line: undefined, object: { metadata: { name: 'rendered' } } });
    // A value that is masked everywhere else must reach the cluster as it is.
    expect(document!.text).toContain('hunter2');
    expect(exec.calls[0]!.slice(0, 2)).toEqual(['kustomize', join(ports.files.workspace, 'overlay')]);
  });

  test('that cannot be rendered say why', async () => {
    put('overlay/kustomization.yaml', 'resources: [x]');
    const exec = scriptedExec({
      answer: () => ({ exitCode: 1, stderr: 'error: accumulating resources: x is missing' }),
    });
    await expect(readManifests({ ...ports, exec }, ['overlay'])).rejects.toMatchObject({
      code: 'TOOL_FAILED',
      message: expect.stringContaining('x is missing'),
    });
  });

  test('that are not there are reported together', async () => {
    mkdirSync(join(ports.files.workspace, 'empty'));
    expect(await problemsOf('nope.yaml', 'nope/*.yaml', 'empty', '-', '../outside.yaml')).toEqual([
      "'nope.yaml' does not exist in the workspace",
      "'nope/*.yaml' matches no .yaml, .yml or .json file",
      "'empty' holds no .yaml, .yml or .json file",
      "'-' is standard input, which a step of a workflow does not have",
      "'../outside.yaml' lies outside the workspace",
    ]);
  });

  test('that are kustomizations are not taken for manifests', async () => {
    put('overlay/kustomization.yaml', 'resources: []');
    expect(await problemsOf('**/*.yaml')).toEqual([
      'overlay/kustomization.yaml is a kustomization: name its folder, and kubectl renders it',
    ]);
  });

  test('that are links out of the workspace are refused', async () => {
    symlinkSync('/etc/hostname', join(ports.files.workspace, 'link.yaml'));
    expect(await problemsOf('link.yaml')).toEqual(['link.yaml is a link out of the workspace']);
  });

  test('without any object are refused', async () => {
    put('comment.yaml', '# nothing\n---\n');
    expect(await problemsOf('comment.yaml')).toEqual(['no Kubernetes object in comment.yaml']);
  });
});

describe('the documents of a file', () => {
  test('know their lines', () => {
    const { documents } = readDocuments(
      `# first\n${object('Service', 'a')}---\n${object('Service', 'b')}--- # third\n${object('Service', 'c')}`,
      'f.yaml',
    );
    expect(documents.map(({ object: { metadata }, line }) => `${metadata.name} ${line ?? ''}`)).toEqual([
      'a 2',
      'b 7',
      'c 12',
    ]);
  });

  test('of a List are its items', () => {
    const { documents } = readDocuments(
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: s}}\n',
      'f.yaml',
    );
    expect(documents).toMatchObject([{ line: undefined, object: { kind: 'Secret' } }]);
  });

  test.each([
    ['kind: Service\nmetadata: {name: a}', 'the document at line 1 has no apiVersion'],
    ['apiVersion: v1\nkind: Service', 'the document at line 1 has no metadata.name'],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}',
      'the document at line 1 has a generateName, which cannot be applied again and again',
    ],
    ['- a', 'the document at line 1 is not a mapping'],
    ['a: 1\n---\nb: [', /^line 3 is not valid YAML: /],
    ['name: {{ .Values.name }}', /it looks like a Helm template, which has to be rendered first \(helm template\)$/],
    ['a: 1\na: 2', /^line \d is not valid YAML: duplicated mapping key/],
  ])('%j is refused', (text, problem) => {
    const said = readDocuments(text, 'f.yaml').problems.map((each) => each.problem);
    expect(said.at(-1)).toEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
  });

  test('cut at the separators give the same objects as a YAML parser', () => {
    const value = fc.record({ name: fc.stringMatching(/^[a-z]{1,8}$/), text: fc.stringMatching(/^[a-z \n-]{0,30}$/) });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), (values) => {
        const text = values
          .map(
            ({ name, text: data }) => `---\n${object('ConfigMap', name, `data:\n  text: ${JSON.stringify(data)}\n`)}`,
          )
          .join('');
        const { documents } = readDocuments(text, 'f.yaml');
        expect(
          documents.map((document) => (document.object as unknown as { data: { text: string } }).data.text),
        ).toEqual(values.map((each) => each.text));
      }),
    );
  });
});

describe('images in manifests', () => {
  const deployment = (image: string, more = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          image: ${image} # the server
          args: [yes, "image: ${image}"]
${more}`;
  const substitute = (text: string, ...lines: string[]) =>
    substituteImages(readDocuments(text, 'f.yaml').documents, parseImages(lines).wishes);

  test('are exchanged by repository, and nothing else of the text changes', () => {
    const { documents, problems } = substitute(deployment('ghcr.io/acme/web:1'), 'ghcr.io/acme/web:2');
    expect(problems).toEqual([]);
    expect(documents[0]!.text).toBe(deployment('ghcr.io/acme/web:1').replace('web:1 #', 'web:2 #'));
  });

  test('are exchanged by container, quoted or not', () => {
    const { documents } = substitute(deployment("'nginx'"), 'web=ghcr.io/acme/web:2');
    expect(imagesIn(documents)).toEqual(['ghcr.io/acme/web:2']);
    expect(documents[0]!.text).toContain("image: 'ghcr.io/acme/web:2' # the server");
  });

  test('that a line cannot be exchanged for become JSON with the same meaning', () => {
    const flow =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: web, image: "a:1"}, {name: log, image: "a:1"}]}}}\n';
    const { documents } = substitute(flow, 'web=a:2');
    expect(documents[0]!.line).toBeUndefined();
    expect(parseYaml(documents[0]!.text)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'web', image: 'a:2' },
              { name: 'log', image: 'a:1' },
            ],
          },
        },
      },
    });
  });

  test('of two containers with the same image are told apart', () => {
    const { documents } = substitute(deployment('a:1', '        - name: log\n          image: a:1\n'), 'log=a:2');
    const template = podTemplateOf(documents[0]!.object);
    expect((template as { spec: { containers: unknown[] } }).spec.containers).toMatchObject([
      { image: 'a:1' },
      { image: 'a:2' },
    ]);
  });

  test('of custom resources with a pod template count as well', () => {
    const { documents } = substitute(
      deployment('a:1').replace('apps/v1', 'argoproj.io/v1alpha1').replace('Deployment', 'Rollout'),
      'a:2',
    );
    expect(imagesIn(documents)).toEqual(['a:2']);
  });

  test('prefer the line that names the workload', () => {
    const { documents } = substitute(deployment('a:1'), 'web=a:2', 'deployment/web/web=a:3');
    expect(imagesIn(documents)).toEqual(['a:3']);
  });

  test.each([
    [
      'ghcr.io/acme/other:2',
      'no container in the manifests runs ghcr.io/acme/other: deployment/web has web (a:1). Name the container (container=image)',
    ],
    [
      'wen=a:2',
      "no container of the manifests is meant by 'wen=a:2': deployment/web has web (a:1). Did you mean 'web'?",
    ],
  ])('%s, which fits nowhere, is a problem', (line, problem) => {
    expect(substitute(deployment('a:1'), line).problems.map((each) => each.problem)).toEqual([problem]);
  });
});

describe('the order of application', () => {
  const documents = readDocuments(
    [
      object('Widget', 'custom').replace('v1', 'example.com/v1'),
      object('Deployment', 'web'),
      object('Service', 'web'),
      object('ConfigMap', 'b'),
      object('ConfigMap', 'a'),
      object('Namespace', 'shop'),
      object('CustomResourceDefinition', 'widgets.example.com', 'spec: {group: example.com, names: {kind: Widget}}\n'),
    ].join('---\n'),
    'f.yaml',
  ).documents;

  test('is by what needs what, and else as given', () => {
    expect(names(inApplyOrder(documents))).toEqual([
      'Namespace/shop',
      'CustomResourceDefinition/widgets.example.com',
      'ConfigMap/b',
      'ConfigMap/a',
      'Service/web',
      'Deployment/web',
      'Widget/custom',
    ]);
  });

  test('knows what cannot be tried before its namespace or definition exists', () => {
    const [widget, web, , , , namespace, definition] = documents;
    expect([restsOn(widget!, definition!, 'x'), restsOn(web!, definition!, 'x')]).toEqual([true, false]);
    expect([
      restsOn(web!, namespace!, 'shop'),
      restsOn(web!, namespace!, 'x'),
      restsOn(namespace!, namespace!, 'shop'),
    ]).toEqual([true, false, false]);
  });
});

test('documents for another namespace are named with their place', () => {
  const { documents } = readDocuments(object('Service', 'a', '  namespace: other\n'), 'f.yaml');
  expect(namespaceProblems(documents, 'shop')).toEqual([
    {
      subject: 'f.yaml',
      problem: 'service/a is for namespace other, the input namespace says shop',
      location: { file: 'f.yaml', line: 1 },
    },
  ]);
  expect(namespaceProblems(documents, 'other')).toEqual([]);
});
