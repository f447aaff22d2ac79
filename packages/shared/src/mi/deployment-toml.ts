/** deployment.toml as the server reads it. */
import { InputError } from '../base/errors.ts';
import { MalformedError } from '../formats/malformed.ts';
import { parseToml } from '../formats/toml.ts';
import { codes } from './codes.ts';

/**
 * Reads a deployment.toml.
 * @param file how it is called in messages, relative to the workspace
 * @throws InputError DEPLOYMENT_TOML_MALFORMED at its line
 */
export function parseDeploymentToml(text: string, file: string): Record<string, unknown> {
  try {
    return parseToml(text.replace(/^\ufeff/, ''));
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    const { line, column } = error;
    throw new InputError(codes.DEPLOYMENT_TOML_MALFORMED, [
      {
        subject: file,
        problem: `is not valid TOML: ${error.message}${line === undefined ? '' : ` (line ${line})`}`,
        location: { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
      },
    ]);
  }
}
