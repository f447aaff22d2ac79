/** What can go wrong on the way, injected on purpose. */

/**
 * `reset-before`: the connection dies before the request is read. `reset-mid-body`: it dies in the middle of the
 * request's body, or of the answer's where the request has none. `lose-answer`: the request is carried out and the
 * connection dies instead of the answer. `truncate`: the answer ends too early and claims its full length.
 * `wrong-digest`: Docker-Content-Digest names other content. `corrupt`: a byte of the body is flipped.
 * `slow`: the answer comes in small pieces. An object: this answer, instead of carrying the request out.
 */
export type Fault =
  | 'reset-before'
  | 'reset-mid-body'
  | 'lose-answer'
  | 'truncate'
  | 'wrong-digest'
  | 'corrupt'
  | 'slow'
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      /** Answer and hang up before the request's body is read, as proxies do with what is too large for them. */
      readonly early?: boolean;
    };

/** Milliseconds between the pieces of a slow answer, and how many there are. */
export const SLOW = { pauseMs: 40, pieces: 5 } as const;
