/** Operators whose work ends in a Secret: when one is missing, an object of theirs tells that somebody is at work on it. */
import type { AnyKind } from '../any-kind.ts';
import { at, recordsAt, textAt } from '../objects.ts';
import type { KubernetesObject } from '../objects.ts';
import type { Maker, Need } from './need.ts';

/** A kind of object that makes Secrets. */
interface MakerKind {
  readonly group: string;
  readonly kind: string;
  /** Names of the Secrets that it makes. */
  readonly makes: (object: KubernetesObject) => readonly (string | undefined)[];
  /** The condition by which it says how it goes; undefined: it says nothing. */
  readonly condition: string | undefined;
}

/** As their own documentation has them (external-secrets 0.9 to 1, sealed-secrets 0.2x, cert-manager 1, secrets-store-csi-driver 1). */
const makerKinds: readonly MakerKind[] = [
  {
    group: 'external-secrets.io',
    kind: 'ExternalSecret',
    makes: (object) => [textAt(object, 'spec', 'target', 'name') ?? object.metadata.name],
    condition: 'Ready',
  },
  {
    group: 'bitnami.com',
    kind: 'SealedSecret',
    makes: (object) => [textAt(object, 'spec', 'template', 'metadata', 'name') ?? object.metadata.name],
    condition: 'Synced',
  },
  {
    group: 'cert-manager.io',
    kind: 'Certificate',
    makes: (object) => [textAt(object, 'spec', 'secretName')],
    condition: 'Ready',
  },
  {
    group: 'secrets-store.csi.x-k8s.io',
    kind: 'SecretProviderClass',
    makes: (object) => recordsAt(object, 'spec', 'secretObjects').map(({ secretName }) => secretName as string),
    condition: undefined,
  },
];

/**
 * Looks for what makes a missing Secret. Costs nothing but one question for the server's groups where no such operator is
 * installed.
 * @throws ServiceError KUBERNETES_FORBIDDEN when one is installed and its objects may not be listed
 */
export async function findMaker(anyKind: AnyKind, namespace: string, need: Need): Promise<Maker | undefined> {
  if (need.kind !== 'Secret') return undefined;
  for (const { group, kind, makes, condition } of makerKinds) {
    const objects = await anyKind.list({ group, kind }, namespace);
    const maker = objects.find((object) => makes(object).includes(need.name));
    if (maker !== undefined) return { kind, name: maker.metadata.name, stuck: stuckOf(maker, condition) };
  }
  return undefined;
}

/** Reasons with which cert-manager says of a new Certificate that its Secret is still to come. */
const stillToCome = /^(DoesNotExist|Missing|InProgress|Pending)$/;

/** What it says when it is not at work: it has failed, or it believes to be done. */
function stuckOf(maker: KubernetesObject, type: string | undefined): string | undefined {
  const conditions = recordsAt(maker, 'status', 'conditions');
  // A Certificate that could not be issued is tried again after an hour.
  const failed = conditions.find((condition) => condition.type === 'Issuing' && condition.reason === 'Failed');
  const said = failed ?? conditions.find((condition) => condition.type === type);
  const text = (field: string): string => textAt(said, field) ?? '';
  if (said === undefined || at(said, 'status') === 'Unknown') return undefined;
  if (text('status') === 'True') return 'that it is done';
  if (failed === undefined && stillToCome.test(text('reason'))) return undefined;
  return `"${(text('message') || text('reason')).slice(0, 300)}"`;
}
