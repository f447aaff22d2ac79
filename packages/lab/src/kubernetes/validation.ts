/** What the server refuses to store, with the server's own words. */
import {
  canonical,
  type Container,
  type Deployment,
  type KubeObject,
  type LabelSelector,
  type Pod,
  type PodSpec,
} from './objects.ts';
import { quantity } from './quantities.ts';
import type { Resource } from './resources.ts';
import { labelSelectorMatcher } from './selectors.ts';
import { goText } from './decode.ts';
import type { StatusCause } from './status.ts';
import type { Job, StatefulSet } from './workload-objects.ts';

const required = (field: string): StatusCause => ({ reason: 'FieldValueRequired', message: 'Required value', field });
const wrong = (field: string, message: string): StatusCause => ({ reason: 'FieldValueInvalid', message, field });

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/** Everything wrong with an object; `live` is what it would replace. */
export function validate(resource: Resource, object: KubeObject, live?: KubeObject): StatusCause[] {
  const causes: StatusCause[] = [];
  const { name } = object.metadata;
  if (!dnsSubdomain.test(name) || name.length > 253) {
    causes.push(wrong('metadata.name', `Invalid value: "${name}": ${subdomainRule}`));
  }
  if (selecting.includes(resource.kind)) {
    causes.push(...validateWorkload(object as Deployment, live as Deployment | undefined));
  }
  if (resource.kind === 'StatefulSet' && live !== undefined) {
    causes.push(...validateStatefulSetUpdate(object as StatefulSet, live as StatefulSet));
  }
  if (resource.kind === 'Job') causes.push(...validateJob(object as Job));
  if (resource.kind === 'Pod') {
    causes.push(...validatePodSpec((object as Pod).spec, 'spec'));
    if (live !== undefined) causes.push(...validatePodUpdate(object as Pod, live as Pod));
  }
  return causes;
}

/** Kinds with a selector of their own, which never changes. */
const selecting: readonly string[] = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'];

function validateStatefulSetUpdate({ spec }: StatefulSet, live: StatefulSet): StatusCause[] {
  const fixed = ({ selector, serviceName, podManagementPolicy, volumeClaimTemplates }: StatefulSet['spec']): string =>
    canonical({ selector, serviceName, podManagementPolicy, volumeClaimTemplates });
  if (fixed(spec) === fixed(live.spec)) return [];
  const message =
    "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
  return [{ reason: 'FieldValueForbidden', message, field: 'spec' }];
}

function validateJob({ spec: { template } }: Job): StatusCause[] {
  const policy = template.spec.restartPolicy ?? '';
  const field = 'spec.template.spec.restartPolicy';
  return [
    ...(['Never', 'OnFailure'].includes(policy)
      ? []
      : [
          {
            reason: 'FieldValueNotSupported',
            message: `Unsupported value: "${policy}": supported values: "OnFailure", "Never"`,
            field,
          },
        ]),
    ...validatePodSpec(template.spec, 'spec.template.spec'),
  ];
}

function validateWorkload(object: Deployment, live: Deployment | undefined): StatusCause[] {
  const causes: StatusCause[] = [];
  const { spec } = object;
  if (spec.replicas < 0) {
    causes.push(wrong('spec.replicas', `Invalid value: ${spec.replicas}: must be greater than or equal to 0`));
  }
  const { matchLabels, matchExpressions } = spec.selector;
  if (Object.keys(matchLabels ?? {}).length === 0 && (matchExpressions ?? []).length === 0) {
    causes.push(
      wrong(
        'spec.selector',
        'Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for deployment',
      ),
    );
  }
  const labels = spec.template.metadata.labels ?? {};
  if (!labelSelectorMatcher(spec.selector)(labels)) {
    causes.push(
      wrong(
        'spec.template.metadata.labels',
        `Invalid value: ${goStringMap(labels)}: \`selector\` does not match template \`labels\``,
      ),
    );
  }
  const claims = ((object as KubeObject as StatefulSet).spec.volumeClaimTemplates ?? []).map(
    ({ metadata }) => metadata.name,
  );
  causes.push(...validatePodSpec(spec.template.spec, 'spec.template.spec', claims));
  if (
    object.kind !== 'StatefulSet' &&
    live !== undefined &&
    canonical(live.spec.selector) !== canonical(spec.selector)
  ) {
    causes.push(wrong('spec.selector', `Invalid value: ${goSelector(spec.selector)}: field is immutable`));
  }
  return causes;
}

function goStringMap(map: Readonly<Record<string, string>>): string {
  const entries = Object.entries(map).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `map[string]string{${entries.sort().join(', ')}}`;
}

function goSelector(selector: LabelSelector): string {
  const labels = selector.matchLabels === undefined ? 'map[string]string(nil)' : goStringMap(selector.matchLabels);
  const expressions =
    selector.matchExpressions === undefined
      ? '[]v1.LabelSelectorRequirement(nil)'
      : `[]v1.LabelSelectorRequirement{${selector.matchExpressions.map(goText).join(', ')}}`;
  return `v1.LabelSelector{MatchLabels:${labels}, MatchExpressions:${expressions}}`;
}

function validatePodSpec(spec: PodSpec, path: string, claims: readonly string[] = []): StatusCause[] {
  const causes: StatusCause[] = [];
  if (spec.containers.length === 0) causes.push(required(`${path}.containers`));
  const volumes = new Set([...claims, ...(spec.volumes ?? []).map((volume) => volume.name)]);
  for (const list of ['initContainers', 'containers'] as const) {
    const names = new Set<string>();
    for (const [index, container] of (spec[list] ?? []).entries()) {
      const at = `${path}.${list}[${index}]`;
      causes.push(...validateContainer(container, at, volumes));
      if (names.has(container.name)) {
        causes.push({
          reason: 'FieldValueDuplicate',
          message: `Duplicate value: "${container.name}"`,
          field: `${at}.name`,
        });
      }
      names.add(container.name);
    }
  }
  return causes;
}

function validateContainer(container: Container, at: string, volumes: ReadonlySet<string>): StatusCause[] {
  const causes: StatusCause[] = [];
  if (((container.name as string | undefined) ?? '') === '') causes.push(required(`${at}.name`));
  else if (!dnsLabel.test(container.name)) {
    causes.push(
      wrong(
        `${at}.name`,
        `Invalid value: "${container.name}": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
      ),
    );
  }
  if (((container.image as string | undefined) ?? '') === '') causes.push(required(`${at}.image`));
  for (const [name, request] of Object.entries(container.resources?.requests ?? {})) {
    const limit = container.resources?.limits?.[name];
    if (limit !== undefined && quantity(request) > quantity(limit)) {
      causes.push(
        wrong(
          `${at}.resources.requests`,
          `Invalid value: "${request}": must be less than or equal to ${name} limit of ${limit}`,
        ),
      );
    }
  }
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    if (!volumes.has(mount.name)) {
      causes.push({
        reason: 'FieldValueNotFound',
        message: `Not found: "${mount.name}"`,
        field: `${at}.volumeMounts[${index}].name`,
      });
    }
  }
  return causes;
}

function validatePodUpdate(pod: Pod, live: Pod): StatusCause[] {
  const comparable = (spec: PodSpec): string =>
    canonical({
      ...spec,
      containers: spec.containers.map((container) => ({ ...container, image: '' })),
      tolerations: [],
      nodeName: undefined,
    });
  if (comparable(pod.spec) === comparable(live.spec)) return [];
  const rule =
    'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';
  return [{ reason: 'FieldValueForbidden', message: rule, field: 'spec' }];
}

/** What is missing so much that defaults cannot be set: checked before everything else. */
export function missingParts(resource: Resource, object: KubeObject): StatusCause[] {
  if (resource.kind === 'Pod') {
    const spec = (object as { spec?: Partial<PodSpec> }).spec;
    return spec?.containers === undefined ? [required('spec.containers')] : [];
  }
  if (resource.kind !== 'Job' && !selecting.includes(resource.kind)) return [];
  const spec = object.spec as
    { selector?: unknown; template?: { spec?: Partial<PodSpec>; metadata?: object } } | undefined;
  const causes: StatusCause[] = [];
  if (resource.kind !== 'Job' && spec?.selector === undefined) causes.push(required('spec.selector'));
  if (spec?.template?.spec?.containers === undefined) causes.push(required('spec.template.spec.containers'));
  if (spec?.template !== undefined) spec.template.metadata ??= {};
  return causes;
}
