// Dotted paths, read the way MongoDB's filters and indexes read them: arrays on the way are looked into.
import { isDoc, type Doc } from './values.ts';

const ARRAY_INDEX = /^(0|[1-9]\d*)$/;

/** Is the path component an array position such as `0`? */
export function isArrayIndex(part: string): boolean {
  return ARRAY_INDEX.test(part);
}

function own(doc: Doc, name: string): unknown {
  return Object.hasOwn(doc, name) ? doc[name] : undefined;
}

function collect(value: unknown, parts: readonly string[], at: number, out: unknown[]): void {
  const part = parts[at];
  if (part === undefined) {
    out.push(value);
  } else if (Array.isArray(value)) {
    const indexed = isArrayIndex(part) && Number(part) < value.length;
    if (indexed) collect(value[Number(part)], parts, at + 1, out);
    for (const element of value) {
      if (isDoc(element) && (!indexed || Object.hasOwn(element, part))) collect(element, parts, at, out);
    }
  } else {
    collect(isDoc(value) ? own(value, part) : undefined, parts, at + 1, out);
  }
}

/**
 * The values a path leads to; `undefined` stands for a place where the field is missing. An array at the end of
 * the path is one value here; see `leafValues` for its elements.
 */
export function valuesAt(doc: unknown, path: string): unknown[] {
  if (!path.includes('.') && isDoc(doc)) return [own(doc, path)];
  const out: unknown[] = [];
  collect(doc, path.split('.'), 0, out);
  return out;
}

/** The values that a comparison such as `{ path: 3 }` looks at: arrays at the end count, and so do their elements. */
export function leafValues(doc: unknown, path: string): unknown[] {
  const values = valuesAt(doc, path);
  return values.flatMap((value) => (Array.isArray(value) ? [...(value as unknown[]), value] : [value]));
}

/** The values at a path with arrays at its end replaced by their elements: what an index, a sort and distinct look at. */
export function elementValues(doc: unknown, path: string): unknown[] {
  return valuesAt(doc, path).flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
}
