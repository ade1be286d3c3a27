export interface Page<T> {
  /** From 0. */
  page: number;
  pages: number;
  items: readonly T[];
}

/** One page of a list; the last one when there are not as many. There is always one, even if it is empty. */
export function pageOf<T>(all: readonly T[], size: number, wanted: number): Page<T> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(wanted, pages - 1);
  return { page, pages, items: all.slice(page * size, (page + 1) * size) };
}
