import type { ExportedKind, ImportFlags, RevisionChoice } from './apictl.ts';
import type { ApiProject } from './archive.ts';

/**
 * What moves archives out of one API Manager and into another: apictl, or the same calls without its process. It
 * reads nothing else and proves nothing at the target: that is the publisher's.
 */
export interface Engine {
  /** As the input `engine` has it. */
  readonly name: 'apictl' | 'rest';
  /**
   * Exports an API (product, application) and proves it: a fresh archive with one root that holds it.
   * @param apiVersion of an application: its owner
   * @param environment the name of one that the engine is logged in to
   * @throws ToolError or ServiceError with the cause, InputError ARCHIVE_INVALID
   */
  export(
    name: string,
    apiVersion: string,
    environment: string,
    revision: RevisionChoice,
    of?: ExportedKind,
  ): Promise<ApiProject>;
  /**
   * Imports an archive. That it ends well proves nothing: ask the publisher.
   * @param archive its path
   * @param shown what it is, for messages
   * @throws ToolError or ServiceError with the cause, VerificationError SUBSCRIPTIONS_SKIPPED
   */
  import(archive: string, shown: string, environment: string, flags: ImportFlags): Promise<void>;
  /** A new private folder for archives and params files; gone at the end of the action. */
  scratch(name: string): Promise<string>;
}
