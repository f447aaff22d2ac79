/** What one API of a plan weighs: what has to be packed, sent and proven for it. */
export interface Load {
  readonly name: string;
  readonly version: string;
  /** The size of what is imported; 0 when nothing has to be done. */
  readonly bytes: number;
}

/** A shard by its place: 2/4 is the second of four. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Calls, waiting and proofs cost each API about as much as the transfer of this many bytes. */
const bytesPerApi = 256 * 1024;

/** Reads `2/4`. Undefined when it is none. */
export function readShard(text: string): Shard | undefined {
  const match = /^\s*([1-9]\d{0,3})\s*\/\s*([1-9]\d{0,3})\s*$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  return match === null || index > count ? undefined : { index, count };
}

/**
 * Divides APIs into shards of about equal work: the heaviest first, each to the shard that has the least so far. The
 * same plan gives the same shards, whoever asks. Shards beyond the number of APIs are empty.
 */
export function divide<T extends Load>(apis: readonly T[], count: number): T[][] {
  const shards = Array.from({ length: count }, () => ({ apis: [] as T[], work: 0 }));
  const nameOf = ({ name, version }: Load) => `${name}:${version}`;
  const sorted = [...apis].sort((a, b) => b.bytes - a.bytes || (nameOf(a) < nameOf(b) ? -1 : 1));
  for (const api of sorted) {
    const [lightest] = [...shards].sort((a, b) => a.work - b.work);
    if (lightest === undefined) break;
    lightest.apis.push(api);
    lightest.work += api.bytes + bytesPerApi;
  }
  return shards.map((shard) => shard.apis.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)));
}

/** A matrix for `strategy.matrix`: one job a shard, empty ones left out. */
export function matrixOf(
  apis: readonly Load[],
  count: number,
): {
  readonly include: readonly { readonly shard: string; readonly apis: string }[];
} {
  const include = divide(apis, count).flatMap((shard, index) =>
    shard.length === 0
      ? []
      : [{ shard: `${index + 1}/${count}`, apis: shard.map(({ name, version }) => `${name}:${version}`).join('\n') }],
  );
  return { include };
}
