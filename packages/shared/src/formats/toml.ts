import TOML from '@iarna/toml';
import { MalformedError } from './malformed.ts';

/**
 * Parses TOML 0.5, which is what the WSO2 servers read; a later dialect would accept files that they reject.
 * @throws MalformedError with line and column
 */
export function parseToml(text: string): Record<string, unknown> {
  try {
    return TOML.parse(text);
  } catch (error) {
    const { message, line, col } = error as Error & { line?: number; col?: number };
    const [reason = message] = message.split('\n');
    throw new MalformedError(
      reason.replace(/ at row \d+, col \d+, pos \d+:?$/, ''),
      line === undefined ? {} : { line: line + 1, column: (col ?? 0) + 1 },
    );
  }
}
