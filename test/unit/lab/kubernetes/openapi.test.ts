import { describe, expect, test } from '@jest/globals';
import { decode } from '../../../../packages/lab/src/kubernetes/decode.ts';
import { openApiDocument, openApiIndex } from '../../../../packages/lab/src/kubernetes/openapi.ts';
import { served } from '../../../../packages/lab/src/kubernetes/resources.ts';
import { fieldsOf, isKind, tables } from '../../../../packages/lab/src/kubernetes/schema.ts';
import { webDeployment } from '../../../support/lab-kubernetes.ts';

const documents = Object.keys((openApiIndex() as { paths: object }).paths).map(
  (path) => [path, openApiDocument(path)] as const,
);

test.each(documents)('every reference of %s leads to a schema', (_, document) => {
  const { components } = document as { components: { schemas: object } };
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name = '']) => name,
  );
  expect(references.filter((name) => !(name in components.schemas))).toEqual([]);
});

test.each(served.map((resource) => [resource.kind]))('%s has a table of fields', (kind) => {
  expect(isKind(kind)).toBe(true);
  expect(tables).toHaveProperty(kind);
});

test('every type of a field is a scalar or a table', () => {
  const scalars = ['string', 'integer', 'boolean', 'quantity', 'int-or-string', 'time', 'any'];
  const unknown = Object.keys(tables).flatMap((table) =>
    [...fieldsOf(table).values()].map(({ of }) => of).filter((of) => !scalars.includes(of) && !(of in tables)),
  );
  expect(unknown).toEqual([]);
});

test('each patch says that it understands field validation, dry runs and strategic merges', () => {
  const { paths } = openApiDocument('apis/apps/v1') as {
    paths: Record<string, { patch?: { parameters: { name: string }[]; requestBody: { content: object } } }>;
  };
  const patch = paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}']?.patch;
  expect(patch?.parameters.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['dryRun', 'fieldValidation', 'force']),
  );
  expect(patch?.requestBody.content).toHaveProperty(['application/strategic-merge-patch+json']);
});

describe('decoding', () => {
  test('keeps what it knows, drops what it does not, and names it', () => {
    const { object, unknown } = decode(
      'Deployment',
      webDeployment({ replica: 1 }, { imagee: 'x' }) as Record<string, unknown>,
    );
    expect(unknown.toSorted()).toEqual(['spec.replica', 'spec.template.spec.containers[0].imagee']);
    expect(JSON.stringify(object)).not.toContain('imagee');
  });

  test.each([
    [{ replicas: '3' }, 'cannot unmarshal string into Go struct field Deployment.spec.replicas of type int32'],
    [{ paused: 1 }, 'cannot unmarshal number into Go struct field Deployment.spec.paused of type bool'],
    [{ selector: [] }, 'cannot unmarshal array into Go struct field Deployment.spec.selector'],
  ])('refuses %j', (spec, message) => {
    expect(() => decode('Deployment', webDeployment(spec) as Record<string, unknown>)).toThrow(message);
  });
});
