/** Operators that make Secrets, by the objects that their documentation shows. */
import { describe, expect, test } from '@jest/globals';
import type { AnyKind } from '@wso2-delivery/shared/kubernetes/any-kind';
import type { KubernetesObject } from '@wso2-delivery/shared/kubernetes/objects';
import { findMaker } from '@wso2-delivery/shared/kubernetes/rollout/maker';

const condition = (type: string, status: string, reason: string, message = '') => ({ type, status, reason, message });

/** A server with one operator's object. */
function serving(kind: string, spec: object, conditions: readonly object[] = []): AnyKind {
  const object = { kind, metadata: { name: 'maker' }, spec, status: { conditions } } as unknown as KubernetesObject;
  return {
    list: (asked: { kind: string }) => Promise.resolve(asked.kind === kind ? [object] : []),
  } as unknown as AnyKind;
}

const issuing = condition('Issuing', 'True', 'DoesNotExist', 'Issuing certificate as Secret does not exist');

describe('what makes the Secret web-tls', () => {
  test.each<[string, string, object, readonly object[], string | undefined]>([
    ['is at work as long as it says nothing', 'ExternalSecret', { target: { name: 'web-tls' } }, [], undefined],
    [
      'has failed',
      'ExternalSecret',
      { target: { name: 'web-tls' } },
      [condition('Ready', 'False', 'SecretSyncedError', 'could not get secret data from provider')],
      '"could not get secret data from provider"',
    ],
    [
      'believes to be done',
      'ExternalSecret',
      { target: { name: 'web-tls' } },
      [condition('Ready', 'True', 'SecretSynced')],
      'that it is done',
    ],
    [
      'cannot decrypt',
      'SealedSecret',
      { template: { metadata: { name: 'web-tls' } } },
      [condition('Synced', 'False', '', 'no key could decrypt secret (password)')],
      '"no key could decrypt secret (password)"',
    ],
    [
      'is a certificate on its way',
      'Certificate',
      { secretName: 'web-tls' },
      [condition('Ready', 'False', 'DoesNotExist'), issuing],
      undefined,
    ],
    [
      'is a certificate that was not issued, and is not tried again for an hour',
      'Certificate',
      { secretName: 'web-tls' },
      [
        condition('Ready', 'False', 'DoesNotExist'),
        condition('Issuing', 'False', 'Failed', 'The certificate request has failed to complete'),
      ],
      '"The certificate request has failed to complete"',
    ],
    ['comes with the mount', 'SecretProviderClass', { secretObjects: [{ secretName: 'web-tls' }] }, [], undefined],
  ])('%s (%s)', async (_, kind, spec, conditions, stuck) => {
    const maker = await findMaker(serving(kind, spec, conditions), 'shop', { kind: 'Secret', name: 'web-tls' });
    expect(maker).toEqual({ kind, name: 'maker', stuck });
  });

  test('is nothing that makes another one, and nothing makes a ConfigMap', async () => {
    const other = serving('Certificate', { secretName: 'other' });
    expect(await findMaker(other, 'shop', { kind: 'Secret', name: 'web-tls' })).toBeUndefined();
    expect(await findMaker(other, 'shop', { kind: 'ConfigMap', name: 'other' })).toBeUndefined();
  });
});
