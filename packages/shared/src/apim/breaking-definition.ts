import type { BreakingRule } from './breaking.ts';

/** Changes of an OpenAPI definition that break callers. A schema may be in requests, answers or both: both count. */
const inOperation = String.raw`operations\[[^\]]+\]\.definition`;
const anywhere = String.raw`(?:${inOperation}|definition)\.`;

export const definitionRules: readonly BreakingRule[] = [
  {
    what: 'A parameter becomes necessary',
    path: new RegExp(String.raw`${inOperation}\.parameters(?:$|\[.+\]\.required$)`),
    reason: ({ kind, path, after = '' }) => {
      if (path.endsWith('.required')) return after === 'true' ? 'calls without the parameter are refused' : undefined;
      return kind === 'added' && /\brequired: true\b/.test(after)
        ? 'calls without the parameter are refused'
        : undefined;
    },
  },
  {
    what: 'A body becomes necessary',
    path: new RegExp(String.raw`${inOperation}\.requestBody\.required$`),
    reason: ({ after }) => (after === 'true' ? 'calls without a body are refused' : undefined),
  },
  {
    what: 'A media type is removed from requests or answers',
    path: new RegExp(String.raw`${anywhere}.*\.content$`),
    reason: ({ kind, path, before = '' }) => {
      if (kind !== 'removed') return undefined;
      return path.includes('.requestBody.') ? `bodies in ${before} are refused` : `there are no answers in ${before}`;
    },
  },
  {
    what: 'A successful answer is removed',
    path: new RegExp(String.raw`${inOperation}\.responses$`),
    reason: ({ kind, before = '' }) =>
      kind === 'removed' && /^[23]/.test(before) ? `it no longer answers with ${before.slice(0, 3)}` : undefined,
  },
  {
    what: 'A value has another type, or another schema',
    path: new RegExp(String.raw`${anywhere}.*\.(?:type|\$ref)$`),
    reason: ({ kind, before = '', after = '' }) =>
      kind === 'changed' ? `${after} where there was ${before}` : undefined,
  },
  {
    what: 'A property becomes necessary',
    path: new RegExp(String.raw`${anywhere}(?:.*\.)?(?:schemas|definitions|schema|properties|items)\b.*\.required$`),
    reason: ({ kind, after = '' }) =>
      kind === 'added' && after !== 'true' && after !== 'false' ? `${after} has to be there` : undefined,
  },
  {
    what: 'A property or a schema is removed',
    path: new RegExp(String.raw`${anywhere}(?:.*\.)?(?:properties|schemas|definitions)$`),
    reason: ({ kind, before = '' }) =>
      kind === 'removed' ? `${before.replace(/ \([^()]*: .*\)$/, '')} is no longer there` : undefined,
  },
  {
    what: 'A value of an enumeration is removed',
    path: new RegExp(String.raw`${anywhere}.*\.enum$`),
    reason: ({ kind, before = '' }) => (kind === 'removed' ? `${before} is no longer a value` : undefined),
  },
];
