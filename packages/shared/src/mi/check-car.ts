/** Compares a carbon application with the sources that it is made of. Pure. */
import { formatBytes } from '../base/bytes.ts';
import { MalformedError } from '../formats/malformed.ts';
import { childrenNamed, parseXml, type Element } from '../formats/xml.ts';
import { artifactKinds, kindOfRoot, nounOf } from './artifact-kinds.ts';
import { artifactOf, type Car, type CarArtifact } from './car.ts';
import { collisionFindings } from './check-collisions.ts';
import { registryFindings } from './check-registry.ts';
import { strayFinding } from './check-strays.ts';
import { connectorUses } from './connector-use.ts';
import { finding, type Finding } from './finding.ts';
import { findUnresolved } from './references.ts';
import type { MiSources, SourceArtifact } from './sources.ts';
import { sameMeaning } from './xml-meaning.ts';

export interface Comparison {
  readonly car: Car;
  /** undefined for a project of another layout, or a CAR that was given: then the CAR alone is checked. */
  readonly sources: MiSources | undefined;
  /** Connectors that the pom asks for, with their line in it. */
  readonly connectors?: readonly { readonly name: string; readonly file: string; readonly line: number }[];
  /** Names that the packed connectors give themselves; undefined when that is not known. */
  readonly packedConnectors?: ReadonlySet<string> | undefined;
  /** Names of artifacts in the other carbon applications that go with this one. */
  readonly elsewhere?: ReadonlySet<string>;
  /** Turns an absolute path into the one for annotations. */
  readonly display: (path: string) => string;
}

/** Everything that is not as it should be, errors first. */
export function checkCar(comparison: Comparison): Finding[] {
  const { car, sources, connectors = [] } = comparison;
  const documents = payloadsOf(sources);
  const fromSources = sources === undefined ? [] : compare(comparison, documents, sources);
  const seen = new Set(fromSources.map(({ rule, subject }) => `${rule}\0${subject}`));
  const fromCar = checkAlone(car, documents).filter(({ rule, subject }) => !seen.has(`${rule}\0${subject}`));
  const findings = [...fromSources, ...fromCar, ...missingConnectors(car, connectors)];
  return findings.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

function compare(
  { car, connectors = [], packedConnectors, elsewhere, display }: Comparison,
  documents: Documents,
  sources: MiSources,
): Finding[] {
  const names = new Map<string, SourceArtifact[]>();
  for (const source of sources.artifacts) {
    if (source.name !== undefined) names.set(source.name, [...(names.get(source.name) ?? []), source]);
  }
  return [
    ...sources.artifacts.flatMap((source) =>
      compareArtifact(
        car,
        documents,
        source,
        (names.get(source.name ?? '') ?? []).filter((other) => other !== source),
        display,
      ),
    ),
    ...sources.strays.map((stray) => strayFinding(stray, display)),
    ...registryFindings(car, sources.registry, display),
    ...findUnresolved(sources, elsewhere).map(({ file, line, what, key }) =>
      finding('unresolved', key, `${what} '${key}' is not in this project.`, { file: display(file), line }, 'warning'),
    ),
    ...collisionFindings(sources, display),
    // Of a connector that the pom asks for and the CAR lacks nobody knows the name: it is a finding already.
    ...(missingConnectors(car, connectors).length > 0 || packedConnectors === undefined ? [] : connectorUses(sources))
      .filter(({ connector }) => packedConnectors?.has(connector) === false && elsewhere?.has(connector) !== true)
      .map(({ connector, operation, file, line }) => {
        const message = `<${operation}> needs the connector '${connector}', which is not in ${car.name} ${car.version}.`;
        return finding('connector-unpackaged', connector, message, { file: display(file), line }, 'warning');
      }),
  ];
}

function compareArtifact(
  car: Car,
  documents: Documents,
  source: SourceArtifact,
  namesakes: readonly SourceArtifact[],
  display: Comparison['display'],
): Finding[] {
  const { kind, flaw, name, root } = source;
  const file = display(source.file);
  const subject = name ?? file;
  const packed = name === undefined ? undefined : inCar(car, name, kind.type);
  if (flaw !== undefined) {
    const place = { file, line: flaw.line, column: flaw.column };
    if (flaw.kind === 'absent') return [finding('missing', subject, `${file} ${flaw.message}.`, place)];
    if (flaw.kind === 'empty') return [finding('empty-document', file, `${file} ${flaw.message}.`, place)];
    const fate = packed === undefined ? 'Maven left it out of the CAR' : 'Maven packed it as it is';
    return [finding('malformed', subject, `${file} is not well-formed XML (${flaw.message}); ${fate}.`, place)];
  }
  if (root === undefined) return [];
  const place = { file, line: root.line };
  if (root.name !== kind.root) {
    return [finding('wrong-type', subject, `${typeProblem(source, root)}.`, place)];
  }
  if (name === undefined || name === '') {
    return [finding('nameless', '', `The ${kind.noun} in ${file} has no name.`, place)];
  }
  const [namesake] = namesakes;
  if (namesake !== undefined) {
    const other = display(namesake.file);
    return [finding('duplicated', name, `The name '${name}' is also used by ${other}.`, place)];
  }
  if (packed === undefined) {
    return [finding('missing', name, `The ${kind.noun} '${name}' is not in ${car.name} ${car.version}.`, place)];
  }
  const inside = nameInside(source, root);
  if (inside !== undefined && inside !== name) {
    const after = source.declaredIn === undefined ? 'its file' : display(source.declaredIn);
    const message = `The ${kind.noun} in ${file} is called '${inside}'; the CAR calls it '${name}', after ${after}.`;
    return [finding('name-differs', name, message, place, 'warning')];
  }
  const packedRoot = documents(packed);
  if (packedRoot !== undefined && packedRoot !== root && !sameMeaning(root, packedRoot)) {
    return [finding('stale', name, `The ${kind.noun} '${name}' in the CAR is not what its source says.`, place)];
  }
  return [];
}

function typeProblem({ kind, declaredIn }: SourceArtifact, root: Element): string {
  const right = kindOfRoot(root.name);
  if (declaredIn !== undefined) return `<${root.name}> is listed in artifact.xml as ${kind.type}`;
  const advice =
    right === undefined ? `expected is <${kind.root}>` : `a ${right.noun} belongs in artifacts/${right.folder}`;
  return `<${root.name}> in artifacts/${kind.folder}: ${advice}`;
}

/** The name in the document, where the CAR takes it from somewhere else. */
function nameInside({ declaredIn }: SourceArtifact, root: Element): string | undefined {
  if (root.name === 'datasource') return childrenNamed(root, 'name')[0]?.text.trim();
  if (declaredIn === undefined) return undefined;
  return root.name === 'localEntry' ? root.attributes.key : root.attributes.name;
}

/** What the CAR lists and holds under this name. */
function inCar(car: Car, name: string, type: string): CarArtifact | undefined {
  return car.dependencies
    .filter(({ artifact }) => artifact === name)
    .map((dependency) => artifactOf(car, dependency))
    .find(
      (artifact) =>
        artifact?.type === type || (type === 'synapse/template' && artifact?.type.endsWith('Template') === true),
    );
}

/** The XML of an artifact's payload, read when asked for and once; undefined when it is none. */
type Documents = (artifact: CarArtifact) => Element | undefined;

function payloadsOf(sources: MiSources | undefined): Documents {
  // A payload of the same bytes as a source has been parsed with it: that is nearly all of them.
  const parsed = new Map(
    (sources?.artifacts ?? []).flatMap(({ content, root }) =>
      root === undefined ? [] : [[content.toString('latin1'), root] as const],
    ),
  );
  const documents = new Map<CarArtifact, Element | undefined>();
  return (artifact) => {
    if (!documents.has(artifact)) {
      const { payload } = artifact;
      documents.set(
        artifact,
        payload === undefined || isBeyondReading(payload)
          ? undefined
          : (parsed.get(payload.toString('latin1')) ?? parse(payload)),
      );
    }
    return documents.get(artifact);
  };
}

/** A character has three bytes at most for each unit that the parser counts: this is more than it takes, whatever is in it. */
function isBeyondReading(payload: Buffer): boolean {
  return payload.length > 3 * 16 * 1024 * 1024;
}

function parse(payload: Buffer): Element | undefined {
  try {
    return parseXml(payload.toString('utf8'));
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    return undefined;
  }
}

/** What can be told from the CAR alone. */
function checkAlone(car: Car, documents: Documents): Finding[] {
  const title = `${car.name} ${car.version}`;
  if (car.dependencies.length === 0) {
    return [finding('empty-car', car.name, `The carbon application ${title} holds no artifact.`)];
  }
  const counts = new Map<string, number>();
  for (const { artifact } of car.dependencies) counts.set(artifact, (counts.get(artifact) ?? 0) + 1);
  const first = car.dependencies.filter(
    ({ artifact }, index) => car.dependencies.findIndex((other) => other.artifact === artifact) === index,
  );
  return first.flatMap((dependency): Finding[] => {
    const { artifact: name, version } = dependency;
    if (name === '') return [finding('nameless', '', `${title} lists an artifact without a name.`)];
    if ((counts.get(name) ?? 0) > 1) {
      return [finding('duplicated', name, `${title} lists '${name}' ${String(counts.get(name))} times.`)];
    }
    const artifact = artifactOf(car, dependency);
    if (artifact === undefined) {
      return [finding('broken-car', name, `${title} lists '${name}' ${version} and does not hold it.`)];
    }
    if (artifact.payload === undefined) {
      const file = artifact.file ?? 'a file';
      return [finding('broken-car', name, `${title} does not hold ${file} of the ${nounOf(artifact.type)} '${name}'.`)];
    }
    const isXml = artifactKinds.some(({ type }) => type === artifact.type);
    if (isXml && documents(artifact) === undefined) {
      if (isBeyondReading(artifact.payload)) {
        const size = formatBytes(artifact.payload.length);
        const message = `The ${nounOf(artifact.type)} '${name}' in ${title} has ${size}: too large to be read as XML.`;
        return [finding('malformed', name, message)];
      }
      return [finding('malformed', name, `The ${nounOf(artifact.type)} '${name}' in ${title} is not well-formed XML.`)];
    }
    return [];
  });
}

/** The CAR plugin names a connector's artifact after the artifactId of the pom. */
function missingConnectors(car: Car, wanted: NonNullable<Comparison['connectors']>): Finding[] {
  const held = new Set(car.dependencies.map(({ artifact }) => artifact));
  return wanted
    .filter(({ name }) => !held.has(name))
    .map(({ name, file, line }) => {
      const message = `The connector ${name}, which the pom asks for, is not in ${car.name} ${car.version}.`;
      return finding('connector-missing', name, message, { file, line });
    });
}
