/** What a cause says is missing, and what is known about it by asking for it. */

/** An object of the namespace (or one key of it), or an image in its registry. */
export interface Need {
  readonly kind: 'Secret' | 'ConfigMap' | 'ServiceAccount' | 'PersistentVolumeClaim' | 'Image';
  readonly name: string;
  /** Of a Secret or ConfigMap. */
  readonly key?: string | undefined;
}

/** An object of an operator that is there to make what is missing. */
export interface Maker {
  /** "ExternalSecret" */
  readonly kind: string;
  readonly name: string;
  /** What it says when it is not at work; undefined while it is. */
  readonly stuck: string | undefined;
}

/** The answer to whether it exists. */
export type Existence =
  | { readonly state: 'present' }
  | { readonly state: 'absent'; readonly maker?: Maker | undefined }
  /** It could not be asked: a right is missing, or nobody answers. */
  | { readonly state: 'unknown'; readonly why: string };

/** One key for one thing. */
export function needKey({ kind, name, key = '' }: Need): string {
  return `${kind}/${name}/${key}`;
}

/** `Secret web-tls`, as the sentence of a cause names it. */
export function kindOfNeed(word: string): Need['kind'] | undefined {
  const kinds: Readonly<Record<string, Need['kind']>> = {
    secret: 'Secret',
    configmap: 'ConfigMap',
    persistentvolumeclaim: 'PersistentVolumeClaim',
  };
  return kinds[word.toLowerCase()];
}

/** What the answer adds to a cause's sentence. */
export function existenceSays(need: Need, existence: Existence | undefined): string {
  switch (existence?.state) {
    case 'absent': {
      const { maker } = existence;
      if (maker === undefined) return '';
      const what = `${maker.kind} ${maker.name}`;
      return maker.stuck === undefined
        ? ` ${what} is at work on it, so it is waited for.`
        : ` ${what} is there to make it, and says ${maker.stuck}.`;
    }
    case 'present':
      return need.kind === 'Image'
        ? ' Its registry has it by now: the kubelet tries again.'
        : ' It exists by now: Kubernetes tries again.';
    case 'unknown':
      return ` Whether it exists by now could not be asked: ${existence.why.replace(/\.$/, '')}.`;
    default:
      return '';
  }
}
