/** The connectors that mediation uses (`<email.send>`), and those that a carbon application holds. */
import { MalformedError } from '../formats/malformed.ts';
import { childrenNamed, parseXml, type Element } from '../formats/xml.ts';
import { readZip } from '../formats/zip.ts';
import type { Car } from './car.ts';
import type { MiSources } from './sources.ts';

export interface ConnectorUse {
  /** The part before the dot. */
  readonly connector: string;
  /** For people: "email.send". */
  readonly operation: string;
  /** Absolute. */
  readonly file: string;
  readonly line: number;
}

/** Messages within the configuration, where a dot means nothing. */
const foreign: ReadonlySet<string> = new Set(['format', 'source', 'property', 'args', 'message', 'data', 'datasource']);

/** The first use of each connector. */
export function connectorUses(sources: MiSources): ConnectorUse[] {
  const uses = new Map<string, ConnectorUse>();
  for (const { root, file } of sources.artifacts) {
    if (root === undefined) continue;
    const visit = (element: Element) => {
      const { name: operation, line } = element;
      const dot = operation.indexOf('.');
      if (dot > 0) {
        const connector = operation.slice(0, dot);
        if (!uses.has(connector)) uses.set(connector, { connector, operation, file, line });
        return;
      }
      if (!foreign.has(operation)) element.children.forEach(visit);
    };
    // A local entry holds any XML; only <x.init> right in it is a connection.
    if (root.name === 'localEntry') root.children.filter(({ name }) => name.endsWith('.init')).forEach(visit);
    else visit(root);
  }
  return [...uses.values()];
}

/** The names that the connectors of a CAR give themselves in connector.xml; undefined when one cannot be read. */
export async function connectorsIn(car: Car): Promise<ReadonlySet<string> | undefined> {
  const names = new Set<string>();
  for (const { type, payload } of car.artifacts) {
    if (type !== 'synapse/lib' || payload === undefined) continue;
    try {
      const entry = (await readZip(payload)).find(({ name }) => name === 'connector.xml');
      if (entry === undefined) return undefined;
      const component = childrenNamed(parseXml(entry.data.toString('utf8')), 'component')[0];
      names.add(component?.attributes.name ?? '');
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      return undefined;
    }
  }
  return names;
}
