// Chooses how a filter finds its documents: by _id, by an index, or by reading the collection. Every document
// found is still tested against the whole filter, so a plan may find too much but never too little.
import { BSONRegExp } from 'bson';
import type { IndexDef } from './indexes.ts';
import { encodeKey, isDoc, type Doc } from './values.ts';

export type Plan =
  | { readonly by: 'scan' }
  | { readonly by: 'id'; readonly keys: readonly Buffer[] }
  | { readonly by: 'index'; readonly index: IndexDef; readonly prefixes: readonly Buffer[] };

/** Above this many key combinations of `$in` lists, reading the collection is the simpler way. */
const MAX_PREFIXES = 1000;

/** The fields that a normalized filter pins to certain values, and those values. */
function pinnedFields(filter: Doc): Map<string, unknown[]> {
  const pinned = new Map<string, unknown[]>();
  const visit = (clause: Doc): void => {
    for (const [name, condition] of Object.entries(clause)) {
      if (name === '$and') (condition as Doc[]).forEach(visit);
      else if (!name.startsWith('$') && isDoc(condition)) {
        const values = '$eq' in condition ? [condition['$eq']] : condition['$in'];
        // An array or a pattern does not stand in an index as one key.
        const usable =
          Array.isArray(values) &&
          !values.some((value) => Array.isArray(value) || value instanceof BSONRegExp);
        if (usable && !pinned.has(name)) pinned.set(name, values as unknown[]);
      }
    }
  };
  visit(filter);
  return pinned;
}

/** Does the filter ask only for documents that a sparse or partial index contains? */
function isComplete(index: IndexDef, pinned: Map<string, unknown[]>): boolean {
  if (index.sparse) return (pinned.get(index.fields[0] ?? '') ?? [null]).every((value) => value !== null);
  const partial = index.partialFilterExpression;
  if (!partial) return true;
  // Sound only when every field of the expression is pinned to one value that decides it.
  return (
    Object.keys(partial).every((field) => {
      const values = pinned.get(field);
      return values?.length === 1 && values[0] !== null && !field.includes('.') && !field.startsWith('$');
    }) &&
    index.covers(Object.fromEntries(Object.keys(partial).map((field) => [field, pinned.get(field)?.[0]])))
  );
}

function prefixesOf(index: IndexDef, pinned: Map<string, unknown[]>): { depth: number; prefixes: Buffer[] } {
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let depth = 0;
  for (const field of index.fields) {
    const values = pinned.get(field);
    if (!values || prefixes.length * values.length > MAX_PREFIXES) break;
    const keys = values.map((value) => encodeKey(value));
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => Buffer.concat([prefix, key])));
    depth += 1;
  }
  return { depth, prefixes };
}

/** Plans a normalized filter over the given indexes: the one with most of its leading fields pinned wins. */
export function planQuery(filter: Doc, indexes: readonly IndexDef[]): Plan {
  const pinned = pinnedFields(filter);
  const ids = pinned.get('_id');
  if (ids && ids.length <= MAX_PREFIXES) return { by: 'id', keys: ids.map((id) => encodeKey(id)) };
  let best: { depth: number; plan: Plan } = { depth: 0, plan: { by: 'scan' } };
  for (const index of indexes) {
    if (!isComplete(index, pinned)) continue;
    const { depth, prefixes } = prefixesOf(index, pinned);
    if (depth > best.depth) best = { depth, plan: { by: 'index', index, prefixes } };
  }
  return best.plan;
}
