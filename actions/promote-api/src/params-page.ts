/** How a params file of the 3.x shape becomes one of 4.x: a difference that can be committed. */
import { secretKeys } from '@wso2-delivery/shared/apim/params-secrets';
import { unifiedDifference, type MarkedLine } from '@wso2-delivery/shared/formats/line-difference';
import { code, codeBlock, details, escapeMarkdown } from '@wso2-delivery/shared/formats/markdown';
import type { Story } from './report.ts';

const mask = '••• # masked';

/** Characters of a difference that are shown: a comment on GitHub takes 65,536, and the plan needs most of them. */
const longest = 10_000;

/** The difference with its notes, and how it is committed; empty for a file that has the 4.x shape. */
export function paramsPart({ params, convertedParams }: Story): string {
  if (params?.settings.shape !== '3.x') return '';
  const { file, text, converted, settings } = params;
  let masked = 0;
  const difference = unifiedDifference(text, converted.text, file, (line) => {
    const shown = withoutSecrets(line, converted.secrets);
    if (shown !== line.text) masked++;
    return shown;
  });
  const notes = [
    ...settings.notes,
    ...(converted.secrets.length === 0
      ? []
      : ['secrets in clear became variables: set them from the secrets of the repository, and change the secrets']),
    ...(converted.faithful ? [] : ['the file was written anew: its comments are not in it']),
  ];
  const parts = [
    notes.map((note) => `- ${escapeMarkdown(note)}`).join('\n'),
    difference.length > longest ? 'The difference is too long to be shown here.' : codeBlock(difference, 'diff'),
    howToCommit(masked > 0 ? 'masked' : difference.length > longest ? 'long' : 'whole', file, convertedParams),
  ];
  return details(`${file} in the 4.x shape`, parts.filter((part) => part !== '').join('\n\n'));
}

function howToCommit(shown: 'whole' | 'masked' | 'long', file: string, written: string | undefined): string {
  if (written !== undefined) return `The file in the 4.x shape is ${code(written)}: commit it as ${code(file)}.`;
  const input = `${code(`converted-params: ${file}`)} writes the file`;
  if (shown === 'whole') return `${code('git apply')} takes this difference; or ${input}.`;
  const why = `Lines with a secret are masked, so ${code('git apply')} does not take this difference: `;
  return `${shown === 'masked' ? why : ''}${input}, to be committed.`;
}

/** A removed line as it is shown: without what follows the key of a secret, and without any line of a secret. */
function withoutSecrets({ mark, text }: MarkedLine, secrets: readonly string[]): string {
  if (mark !== '-') return text;
  const [, key = '', name = '', value = ''] = /^([^:#]*?["']?(\w+)["']?\s*:\s*)(.*)$/.exec(text.trimEnd()) ?? [];
  if (secretKeys.has(name) && value !== '' && !/^["']?\$\{\w+\}["']?$/.test(value)) return `${key}${mask}\n`;
  const parts = secrets.flatMap((secret) => secret.split(/\r?\n/)).map((part) => part.trim());
  return parts.some((part) => part !== '' && text.includes(part)) ? `${mask}\n` : text;
}
