import { neutralise } from '../base/text.ts';
import type { Annotation, Log, Secrets } from '../base/ports.ts';
import type { RunnerCommands } from './runner-commands.ts';

/** GitHub keeps 10 annotations of a level a step; the rest would push the log away without ever being seen. */
const annotationLimit = 10;

/** The log port on the runner's console. */
export function createLog(runner: RunnerCommands, secrets: Secrets): Log {
  const shown = { notice: 0, warning: 0, error: 0 };
  const clean = (text: string) => secrets.redact(neutralise(text));
  const log: Log = {
    info: (text) => runner.info(clean(text)),
    debug: (text) => runner.command('debug', {}, clean(text)),
    warning: (text) => log.annotate({ level: 'warning', message: text }),
    annotate: (annotation) => {
      const { level, message, file, line, column, title } = annotation;
      if (shown[level]++ >= annotationLimit) {
        runner.info(clean(`${level}: ${place(annotation)}${message}`));
        return;
      }
      const heading = title === undefined ? undefined : clean(title);
      runner.command(level, { title: heading, file, line, col: column }, clean(message));
    },
    group: async (title, body) => {
      runner.command('group', {}, clean(title));
      try {
        return await body();
      } finally {
        runner.command('endgroup', {}, '');
      }
    },
  };
  return log;
}

function place({ file, line, column }: Annotation): string {
  if (file === undefined) return '';
  return `${[file, line, column].filter((part) => part !== undefined).join(':')}: `;
}
