import * as core from '@actions/core';
import { neutralise } from '../base/text.ts';
import type { Annotation, Log, Secrets } from '../base/ports.ts';

/** GitHub keeps 10 annotations of a level a step; the rest would push the log away without ever being seen. */
const annotationLimit = 10;

/** The log port on the runner's console. */
export function createLog(secrets: Secrets): Log {
  const shown = { notice: 0, warning: 0, error: 0 };
  const clean = (text: string) => secrets.redact(neutralise(text));
  const log: Log = {
    info: (text) => core.info(clean(text)),
    debug: (text) => core.debug(clean(text)),
    warning: (text) => log.annotate({ level: 'warning', message: text }),
    annotate: (annotation) => {
      const { level, message, file, line, column, title } = annotation;
      if (shown[level]++ >= annotationLimit) {
        core.info(clean(`${level}: ${place(annotation)}${message}`));
        return;
      }
      core[level](secrets.redact(neutralise(message)), {
        ...(title === undefined ? {} : { title: clean(title) }),
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { startLine: line }),
        ...(column === undefined ? {} : { startColumn: column }),
      });
    },
    group: (title, body) => core.group(clean(title), body),
  };
  return log;
}

function place({ file, line, column }: Annotation): string {
  if (file === undefined) return '';
  return `${[file, line, column].filter((part) => part !== undefined).join(':')}: `;
}
