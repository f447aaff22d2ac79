/** What a user should know of the params file: warnings with their lines, a conversion to be committed. */
import { writeFileSync } from 'node:fs';
import { convertText } from '@wso2-delivery/shared/apim/params-conversion-text';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import type { Story } from './report.ts';
import type { Request } from './request.ts';

/**
 * Masks every secret of the file, tells its warnings, and writes the file in the 4.x shape where it is asked for.
 * @param target of the input `converted-params`, absolute
 */
export function sayParams(
  story: Story,
  { params }: Request,
  target: string | undefined,
  { log, secrets, files }: Pick<Ports, 'log' | 'secrets' | 'files'>,
): void {
  if (params === undefined) return;
  const { settings, text, file } = params;
  const converted = convertText(text);
  // Also those of the other environments: the file is shown in its 4.x shape.
  for (const secret of converted.secrets) secrets.register(secret);
  story.params = { file, settings, text, converted };
  if (settings.shape === '3.x' && target !== undefined) {
    writeFileSync(target, converted.text);
    story.convertedParams = files.display(target);
  }
  for (const { problem, location } of settings.warnings)
    log.annotate({ level: 'warning', message: problem, ...location });
  if (settings.shape === '3.x') {
    const message = `${file} has the shape of API Manager 3.x. It was converted for this run; the summary shows how it becomes 4.x, to be committed.`;
    log.annotate({ level: 'notice', message, file });
  }
}
