/** Maven's console in the job log: one folded group a module and goal, written as the lines arrive. */
import type { Log } from '../base/ports.ts';
import { formatDuration } from '../base/duration.ts';
import type { ConsoleEvent } from './console.ts';

export interface LiveLog {
  /** Opens the next group when the event starts one, then writes the line. */
  write(line: string, event: ConsoleEvent | undefined, at: number): void;
  /** Resolves when everything is written and the last group is closed. */
  end(at: number): Promise<void>;
}

/** Nested runs since Maven 3.9 print a thousand of these, because --no-transfer-progress does not reach them. */
const progressLine = /^(?:\[INFO\] \[stdout\] )?Progress \(\d+\): /;

/** Groups cannot be nested on GitHub, so they follow each other; what is written is queued, never lost or reordered. */
export function liveLog(log: Log): LiveLog {
  let queue = Promise.resolve();
  let openSince: { readonly title: string; readonly at: number } | undefined;
  let close: () => void = () => undefined;
  let closed = Promise.resolve();

  const then = (act: () => void | Promise<void>) => {
    queue = queue.then(act);
  };
  const openGroup = (title: string) =>
    then(() => {
      closed = log.group(
        title,
        () =>
          new Promise<void>((resolve) => {
            close = resolve;
          }),
      );
    });
  const closeGroup = (at: number) => {
    if (openSince === undefined) return;
    const { title, at: started } = openSince;
    openSince = undefined;
    then(async () => {
      close();
      await closed;
      if (at - started >= 1000) log.info(`${title}: ${formatDuration(at - started)}`);
    });
  };

  return {
    write(line, event, at) {
      if (progressLine.test(line)) return;
      if (event?.kind === 'module' || event?.kind === 'goal' || event?.kind === 'end') closeGroup(at);
      if (event?.kind === 'module') then(() => log.info(titleOf(event)));
      if (event?.kind === 'goal') {
        openSince = { title: titleOf(event), at };
        openGroup(openSince.title);
      }
      then(() => log.info(line));
    },
    async end(at) {
      closeGroup(at);
      await queue;
    },
  };
}

function titleOf(event: ConsoleEvent & { kind: 'module' | 'goal' }): string {
  if (event.kind === 'goal') return `${event.module}: ${event.plugin}:${event.goal}`;
  return event.position === undefined ? event.name : `${event.name} (${event.position})`;
}
