/** Memory flags of a JVM as they take effect. Sizes in bytes. */
export interface HeapFlags {
  readonly initial: number | undefined;
  readonly maximum: number | undefined;
  /** -XX:MaxRAMPercentage, of the container's memory limit. */
  readonly maximumPercent: number | undefined;
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** Reads heap flags out of the arguments of a java command. A later flag wins, as in the JVM. */
export function heapFlags(options: string): HeapFlags {
  let flags: HeapFlags = { initial: undefined, maximum: undefined, maximumPercent: undefined };
  for (const option of options.split(/\s+/)) {
    const size = /^-(Xms|Xmx|XX:InitialHeapSize=|XX:MaxHeapSize=)(\d+)([kmgt]?)$/i.exec(option);
    if (size !== null) {
      const bytes = Number(size[2]) * (units[(size[3] ?? '').toLowerCase()] ?? 1);
      flags = /^(Xms|XX:Initial)/.test(size[1] ?? '') ? { ...flags, initial: bytes } : { ...flags, maximum: bytes };
    }
    const percent = /^-XX:MaxRAMPercentage=(\d+(?:\.\d+)?)$/.exec(option);
    if (percent !== null) flags = { ...flags, maximumPercent: Number(percent[1]) };
  }
  return flags;
}

/**
 * The variables from which the servers' start scripts take JVM flags, in the order in which they stand on the command
 * line, and what the scripts use when the first is not set (micro-integrator.sh 4.x, api-manager.sh 4.x).
 */
export const jvmVariables = {
  mi: { variables: ['JVM_MEM_OPTS', 'JAVA_OPTS'], default: '-Xms256m -Xmx1024m' },
  apim: { variables: ['JVM_MEM_OPTS', 'JAVA_OPTS'], default: '-Xms256m -Xmx1024m' },
  other: { variables: ['JAVA_TOOL_OPTIONS', 'JAVA_OPTS'], default: '' },
} as const;

/**
 * Flags with which a JVM does not start ("Unrecognized VM option"), and the first long-term release that refuses them.
 * test/contract/jvm-flags.test.ts asks the JDK of the machine.
 */
export const refusedFlags: Readonly<Record<string, number>> = {
  '-d64': 11,
  '-Xincgc': 11,
  '-XX:+PrintGCDateStamps': 11,
  '-XX:+PrintGCTimeStamps': 11,
  '-XX:+PrintHeapAtGC': 11,
  '-XX:+PrintTenuringDistribution': 11,
  '-XX:+PrintGCApplicationStoppedTime': 11,
  '-XX:+PrintAdaptiveSizePolicy': 11,
  '-XX:+UseGCLogFileRotation': 11,
  '-XX:NumberOfGCLogFiles': 11,
  '-XX:GCLogFileSize': 11,
  '-XX:+UseParNewGC': 11,
  '-XX:+UseConcMarkSweepGC': 17,
  '-XX:+CMSIncrementalMode': 17,
  '-XX:+UseParallelOldGC': 17,
  '-XX:+AggressiveOpts': 17,
  '-XX:+UseCGroupMemoryLimitForHeap': 17,
  '-XX:MaxPermSize': 17,
  '-XX:PermSize': 17,
  '-XX:+TraceClassLoading': 17,
};

/** The flags among options that some JDK refuses. */
export function flagsRefused(options: string): readonly { readonly flag: string; readonly since: number }[] {
  const all = options.split(/\s+/);
  // The JVM's own switch for such flags; it covers those that begin with -XX.
  const ignored = all.includes('-XX:+IgnoreUnrecognizedVMOptions');
  return all.flatMap((option) => {
    const [flag = ''] = option.split('=');
    // Switched off, an unknown switch is refused all the same.
    const since = refusedFlags[flag.replace(/^-XX:-/, '-XX:+')];
    return since === undefined || (ignored && flag.startsWith('-XX:')) ? [] : [{ flag: option, since }];
  });
}
