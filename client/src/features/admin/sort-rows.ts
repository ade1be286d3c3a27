export interface Order {
  /** Of a column. */
  key: string;
  descending: boolean;
}

/**
 * The rows in order of what `valueOf` gives: numbers by size, text as people sort it, with numbers in it by size too.
 * Equal rows keep their order, so that a table does not jump while it is being read.
 */
export function sortRows<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => string | number,
  descending: boolean,
): Row[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(valueOf(a), valueOf(b)));
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true, sensitivity: 'base' });
}

/** What a click on the head of a column leads to: a new column begins as it is most useful, the same one turns. */
export function nextOrder(now: Order, key: string, numeric: boolean): Order {
  if (now.key === key) return { key, descending: !now.descending };
  return { key, descending: numeric };
}
