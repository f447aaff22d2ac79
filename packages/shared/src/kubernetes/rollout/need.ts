/** What a cause says is missing, and what is known about it by asking for it. */

/** An object of the namespace (or one key of it), or an image in its registry. */
export interface Need {
  readonly kind: 'Secret' | 'ConfigMap' | 'ServiceAccount' | 'PersistentVolumeClaim' | 'Image';
  readonly name: string;
  /** Of a Secret or ConfigMap. */
  readonly key?: string | undefined;
}

/** The answer to whether it exists. */
export type Existence =
  | { readonly state: 'present' | 'absent' }
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
