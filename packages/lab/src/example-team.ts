/** What the team of examples/ has on the lab's servers: who promotes its APIs, and Micro Integrator's management user. */
import { request } from 'node:https';
import type { Lab, Stage } from './lab.ts';

/** GitHub masks a secret wherever it stands, so a password must not be a word of ordinary language. */
export const apimUser = { name: 'api-promoter', password: 'Zx9-not-a-real-secret' };

/** Puts the secret of a service's management user into a stage's namespace. */
export function createAdminSecret({ kubernetes }: Lab, namespace: Stage, service: string): Promise<void> {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `${service}-admin` },
    stringData: { username: 'admin', password: 'admin' },
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(`/api/v1/namespaces/${namespace}/secrets`, kubernetes.url),
      {
        method: 'POST',
        ca: kubernetes.ca,
        agent: false,
        headers: { authorization: `Bearer ${kubernetes.token}`, 'content-type': 'application/json' },
      },
      (answer) => {
        answer.resume();
        if (answer.statusCode === 201) resolve();
        else reject(new Error(`creating the secret of ${service} in ${namespace} answered ${answer.statusCode ?? 0}`));
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify(secret));
  });
}
