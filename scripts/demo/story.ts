import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import type { JobResult, RunEvent, WorkflowResult } from '@wso2-delivery/lab/runner/result';
import { formatDuration } from '@wso2-delivery/shared/base/duration';
import { messageOf } from '@wso2-delivery/shared/base/errors';
import { terminalText } from './terminal-text.ts';

export interface Opening {
  readonly registry: string;
  readonly kubernetes: string;
  readonly maven: boolean;
  readonly standIns: readonly string[];
}

/** What is told on the terminal, and what stays as files. */
export interface Story {
  opening(facts: Opening): void;
  chapter(title: string, text: string): void;
  readonly onEvent: (event: RunEvent) => void;
  /** Writes the summaries of a run to files and shows them. */
  summaries(result: WorkflowResult, options?: { only?: 'failed' }): void;
  /** A fact that the demo itself looked up; a wrong one makes the demo fail. */
  fact(text: string, holds: boolean): void;
  unexpected(error: unknown): void;
  /** The last word. True when everything went as told. */
  closing(durationMs: number): boolean;
}

const marks = { success: '✓', failure: '✗', cancelled: '⊘', skipped: '–' } as const;
const colours = { success: 'green', failure: 'red', cancelled: 'yellow', skipped: 'gray' } as const;

/** @param folder where the summaries go */
export function createStory(folder: string): Story {
  let chapters = 0;
  let files = 0;
  let wrong = 0;
  const say = (text = '') => console.log(text);

  return {
    opening({ registry, kubernetes, maven, standIns }) {
      say(styleText('bold', 'wso2-delivery, from commit to production'));
      say(`A registry (${registry}), a Kubernetes API (${kubernetes}) and three API Managers run in this process.`);
      say(
        maven
          ? 'Maven is on this machine: it builds the project.'
          : 'No Maven on this machine: build-mi packages the project itself (builder: native).',
      );
      if (standIns.length > 0) say(`Not on this machine, so the lab stands in for them: ${standIns.join(', ')}.`);
    },
    chapter(title, text) {
      chapters += 1;
      say(`\n${styleText('bold', `${chapters}  ${title}`)}\n${styleText('gray', text)}\n`);
    },
    onEvent(event) {
      if (event.type === 'job-started') say(`   ${styleText('cyan', '●')} ${event.job.name}`);
      if (event.type === 'step-finished' && event.step.stage === 'main' && event.step.conclusion !== 'skipped') {
        const { conclusion, name, durationMs } = event.step;
        say(
          `     ${styleText(colours[conclusion], marks[conclusion])} ${name}  ${styleText('gray', formatDuration(durationMs))}`,
        );
      }
      if (event.type === 'annotation' && event.annotation.level !== 'notice') {
        const { level, file, line, message } = event.annotation;
        const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}  `;
        say(`       ${styleText(level === 'error' ? 'red' : 'yellow', level)}  ${place}${message}`);
      }
      if (event.type === 'job-finished' && event.job.conclusion === 'skipped') {
        say(`   ${styleText('gray', `– ${event.job.name}  not started`)}`);
      }
    },
    summaries(result, { only } = {}) {
      for (const job of result.jobs) {
        if (job.summary.trim() === '') continue;
        const path = keep(job);
        if (only === 'failed' && job.conclusion !== 'failure') continue;
        say(`\n${styleText('gray', `   The job summary of "${job.name}" (${path}):`)}`);
        say(terminalText(job.summary).replace(/^/gm, '   │ '));
      }
    },
    fact(text, holds) {
      if (!holds) wrong += 1;
      say(`   ${holds ? styleText('green', '✓ looked up:') : styleText('red', '✗ NOT SO:')} ${text}`);
    },
    unexpected(error) {
      wrong += 1;
      say(`\n${styleText('red', `The demo stopped: ${messageOf(error)}`)}`);
      if (error instanceof Error && error.stack !== undefined) say(styleText('gray', error.stack));
    },
    closing(durationMs) {
      say(
        wrong === 0
          ? `\n${styleText('green', 'Everything went as told')} in ${formatDuration(durationMs)}. The summaries are in demo-output/.`
          : `\n${styleText('red', `${wrong} things went otherwise than told`)}. The summaries are in demo-output/.`,
      );
      return wrong === 0;
    },
  };

  function keep(job: JobResult): string {
    files += 1;
    const name = `${String(files).padStart(2, '0')}-${job.path.replace(/[^\w.-]+/g, '-')}.md`;
    writeFileSync(join(folder, name), job.summary);
    return `demo-output/${name}`;
  }
}
