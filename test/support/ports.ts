import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Annotation, Ports } from '@wso2-delivery/shared/base/ports';
import { systemClock } from '@wso2-delivery/shared/run/clock';
import { createHttp } from '@wso2-delivery/shared/run/http';
import { readJob } from '@wso2-delivery/shared/run/job';
import { createFiles } from '@wso2-delivery/shared/run/private-folders';
import { createExec } from '@wso2-delivery/shared/run/process';
import { createSecrets } from '@wso2-delivery/shared/run/secrets';
import { createSummary } from '@wso2-delivery/shared/run/summary';

export interface TestPorts extends Ports {
  /** Every line logged, annotations as "error: …", masked as in a real run. */
  readonly lines: string[];
  readonly annotations: Annotation[];
  markdown(): string;
  cancel(): void;
  /** Removes the folders and closes the connections. */
  dispose(): void;
}

export interface TestPortOptions extends Partial<Ports> {
  readonly workspace?: string;
  /** The environment of the pretended job (default: PATH and HOME of the test). */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/** The real ports in a temporary place, with quick retries and a log that is kept. Any port can be replaced. */
export function testPorts(options: TestPortOptions = {}): TestPorts {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wso2-delivery-test-')));
  const { workspace = folder, variables = { PATH: process.env.PATH, HOME: process.env.HOME }, ...replaced } = options;
  const controller = new AbortController();
  const secrets = createSecrets(() => undefined);
  const summary = createSummary(secrets);
  const files = createFiles(workspace, folder);
  const lines: string[] = [];
  const annotations: Annotation[] = [];
  const http = createHttp({
    variables: {},
    clock: systemClock,
    random: () => 0.5,
    cancelled: controller.signal,
    backoff: { baseMs: 5, capMs: 20, longestWaitMs: 3000 },
    onRetry: (message) => lines.push(secrets.redact(message)),
  });
  return {
    exec: createExec({ secrets, variables, cancelled: controller.signal }),
    http,
    files,
    clock: systemClock,
    log: {
      info: (text) => lines.push(...secrets.redact(text).split('\n')),
      debug: (text) => lines.push(`debug: ${secrets.redact(text)}`),
      warning: (text) => lines.push(`warning: ${secrets.redact(text)}`),
      annotate: (annotation) => {
        annotations.push(annotation);
        lines.push(`${annotation.level}: ${secrets.redact(annotation.message)}`);
      },
      group: async (title, body) => {
        lines.push(`group: ${secrets.redact(title)}`);
        return body();
      },
    },
    secrets,
    summary,
    job: readJob(variables),
    cancelled: controller.signal,
    ...replaced,
    lines,
    annotations,
    markdown: () => summary.markdown(),
    cancel: () => controller.abort(new Error('cancelled by the test')),
    dispose: () => {
      http.close();
      files.removeAll();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
