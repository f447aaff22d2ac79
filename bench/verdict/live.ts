import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startPlayback } from '@wso2-delivery/lab/kubernetes/playback';
import { defaultPolicy, type Policy } from '@wso2-delivery/shared/kubernetes/rollout/policy';
import { inShort, recording, replay } from '../../test/unit/kubernetes/rollout/replay.ts';
import { step } from '../bundle.ts';
import { programOf } from '../machine.ts';
import { spread } from '../measure.ts';
import { notHere, say, table } from '../report.ts';
import { root, type Row } from '../row.ts';

/** Short enough that the bench is not all waiting. */
const short = {
  graceMs: 2000,
  unschedulableGraceMs: 3000,
  readinessGraceMs: 2000,
  stableForMs: 2000,
  timeoutMs: 25_000,
} as const;

interface Case {
  readonly recording: string;
  /** What ends: the tolerance that decides. */
  readonly tolerance: string;
}

const cases: readonly Case[] = [
  { recording: 'invalid-image-name', tolerance: 'none: never heals' },
  { recording: 'image-no-platform', tolerance: 'none: never heals' },
  { recording: 'deleted-mid-rollout', tolerance: 'none: never heals' },
  { recording: 'image-not-found', tolerance: 'grace 2 s' },
  { recording: 'mount-missing-configmap', tolerance: 'grace 2 s' },
  { recording: 'config-missing-key', tolerance: 'grace 2 s' },
  { recording: 'quota-hard-first-deploy', tolerance: 'grace 2 s' },
  { recording: 'webhook-denied', tolerance: 'grace 2 s' },
  { recording: 'unsched-cpu', tolerance: 'unschedulable-grace 3 s' },
  { recording: 'ready-wrong-path', tolerance: 'readiness-grace 2 s' },
  { recording: 'crashloop-exit1', tolerance: 'crash-tolerance 2' },
  { recording: 'sidecar-crash', tolerance: 'crash-tolerance 2' },
  { recording: 'sts-crash', tolerance: 'crash-tolerance 2' },
  { recording: 'job-fails', tolerance: 'none: never heals' },
  { recording: 'ready-never', tolerance: 'timeout 25 s' },
  { recording: 'good-rollout', tolerance: 'stable-for 2 s' },
];

/** Two processors, and each watch starts two processes: more at a time would measure their starts. */
const atATime = 4;

export const verdictLive: Row = {
  name: 'verdict-live',
  about:
    'the built action watching recordings at their own pace: from the end of a tolerance to the verdict in the log',
  async run(folder) {
    const kubectl = programOf('kubectl');
    if (kubectl === undefined) {
      say(`kubectl: ${notHere}`);
      return;
    }
    const waiting = [...cases];
    const measured: Measured[] = [];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        measured.push(await measure(next, folder));
    };
    await Promise.all(Array.from({ length: atATime }, worker));
    const inOrder = cases.flatMap((one) => measured.filter(({ what }) => what === one));
    table(
      [
        { title: 'recording' },
        { title: 'what ends' },
        { title: 'verdict' },
        { title: 'cause in the API → suspicion', right: true },
        { title: 'end → verdict', right: true },
        { title: 'end → step over', right: true },
      ],
      inOrder.map(({ what, verdict, suspicionMs, verdictMs, overMs }) => [
        what.recording,
        what.tolerance,
        verdict,
        suspicionMs === undefined ? '–' : ms(suspicionMs),
        ms(verdictMs),
        ms(overMs),
      ]),
    );
    const verdicts = spread(inOrder.map(({ verdictMs }) => verdictMs));
    const suspicions = spread(inOrder.flatMap(({ suspicionMs }) => suspicionMs ?? []));
    say(
      `\nWorst: ${ms(suspicions.max)} from the cause in the API to the suspicion, ${ms(verdicts.max)} from the end of the tolerance to the verdict with its evidence (median ${ms(verdicts.median)}). Real time, ${atATime} at a time, kubectl proxy and TLS between; the end is that of the same recording at virtual time.`,
    );
  },
};

const ms = (value: number): string => `${value.toFixed(0)} ms`;

interface Measured {
  readonly what: Case;
  readonly verdict: string;
  /** From the cause's first trace in the API to the line that says it; undefined where it is the verdict at once. */
  readonly suspicionMs: number | undefined;
  readonly verdictMs: number;
  readonly overMs: number;
}

async function measure(what: Case, folder: string): Promise<Measured> {
  const played = recording(what.recording);
  const policy: Policy = { ...defaultPolicy, ...short };
  const due = replay(played, { policy });
  const playback = await startPlayback({
    recording: join(root, 'test/fixtures/kubernetes', what.recording),
    timeScale: 1,
  });
  try {
    const seconds = (value: number) => `${value / 1000}s`;
    const job = step(
      'verify-rollout',
      {
        workloads: playback.target,
        kubeconfig: playback.kubeconfig(),
        'carbon-applications': 'off',
        grace: seconds(short.graceMs),
        'unschedulable-grace': seconds(short.unschedulableGraceMs),
        'readiness-grace': seconds(short.readinessGraceMs),
        'stable-for': seconds(short.stableForMs),
        timeout: seconds(short.timeoutMs),
      },
      join(folder, what.recording),
    );
    const told = await linesOf(job.command, job.env, job.workspace, () => playback.position());
    const verdictAt = told.lines.find(({ text }) => /: (succeeded|failed|timed-out)\. /.test(text));
    const said = `${job.output('verdict') ?? ''}: ${job.output('cause') ?? ''}`.replace(/: $/, '');
    if (verdictAt === undefined || said !== inShort(due.verdict)) {
      const log = told.lines.map(({ text }) => text).join('\n');
      throw new Error(`${what.recording}: ${said} instead of ${inShort(due.verdict)}\n${log}`);
    }
    const suspicion = told.lines.find(({ text }) => /; (failing (in|at)|it may pass|\d+ crash)/.test(text));
    const causeMs = played.firstCauseMs;
    return {
      what,
      verdict: said,
      suspicionMs:
        suspicion === undefined || causeMs === null ? undefined : suspicion.at - Math.max(played.acceptedMs, causeMs),
      verdictMs: verdictAt.at - due.at,
      overMs: told.overAt - due.at,
    };
  } finally {
    await playback.close();
  }
}

interface Line {
  readonly text: string;
  readonly at: number;
}

/** The lines of a step, each with the time at which it was read. */
function linesOf(
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
  now: () => number,
): Promise<{ readonly lines: readonly Line[]; readonly overAt: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    const lines: Line[] = [];
    createInterface({ input: child.stdout }).on('line', (text) => lines.push({ text, at: now() }));
    child.on('error', reject);
    child.on('close', () => resolve({ lines, overAt: now() }));
  });
}
