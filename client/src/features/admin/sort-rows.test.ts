import { describe, expect, test } from '@jest/globals';
import { nextOrder, sortRows } from './sort-rows.ts';

describe('sortRows', () => {
  test('sorts text as people do', () => {
    expect(sortRows(['room 10', 'Room 9', 'ärger', 'zoo'], (row) => row, false)).toEqual([
      'ärger',
      'Room 9',
      'room 10',
      'zoo',
    ]);
  });

  test('sorts numbers by size, and keeps equal rows in order both ways', () => {
    const rows = [
      { id: 'a', n: 9 },
      { id: 'b', n: 10 },
      { id: 'c', n: 9 },
    ];
    const ids = (descending: boolean) => sortRows(rows, ({ n }) => n, descending).map(({ id }) => id);
    expect(ids(false)).toEqual(['a', 'c', 'b']);
    expect(ids(true)).toEqual(['b', 'a', 'c']);
    expect(rows[0]?.id).toBe('a');
  });
});

test('a new column begins with the largest number or with A, and the same one turns', () => {
  const byName = nextOrder({ key: 'peers', descending: true }, 'name', false);
  expect(byName).toEqual({ key: 'name', descending: false });
  expect(nextOrder(byName, 'name', false)).toEqual({ key: 'name', descending: true });
  expect(nextOrder(byName, 'peers', true)).toEqual({ key: 'peers', descending: true });
});
