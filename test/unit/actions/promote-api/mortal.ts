import type { ApiManager } from '@wso2-delivery/lab/apim/api-manager';
import type { ExecRequest, HttpRequest } from '@wso2-delivery/shared/base/ports';
import type { TestPorts } from '../../../support/ports.ts';

/**
 * Ports of a process that is killed at its n-th request to an API Manager, counted from the first that changes
 * something, an import by apictl being one; `after`: of those that change something alone, when it was carried out and
 * no answer came. From then on nothing answers, as nothing of a killed process goes on.
 */
export function mortal(
  ports: TestPorts,
  manager: ApiManager,
  n: number,
  when: 'before' | 'after',
): { readonly ports: TestPorts; readonly death: Promise<'killed'> } {
  let count = 0;
  let die: (how: 'killed') => void = () => undefined;
  const death = new Promise<'killed'>((resolve) => (die = resolve));
  const never = new Promise<never>(() => undefined);
  let over = false;
  const isOver = () => over;
  const request = async (given: HttpRequest) => {
    if (isOver()) return never;
    const url = String(given.url);
    const ours = url.startsWith(manager.url) && !/\/(register|token)$/.test(url);
    const isWrite = given.method !== 'GET';
    const counts = ours && (isWrite || (when === 'before' && count > 0));
    if (!counts || ++count !== n) {
      const answer = await ports.http.request(given);
      return isOver() ? never : answer;
    }
    over = true;
    if (when === 'after') await ports.http.request({ ...given, attempts: 1 });
    die('killed');
    return never;
  };
  const run = async (given: ExecRequest) => {
    if (isOver()) return never;
    const counts = given.args[0] === 'import' || (when === 'before' && count > 0);
    if (!counts || ++count !== n) {
      const result = await ports.exec.run(given);
      return isOver() ? never : result;
    }
    over = true;
    if (when === 'after') await ports.exec.run(given);
    die('killed');
    return never;
  };
  return { ports: { ...ports, http: { ...ports.http, request }, exec: { ...ports.exec, run } }, death };
}

/** Takes the present APIs of a manager; the result puts them back. */
export function snapshot(manager: ApiManager): () => void {
  const copy = () =>
    manager.apis.map((api) => ({
      api,
      fields: {
        ...api,
        revisions: api.revisions.map((revision) => ({ revision, deployments: [...revision.deployments] })),
      },
    }));
  const kept = copy();
  return () => {
    const apis = manager.apis as (typeof manager.apis)[number][];
    apis.splice(
      0,
      apis.length,
      ...kept.map(({ api, fields: { revisions, ...fields } }) =>
        Object.assign(api, fields, {
          revisions: revisions.map(({ revision, deployments }) =>
            Object.assign(revision, { deployments: [...deployments] }),
          ),
        }),
      ),
    );
  };
}
