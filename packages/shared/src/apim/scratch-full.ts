import { DeliveryError, ToolError } from '../base/errors.ts';
import { codes } from './codes.ts';

/** A failure of writing our own files, named when it is the disk's; any other is given back as it is. */
export function namedIfFull(failure: unknown): unknown {
  if (failure instanceof DeliveryError || !(failure instanceof Error)) return failure;
  const { code, path } = failure as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return failure;
  const message = `there is no room left on the disk for ${path ?? 'a file of this step'}`;
  return new ToolError(codes.SCRATCH_FULL, message, { command: [], exitCode: null, cause: failure });
}
