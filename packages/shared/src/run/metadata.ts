/** action.yml and the tables of the documents, made from a declaration. Pure: scripts/generate.ts writes the files. */
import type { Declaration, Input } from './declaration.ts';
import { exampleOf } from './inputs.ts';
import { code, table } from '../formats/markdown.ts';
import { formatYaml } from '../formats/yaml.ts';

const generated = '# Generated from src/action.ts by `npm run generate`: change the declaration, not this file.\n';

/** The action.yml of an action. @throws Error when a description is missing or a required input has no example */
export function actionYaml(action: Declaration): string {
  for (const [name, input] of Object.entries(action.inputs)) {
    if (input.description.trim() === '') throw new Error(`${action.name}: input ${name} has no description`);
    if (input.required && input.example === undefined) throw new Error(`${action.name}: input ${name} has no example`);
  }
  return (
    generated +
    formatYaml({
      name: `WSO2 delivery: ${action.name}`,
      description: action.description,
      author: 'wso2-delivery',
      branding: { icon: action.icon, color: action.color },
      inputs: Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, inputYaml(input)])),
      outputs: Object.fromEntries(Object.entries(action.outputs).map(([name, description]) => [name, { description }])),
      // The main step removes its private folders itself: the post step is for one that was killed.
      runs: { using: 'node24', main: `../../dist/${action.name}/index.js`, post: '../../dist/post/index.js' },
    })
  );
}

function inputYaml(input: Input<unknown>): Record<string, unknown> {
  return {
    description:
      input.choices === undefined ? input.description : `${input.description} (${input.choices.join(' | ')})`,
    required: input.required,
    ...(input.default === undefined ? {} : { default: input.default }),
  };
}

const kindNames: Readonly<Record<Input<unknown>['kind'], string>> = {
  text: 'text',
  choice: 'choice',
  boolean: 'true or false',
  integer: 'whole number',
  duration: 'duration',
  bytes: 'size',
  path: 'path in the repository',
  lines: 'one value a line',
  pairs: 'key=value lines',
  document: 'YAML or JSON, or a file that holds it',
  secret: 'secret',
};

/** The inputs of an action as a Markdown table. */
export function inputsTable(action: Declaration): string {
  return table(
    ['Input', 'What it is', 'Kind', 'Default', 'Example'],
    Object.entries(action.inputs).map(([name, input]) => [
      `${code(name)}${input.required ? ' (required)' : ''}`,
      input.description.replaceAll('|', '\\|'),
      input.choices === undefined ? kindNames[input.kind] : input.choices.map((choice) => code(choice)).join(', '),
      input.default === undefined || input.default === '' ? '' : code(input.default),
      input.example === undefined ? '' : code(exampleOf(input)),
    ]),
  );
}

/** The outputs of an action as a Markdown table. */
export function outputsTable(action: Declaration): string {
  return table(
    ['Output', 'What it holds'],
    Object.entries(action.outputs).map(([name, description]) => [code(name), description.replaceAll('|', '\\|')]),
  );
}

/**
 * Puts `content` between the markers `<!-- name:begin -->` and `<!-- name:end -->` of a document.
 * @throws Error when the document lacks them
 */
export function replaceBetweenMarkers(document: string, name: string, content: string): string {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from === -1 || to < from) throw new Error(`The document has no markers ${begin} … ${end}`);
  return `${document.slice(0, from + begin.length)}\n\n${content.trim()}\n\n${document.slice(to)}`;
}
