// The positional parts of update paths: `$` (the element that the filter matched), `$[]` (all) and `$[name]` (filtered).
import { badValue } from './errors.ts';
import { compileFilter, type Test } from './filter.ts';
import { isArrayIndex } from './paths.ts';
import { isDoc, type Doc } from './values.ts';

export interface ArrayMatches {
  /** The filter that found the document. */
  readonly filter: Doc;
  /** The document as the filter saw it. */
  readonly before: Doc;
  /** The tests of `arrayFilters`, by identifier. */
  readonly filters: ReadonlyMap<string, Test>;
}

/** Follows concrete path parts; undefined where there is nothing. */
export function follow(doc: Doc, parts: readonly string[]): unknown {
  let value: unknown = doc;
  for (const part of parts) {
    if (Array.isArray(value)) value = isArrayIndex(part) ? (value as unknown[])[Number(part)] : undefined;
    else value = isDoc(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}

/** The filter's conditions on an array or on what is in it. */
function conditionsOn(filter: Doc, path: string): Doc[] {
  return Object.entries(filter).flatMap(([name, condition]) => {
    if (name === '$and' && Array.isArray(condition))
      return condition.flatMap((clause) => conditionsOn(clause as Doc, path));
    return name === path || name.startsWith(`${path}.`) ? [{ [name]: condition }] : [];
  });
}

/** The position of the first element that satisfies the filter's conditions on the array by itself. */
function matchedPosition({ filter, before }: ArrayMatches, parts: readonly string[]): number {
  const path = parts.join('.');
  const list = follow(before, parts);
  const tests = conditionsOn(filter, path).map((condition) => compileFilter(condition));
  const position = Array.isArray(list)
    ? list.findIndex((element: unknown) => {
        const alone = parts.reduceRight<unknown>((inner, part) => ({ [part]: inner }), [element]);
        return tests.every((test) => test(alone));
      })
    : -1;
  if (tests.length === 0 || position < 0) {
    throw badValue('The positional operator did not find the match needed from the query.');
  }
  return position;
}

/**
 * The concrete paths that an update path means in one document.
 * @throws MongoError when a positional part has nothing to stand on.
 */
export function expandPath(doc: Doc, path: string, matches: ArrayMatches): string[][] {
  let expanded: string[][] = [[]];
  for (const part of path.split('.')) {
    if (!part.startsWith('$')) {
      expanded = expanded.map((parts) => [...parts, part]);
      continue;
    }
    if (part === '$') {
      expanded = expanded.map((parts) => [...parts, String(matchedPosition(matches, parts))]);
      continue;
    }
    const identifier = /^\$\[(.*)\]$/.exec(part)?.[1];
    if (identifier === undefined)
      throw badValue(`The dollar ($) prefixed field '${part}' in '${path}' is not allowed`);
    const test = identifier === '' ? () => true : matches.filters.get(identifier);
    if (!test) throw badValue(`No array filter found for identifier '${identifier}' in path '${path}'`);
    expanded = expanded.flatMap((parts) => {
      const list = follow(doc, parts);
      if (!Array.isArray(list)) {
        throw badValue(
          `The path '${parts.join('.')}' must exist in the document in order to apply array updates.`,
        );
      }
      return [...(list as unknown[]).entries()].flatMap(([i, element]) =>
        test(element) ? [[...parts, String(i)]] : [],
      );
    });
  }
  return expanded;
}
