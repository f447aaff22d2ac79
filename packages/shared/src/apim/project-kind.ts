/** What a promotion moves. */
export type ProjectKind = 'api' | 'api-product' | 'application';

interface MainDocument {
  /** The names that the main document of an archive may have. */
  readonly names: readonly string[];
  /** Where it keeps the life cycle state. */
  readonly stateKey: string | undefined;
}

/** What each kind of archive begins with (carbon-apimgt, ImportExportConstants). */
export const mainDocuments: Readonly<Record<ProjectKind, MainDocument>> = {
  api: { names: ['api.yaml', 'api.json'], stateKey: 'lifeCycleStatus' },
  'api-product': { names: ['api_product.yaml', 'api_product.json'], stateKey: 'state' },
  application: { names: ['application.yaml', 'application.json'], stateKey: undefined },
};

/** What these files are the archive of; undefined: of nothing known. */
export function kindOfFiles(files: ReadonlyMap<string, Buffer>): ProjectKind | undefined {
  const kinds = Object.keys(mainDocuments) as ProjectKind[];
  return kinds.find((kind) => mainDocuments[kind].names.some((name) => files.has(name)));
}
