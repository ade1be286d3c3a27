import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { awaitReturn } from './absence.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** @returns after how long a place is given up of whose client so many bytes have come, by the time, ms */
async function goneAfter(bytesAt: (ms: number) => number, doubted?: { at: number; bytes: number }) {
  const start = performance.now();
  const peer = {
    bytesReceived: () => Promise.resolve(bytesAt(performance.now() - start)),
    doubted: doubted && { ...doubted, at: start + doubted.at },
  };
  const onGone = jest.fn();
  const onLong = jest.fn();
  awaitReturn(peer, { onLong, onGone });
  while (onGone.mock.calls.length === 0) await jest.advanceTimersByTimeAsync(1_000);
  return performance.now() - start;
}

describe('a place whose socket is lost', () => {
  it('is given up 6 s after the last sign of life', async () => {
    expect(await goneAfter(() => 100)).toBe(6_000);
    expect(await goneAfter((ms) => (ms < 2_500 ? ms : 2_500))).toBe(9_000);
  });

  it('is given up after 15 s though its media flows', async () => {
    expect(await goneAfter((ms) => ms)).toBe(15_000);
  });

  it('counts from when it was doubted, if nothing has come since', async () => {
    expect(await goneAfter(() => 100, { at: -2_000, bytes: 100 })).toBe(4_000);
    expect(await goneAfter(() => 101, { at: -2_000, bytes: 100 })).toBe(6_000);
  });
});
