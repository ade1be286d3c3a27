import { describe, expect, it } from '@jest/globals';
import { pageOf } from './page-of.ts';

const ALL = [1, 2, 3, 4, 5];

describe('pageOf', () => {
  it('cuts a list, and the last page may be shorter', () => {
    expect(pageOf(ALL, 2, 0)).toEqual({ page: 0, pages: 3, items: [1, 2] });
    expect(pageOf(ALL, 2, 2)).toEqual({ page: 2, pages: 3, items: [5] });
    expect(pageOf(ALL, 5, 0)).toEqual({ page: 0, pages: 1, items: ALL });
  });

  it('goes to the last page when there are fewer than before', () => {
    expect(pageOf(ALL, 2, 9)).toEqual({ page: 2, pages: 3, items: [5] });
    expect(pageOf([], 2, 1)).toEqual({ page: 0, pages: 1, items: [] });
  });
});
