/** Recorded rollouts of real clusters: what the watches showed and what `kubectl logs` printed, each with its time. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KubeObject } from './objects.ts';

export interface RecordedChange {
  /** Milliseconds since the command that changed the workload; what was there before has a time below 0. */
  readonly t: number;
  readonly kind: string;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
}

export interface RecordedLog {
  readonly t: number;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly text: string;
}

export interface ClusterRecording {
  readonly namespace: string;
  /** `deployment/web` */
  readonly target: string;
  /** When the API server had accepted the change. */
  readonly acceptedMs: number;
  readonly changes: readonly RecordedChange[];
  readonly logs: readonly RecordedLog[];
}

/** Reads a folder with meta.json, events.jsonl.gz and, where logs were read, logs.txt. */
export function readRecording(folder: string): ClusterRecording {
  const meta = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as {
    namespace: string;
    target: string;
    acceptedMs: number | null;
    changes: { endMs: number }[];
  };
  const logs = join(folder, 'logs.txt');
  return {
    namespace: meta.namespace,
    target: meta.target,
    acceptedMs: meta.acceptedMs ?? meta.changes[0]?.endMs ?? 0,
    changes: gunzipSync(readFileSync(join(folder, 'events.jsonl.gz')))
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as RecordedChange),
    logs: existsSync(logs) ? parseLogs(readFileSync(logs, 'utf8')) : [],
  };
}

const heading =
  /^### t=(?<t>-?\d+) ms: kubectl logs (?<pod>\S+) -c (?<container>\S+)(?<previous> --previous)? \(exit code 0\)$/;

/** Each log stands below a line that says when and how it was asked for; failed questions are left out. */
function parseLogs(text: string): RecordedLog[] {
  return text.split(/^(?=### t=)/m).flatMap((part): RecordedLog[] => {
    const end = part.indexOf('\n');
    const asked = heading.exec(part.slice(0, end))?.groups;
    if (asked === undefined) return [];
    const { t, pod = '', container = '', previous } = asked;
    return [{ t: Number(t), pod, container, previous: previous !== undefined, text: part.slice(end + 1) }];
  });
}

/** The log that was read last until a time, or the first one after it. */
export function logAt(
  { logs }: ClusterRecording,
  asked: Pick<RecordedLog, 'pod' | 'container' | 'previous'>,
  time: number,
): string | undefined {
  const own = logs.filter(
    ({ pod, container, previous }) => pod === asked.pod && container === asked.container && previous === asked.previous,
  );
  return (own.findLast(({ t }) => t <= time) ?? own[0])?.text;
}
