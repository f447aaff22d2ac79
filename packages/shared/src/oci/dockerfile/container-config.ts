/** Instructions that change the configuration of the image and no file. */
import type { ContainerConfig } from '../manifest.ts';
import { type Instruction, jsonList } from './syntax.ts';
import { WordError } from './words.ts';

/** The configuration with everything that Dockerfiles can set. */
export type DockerConfig = ContainerConfig & {
  readonly Volumes?: Readonly<Record<string, object>> | null;
  readonly StopSignal?: string;
  readonly Shell?: readonly string[] | null;
  readonly Healthcheck?: Healthcheck;
  readonly OnBuild?: readonly string[] | null;
  readonly ArgsEscaped?: boolean;
};

/** Durations in nanoseconds. */
export interface Healthcheck {
  readonly Test: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

const DEFAULT_SHELL = ['/bin/sh', '-c'];

/** The list of CMD or ENTRYPOINT; the shell form is wrapped in the image's shell. */
export function commandOf(rest: string, { Shell: shell }: DockerConfig): string[] {
  return jsonList(rest) ?? [...((shell ?? []).length > 0 ? (shell ?? []) : DEFAULT_SHELL), rest];
}

/** @throws WordError */
export function healthcheckOf({ rest, flags }: Instruction): Healthcheck {
  const [, kind = '', command = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
  if (kind.toUpperCase() === 'NONE' && command === '') return { Test: ['NONE'] };
  if (kind.toUpperCase() !== 'CMD' || command === '') {
    throw new WordError(`has HEALTHCHECK ${rest}, which is neither CMD with a command nor NONE`);
  }
  const list = jsonList(command);
  const times = {
    Interval: nanoseconds('interval', flags),
    Timeout: nanoseconds('timeout', flags),
    StartPeriod: nanoseconds('start-period', flags),
    StartInterval: nanoseconds('start-interval', flags),
    Retries: retriesOf(flags.retries),
  };
  return {
    Test: list === undefined ? ['CMD-SHELL', command] : ['CMD', ...list],
    ...Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined && value !== 0)),
  };
}

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

function nanoseconds(flag: string, flags: Instruction['flags']): number | undefined {
  const text = flags[flag];
  if (text === undefined || text === '' || text === '0') return text === undefined ? undefined : 0;
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.map(([part]) => part).join('') !== text) {
    throw new WordError(`has --${flag}=${text}, which is no duration like 30s or 1m30s`);
  }
  const total = parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (UNITS[unit] ?? 0), 0);
  if (total !== 0 && total < 1e6) throw new WordError(`has --${flag}=${text}, less than a millisecond`);
  return Math.round(total);
}

function retriesOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new WordError(`has --retries=${text}, which is no number`);
  return Number(text);
}

/** `80`, `80/udp`, `8000-8002`: the keys of ExposedPorts. @throws WordError */
export function portsOf(words: readonly string[]): string[] {
  return words.flatMap((word) => {
    const [, from = '', to = from, protocol = 'tcp'] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/([a-zA-Z]+))?$/.exec(word) ?? [];
    const [first, last] = [Number(from), Number(to)];
    const known = ['tcp', 'udp', 'sctp'].includes(protocol.toLowerCase());
    if (from === '' || first > last || last > 65_535 || !known) {
      throw new WordError(`exposes ${word}, which is no port`);
    }
    return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}/${protocol.toLowerCase()}`);
  });
}

/** The environment with a variable set: in its place when it is there, else at the end. */
export function withVariable(env: readonly string[], name: string, value: string): string[] {
  const pair = `${name}=${value}`;
  const index = env.findIndex((item) => item.split('=')[0] === name);
  return index < 0 ? [...env, pair] : env.with(index, pair);
}
