/** Expressions and templates: the official lexer, parser and evaluator behind plain JSON values. */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import {
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isSequence,
  isString,
} from '@actions/workflow-parser/templates/tokens/type-guards';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import { InsertExpressionToken } from '@actions/workflow-parser/templates/tokens/insert-expression-token';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** What an expression can see. Context names that are absent here are unknown to the expression. */
export interface Scope {
  readonly contexts: Readonly<Record<string, Json>>;
  /** Functions beyond the built-in ones, by lower-case name: success, failure, always, cancelled, hashfiles. */
  readonly functions?: Readonly<Record<string, (...args: readonly Json[]) => Json>>;
}

/** An expression that cannot be read or evaluated, with its place in the file. */
export class ExpressionFailure extends Error {
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string, token?: TemplateToken, cause?: unknown) {
    super(token?.line === undefined ? message : `(Line: ${token.line}, Col: ${token.col ?? 1}): ${message}`, { cause });
    this.name = 'ExpressionFailure';
    this.line = token?.line;
    this.column = token?.col;
  }
}

/** Evaluates one expression, without its `${{ }}`. @throws ExpressionFailure */
export function evaluate(expression: string, scope: Scope): Json {
  const functions = new Map<string, FunctionDefinition>();
  for (const [name, call] of Object.entries(scope.functions ?? {})) {
    functions.set(name, { name, minArgs: 0, maxArgs: 255, call: (...args) => toData(call(...args.map(fromData))) });
  }
  const contexts = new data.Dictionary();
  for (const [name, value] of Object.entries(scope.contexts)) contexts.add(name, toData(value));
  try {
    const tree = new Parser(tokensOf(expression), Object.keys(scope.contexts), [...functions.values()]).parse();
    return fromData(new Evaluator(tree, contexts, functions).evaluate());
  } catch (error) {
    throw new ExpressionFailure(error instanceof Error ? error.message : String(error), undefined, error);
  }
}

/** The official lexer resolves the first `''` of a text alone; here every one of them becomes a quote. */
function tokensOf(expression: string): ReturnType<Lexer['lex']>['tokens'] {
  const { tokens } = new Lexer(expression).lex();
  return tokens.map((token) =>
    token.lexeme.startsWith("'") ? { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") } : token,
  );
}

/** Evaluates a value of a workflow or action file: scalars, sequences and mappings, with expressions anywhere in them. */
export function evaluateToken(token: TemplateToken, scope: Scope): Json {
  if (isBasicExpression(token)) {
    try {
      return evaluate(token.expression, scope);
    } catch (error) {
      throw new ExpressionFailure(error instanceof Error ? error.message : String(error), token, error);
    }
  }
  if (isString(token) || isNumber(token) || isBoolean(token)) return token.value;
  if (isSequence(token)) return [...token].map((item) => evaluateToken(item, scope));
  if (isMapping(token)) return Object.fromEntries(evaluateEntries(token, scope));
  return null;
}

function evaluateEntries(token: TemplateToken, scope: Scope): [string, Json][] {
  if (!isMapping(token)) return [];
  return [...token].flatMap(({ key, value }): [string, Json][] => {
    const evaluated = evaluateToken(value, scope);
    if (key instanceof InsertExpressionToken) return Object.entries(objectOf(evaluated));
    return [[textOf(evaluateToken(key, scope)), evaluated]];
  });
}

/** An evaluated mapping with every value as text, as `env` and `with` want it. */
export function evaluateTexts(token: TemplateToken | undefined, scope: Scope): Record<string, string> {
  if (token === undefined) return {};
  const entries = Object.entries(objectOf(evaluateToken(token, scope)));
  return Object.fromEntries(entries.map(([key, value]) => [key, textOf(value)]));
}

export function evaluateText(token: TemplateToken | undefined, scope: Scope): string | undefined {
  return token === undefined ? undefined : textOf(evaluateToken(token, scope));
}

/** A boolean or an expression that yields one; only `true` and the text "true" are true here. */
export function evaluateBoolean(token: TemplateToken | undefined, scope: Scope, fallback: boolean): boolean {
  if (token === undefined) return fallback;
  const value = evaluateToken(token, scope);
  return value === true || value === 'true';
}

/** @throws ExpressionFailure when the value is not a number. */
export function evaluateNumber(token: TemplateToken | undefined, scope: Scope): number | undefined {
  if (token === undefined) return undefined;
  const value = toData(evaluateToken(token, scope)).number();
  if (Number.isNaN(value)) throw new ExpressionFailure('Unexpected value: a number was expected', token);
  return value;
}

/** Text as the expression language makes it: null is empty, objects are their kind. */
export function textOf(value: Json): string {
  return toData(value).coerceString();
}

/** Truth as the expression language sees it: false, 0, NaN, '' and null are false. */
export function isTrue(value: Json): boolean {
  return !(value === null || value === false || value === '' || value === 0 || Number.isNaN(value));
}

export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {};
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function toData(value: Json): data.ExpressionData {
  if (value === null) return new data.Null();
  if (typeof value === 'string') return new data.StringData(value);
  if (typeof value === 'number') return new data.NumberData(value);
  if (typeof value === 'boolean') return new data.BooleanData(value);
  if (isList(value)) return new data.Array(...value.map(toData));
  return new data.Dictionary(...Object.entries(value).map(([key, item]) => ({ key, value: toData(item) })));
}

function fromData(value: data.ExpressionData): Json {
  if (value instanceof data.Array) return value.values().map(fromData);
  if (value instanceof data.Dictionary) {
    return Object.fromEntries(value.pairs().map((pair) => [pair.key, fromData(pair.value)]));
  }
  return value instanceof data.Null ? null : value.value;
}
