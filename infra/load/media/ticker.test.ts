import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Ticker } from './ticker.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('Ticker', () => {
  it('calls each member once in a period, not all at the same time', () => {
    const ticker = new Ticker(100, 4);
    const calls: number[] = [];
    for (let member = 0; member < 4; member++) ticker.add(() => calls.push(member));
    jest.advanceTimersByTime(25);
    expect(calls).toHaveLength(1);
    jest.advanceTimersByTime(75);
    expect(calls.toSorted()).toEqual([0, 1, 2, 3]);
  });

  it('has a timer while it has members', () => {
    const ticker = new Ticker(100);
    expect(jest.getTimerCount()).toBe(0);
    const removals = [ticker.add(() => {}), ticker.add(() => {})];
    expect(jest.getTimerCount()).toBe(1);
    removals[0]?.();
    expect(jest.getTimerCount()).toBe(1);
    removals[1]?.();
    expect(jest.getTimerCount()).toBe(0);
  });
});
