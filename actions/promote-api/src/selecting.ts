/** Which APIs the input `apis` means. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ProjectKind } from '@wso2-delivery/shared/apim/project-kind';
import {
  isPlain,
  readSelectors,
  searchOf,
  selected,
  type ApiName,
  type Selector,
} from '@wso2-delivery/shared/apim/selection';
import { codes } from '@wso2-delivery/shared/base/codes';
import { InputError, type Problem } from '@wso2-delivery/shared/base/errors';
import type { Files } from '@wso2-delivery/shared/base/ports';
import { isInside } from '@wso2-delivery/shared/base/safe-path';

/** Everything of one kind that an environment has, or what a search finds. */
export interface Listing {
  all(query?: string): Promise<readonly ApiName[]>;
}

/** The lines of `apis`, or of the file that its one line names. */
export function readSelection(
  lines: readonly string[],
  files: Files,
  problems: Problem[],
  kind: ProjectKind,
): Selector[] {
  const [only = ''] = lines;
  const listFile = lines.length === 1 && !only.includes(':') ? resolve(files.workspace, only) : undefined;
  const listed =
    listFile !== undefined && isInside(files.workspace, listFile) && existsSync(listFile) ? readLines(listFile) : lines;
  return readSelectors(listed, problems, kind);
}

function readLines(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*-\s+/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/**
 * The APIs of an environment that the selection means: names are taken as they are, the rest is looked up, page by page.
 * @throws InputError INPUT_INVALID for lines that select nothing; what a failing call means
 */
export async function selectAt(
  publisher: Listing,
  selectors: readonly Selector[],
  kind: ProjectKind,
): Promise<ApiName[]> {
  const found = new Map<Selector, readonly ApiName[]>();
  if (!isPlain(selectors)) {
    let everything: readonly ApiName[] | undefined;
    for (const selector of selectors) {
      const search = searchOf(selector);
      if (search !== undefined) found.set(selector, await publisher.all(search));
      else if (selector.kind === 'glob') found.set(selector, (everything ??= await publisher.all()));
    }
  }
  return checked(selectors, found, kind);
}

/**
 * Those of the repository's projects that the selection means.
 * @throws InputError INPUT_INVALID for lines that select nothing, and for a search, which only a publisher can answer
 */
export function selectAmong(
  projects: readonly (ApiName & { readonly tags: readonly string[] })[],
  selectors: readonly Selector[],
  kind: ProjectKind,
): ApiName[] {
  const found = new Map<Selector, readonly ApiName[]>();
  for (const selector of selectors) {
    if (selector.kind === 'query') {
      const problem = `'${selector.line}' is a search of a publisher: archives cannot answer it`;
      throw new InputError(codes.INPUT_INVALID, [{ subject: 'apis', problem, example: 'tag:public' }]);
    }
    const tagged = selector.kind === 'tag' ? projects.filter(({ tags }) => tags.includes(selector.tag)) : projects;
    found.set(selector, tagged);
  }
  return checked(selectors, found, kind);
}

function checked(
  selectors: readonly Selector[],
  found: ReadonlyMap<Selector, readonly ApiName[]>,
  kind: ProjectKind,
): ApiName[] {
  const { apis, problems } = selected(selectors, found, kind);
  if (problems.length > 0) throw new InputError(codes.INPUT_INVALID, problems);
  return apis;
}
