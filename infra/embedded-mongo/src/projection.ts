// Projections of find and $project, and the computed fields of $addFields.
import { badValue, notServed } from './errors.ts';
import { assertExpression, evaluate } from './expressions.ts';
import { compileFilter } from './filter.ts';
import { isDoc, type Doc } from './values.ts';

/** A tree of field names; a leaf is a field that is named whole. */
type Tree = Map<string, Tree | undefined>;
type Shape = (doc: Doc) => Doc;

/** Writes nested documents as dotted paths: `{ a: { b: 1 } }` is `{ 'a.b': 1 }`. Operators stay whole. */
function flatten(spec: Doc, prefix = ''): [string, unknown][] {
  return Object.entries(spec).flatMap(([name, value]) => {
    const path = prefix + name;
    if (path.startsWith('$') || path.split('.').includes(''))
      throw badValue(`'${path}' is not a field path to project`);
    const isNested = isDoc(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]?.startsWith('$');
    return isNested ? flatten(value, `${path}.`) : [[path, value] satisfies [string, unknown]];
  });
}

function plant(tree: Tree, path: string): void {
  const parts = path.split('.');
  let level = tree;
  for (const [i, part] of parts.entries()) {
    const isLast = i === parts.length - 1;
    const next = level.get(part);
    if (level.has(part) && (isLast || !next)) throw badValue(`Path collision at ${path}`);
    if (isLast) level.set(part, undefined);
    else {
      const grown: Tree = next ?? new Map();
      level.set(part, grown);
      level = grown;
    }
  }
}

function keep(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) {
    return value
      .filter((element) => isDoc(element) || Array.isArray(element))
      .map((element) => keep(element, tree));
  }
  if (!isDoc(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => {
      if (!tree.has(name)) return [];
      const below = tree.get(name);
      const kept = below ? keep(field, below) : field;
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}

function drop(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((element) => drop(element, tree));
  if (!isDoc(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => {
      if (!tree.has(name)) return [[name, field]];
      const below = tree.get(name);
      return below ? [[name, drop(field, below)]] : [];
    }),
  );
}

/** Sets a computed value at a path, in each element where the path crosses an array. Undefined removes the field. */
function setComputed(target: unknown, parts: readonly string[], value: unknown): unknown {
  const [part, ...rest] = parts;
  if (part === undefined) return value;
  if (Array.isArray(target)) return target.map((element) => setComputed(element, parts, value));
  const base = isDoc(target) ? target : {};
  const inner = setComputed(Object.hasOwn(base, part) ? base[part] : undefined, rest, value);
  if (inner !== undefined) return { ...base, [part]: inner };
  return drop(base, new Map([[part, undefined]]));
}

function sliceOf(list: unknown, argument: unknown): unknown {
  const [skip, limit] = Array.isArray(argument) ? (argument as unknown[]) : [undefined, argument];
  if (!Number.isInteger(limit) || (skip !== undefined && (!Number.isInteger(skip) || Number(limit) <= 0))) {
    throw badValue('$slice takes a whole number, or [skip, limit] with a positive limit');
  }
  if (!Array.isArray(list)) return list;
  const count = Number(limit);
  if (skip === undefined) return count < 0 ? list.slice(count) : list.slice(0, count);
  const from = Number(skip) < 0 ? Math.max(0, list.length + Number(skip)) : Number(skip);
  return list.slice(from, from + count);
}

/** The two array projections that only find has. */
function arrayProjection(path: string, value: unknown): ((doc: Doc) => unknown) | undefined {
  if (!isDoc(value)) return undefined;
  if (path.includes('.') && ('$slice' in value || '$elemMatch' in value))
    throw notServed('an array projection on a dotted path');
  if ('$slice' in value) return (doc) => sliceOf(doc[path], value['$slice']);
  if (!('$elemMatch' in value)) return undefined;
  const test = compileFilter({ list: { $elemMatch: value['$elemMatch'] } });
  return (doc) => {
    const list = doc[path];
    const found = Array.isArray(list)
      ? list.find((element: unknown) => test({ list: [element] }))
      : undefined;
    return found === undefined ? undefined : [found];
  };
}

/** Computed fields, as in `$addFields`: every value is an expression. */
export function computeFields(spec: unknown, variables: Doc): Shape {
  if (!isDoc(spec)) throw badValue('$addFields needs a document');
  const fields = flatten(spec);
  fields.forEach(([, expression]) => assertExpression(expression));
  return (doc) =>
    fields.reduce(
      (out, [path, expression]) =>
        setComputed(out, path.split('.'), evaluate(doc, expression, variables)) as Doc,
      doc,
    );
}

/**
 * Compiles a projection. `isFind` allows `$slice` and `$elemMatch` in find's own meaning.
 * @throws MongoError for a mix of inclusion and exclusion, or what is not served.
 */
export function compileProjection(spec: unknown, options: { isFind: boolean; variables?: Doc }): Shape {
  if (!isDoc(spec)) throw badValue('a projection must be a document');
  const included: string[] = [];
  const excluded: string[] = [];
  const computed: [path: string, compute: (doc: Doc) => unknown][] = [];
  let sliceOnly = true;
  for (const [path, value] of flatten(spec)) {
    if (path.split('.').includes('$')) throw notServed('the positional projection .$');
    const array = options.isFind ? arrayProjection(path, value) : undefined;
    if (value === 0 || value === false) excluded.push(path);
    else if (typeof value === 'number' || value === true) included.push(path);
    else if (array) {
      computed.push([path, array]);
      sliceOnly &&= isDoc(value) && '$slice' in value;
    } else {
      assertExpression(value);
      computed.push([path, (doc) => evaluate(doc, value, options.variables)]);
      sliceOnly = false;
    }
  }
  const hidesId = excluded.includes('_id');
  const exclusions = excluded.filter((path) => path !== '_id');
  // `{ _id: 1 }` beside exclusions says nothing new; alone it is an inclusion.
  const isInclusion =
    included.some((path) => path !== '_id' || exclusions.length === 0) || (computed.length > 0 && !sliceOnly);
  if (isInclusion && exclusions.length > 0) {
    throw badValue(`Cannot do exclusion on field ${exclusions[0]} in inclusion projection`);
  }
  const tree: Tree = new Map();
  const named = isInclusion ? included : excluded;
  named.forEach((path) => plant(tree, path));
  if (isInclusion && !hidesId && !included.some((path) => path === '_id' || path.startsWith('_id.')))
    plant(tree, '_id');
  return (doc) => {
    const shaped = (isInclusion ? keep(doc, tree) : drop(doc, tree)) as Doc;
    return computed.reduce(
      (out, [path, compute]) => setComputed(out, path.split('.'), compute(doc)) as Doc,
      shaped,
    );
  };
}
