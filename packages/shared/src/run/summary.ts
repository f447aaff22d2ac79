import type { Secrets, Summary } from '../base/ports.ts';

/** GitHub drops a step summary above 1 MiB whole; a margin is kept for what the runner adds when it masks. */
export const summaryLimitBytes = 1024 * 1024 - 16 * 1024;

/** Collects the blocks of the job summary. */
export function createSummary(secrets: Secrets): Summary & { markdown(): string } {
  const blocks: string[] = [];
  return {
    add: (markdown) => blocks.push(markdown.trimEnd()),
    markdown: () => bounded(blocks.map((block) => secrets.redact(block))),
  };
}

/** All blocks that fit, first ones first; says what is missing and where to find it. */
function bounded(blocks: readonly string[]): string {
  let text = '';
  for (const [index, block] of blocks.entries()) {
    const next = `${text}${text === '' ? '' : '\n\n'}${block}`;
    if (Buffer.byteLength(next) > summaryLimitBytes) {
      return `${text}\n\n> ${blocks.length - index} more parts do not fit into a job summary. The report file has them all.\n`;
    }
    text = next;
  }
  return text === '' ? '' : `${text}\n`;
}
