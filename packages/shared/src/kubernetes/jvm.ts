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
