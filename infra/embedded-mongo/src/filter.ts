// Filters. mingo composes them ($and, $or, $nor, $not, $expr); what compares values is ours and follows MongoDB's
// rules for arrays, missing fields, type brackets and regular expressions.
import { BSONRegExp } from 'bson';
import { Context } from 'mingo/core';
import { $expr } from 'mingo/operators/query/evaluation';
import { $and, $nor, $not, $or } from 'mingo/operators/query/logical';
import { Query } from 'mingo/query';
import type { Options } from 'mingo/types';
import { MongoError, badValue, notServed } from './errors.ts';
import { assertExpression, expressionContext } from './expressions.ts';
import { leafValues, valuesAt } from './paths.ts';
import { compareValues, isDoc, sameValue, TYPE, typeByte, type Doc } from './values.ts';

/** Does a document match? */
export type Test = (doc: unknown) => boolean;
type QueryOps = Parameters<Context['addQueryOps']>[0];
type Operator = (path: string, operand: unknown) => Test;

/** A JavaScript regular expression for MongoDB's; refuses flags and syntax that JavaScript cannot honour. */
function toRegExp(pattern: string, options: string): RegExp {
  const unknown = [...options].find((flag) => !'ims'.includes(flag));
  if (unknown !== undefined) throw notServed(`the regular expression option '${unknown}'`);
  try {
    return new RegExp(pattern, options);
  } catch {
    throw new MongoError(51091, `Regular expression is invalid or not served: ${pattern}`);
  }
}

function equalsOperand(operand: unknown): (value: unknown) => boolean {
  if (!(operand instanceof BSONRegExp)) return (value) => sameValue(value, operand);
  const pattern = toRegExp(operand.pattern, operand.options);
  return (value) => (typeof value === 'string' ? pattern.test(value) : sameValue(value, operand));
}

function anyLeaf(matches: (operand: unknown) => (value: unknown) => boolean): Operator {
  return (path, operand) => {
    const test = matches(operand);
    return (doc) => leafValues(doc, path).some(test);
  };
}

/** `$gt` and its kin compare only within one type, and NaN only with itself. */
function ordered(accept: (order: number) => boolean): Operator {
  return anyLeaf((operand) => {
    if (operand instanceof BSONRegExp) throw badValue("Can't have RegEx as arg to predicate over field");
    const type = typeByte(operand);
    return (value) => {
      if (typeByte(value) !== type) return false;
      if (Number.isNaN(value) || Number.isNaN(operand))
        return Number.isNaN(value) && Number.isNaN(operand) && accept(0);
      return accept(compareValues(value, operand));
    };
  });
}

function listOf(operator: string, operand: unknown): unknown[] {
  if (!Array.isArray(operand)) throw badValue(`${operator} needs an array`);
  return operand as unknown[];
}

/** The names that $type takes, and the byte that each has among encoded values. Numbers are of one type here. */
const TYPE_NAMES: Readonly<Record<string, number>> = {
  number: TYPE.number,
  string: TYPE.string,
  object: TYPE.object,
  array: TYPE.array,
  binData: TYPE.binary,
  objectId: TYPE.objectId,
  bool: TYPE.boolean,
  date: TYPE.date,
  timestamp: TYPE.timestamp,
  regex: TYPE.regex,
  null: TYPE.null,
};

function typeTest(name: unknown): (value: unknown) => boolean {
  const byte = typeof name === 'string' && Object.hasOwn(TYPE_NAMES, name) ? TYPE_NAMES[name] : undefined;
  if (byte === undefined)
    throw notServed(`$type '${String(name)}' (types go by name, and all numbers are 'number')`);
  return (value) => value !== undefined && typeByte(value) === byte;
}

const eq = anyLeaf(equalsOperand);
const inList = anyLeaf((operand) => {
  const tests = listOf('$in', operand).map(equalsOperand);
  return (value) => tests.some((test) => test(value));
});

const negated =
  (operator: Operator): Operator =>
  (path, operand) => {
    const test = operator(path, operand);
    return (doc) => !test(doc);
  };

/** Tests one array element: against a filter when it is a document, against operators on the value otherwise. */
function elementTest(criteria: unknown): Test {
  if (!isDoc(criteria)) throw badValue('$elemMatch needs an Object');
  const names = Object.keys(criteria);
  if (names.length > 0 && names.every((name) => name.startsWith('$') && !COMPOUND.has(name))) {
    const test = compile({ element: criteria });
    return (element) => test({ element: Array.isArray(element) ? [element] : element });
  }
  const test = compile(criteria);
  return (element) => isDoc(element) && test(element);
}

const elemMatch: Operator = (path, criteria) => {
  const test = elementTest(criteria);
  return (doc) => valuesAt(doc, path).some((value) => Array.isArray(value) && value.some(test));
};

const OPERATORS: Record<string, Operator> = {
  $eq: eq,
  $ne: negated(eq),
  $in: inList,
  $nin: negated(inList),
  $gt: ordered((order) => order > 0),
  $gte: ordered((order) => order >= 0),
  $lt: ordered((order) => order < 0),
  $lte: ordered((order) => order <= 0),
  $regex: anyLeaf((operand) => {
    // A filter reaches us with `$options` already folded in; see `normalizeOperators`.
    const pattern = operand as RegExp;
    return (value) => typeof value === 'string' && pattern.test(value);
  }),
  $exists: (path, operand) => {
    const wanted = Boolean(operand);
    return (doc) => valuesAt(doc, path).some((value) => value !== undefined) === wanted;
  },
  $type: (path, operand) => {
    const tests = (Array.isArray(operand) ? operand : [operand]).map(typeTest);
    return (doc) => leafValues(doc, path).some((value) => tests.some((test) => test(value)));
  },
  $size: (path, operand) => {
    if (!Number.isInteger(operand) || Number(operand) < 0)
      throw badValue('$size must be a whole number, not negative');
    return (doc) => valuesAt(doc, path).some((value) => Array.isArray(value) && value.length === operand);
  },
  $mod: anyLeaf((operand) => {
    const [divisor, remainder] = listOf('$mod', operand).map(Number);
    if (!divisor || remainder === undefined)
      throw badValue('malformed mod, needs a non-zero divisor and a remainder');
    return (value) =>
      typeof value === 'number' && Math.trunc(value) % Math.trunc(divisor) === Math.trunc(remainder);
  }),
  $all: (path, operand) => {
    const tests = listOf('$all', operand).map((wanted) =>
      isDoc(wanted) && '$elemMatch' in wanted ? elemMatch(path, wanted['$elemMatch']) : eq(path, wanted),
    );
    return (doc) => tests.length > 0 && tests.every((test) => test(doc));
  },
  $elemMatch: elemMatch,
};

const COMPOUND = new Set(['$and', '$or', '$nor']);

const context = Context.from(
  expressionContext,
  Context.init({ query: { ...OPERATORS, $and, $or, $nor, $not, $expr } as QueryOps }),
);

function isOperators(value: unknown): value is Doc {
  return isDoc(value) && Object.keys(value)[0]?.startsWith('$') === true;
}

/** Checks the operators on one field and folds `$regex` with `$options` into one regular expression. */
function normalizeOperators(operators: Doc): Doc {
  const out: Doc = {};
  for (const [name, operand] of Object.entries(operators)) {
    if (name === '$options') {
      if (!('$regex' in operators)) throw badValue('$options needs a $regex');
    } else if (name === '$regex') {
      const source = operand instanceof BSONRegExp ? operand : new BSONRegExp(String(operand));
      out['$regex'] = toRegExp(source.pattern, String(operators['$options'] ?? source.options));
    } else if (name === '$not') {
      if (!isOperators(operand) && !(operand instanceof BSONRegExp))
        throw badValue('$not needs a regex or a document');
      out['$not'] = isOperators(operand) ? normalizeOperators(operand) : { $eq: operand };
    } else if (name in OPERATORS) out[name] = operand;
    else if (name.startsWith('$')) throw notServed(`the query operator ${name}`);
    else throw badValue(`unknown operator: ${name}`);
  }
  return out;
}

/**
 * The filter with every condition written as an operator (`{ a: 1 }` becomes `{ a: { $eq: 1 } }`).
 * @throws MongoError for an operator that is not served, or is used wrongly.
 */
export function normalizeFilter(filter: unknown): Doc {
  if (!isDoc(filter)) throw badValue('a filter must be a document');
  const out: Doc = {};
  for (const [name, condition] of Object.entries(filter)) {
    if (COMPOUND.has(name)) {
      const clauses = listOf(name, condition);
      if (clauses.length === 0) throw badValue(`${name} must be a nonempty array`);
      out[name] = clauses.map(normalizeFilter);
    } else if (name === '$expr') {
      assertExpression(condition);
      out[name] = condition;
    } else if (name === '$comment') continue;
    else if (name.startsWith('$')) throw notServed(`the query operator ${name}`);
    else out[name] = isOperators(condition) ? normalizeOperators(condition) : { $eq: condition };
  }
  return out;
}

/** Compiles a normalized filter. `variables` are those that a pipeline's `let` defined. */
export function compileNormalized(filter: Doc, variables: Doc = {}): Test {
  if (Object.keys(filter).length === 0) return () => true;
  const query = new Query(filter, { context, scriptEnabled: false, variables } as Partial<Options>);
  return (doc) => query.test(doc as Doc);
}

function compile(filter: unknown): Test {
  return compileNormalized(normalizeFilter(filter));
}

/**
 * Compiles a filter as a client wrote it.
 * @throws MongoError for what is not served.
 */
export const compileFilter = (filter: unknown, variables: Doc = {}): Test =>
  compileNormalized(normalizeFilter(filter), variables);
