/** Label selectors (in objects and in queries) and field selectors. */
import { isObject, type KubeObject, type LabelSelector } from './objects.ts';
import { badRequest } from './status.ts';

export type Matcher = (labels: Readonly<Record<string, string>>) => boolean;

/** A selector as objects hold it. An empty one matches everything. */
export function labelSelectorMatcher(selector: LabelSelector): Matcher {
  const terms: Matcher[] = Object.entries(selector.matchLabels ?? {}).map(
    ([key, value]) =>
      (labels) =>
        labels[key] === value,
  );
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) terms.push(term(key, operator, values));
  return (labels) => terms.every((matches) => matches(labels));
}

function term(key: string, operator: string, values: readonly string[]): Matcher {
  switch (operator) {
    case 'In':
      return (labels) => values.includes(labels[key] ?? '\0');
    case 'NotIn':
      return (labels) => !values.includes(labels[key] ?? '\0');
    case 'Exists':
      return (labels) => key in labels;
    case 'DoesNotExist':
      return (labels) => !(key in labels);
    default:
      throw badRequest(`"${operator}" is not a valid label selector operator`);
  }
}

/**
 * A selector as queries hold it: `app=web,tier!=db,env in (a,b),!canary`.
 * @throws StatusError 400 when it cannot be parsed.
 */
export function parseLabelSelector(text: string): Matcher {
  const matchers = splitTerms(text).map((part) => {
    const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(part);
    if (set !== null) {
      const values = (set[3] ?? '').split(',').map((value) => value.trim());
      return term(set[1] ?? '', set[2] === 'in' ? 'In' : 'NotIn', values);
    }
    const equality = /^([^\s=!]+)\s*(==|=|!=)\s*(\S*)$/.exec(part);
    if (equality !== null) {
      return term(equality[1] ?? '', equality[2] === '!=' ? 'NotIn' : 'In', [equality[3] ?? '']);
    }
    const presence = /^(!?)\s*([^\s=!(),]+)$/.exec(part);
    if (presence !== null) return term(presence[2] ?? '', presence[1] === '!' ? 'DoesNotExist' : 'Exists', []);
    throw badRequest(`unable to parse requirement: found '${part}', expected: a label selector requirement`);
  });
  return (labels) => matchers.every((matches) => matches(labels));
}

/** Splits at commas outside parentheses. */
function splitTerms(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The fields of a kind that a field selector may name, besides metadata.name and metadata.namespace. */
const selectable: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.phase',
    'status.podIP',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Secret: ['type'],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  ReplicaSet: ['status.replicas'],
};

/**
 * A field selector of a query: `metadata.name=web,type!=Normal`.
 * @throws StatusError 400 for a field that the kind cannot be selected by.
 */
export function parseFieldSelector(kind: string, text: string): (object: KubeObject) => boolean {
  const matchers = splitTerms(text).map((part) => {
    const parsed = /^([^=!]+?)\s*(==|=|!=)\s*(.*)$/.exec(part);
    if (parsed === null) {
      throw badRequest(`invalid field selector: '${part}'; can't understand '${part}'`);
    }
    const [, field = '', operator = '=', value = ''] = parsed;
    if (!['metadata.name', 'metadata.namespace', ...(selectable[kind] ?? [])].includes(field)) {
      throw badRequest(
        `Unable to find "${kind}" that match label selector "", field selector "${text}": field label not supported: ${field}`,
      );
    }
    return (object: KubeObject): boolean => (fieldText(object, field) === value) === (operator !== '!=');
  });
  return (object) => matchers.every((matches) => matches(object));
}

function fieldText(object: KubeObject, field: string): string {
  let at: unknown = object;
  for (const part of field === 'source' ? ['source', 'component'] : field.split('.')) {
    at = isObject(at) ? at[part] : undefined;
  }
  if (typeof at === 'string') return at;
  return at === undefined || at === null ? '' : JSON.stringify(at);
}
