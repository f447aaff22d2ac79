/** What a pom.xml says, as far as a build has to know it. Maven alone knows the effective model. */
import { readFileSync } from 'node:fs';
import { InputError } from '../base/errors.ts';
import { MalformedError } from '../formats/malformed.ts';
import { decodeXml } from '../formats/xml-encoding.ts';
import { childrenNamed, parseXml, type Element } from '../formats/xml.ts';
import { codes } from './codes.ts';

export interface Coordinates {
  readonly groupId: string | undefined;
  readonly artifactId: string | undefined;
  /** As far as it can be told from this file; undefined where it is managed elsewhere. */
  readonly version: string | undefined;
  /** Maven's `type`: jar unless said otherwise. */
  readonly type: string;
  readonly line: number;
}

export interface Plugin extends Coordinates {
  /** The goals that this pom binds to phases. */
  readonly goals: readonly string[];
  /** The same, each with the phase that its execution names. */
  readonly bindings: readonly { readonly goal: string; readonly phase: string | undefined }[];
  /** Names of what is configured, in the plugin and in its executions. */
  readonly configured: readonly string[];
}

export interface Profile extends PomPart {
  readonly id: string;
  /** When it takes part: only when asked for, by default (unless another is asked for), or as something else decides. */
  readonly activation: 'asked' | 'default' | 'condition';
  /** True when it sets properties. */
  readonly setsProperties: boolean;
}

/** The part of a pom that a profile can have too. */
export interface PomPart {
  readonly modules: readonly string[];
  readonly dependencies: readonly Coordinates[];
  readonly plugins: readonly Plugin[];
}

export interface Pom extends PomPart {
  readonly groupId: string | undefined;
  readonly artifactId: string | undefined;
  readonly version: string | undefined;
  readonly name: string | undefined;
  readonly packaging: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly profiles: readonly Profile[];
  readonly parent: Coordinates | undefined;
}

/**
 * Reads a pom.xml.
 * @param display how the file is called in messages
 * @throws InputError MAVEN_POM_MALFORMED
 */
export function readPom(path: string, display: string = path): Pom {
  const malformed = (problem: string, line?: number, column?: number) =>
    new InputError(codes.MAVEN_POM_MALFORMED, [
      {
        subject: display,
        problem,
        location: { file: display, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
      },
    ]);
  try {
    const root = parseXml(decodeXml(readFileSync(path)));
    if (root.name !== 'project') throw malformed(`is no pom: its root is <${root.name}>, not <project>`, root.line);
    return toPom(root);
  } catch (error) {
    if (error instanceof MalformedError) {
      const at = error.line === undefined ? '' : ` (line ${error.line})`;
      throw malformed(`is not well-formed XML: ${error.message}${at}`, error.line, error.column);
    }
    throw error;
  }
}

function toPom(root: Element): Pom {
  const parent = child(root, 'parent');
  const properties = Object.fromEntries(
    (child(root, 'properties')?.children ?? []).map((property) => [property.name, property.text.trim()]),
  );
  const own = (name: string) => textOf(root, name) ?? (parent === undefined ? undefined : textOf(parent, name));
  const project = { groupId: own('groupId'), artifactId: textOf(root, 'artifactId'), version: own('version') };
  const fill = filler({
    ...properties,
    ...Object.fromEntries(
      Object.entries(project)
        .filter((entry): entry is [string, string] => entry[1] !== undefined)
        .flatMap(([key, value]) => [
          [`project.${key}`, value],
          [`pom.${key}`, value],
        ]),
    ),
  });
  return {
    groupId: fill(project.groupId),
    artifactId: fill(project.artifactId),
    version: fill(project.version),
    name: fill(textOf(root, 'name')),
    packaging: textOf(root, 'packaging') ?? 'jar',
    properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, fill(value) ?? value])),
    ...toPart(root, fill),
    profiles: childrenOf(root, 'profiles', 'profile').map((profile) => ({
      id: textOf(profile, 'id') ?? 'default',
      activation: activationOf(child(profile, 'activation')),
      setsProperties: (child(profile, 'properties')?.children ?? []).length > 0,
      ...toPart(profile, fill),
    })),
    parent: parent === undefined ? undefined : coordinates(parent, fill),
  };
}

function activationOf(activation: Element | undefined): Profile['activation'] {
  if (activation === undefined || activation.children.length === 0) return 'asked';
  if (activation.children.some(({ name }) => name !== 'activeByDefault')) return 'condition';
  return textOf(activation, 'activeByDefault') === 'true' ? 'default' : 'asked';
}

type Fill = (value: string | undefined) => string | undefined;

function toPart(element: Element, fill: Fill): PomPart {
  const build = child(element, 'build');
  return {
    modules: childrenOf(element, 'modules', 'module').map((module) => fill(module.text.trim()) ?? ''),
    dependencies: childrenOf(element, 'dependencies', 'dependency').map((dependency) => coordinates(dependency, fill)),
    plugins:
      build === undefined
        ? []
        : childrenOf(build, 'plugins', 'plugin').map((plugin) => ({
            ...coordinates(plugin, fill),
            groupId: fill(textOf(plugin, 'groupId')) ?? 'org.apache.maven.plugins',
            ...executionsOf(plugin),
          })),
  };
}

function executionsOf(plugin: Element): Pick<Plugin, 'goals' | 'bindings' | 'configured'> {
  const executions = childrenOf(plugin, 'executions', 'execution');
  const bindings = executions.flatMap((execution) =>
    childrenOf(execution, 'goals', 'goal').map((goal) => ({
      goal: goal.text.trim(),
      phase: textOf(execution, 'phase'),
    })),
  );
  const configurations = [plugin, ...executions].flatMap((element) => childrenNamed(element, 'configuration'));
  return {
    goals: bindings.map(({ goal }) => goal),
    bindings,
    configured: configurations.flatMap(({ children }) => children.map(({ name }) => name)),
  };
}

function coordinates(element: Element, fill: Fill): Coordinates {
  return {
    groupId: fill(textOf(element, 'groupId')),
    artifactId: fill(textOf(element, 'artifactId')),
    version: fill(textOf(element, 'version')),
    type: fill(textOf(element, 'type')) ?? 'jar',
    line: element.line,
  };
}

/** Fills ${…} from the properties of this file; what it does not know stays as it stands. */
function filler(values: Readonly<Record<string, string>>): Fill {
  const fill = (text: string, depth: number): string =>
    text.replace(/\$\{([^}]+)\}/g, (whole, key: string) => {
      const value = values[key];
      return value === undefined || depth === 0 ? whole : fill(value, depth - 1);
    });
  return (value) => (value === undefined ? undefined : fill(value, 10));
}

function child(element: Element, name: string): Element | undefined {
  return childrenNamed(element, name)[0];
}

function childrenOf(element: Element, list: string, item: string): Element[] {
  return childrenNamed(element, list).flatMap((found) => childrenNamed(found, item));
}

function textOf(element: Element, name: string): string | undefined {
  const text = child(element, name)?.text.trim();
  return text === '' ? undefined : text;
}
