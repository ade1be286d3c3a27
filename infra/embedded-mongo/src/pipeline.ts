// Aggregation pipelines over documents in memory. The stages are ours, the expressions in them are mingo's.
import { BSONRegExp } from 'bson';
import { MongoError, badValue, notServed } from './errors.ts';
import { ACCUMULATOR_NAMES, assertExpression, evaluate } from './expressions.ts';
import { compileFilter } from './filter.ts';
import { elementValues } from './paths.ts';
import { compileProjection, computeFields } from './projection.ts';
import { parseSort, sortDocs } from './sort.ts';
import { copyValue, isDoc, valueToken, type Doc } from './values.ts';

/** Finds documents of another collection of the same database. */
export type Lookup = (collection: string, filter: Doc) => Doc[];

export interface PipelineEnv {
  readonly lookup: Lookup;
  /** Variables that `let` defined, usable as `$$name`. */
  readonly variables: Doc;
}

type Stage = (docs: Doc[]) => Doc[];
type CompileStage = (spec: unknown, env: PipelineEnv) => Stage;

function options(stage: string, spec: unknown, names: readonly string[]): Doc {
  if (!isDoc(spec)) throw badValue(`${stage} needs a document`);
  const unknown = Object.keys(spec).find((name) => !names.includes(name));
  if (unknown !== undefined) throw notServed(`the option '${unknown}' of ${stage}`);
  return spec;
}

function fieldName(stage: string, value: unknown): string {
  if (typeof value !== 'string' || value === '' || value.startsWith('$'))
    throw badValue(`${stage} needs a field name`);
  return value;
}

function wholeNumber(stage: string, value: unknown, least: number): number {
  if (!Number.isSafeInteger(value) || Number(value) < least)
    throw badValue(`${stage} needs a whole number of at least ${least}`);
  return Number(value);
}

const group: CompileStage = (spec, { variables }) => {
  if (!isDoc(spec) || !('_id' in spec))
    throw new MongoError(15955, 'a group specification must include an _id');
  const { _id: idExpression, ...fields } = spec;
  assertExpression(idExpression);
  for (const [name, accumulator] of Object.entries(fields)) {
    const operators = isDoc(accumulator) ? Object.keys(accumulator) : [];
    const [operator] = operators;
    if (operator === undefined || operators.length !== 1)
      throw badValue(`The field '${name}' must be an accumulator object`);
    if (!ACCUMULATOR_NAMES.has(operator)) throw notServed(`the accumulator ${operator}`);
    assertExpression(accumulator);
  }
  return (docs) => {
    const groups = new Map<string, { id: unknown; members: Doc[] }>();
    for (const doc of docs) {
      const id = evaluate(doc, idExpression, variables) ?? null;
      const token = valueToken(id);
      const existing = groups.get(token);
      if (existing) existing.members.push(doc);
      else groups.set(token, { id, members: [doc] });
    }
    return [...groups.values()].map(({ id, members }) => ({
      _id: id,
      ...Object.fromEntries(
        Object.entries(fields).map(([name, accumulator]) => [
          name,
          evaluate(members, accumulator, variables),
        ]),
      ),
    }));
  };
};

const unwind: CompileStage = (spec) => {
  const given =
    typeof spec === 'string'
      ? { path: spec }
      : options('$unwind', spec, ['path', 'preserveNullAndEmptyArrays']);
  const path = given['path'];
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw badValue("path option to $unwind must begin with a '$'");
  const parts = path.slice(1).split('.');
  const keepsEmpty = given['preserveNullAndEmptyArrays'] === true;
  const replaceAt = (doc: Doc, [part = '', ...rest]: string[], value: unknown): Doc => {
    const inner = rest.length > 0 ? replaceAt(doc[part] as Doc, rest, value) : value;
    return { ...doc, [part]: inner };
  };
  return (docs) =>
    docs.flatMap((doc) => {
      const value = parts.reduce<unknown>(
        (at, part) => (isDoc(at) && Object.hasOwn(at, part) ? at[part] : undefined),
        doc,
      );
      if (Array.isArray(value) && value.length > 0)
        return value.map((element) => replaceAt(doc, parts, element));
      if (Array.isArray(value))
        return keepsEmpty ? [compileProjection({ [parts.join('.')]: 0 }, { isFind: false })(doc)] : [];
      return value === undefined || value === null ? (keepsEmpty ? [doc] : []) : [doc];
    });
};

const lookup: CompileStage = (spec, env) => {
  const given = options('$lookup', spec, ['from', 'localField', 'foreignField', 'let', 'pipeline', 'as']);
  const { localField, foreignField, pipeline = [], let: bindings = {} } = given;
  const from = fieldName('$lookup.from', given['from']);
  const as = fieldName('$lookup.as', given['as']);
  const joinsFields = localField !== undefined || foreignField !== undefined;
  const local = joinsFields ? fieldName('$lookup.localField', localField) : '';
  const foreign = joinsFields ? fieldName('$lookup.foreignField', foreignField) : '';
  if (!joinsFields && given['pipeline'] === undefined)
    throw badValue('$lookup needs localField and foreignField, or pipeline');
  if (!Array.isArray(pipeline) || !isDoc(bindings))
    throw badValue('$lookup.pipeline must be an array and let a document');
  assertExpression(bindings);
  if (Object.keys(bindings).length === 0) compilePipeline(pipeline, env);
  const set = (doc: Doc, found: Doc[]): Doc => computeFields({ [as]: '$$found' }, { found })(doc);
  return (docs) =>
    docs.map((doc) => {
      const values = elementValues(doc, local);
      if (values.some((value) => value instanceof BSONRegExp))
        throw notServed('$lookup by a regular expression');
      const joined = env.lookup(
        from,
        joinsFields ? { [foreign]: { $in: values.map((value) => value ?? null) } } : {},
      );
      const bound = Object.entries(bindings).map(([name, value]) => [
        name,
        evaluate(doc, value, env.variables),
      ]);
      const variables = { ...env.variables, ...(Object.fromEntries(bound) as Doc) };
      return set(doc, runPipeline(joined, pipeline, { ...env, variables }));
    });
};

const facet: CompileStage = (spec, env) => {
  if (!isDoc(spec)) throw badValue('$facet needs a document');
  const facets = Object.entries(spec).map(([name, stages]) => [name, compilePipeline(stages, env)] as const);
  return (docs) => [Object.fromEntries(facets.map(([name, run]) => [name, run(docs.map(copyValue))]))];
};

const replaceRoot = (expression: unknown, { variables }: PipelineEnv): Stage => {
  assertExpression(expression);
  return (docs) =>
    docs.map((doc) => {
      const root = evaluate(doc, expression, variables);
      if (!isDoc(root)) throw new MongoError(40228, "'newRoot' expression must evaluate to an object");
      return root;
    });
};

const addFields: CompileStage = (spec, { variables }) => {
  const compute = computeFields(spec, variables);
  return (docs) => docs.map(compute);
};

const sort: CompileStage = (spec) => {
  if (parseSort(spec).length === 0)
    throw new MongoError(15976, '$sort stage must have at least one sort key');
  return (docs) => sortDocs(docs, (doc) => doc, spec);
};

const STAGES: Readonly<Record<string, CompileStage>> = {
  $match: (filter, { variables }) => {
    const test = compileFilter(filter, variables);
    return (docs) => docs.filter(test);
  },
  $sort: sort,
  $limit: (spec) => {
    const limit = wholeNumber('$limit', spec, 1);
    return (docs) => docs.slice(0, limit);
  },
  $skip: (spec) => {
    const skip = wholeNumber('$skip', spec, 0);
    return (docs) => docs.slice(skip);
  },
  $project: (spec, { variables }) => {
    const shape = compileProjection(spec, { isFind: false, variables });
    return (docs) => docs.map(shape);
  },
  $addFields: addFields,
  $set: addFields,
  $unset: (spec) => {
    const fields = (Array.isArray(spec) ? (spec as unknown[]) : [spec]).map((field) =>
      fieldName('$unset', field),
    );
    const shape = compileProjection(Object.fromEntries(fields.map((field) => [field, 0])), { isFind: false });
    return (docs) => docs.map(shape);
  },
  $group: group,
  $unwind: unwind,
  $lookup: lookup,
  $facet: facet,
  $count: (spec) => {
    const name = fieldName('$count', spec);
    return (docs) => (docs.length > 0 ? [{ [name]: docs.length }] : []);
  },
  $sortByCount: (spec, env) => {
    const counted = group({ _id: spec, count: { $sum: 1 } }, env);
    return (docs) => sortDocs(counted(docs), (doc) => doc, { count: -1 });
  },
  $replaceRoot: (spec, env) => replaceRoot(options('$replaceRoot', spec, ['newRoot'])['newRoot'], env),
  $replaceWith: replaceRoot,
};

/**
 * Checks and compiles a pipeline.
 * @throws MongoError for a stage that is not served, 40573 for `$changeStream` as a standalone mongod does.
 */
export function compilePipeline(stages: unknown, env: PipelineEnv): Stage {
  if (!Array.isArray(stages)) throw new MongoError(14, "'pipeline' must be an array");
  const compiled = (stages as unknown[]).map((stage) => {
    const names = isDoc(stage) ? Object.keys(stage) : [];
    const [name] = names;
    if (!isDoc(stage) || name === undefined || names.length !== 1) {
      throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    if (name === '$changeStream')
      throw new MongoError(40573, 'The $changeStream stage is only supported on replica sets');
    const compileStage = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
    if (!compileStage) throw notServed(`the aggregation stage ${name}`);
    return compileStage(stage[name], env);
  });
  return (docs) => compiled.reduce((rest, run) => run(rest), docs);
}

/** Runs a pipeline. The documents given to it may be shared by its results, and must not be changed afterwards. */
export function runPipeline(docs: Doc[], stages: unknown, env: PipelineEnv): Doc[] {
  return compilePipeline(stages, env)(docs);
}
