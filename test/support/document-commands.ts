/** The commands that documents show, and what is wrong with them by the tools' own words. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { misuseOf } from '@wso2-delivery/lab/apictl/commands';
import { blocksOf, proseLines } from './document-blocks.ts';
import { findTool } from './tools.ts';

export interface Shown {
  /** `docs/migration.md:28` */
  readonly place: string;
  readonly command: string;
}

/** Programs whose commands are told apart from other code between backticks. */
const programs = ['npm', 'kubectl', 'docker', 'crane', 'oras', 'gh', 'cosign', 'apictl', 'mvn', 'go', 'npx', 'git'];

/** All commands of a document: in shell blocks, in `run:` of workflows, in `sh '…'` of Jenkinsfiles, and between backticks. */
export function commandsOf(root: string, file: string): Shown[] {
  const blocks = blocksOf(root, file).flatMap(({ line, language, text }) => {
    const place = `${file}:${line}`;
    if (['sh', 'bash', 'shell', 'console'].includes(language))
      return linesOf(text).map((command) => ({ place, command }));
    if (language === 'groovy')
      return [...text.matchAll(/\bsh '([^']+)'/g)].map(([, command = '']) => ({ place, command }));
    if (!['yaml', 'yml'].includes(language)) return [];
    const scripts = text.matchAll(/^( *)(?:- )?run: (?:\|\n((?:\1 +.*\n?)+)|(.+))$/gm);
    return [...scripts].flatMap(([, , long, short = '']) =>
      linesOf(long ?? short).map((command) => ({ place, command: command.replaceAll(/\$\{\{.*?\}\}/g, 'value') })),
    );
  });
  const inline = proseLines(root, file).flatMap(({ text, line }) =>
    [...text.matchAll(/`([a-z]+ [^`]+)`/g)]
      .map(([, command = '']) => ({ place: `${file}:${line}`, command }))
      .filter(({ command }) => programs.includes(command.split(' ')[0]!)),
  );
  return [...blocks, ...inline];
}

/** The commands of a script: lines, members of pipelines, and what a variable is set from. */
function linesOf(script: string): string[] {
  return script
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => {
      const [, value] = /^\w+=(.*)$/.exec(line) ?? [];
      return value === undefined ? [line] : [...value.matchAll(/\$\((.+)\)/g)].map((match) => match[1]!);
    })
    .flatMap((line) => line.split(' | '));
}

/** What a tool says about a command that somebody wrote down: empty when it would take it. */
export function problemsOf(root: string, command: string): string[] {
  const [program = '', ...words] = command.split(/\s+/);
  switch (program) {
    case 'npm':
      return npm(root, words);
    case 'kubectl':
      return [...flagsIn('kubectl', words, ['-n', '--namespace', '--kubeconfig']), ...files(root, words)];
    case 'docker':
    case 'crane':
    case 'oras':
      return flagsIn(program, words, []);
    case 'apictl':
      return apictl(words);
    case 'gh':
    case 'cosign':
      return byManual(program, words);
    case 'git':
      return git(words);
    case 'mvn':
      return mvn(root, words);
    case 'go':
      return /^install [\w.-]+\.[a-z]+\/[\w./-]+@v\d+\.\d+\.\d+$/.test(words.join(' '))
        ? []
        : ['is no pinned go install'];
    // What a step does besides: nothing of a tool's that could be wrong.
    case 'echo':
    case 'cd':
    case 'jq':
      return [];
    default:
      return [`${program} is no program that a reader of this toolkit has`];
  }
}

/** Tools without which a command cannot be judged. */
export function neededFor(command: string): readonly string[] {
  const [program = ''] = command.split(/\s+/);
  return ['kubectl', 'docker', 'crane', 'oras', 'git'].includes(program) ? [program] : [];
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
}

/** Scripts that run what is named, and end with 2 when there is no such thing: asking them does nothing. */
const scriptsWithNames = ['test', 'bench', 'mutation'];

/** A script of package.json, and names that it takes: asked of the script, which refuses names that it does not know. */
function npm(root: string, [verb = '', ...words]: readonly string[]): string[] {
  if (['ci', 'audit'].includes(verb)) return words.length === 0 ? [] : [`npm ${verb} is shown with words`];
  const script = verb === 'run' ? words[0]! : verb;
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const line = scripts[script];
  if (line === undefined) return [`package.json has no script ${script}`];
  const [dashes, ...names] = verb === 'run' ? words.slice(1) : words;
  if (dashes === undefined) return [];
  const entry = /scripts\/start\.mjs (\S+)$/.exec(line)?.[1];
  if (dashes !== '--' || entry === undefined || !scriptsWithNames.includes(script))
    return [`${script} takes no words, or not without --`];
  const { status, stderr } = spawnSync(process.execPath, [join(root, entry), ...names, 'no-such-name'], {
    encoding: 'utf8',
  });
  if (status !== 2) return [`${script} does not say which names it takes`];
  const refused = /^No such \w+: (.+?)\. There are /m.exec(stderr)?.[1]?.split(', ') ?? [];
  return refused.filter((name) => name !== 'no-such-name').map((name) => `${script} does not take ${name}`);
}

const helps = new Map<string, string | undefined>();

/** The help of a command; undefined: there is no such command. */
function helpOf(program: string, words: readonly string[]): string | undefined {
  const key = [program, ...words].join(' ');
  if (!helps.has(key)) {
    const { status, stdout, stderr } = spawnSync(findTool(program)!, [...words, '--help'], { encoding: 'utf8' });
    helps.set(key, status === 0 && /^\s*usage:/im.test(stdout + stderr) ? stdout + stderr : undefined);
  }
  return helps.get(key);
}

/** The longest command that a tool has help for, and the flags that this help (or that of all commands) does not list. */
function flagsIn(program: string, words: readonly string[], before: readonly string[]): string[] {
  const plain: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    if (before.includes(words[index]!)) index += 1;
    else if (words[index]!.startsWith('-')) break;
    else plain.push(words[index]!);
  }
  const [verb = ''] = plain;
  if (!new RegExp(`^\\s+${verb}\\*?\\s`, 'm').test(helpOf(program, []) ?? ''))
    return [`${program} has no command ${verb}`];
  // `create secret generic NAME`: as many words as the tool takes for a command. A group prints its own help for any word.
  const names = [3, 2, 1].map((count) => plain.slice(0, count));
  const own = names.find((name, index) => {
    const help = helpOf(program, name);
    return help !== undefined && (index === 2 || help !== helpOf(program, name.slice(0, -1)));
  });
  const help = `${helpOf(program, own ?? [verb]) ?? ''}\n${program === 'kubectl' ? optionsOfKubectl() : (helpOf(program, []) ?? '')}`;
  const group = plain[(own ?? [verb]).length];
  const subcommands = /^Available Commands:\n((?: .*\n)+)/m.exec(help)?.[1];
  if (program === 'kubectl' && group !== undefined && subcommands !== undefined) {
    const known = [...subcommands.matchAll(/^ +([\w-]+)/gm)].map((match) => match[1]!);
    if (!known.includes(group)) return [`${program} ${(own ?? [verb]).join(' ')} has no command ${group}`];
  }
  return words
    .filter((word) => /^--?[a-z]/i.test(word))
    .map((word) => word.split('=')[0]!)
    .filter((flag) => !new RegExp(`(^|[\\s,])${flag}[=,:\\s]`, 'm').test(help))
    .map((flag) => `${program} ${plain.slice(0, 2).join(' ')} has no flag ${flag}`);
}

function optionsOfKubectl(): string {
  const known = helps.get('kubectl options');
  if (known !== undefined) return known;
  const { stdout } = spawnSync(findTool('kubectl')!, ['options'], { encoding: 'utf8' });
  helps.set('kubectl options', stdout);
  return stdout;
}

/** `-f docs/rbac/x.yaml`: what a reader is to apply is there. */
function files(root: string, words: readonly string[]): string[] {
  const named = words.filter((_, index) => ['-f', '--filename'].includes(words[index - 1] ?? ''));
  return named.filter((file) => !existsSync(join(root, file))).map((file) => `there is no ${file}`);
}

/**
 * By the flags of the stand-in, which recorded transcripts of apictl 4.7.0 hold. `…` leaves the rest out; a command without
 * values (`apictl login --token`) is a mention.
 */
function apictl(words: readonly string[]): string[] {
  const isMention = words.slice(2).every((word) => word.startsWith('-'));
  const problem = misuseOf(words.map((word) => (word === '…' ? 'value' : word)));
  const mayBeOpen = /^(required flag\(s\)|flag needs an argument)/.test(problem ?? '');
  return problem === undefined || (mayBeOpen && (isMention || words.includes('…'))) ? [] : [problem];
}

/**
 * Commands of tools that CI does not have, with the flags that their manuals list:
 * https://cli.github.com/manual/gh_attestation_verify, https://github.com/sigstore/cosign/tree/v2.6.1/doc
 */
const manuals: Readonly<Record<string, readonly string[]>> = {
  'gh attestation verify': ['--owner', '--repo', '-o', '-R', '--bundle', '--format', '--predicate-type'],
  'cosign tree': ['--experimental-oci11'],
  'cosign attest': ['--type', '--predicate', '--key', '--yes'],
  'cosign verify-attestation': ['--type', '--key', '--certificate-identity', '--certificate-oidc-issuer'],
};

function byManual(program: string, words: readonly string[]): string[] {
  const name = Object.keys(manuals).find((each) => `${program} ${words.join(' ')} `.startsWith(`${each} `));
  if (name === undefined) return [`${program} ${words.slice(0, 2).join(' ')} is not known here`];
  const flags = words.filter((word) => word.startsWith('-')).map((word) => word.split('=')[0]!);
  return flags.filter((flag) => !manuals[name]!.includes(flag)).map((flag) => `${name} has no flag ${flag}`);
}

/** `git VERB -h` lists the flags of a command, and says of an unknown one that it is none. */
function git([verb = '', ...words]: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync(findTool('git')!, [verb, '-h'], { encoding: 'utf8' });
  if (!`${stdout}${stderr}`.includes(`git ${verb}`)) return [`git has no command ${verb}`];
  return words
    .filter((word) => word.startsWith('-') && !stdout.includes(word.split('=')[0]!))
    .map((word) => `git ${verb} has no flag ${word}`);
}

/** Phases of Maven's default and clean lifecycles that a person names. */
const phases = ['clean', 'validate', 'compile', 'test', 'package', 'verify', 'install', 'deploy'];
/** Of Maven and its plugins (maven.apache.org); everything else has to stand in the poms of examples/. */
const properties = ['skipTests', 'maven.test.skip'];
const switches = ['-B', '-q', '-U', '-o', '-ntp', '--no-transfer-progress', '--batch-mode'];

function mvn(root: string, words: readonly string[]): string[] {
  const poms = globSync('examples/*/**/pom.xml', { cwd: root })
    .map((pom) => readFileSync(join(root, pom), 'utf8'))
    .join('\n');
  return words.flatMap((word) => {
    const [, kind, name = ''] = /^-([PD])([\w.-]+)/.exec(word) ?? [];
    if (kind === 'P') return poms.includes(`<id>${name}</id>`) ? [] : [`no pom of examples/ has the profile ${name}`];
    if (kind === 'D')
      return properties.includes(name) || poms.includes(`\${${name}}`) ? [] : [`no pom of examples/ reads ${name}`];
    return phases.includes(word) || switches.includes(word) ? [] : [`mvn does not take ${word}`];
  });
}
