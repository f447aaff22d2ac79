/** The bill of materials of a bundle, in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). Same bundle, same bytes. */
import { createHash } from 'node:crypto';
import type { BundledPackage, BundleFile } from './packages.ts';

export interface Bundle {
  readonly action: string;
  readonly version: string;
  /** Every file of it that runs, by name. */
  readonly files: readonly BundleFile[];
  readonly packages: readonly BundledPackage[];
}

interface Hash {
  readonly alg: 'SHA-256' | 'SHA-512';
  readonly content: string;
}

interface Component {
  readonly type: 'application' | 'library';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl?: string;
  readonly licenses: readonly ({ license: { id: string } } | { expression: string })[];
  readonly hashes?: readonly Hash[];
  /** Of the bundle: its files. */
  readonly components?: readonly { readonly type: 'file'; readonly name: string; readonly hashes: readonly Hash[] }[];
}

export interface BillOfMaterials {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly serialNumber: string;
  readonly version: 1;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

export function billOfMaterials({ action, version, files, packages }: Bundle): BillOfMaterials {
  const hashed = files.map(({ name, content }) => ({ name, sha256: sha256Of(content) }));
  const own = `wso2-delivery/${action}@${version}`;
  const byName = new Map(packages.map((one) => [one.name, purlOf(one)]));
  const needed = new Set(packages.flatMap(({ needs }) => needs));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(sha256Of(hashed.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('')))}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name: action,
        version,
        licenses: [{ license: { id: 'Apache-2.0' } }],
        components: hashed.map(({ name, sha256 }) => ({
          type: 'file',
          name,
          hashes: [{ alg: 'SHA-256', content: sha256 }],
        })),
      },
    },
    components: packages.map((one) => ({
      type: 'library',
      'bom-ref': purlOf(one),
      name: one.name,
      version: one.version,
      purl: purlOf(one),
      licenses: [one.licence.includes(' ') ? { expression: one.licence } : { license: { id: one.licence } }],
      hashes: [{ alg: 'SHA-512', content: sha512Of(one) }],
    })),
    dependencies: [
      { ref: own, dependsOn: packages.filter(({ name }) => !needed.has(name)).map(purlOf) },
      ...packages.map((one) => ({
        ref: purlOf(one),
        dependsOn: one.needs.flatMap((need) => byName.get(need) ?? []),
      })),
    ],
  };
}

function sha256Of(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** https://github.com/package-url/purl-spec, type npm: the @ of a scope is escaped. */
function purlOf({ name, version }: BundledPackage): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function sha512Of({ name, integrity }: BundledPackage): string {
  const [, base64] = /^sha512-([A-Za-z0-9+/=]+)$/.exec(integrity) ?? [];
  if (base64 === undefined) throw new Error(`${name} has no SHA-512 in package-lock.json: ${integrity}`);
  return Buffer.from(base64, 'base64').toString('hex');
}

/** A UUID of version 8 (RFC 9562) from a digest. */
function uuidOf(hex: string): string {
  const digits = `${hex.slice(0, 12)}8${hex.slice(13, 16)}8${hex.slice(17, 32)}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
