import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import type { Api, Catalogue, ExportOptions, ImportOptions } from './catalogue.ts';
import { ImportRefused } from './import-refused.ts';
import { injectParams, type Table } from './params-injection.ts';
import { dependentProjects, packProject, type Project } from './project.ts';

export interface ProductImportOptions extends ImportOptions {
  /** Import the APIs in the archive that are not there. */
  readonly importApis: boolean;
  /** Also update those that are there. */
  readonly overwriteApis: boolean;
}

/** One API of a product, with the operations that the product takes of it. */
interface UsedApi {
  readonly name: string;
  readonly version: string;
  readonly operations: readonly { readonly target: string; readonly verb: string }[];
}

/**
 * API products over the APIs that they are made of, as carbon-apimgt's ImportUtils treats them: the APIs come first, an
 * operation that no API has is refused, and an API that a product uses cannot be removed.
 */
export class Products {
  readonly catalogue: Catalogue;
  readonly #apis: Catalogue;

  constructor(catalogue: Catalogue, apis: Catalogue) {
    this.catalogue = catalogue;
    this.#apis = apis;
  }

  /** @throws ImportRefused */
  import(product: Project, options: ProductImportOptions): Api {
    const dependents = dependentProjects(product);
    for (const used of usedApis(product)) this.#requireOperations(used, dependents);
    if (options.importApis) {
      for (const [folder, project] of dependents) this.#importApi(folder, project, product, options);
    }
    const apis = usedApis(product).map((used) => {
      const { name, version } = used;
      const api = this.#apis.named(name, version);
      if (api === undefined) {
        const missing = `Error while importing API Product: Error occurred while retrieving the API. API: ${name} version: ${version} not found`;
        throw new ImportRefused(404, 900401, missing);
      }
      return { ...used, apiId: api.id };
    });
    return this.catalogue.import({ ...product, api: { ...product.api, apis } }, options);
  }

  /** The archive of a product: with the APIs as they are now. */
  async export(product: Api, options: ExportOptions): Promise<Buffer> {
    const files = this.catalogue.files(product, options);
    for (const name of files.keys()) if (name.startsWith('APIs/')) files.delete(name);
    for (const { name, version } of usedApis(options.revision?.snapshot ?? product.working)) {
      const api = this.#apis.named(name, version);
      if (api === undefined) continue;
      const inside = this.#apis.files(api, { ...options, revision: undefined });
      for (const [file, data] of inside) files.set(`APIs/${name}-${version}/${file}`, data);
    }
    return packProject(`${product.name}-${product.version}`, files);
  }

  /** The products that use an API. */
  using(api: Api): Api[] {
    return this.catalogue.apis.filter((product) =>
      usedApis(product.working).some(({ name, version }) => name === api.name && version === api.version),
    );
  }

  /** The API that serves an operation of a product, as far as the first segments of the path tell. */
  behind(product: Project, path: string, verb: string): Api | undefined {
    const used = usedApis(product).find(({ operations }) =>
      operations.some((operation) => operation.verb === verb && isOn(operation.target, path)),
    );
    return used === undefined ? undefined : this.#apis.named(used.name, used.version);
  }

  #requireOperations({ name, version, operations }: UsedApi, dependents: ReadonlyMap<string, Project>): void {
    const inArchive = [...dependents.values()].find(({ api }) => api.name === name && api.version === version);
    if (inArchive === undefined) return;
    const known = [inArchive, this.#apis.named(name, version)?.working].flatMap((project) =>
      project === undefined ? [] : operationsOf(project),
    );
    const unknown = operations.filter(({ target, verb }) => !known.includes(`${verb} ${target}`));
    if (unknown.length > 0) {
      throw new ImportRefused(404, 900401, 'Cannot find API resources for some API Product resources.');
    }
  }

  #importApi(folder: string, project: Project, product: Project, options: ProductImportOptions): void {
    const existing = this.#apis.named(String(project.api.name), String(project.api.version));
    if (existing !== undefined && !options.overwriteApis) return;
    const params = product.dependentParams?.[folder];
    this.#apis.import(params === undefined ? project : injectParams(project, params), { ...options, overwrite: true });
  }
}

function usedApis(product: Project): UsedApi[] {
  const { apis } = product.api;
  return (Array.isArray(apis) ? (apis as Table[]) : []).map((used) => ({
    ...used,
    name: String(used.name),
    version: typeof used.version === 'string' ? used.version : '1.0.0',
    operations: Array.isArray(used.operations) ? (used.operations as UsedApi['operations']) : [],
  }));
}

/** "GET /employees" for each operation of a project: of its OpenAPI document, or of api.yaml. */
function operationsOf({ files, api }: Project): string[] {
  const listed = Array.isArray(api.operations) ? (api.operations as UsedApi['operations']) : [];
  const definition = files.get('Definitions/swagger.yaml');
  const { paths = {} } = (definition === undefined ? {} : parseYaml(definition.toString('utf8'))) as {
    paths?: Readonly<Record<string, Table>>;
  };
  const defined = Object.entries(paths).flatMap(([target, verbs]) =>
    Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${target}`),
  );
  return [...defined, ...listed.map(({ verb, target }) => `${verb} ${target}`)];
}

/** True when a path may belong to a target such as /employees/{id} or /*. */
function isOn(target: string, path: string): boolean {
  const pattern = target
    .replace(/[.+?^$()|[\]\\]/g, '\\$&')
    .replaceAll(/\{[^}]*\}/g, '[^/]+')
    .replace('*', '.*');
  return new RegExp(`^${pattern}/?$`).test(path);
}
