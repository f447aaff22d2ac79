/** What a user should know of the params file: warnings with their lines, a conversion to be committed. */
import { convertDocument } from '@wso2-delivery/shared/apim/params-conversion';
import { withSecretsAsVariables } from '@wso2-delivery/shared/apim/params-secrets';
import type { Ports } from '@wso2-delivery/shared/base/ports';
import { parseYaml } from '@wso2-delivery/shared/formats/yaml';
import type { Story } from './report.ts';
import type { Request } from './request.ts';

/** Masks every secret of the file and tells its warnings. */
export function sayParams(story: Story, { params }: Request, { log, secrets }: Ports): void {
  if (params === undefined) return;
  const { settings, text, file } = params;
  const document = convertDocument(parseYaml(text) as Record<string, unknown>);
  // Also those of the other environments: the file is shown in its 4.x shape.
  for (const secret of withSecretsAsVariables(document).secrets) secrets.register(secret);
  story.params = { file, settings, text };
  for (const { problem, location } of settings.warnings)
    log.annotate({ level: 'warning', message: problem, ...location });
  if (settings.shape === '3.x') {
    const message = `${file} has the shape of API Manager 3.x. It was converted for this run; the summary has it in the 4.x shape, to be committed.`;
    log.annotate({ level: 'notice', message, file });
  }
}
