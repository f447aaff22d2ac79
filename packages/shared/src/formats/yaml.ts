import { CORE_SCHEMA, dump, loadAll, mergeTag, YAMLException, type LoadOptions } from 'js-yaml';
import { MalformedError } from './malformed.ts';

/** YAML 1.2 core plus merge keys: `yes` stays a word, dates stay text. kubectl reads 1.1: let it parse what it applies. */
const options: LoadOptions = { schema: CORE_SCHEMA.withTags(mergeTag), maxDepth: 100, maxAliases: 500 };

/** Parses one document; a text without any (empty, or comments alone) is null. @throws MalformedError with line and column */
export function parseYaml(text: string): unknown {
  const documents = parseYamlDocuments(text);
  if (documents.length > 1) throw new MalformedError(`holds ${documents.length} documents where one is expected`);
  return documents[0] ?? null;
}

/** Parses a stream of documents separated by `---`. @throws MalformedError with line and column */
export function parseYamlDocuments(text: string): unknown[] {
  return guarded(() => loadAll(text, options));
}

/** Writes a value as YAML that YAML 1.1 and 1.2 readers understand alike. */
export function formatYaml(value: unknown): string {
  return dump(value, { lineWidth: -1, noRefs: true });
}

function guarded<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof YAMLException) {
      throw new MalformedError(error.reason, place(error.mark));
    }
    // The parser asks its callers to expect other exceptions too (js-yaml 5, load).
    throw new MalformedError(error instanceof Error ? error.message : String(error));
  }
}

function place(mark: YAMLException['mark']): { line?: number; column?: number } {
  return mark === undefined ? {} : { line: mark.line + 1, column: mark.column + 1 };
}
