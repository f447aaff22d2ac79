import { projectOfKind, type ApiProject } from './archive.ts';
import { mainDocuments } from './project-kind.ts';
import { dataIn, isTable, tablesOf, textOr } from './table.ts';

/** One API that a product is made of. */
export interface UsedApi {
  readonly name: string;
  readonly version: string;
  /** `GET /employees` for each operation that the product takes of it. */
  readonly operations: readonly string[];
}

/** What a product is made of, by its main document. */
export function usedApis(product: Pick<ApiProject, 'files'>): UsedApi[] {
  const data = dataIn(product.files, mainDocuments['api-product'].names);
  return tablesOf(isTable(data) ? data.apis : undefined).map((api) => ({
    name: textOr(api.name, ''),
    version: textOr(api.version, '1.0.0'),
    operations: tablesOf(api.operations).map(({ verb, target }) => `${textOr(verb, '')} ${textOr(target, '')}`),
  }));
}

/**
 * The APIs in the archive of a product, as projects of their own, in the order in which the product uses them.
 * @param shown the product, as the user knows it
 * @throws InputError ARCHIVE_INVALID
 */
export function apisInside(product: Pick<ApiProject, 'files'>, shown: string): ApiProject[] {
  const folders = new Map<string, Map<string, Buffer>>();
  for (const [path, data] of product.files) {
    const [, folder, name] = /^APIs\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (folder === undefined || name === undefined) continue;
    const files = folders.get(folder) ?? new Map<string, Buffer>();
    folders.set(folder, files.set(name, data));
  }
  const order = usedApis(product).map(({ name, version }) => `${name}:${version}`);
  const place = ({ name, version }: ApiProject) => {
    const at = order.indexOf(`${name}:${version}`);
    return at === -1 ? order.length : at;
  };
  return [...folders]
    .map(([folder, files]) => projectOfKind('api', folder, files, `${shown}, APIs/${folder}`))
    .sort((a, b) => place(a) - place(b));
}

/** The product without the APIs in its archive: the server looks its APIs up in what it has. */
export function withoutApisInside(product: ApiProject): ApiProject {
  return { ...product, files: new Map([...product.files].filter(([path]) => !path.startsWith('APIs/'))) };
}
