// Updates: operators, replacements and update pipelines, applied to one document at a time.
import { MongoError, badValue } from './errors.ts';
import { compileFilter, type Test } from './filter.ts';
import { runPipeline, type Lookup } from './pipeline.ts';
import { expandPath, type ArrayMatches } from './positional.ts';
import { UPDATE_OPERATORS } from './update-operators.ts';
import { copyValue, isDoc, sameValue, type Doc } from './values.ts';

/** What an update command says, beside the filter. */
export interface UpdateSpec {
  readonly update: unknown;
  readonly filter: Doc;
  readonly arrayFilters: unknown;
}

/** An update that can be applied to documents. */
export interface Update {
  readonly isReplacement: boolean;
  /** The new version of a document; the old one is left as it is. `inserting` is true for an upsert's new document. */
  apply(doc: Doc, inserting?: boolean): Doc;
}

const PIPELINE_STAGES = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

const noLookup: Lookup = () => {
  throw badValue('an update pipeline cannot read other collections');
};

function assertSameId(before: Doc, after: Doc): void {
  if ('_id' in before && !sameValue(before['_id'], after['_id'])) {
    throw new MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
}

function parsePipeline(stages: unknown[]): Update {
  for (const stage of stages) {
    const name = isDoc(stage) ? Object.keys(stage)[0] : undefined;
    if (name === undefined || !PIPELINE_STAGES.has(name))
      throw badValue(`${name} is not allowed in an update pipeline`);
  }
  return {
    isReplacement: false,
    apply: (doc) => {
      const [after] = runPipeline([copyValue(doc)], stages, { lookup: noLookup, variables: {} });
      if (!after) throw badValue('an update pipeline must yield a document');
      return withIdFirst('_id' in after || !('_id' in doc) ? after : { _id: doc['_id'], ...after });
    },
  };
}

/** Reads `arrayFilters`: a test per identifier. */
function parseArrayFilters(arrayFilters: unknown): Map<string, Test> {
  const tests = new Map<string, Test>();
  if (arrayFilters === undefined) return tests;
  if (!Array.isArray(arrayFilters)) throw new MongoError(14, 'arrayFilters must be an array');
  for (const filter of arrayFilters as unknown[]) {
    const identifiers = isDoc(filter)
      ? new Set(Object.keys(filter).map((path) => path.split('.')[0] ?? ''))
      : new Set<string>();
    const [identifier] = identifiers;
    if (identifier === undefined || identifiers.size !== 1 || !/^[a-z][a-zA-Z0-9]*$/.test(identifier)) {
      throw new MongoError(
        9,
        'Each array filter must use exactly one identifier, which begins with a lowercase letter',
      );
    }
    if (tests.has(identifier))
      throw new MongoError(9, `Found multiple array filters with the same identifier ${identifier}`);
    const test = compileFilter(filter);
    tests.set(identifier, (element) => test({ [identifier]: element }));
  }
  return tests;
}

/** Refuses two operators on the same path, or on a path and a part of it. */
function assertNoConflict(paths: readonly string[]): void {
  const sorted = [...paths].sort();
  for (const [i, path] of sorted.entries()) {
    const clash = sorted.slice(i + 1).find((other) => other === path || other.startsWith(`${path}.`));
    if (clash !== undefined) {
      throw new MongoError(40, `Updating the path '${clash}' would create a conflict at '${path}'`);
    }
  }
}

interface Step {
  readonly operator: string;
  readonly path: string;
  readonly operand: unknown;
}

function parseSteps(update: Doc): Step[] {
  const steps: Step[] = [];
  for (const [operator, changes] of Object.entries(update)) {
    if (!(operator in UPDATE_OPERATORS)) {
      throw new MongoError(9, `Unknown modifier: ${operator}. It is not served by the embedded database.`);
    }
    if (!isDoc(changes))
      throw new MongoError(9, `Modifiers operate on fields but we found another type for ${operator}`);
    for (const [path, operand] of Object.entries(changes)) {
      if (path.startsWith('$'))
        throw badValue(`The dollar ($) prefixed field '${path}' is not allowed in an update`);
      steps.push({ operator, path, operand });
    }
  }
  const targets = steps
    .filter(({ operator }) => operator === '$rename')
    .map(({ operand }) => String(operand));
  assertNoConflict([...steps.map(({ path }) => path), ...targets]);
  return steps;
}

function withIdFirst(doc: Doc): Doc {
  return '_id' in doc ? { _id: doc['_id'], ...doc } : doc;
}

/**
 * Reads an update.
 * @throws MongoError for operators that are not served, conflicting paths, or a mix of operators and fields.
 */
export function parseUpdate({ update, filter, arrayFilters }: UpdateSpec): Update {
  if (Array.isArray(update)) return withCheckedId(parsePipeline(update));
  if (!isDoc(update)) throw new MongoError(9, 'an update must be a document or an array');
  const names = Object.keys(update);
  const operators = names.filter((name) => name.startsWith('$'));
  if (operators.length === 0) {
    return withCheckedId({
      isReplacement: true,
      apply: (doc) =>
        withIdFirst('_id' in doc && !('_id' in update) ? { _id: doc['_id'], ...update } : { ...update }),
    });
  }
  if (operators.length !== names.length)
    throw new MongoError(9, 'an update has either operators or fields, not both');
  const steps = parseSteps(update);
  const filters = parseArrayFilters(arrayFilters);
  const unused = [...filters.keys()].find(
    (identifier) => !steps.some(({ path }) => path.includes(`$[${identifier}]`)),
  );
  if (unused !== undefined)
    throw new MongoError(9, `The array filter for identifier '${unused}' was not used in the update`);
  return withCheckedId({
    isReplacement: false,
    apply: (doc, inserting = false) => {
      const after = copyValue(doc);
      const now = new Date();
      const matches: ArrayMatches = { filter, before: doc, filters };
      for (const { operator, path, operand } of steps) {
        if (operator === '$setOnInsert' && !inserting) continue;
        for (const parts of expandPath(after, path, matches))
          UPDATE_OPERATORS[operator]?.(after, parts, operand, now);
      }
      return withIdFirst(after);
    },
  });
}

function withCheckedId(update: Update): Update {
  return {
    isReplacement: update.isReplacement,
    apply: (doc, inserting) => {
      const after = update.apply(doc, inserting);
      assertSameId(doc, after);
      return after;
    },
  };
}
