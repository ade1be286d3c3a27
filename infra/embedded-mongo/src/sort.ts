// Sorting by one or more fields in MongoDB's order.
import { badValue } from './errors.ts';
import { elementValues, valuesAt } from './paths.ts';
import { compareValues, isDoc, type Doc } from './values.ts';

/**
 * The value that a document sorts by: of an array, the least element when ascending and the greatest when descending.
 * An empty array sorts below null, as in MongoDB.
 */
function sortValue(doc: Doc, path: string, direction: number): { empty: boolean; value: unknown } {
  const candidates = elementValues(doc, path);
  if (candidates.length === 0) return { empty: valuesAt(doc, path).length > 0, value: null };
  const value = candidates.reduce((best, next) => (compareValues(next, best) * direction < 0 ? next : best));
  return { empty: false, value };
}

/**
 * Reads a sort specification.
 * @throws MongoError when a direction is neither 1 nor -1.
 */
export function parseSort(spec: unknown): [path: string, direction: 1 | -1][] {
  if (!isDoc(spec)) throw badValue('a sort must be a document');
  return Object.entries(spec).map(([path, direction]) => {
    if (direction !== 1 && direction !== -1)
      throw badValue(`$sort key ordering must be 1 or -1, for '${path}'`);
    return [path, direction];
  });
}

/** Sorts documents; equal ones keep their order. Each document's sort values are computed once. */
export function sortDocs<T>(items: readonly T[], docOf: (item: T) => Doc, spec: unknown): T[] {
  const fields = parseSort(spec);
  if (fields.length === 0) return [...items];
  const keyed = items.map((item) => ({
    item,
    keys: fields.map(([path, direction]) => sortValue(docOf(item), path, direction)),
  }));
  keyed.sort((a, b) => {
    for (const [i, [, direction]] of fields.entries()) {
      const left = a.keys[i];
      const right = b.keys[i];
      if (!left || !right) continue;
      const order = Number(right.empty) - Number(left.empty) || compareValues(left.value, right.value);
      if (order !== 0) return order * direction;
    }
    return 0;
  });
  return keyed.map(({ item }) => item);
}
