/** kubectl's command line as far as the stand-in knows it: long flags `--name=value` or `--name`, and words. */
export interface CommandLine {
  readonly words: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
}

/** Splits the arguments. A flag without a value is "true". */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const words: string[] = [];
  const flags = new Map<string, string>();
  for (const argument of argv) {
    const flag = /^--([a-z-]+)(?:=([\s\S]*))?$/.exec(argument);
    if (flag === null) words.push(argument);
    else flags.set(flag[1] ?? '', flag[2] ?? 'true');
  }
  return { words, flags };
}
