// Aggregation expressions: mingo evaluates them, through a context that holds only what is listed here.
// Comparisons and sets are ours, because mingo orders and equates some values differently from MongoDB.
import { Context, evalExpr } from 'mingo/core';
import * as mingoAccumulators from 'mingo/operators/accumulator';
import * as mingoExpressions from 'mingo/operators/expression';
import type { Options } from 'mingo/types';
import { badValue, notServed } from './errors.ts';
import { compareValues, isDoc, sameValue, valueToken, type Doc } from './values.ts';

type ExpressionOps = Parameters<Context['addExpressionOps']>[0];
type AccumulatorOps = Parameters<Context['addAccumulatorOps']>[0];
type Evaluate = (doc: unknown, argument: unknown, options: Options) => unknown;

/** Wraps a function of two values as an operator that evaluates both arguments first. Missing sorts below null. */
function binary(apply: (order: number) => unknown): Evaluate {
  return (doc, argument, options) => {
    const values = evalExpr(doc, argument, options) as unknown;
    if (!Array.isArray(values) || values.length !== 2)
      throw badValue('a comparison expression takes exactly 2 arguments');
    const [a, b] = values as [unknown, unknown];
    if (a === undefined || b === undefined) return apply(Number(a !== undefined) - Number(b !== undefined));
    return apply(Math.sign(compareValues(a, b)));
  };
}

const COMPARISONS: Record<string, Evaluate> = {
  $eq: binary((order) => order === 0),
  $ne: binary((order) => order !== 0),
  $gt: binary((order) => order > 0),
  $gte: binary((order) => order >= 0),
  $lt: binary((order) => order < 0),
  $lte: binary((order) => order <= 0),
  $cmp: binary((order) => order),
  $in: (doc, argument, options) => {
    const [value, list] = evalExpr(doc, argument, options) as [unknown, unknown];
    if (!Array.isArray(list)) throw badValue('$in requires an array as a second argument');
    return list.some((element) => sameValue(element, value));
  },
  $size: (doc, argument, options) => {
    const value: unknown = evalExpr(doc, argument, options);
    const list: unknown = Array.isArray(argument) && Array.isArray(value) ? value[0] : value;
    if (!Array.isArray(list)) throw badValue('The argument to $size must be an array');
    return list.length;
  },
};

/**
 * What an accumulator sees: one value per document of the group, undefined where it is missing. With no argument the
 * values are there already: that is the expression form, `{ $max: ['$a', '$b'] }`.
 */
function accumulated(docs: unknown, argument: unknown, options: Options): unknown[] {
  if (!Array.isArray(docs)) return [];
  if (argument === null) return docs;
  // Wrapped, because mingo's $push turns a missing value into null.
  const wrapped = mingoAccumulators.$push(docs, { value: argument }, options) as { value: unknown }[];
  return wrapped.map(({ value }) => value);
}

function extreme(sign: 1 | -1): Evaluate {
  return (docs, argument, options) => {
    const values = accumulated(docs, argument, options).filter(
      (value) => value !== null && value !== undefined,
    );
    if (values.length === 0) return null;
    return values.reduce((best, value) => (compareValues(value, best) * sign > 0 ? value : best));
  };
}

const ACCUMULATORS: Record<string, Evaluate> = {
  $max: extreme(1),
  $min: extreme(-1),
  $addToSet: (docs, argument, options) => {
    const present = accumulated(docs, argument, options).filter((value) => value !== undefined);
    return [...new Map(present.map((value) => [valueToken(value), value])).values()];
  },
  $push: (docs, argument, options) =>
    accumulated(docs, argument, options).filter((value) => value !== undefined),
};

/** Operators taken from mingo as they are; each is one that behaves as MongoDB's does over the values we serve. */
const FROM_MINGO = [
  ...['$abs', '$add', '$ceil', '$divide', '$floor', '$mod', '$multiply', '$subtract'],
  ...['$and', '$or', '$not', '$cond', '$ifNull', '$switch', '$let', '$literal'],
  ...['$arrayElemAt', '$concatArrays', '$filter', '$first', '$isArray', '$last', '$map', '$reduce', '$slice'],
  ...['$concat', '$toLower', '$toUpper', '$mergeObjects'],
] as const satisfies readonly (keyof typeof mingoExpressions)[];

const expressionOps = Object.fromEntries([
  ...FROM_MINGO.map((name) => [name, mingoExpressions[name]]),
  ...Object.entries(COMPARISONS),
]) as ExpressionOps;

const { $sum, $avg, $count, $first, $last } = mingoAccumulators;
const accumulatorOps = { $sum, $avg, $count, $first, $last, ...ACCUMULATORS } as AccumulatorOps;

/** What mingo may use. Anything else is unknown to it, and so refused. */
export const expressionContext = Context.init({ expression: expressionOps, accumulator: accumulatorOps });

/** The accumulators that `$group` serves. */
export const ACCUMULATOR_NAMES: ReadonlySet<string> = new Set(Object.keys(accumulatorOps));

const SERVED = new Set([...Object.keys(expressionOps), ...Object.keys(accumulatorOps)]);

/**
 * Refuses an expression with an operator that is not served, wherever it stands, before any document is read.
 * @throws MongoError naming the operator.
 */
export function assertExpression(expression: unknown): void {
  if (Array.isArray(expression)) expression.forEach(assertExpression);
  if (!isDoc(expression)) return;
  for (const [name, argument] of Object.entries(expression)) {
    if (name.startsWith('$') && !SERVED.has(name)) throw notServed(`the expression operator ${name}`);
    if (name !== '$literal') assertExpression(argument);
  }
}

/** Evaluates an expression for one document; `variables` are those that a pipeline's `let` defined. */
export function evaluate(doc: unknown, expression: unknown, variables: Doc = {}): unknown {
  const options = {
    context: expressionContext,
    scriptEnabled: false,
    variables,
  } as Partial<Options> as Options;
  return evalExpr(doc, expression, options) as unknown;
}
