// The document that an upsert starts from: what its filter says about equality.
import { BSONRegExp } from 'bson';
import { badValue } from './errors.ts';
import { normalizeFilter } from './filter.ts';
import { UPDATE_OPERATORS } from './update-operators.ts';
import { copyValue, isDoc, type Doc } from './values.ts';

function equalities(filter: Doc): [path: string, value: unknown][] {
  return Object.entries(filter).flatMap(([name, condition]) => {
    if (name === '$and' || (name === '$or' && Array.isArray(condition) && condition.length === 1)) {
      return (condition as Doc[]).flatMap(equalities);
    }
    if (name.startsWith('$') || !isDoc(condition)) return [];
    if ('$eq' in condition && !(condition['$eq'] instanceof BSONRegExp))
      return [[name, condition['$eq']] satisfies [string, unknown]];
    const only = (['$in', '$all'] as const)
      .map((operator) => condition[operator])
      .find((list) => Array.isArray(list) && list.length === 1);
    return Array.isArray(only) && !isDoc(only[0]) ? [[name, only[0]] satisfies [string, unknown]] : [];
  });
}

/**
 * Builds the start of an upserted document from a filter.
 * @throws MongoError 54 when the filter pins one field twice.
 */
export function seedFromFilter(filter: unknown): Doc {
  const seed: Doc = {};
  const seen = new Set<string>();
  for (const [path, value] of equalities(normalizeFilter(filter))) {
    if (seen.has(path)) throw badValue(`cannot infer query fields to set, path '${path}' is matched twice`);
    seen.add(path);
    UPDATE_OPERATORS['$set']?.(seed, path.split('.'), copyValue(value), new Date());
  }
  return seed;
}
