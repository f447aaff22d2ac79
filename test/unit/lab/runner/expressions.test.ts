import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluate, ExpressionFailure, isTrue, textOf } from '../../../../packages/lab/src/runner/expressions.ts';

const scope = {
  contexts: {
    github: { ref: 'refs/heads/main', event: { inputs: { Dry: 'true' } } },
    needs: { a: { result: 'success' }, b: { result: 'failure' } },
    matrix: null,
    steps: {},
  },
  functions: { always: () => true },
};

describe('expressions', () => {
  test.each([
    ["github.ref == 'REFS/heads/MAIN'", true],
    ['github.event.inputs.dry', 'true'],
    ["contains(needs.*.result, 'failure')", true],
    ["join(needs.*.result, ', ')", 'success, failure'],
    ['matrix.os', null],
    ['steps.none.outputs.x', null],
    ['fromJSON(\'{"a":[1,2]}\').a[1]', 2],
    ["toJSON(fromJSON('[1]'))", '[\n  1\n]'],
    ["format('{0}/{1}/{{}}', 1, null)", '1//{}'],
    ["'it''s' == 'IT''S'", true],
    ["'''a'' and ''b'''", "'a' and 'b'"],
    ["'' || 'fallback'", 'fallback'],
    ["true && 'yes' || 'no'", 'yes'],
    ["'1' == 1", true],
    ["startsWith('Release', 'rel') && endsWith('v1', '1')", true],
    ['always()', true],
    ['!github.absent', true],
    ['1.50', 1.5],
    ["'3' > 2", true],
  ])('%s is %j', (expression, expected) => expect(evaluate(expression, scope)).toEqual(expected));

  test.each([
    ['secrets.X', /Unrecognized named-value: 'secrets'/],
    ['nonsense()', /Unrecognized function: 'nonsense'/],
    ["fromJSON('{')", /Error parsing JSON/],
    ['github.', /Unexpected/],
  ])('%s is refused', (expression, message) => {
    expect(() => evaluate(expression, scope)).toThrow(ExpressionFailure);
    expect(() => evaluate(expression, scope)).toThrow(message);
  });

  test('any text survives being quoted', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(evaluate(`'${text.replaceAll("'", "''")}'`, scope)).toBe(text);
      }),
    );
  });

  test.each([
    [null, ''],
    [true, 'true'],
    [1.5, '1.5'],
    [[1], 'Array'],
    [{ a: 1 }, 'Object'],
  ])('%j as text is %j', (value, text) => expect(textOf(value)).toBe(text));

  test.each([null, false, '', 0, NaN])('%j is false', (value) => expect(isTrue(value)).toBe(false));
  test.each([true, 'false', 1, [], {}])('%j is true', (value) => expect(isTrue(value)).toBe(true));
});
