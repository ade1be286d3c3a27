// The update operators, each a function that changes a document in place at one concrete path. Where mongod refuses
// a wrong type, so does each of these: an update that does nothing must never look like one that worked.
import { MongoError, badValue } from './errors.ts';
import { compileFilter, type Test } from './filter.ts';
import { isArrayIndex } from './paths.ts';
import { follow } from './positional.ts';
import { sortDocs } from './sort.ts';
import { compareValues, copyValue, isDoc, sameValue, type Doc } from './values.ts';

type Apply = (doc: Doc, parts: readonly string[], operand: unknown, now: Date) => void;

/** How far beyond its end an array may be written; the limit is MongoDB's. */
const MAX_ARRAY_PADDING = 1_500_000;

function notViable(part: string, parent: unknown): MongoError {
  return new MongoError(
    28,
    `Cannot create field '${part}' in element of type ${Array.isArray(parent) ? 'array' : typeof parent}`,
  );
}

/** Sets a value, creating the documents on the way. */
function write(doc: Doc, parts: readonly string[], value: unknown): void {
  if (parts.some((part) => part === '' || part === '__proto__')) {
    throw badValue(`The update path '${parts.join('.')}' is not valid`);
  }
  let parent: unknown = doc;
  for (const [i, part] of parts.entries()) {
    const isLast = i === parts.length - 1;
    if (Array.isArray(parent)) {
      const list = parent as unknown[];
      if (!isArrayIndex(part)) throw notViable(part, parent);
      const at = Number(part);
      if (at > list.length + MAX_ARRAY_PADDING) throw badValue(`cannot backfill array to position ${at}`);
      while (list.length < at) list.push(null);
      if (isLast) list[at] = value;
      else if (list[at] === undefined) list[at] = {};
      parent = list[at];
    } else if (isDoc(parent)) {
      if (isLast) parent[part] = value;
      else if (!Object.hasOwn(parent, part)) parent[part] = {};
      parent = parent[part];
    } else throw notViable(part, parent);
  }
}

/** Removes a field; an array element becomes null, so that the others keep their places. */
function erase(doc: Doc, parts: readonly string[]): void {
  const parent = follow(doc, parts.slice(0, -1));
  const last = parts.at(-1) ?? '';
  if (Array.isArray(parent)) {
    if (isArrayIndex(last) && Number(last) < parent.length) parent[Number(last)] = null;
  } else if (isDoc(parent)) delete parent[last];
}

function arithmetic(
  name: string,
  start: (operand: number) => number,
  apply: (a: number, b: number) => number,
): Apply {
  return (doc, parts, operand) => {
    const value = follow(doc, parts);
    if (typeof operand !== 'number')
      throw new MongoError(14, `Cannot ${name} with non-numeric argument: ${parts.join('.')}`);
    if (value !== undefined && typeof value !== 'number') {
      throw new MongoError(
        14,
        `Cannot apply $${name} to a value of non-numeric type at '${parts.join('.')}'`,
      );
    }
    write(doc, parts, value === undefined ? start(operand) : apply(value, operand));
  };
}

/** The array at a path, or undefined where there is none; any other value is an error. */
function arrayAt(doc: Doc, parts: readonly string[], operator: string, code: number): unknown[] | undefined {
  const value = follow(doc, parts);
  if (value !== undefined && !Array.isArray(value)) {
    throw new MongoError(code, `Cannot apply ${operator} to a non-array value at '${parts.join('.')}'`);
  }
  return value as unknown[] | undefined;
}

function eachOf(operand: unknown, operator: string, modifiers: readonly string[]): unknown[] {
  if (!isDoc(operand) || !('$each' in operand)) return [operand];
  const unknown = Object.keys(operand).find((name) => !modifiers.includes(name));
  if (unknown !== undefined) throw badValue(`Unrecognized clause in ${operator}: ${unknown}`);
  if (!Array.isArray(operand['$each']))
    throw badValue(`The argument to $each in ${operator} must be an array`);
  return operand['$each'] as unknown[];
}

function wholeNumber(value: unknown, name: string): number {
  if (!Number.isInteger(value)) throw badValue(`The value for ${name} must be an integer value`);
  return Number(value);
}

function sortArray(list: unknown[], sort: unknown): unknown[] {
  if (sort === 1 || sort === -1) return list.toSorted((a, b) => compareValues(a, b) * sort);
  return sortDocs(list, (element) => (isDoc(element) ? element : {}), sort);
}

const push: Apply = (doc, parts, operand) => {
  const added = eachOf(operand, '$push', ['$each', '$slice', '$sort', '$position']).map((value) =>
    copyValue(value),
  );
  const modifiers = isDoc(operand) && '$each' in operand ? operand : {};
  const list = arrayAt(doc, parts, '$push', 2) ?? [];
  const position = '$position' in modifiers ? wholeNumber(modifiers['$position'], '$position') : list.length;
  let result = list.toSpliced(position, 0, ...added);
  if ('$sort' in modifiers) result = sortArray(result, modifiers['$sort']);
  if ('$slice' in modifiers) {
    const slice = wholeNumber(modifiers['$slice'], '$slice');
    result = slice < 0 ? result.slice(slice) : result.slice(0, slice);
  }
  write(doc, parts, result);
};

/** Adds what is missing. Duplicates that are there already stay, as in MongoDB. */
const addToSet: Apply = (doc, parts, operand) => {
  const list = [...(arrayAt(doc, parts, '$addToSet', 2) ?? [])];
  for (const value of eachOf(operand, '$addToSet', ['$each'])) {
    if (!list.some((element) => sameValue(element, value))) list.push(copyValue(value));
  }
  write(doc, parts, list);
};

function pullTest(operand: unknown): Test {
  if (!isDoc(operand)) {
    const test = compileFilter({ element: operand });
    return Array.isArray(operand)
      ? (element) => sameValue(element, operand)
      : (element) => !Array.isArray(element) && test({ element });
  }
  if (Object.keys(operand)[0]?.startsWith('$')) {
    const test = compileFilter({ element: operand });
    return (element) => test({ element });
  }
  const test = compileFilter(operand);
  return (element) => isDoc(element) && test(element);
}

function removeFrom(operator: string, makeTest: (operand: unknown) => Test): Apply {
  return (doc, parts, operand) => {
    const test = makeTest(operand);
    const list = arrayAt(doc, parts, operator, 2);
    if (list)
      write(
        doc,
        parts,
        list.filter((element) => !test(element)),
      );
  };
}

function extreme(sign: 1 | -1): Apply {
  return (doc, parts, operand) => {
    const value = follow(doc, parts);
    if (value === undefined || compareValues(operand, value) * sign > 0)
      write(doc, parts, copyValue(operand));
  };
}

const set: Apply = (doc, parts, operand) => write(doc, parts, copyValue(operand));

export const UPDATE_OPERATORS: Readonly<Record<string, Apply>> = {
  $set: set,
  $setOnInsert: set,
  $unset: erase,
  $inc: arithmetic(
    'inc',
    (operand) => operand,
    (a, b) => a + b,
  ),
  $mul: arithmetic(
    'mul',
    () => 0,
    (a, b) => a * b,
  ),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: (doc, parts, operand, now) => {
    const isDate = operand === true || operand === false || (isDoc(operand) && operand['$type'] === 'date');
    if (!isDate) throw badValue("$currentDate takes true or { $type: 'date' } here");
    write(doc, parts, new Date(now));
  },
  $rename: (doc, parts, operand) => {
    if (typeof operand !== 'string' || operand === '' || operand.includes('$'))
      throw badValue('The target of $rename must be a field path');
    const value = follow(doc, parts);
    if (value === undefined) return;
    erase(doc, parts);
    write(doc, operand.split('.'), value);
  },
  $push: push,
  $addToSet: addToSet,
  $pull: removeFrom('$pull', pullTest),
  $pullAll: removeFrom('$pullAll', (operand) => {
    if (!Array.isArray(operand)) throw badValue('$pullAll requires an array argument');
    return (element) => operand.some((value) => sameValue(value, element));
  }),
  $pop: (doc, parts, operand) => {
    if (operand !== 1 && operand !== -1) throw new MongoError(9, '$pop expects 1 or -1');
    const list = arrayAt(doc, parts, '$pop', 14);
    if (list) write(doc, parts, operand === 1 ? list.slice(0, -1) : list.slice(1));
  },
};
