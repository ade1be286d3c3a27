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

  it('makes up for what a late loop has missed, once for each member', () => {
    const ticker = new Ticker(100, 4);
    const calls = [0, 0, 0, 0];
    calls.forEach((_, member) => ticker.add(() => (calls[member] = (calls[member] ?? 0) + 1)));
    const late = jest.spyOn(performance, 'now');
    // The loop stood still for half a period, and then for three.
    late.mockReturnValue(performance.now() + 75);
    jest.advanceTimersToNextTimer();
    expect(calls.toSorted()).toEqual([0, 1, 1, 1]);
    late.mockReturnValue(performance.now() + 300);
    jest.advanceTimersToNextTimer();
    expect(calls.toSorted()).toEqual([1, 2, 2, 2]);
    late.mockRestore();
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
