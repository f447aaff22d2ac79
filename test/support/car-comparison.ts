/** Two carbon applications, entry by entry: what one has and the other has not, and what differs in meaning. */
import { childrenNamed, parseXml, type Element } from '@wso2-delivery/shared/formats/xml';
import type { ZipEntry } from '@wso2-delivery/shared/formats/zip';
import { sameMeaning } from '@wso2-delivery/shared/mi/xml-meaning';

/**
 * The differences, empty for none. XML that the plugin writes is compared by meaning, all else byte by byte. The order
 * of artifacts of one kind is the file system's, so that lists are compared as sets.
 */
export function differences(one: readonly ZipEntry[], other: readonly ZipEntry[]): string[] {
  const [left, right] = [byName(one), byName(other)];
  return [
    ...[...left.keys()].filter((name) => !right.has(name)).map((name) => `- ${name}`),
    ...[...right.keys()].filter((name) => !left.has(name)).map((name) => `+ ${name}`),
    ...[...left].flatMap(([name, data]) => {
      const against = right.get(name);
      return against === undefined || same(name, data, against) ? [] : [`! ${name}`];
    }),
  ].sort();
}

function byName(entries: readonly ZipEntry[]): Map<string, Buffer> {
  return new Map(entries.map(({ name, data }) => [name, data]));
}

function same(name: string, one: Buffer, other: Buffer): boolean {
  if (!/(?:^|\/)(?:artifacts?|metadata|descriptor|registry-info)\.xml$/.test(name)) return one.equals(other);
  const [left, right] = [parseXml(one.toString()), parseXml(other.toString())];
  return sameMeaning(sorted(left), sorted(right));
}

function sorted(root: Element): Element {
  const [application] = childrenNamed(root, 'artifact');
  if (root.name !== 'artifacts' || application === undefined) return root;
  const key = ({ attributes }: Element) => JSON.stringify(attributes);
  const children = [...application.children].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return { ...root, children: [{ ...application, children }] };
}
