import { describe, expect, it } from '@jest/globals';
import { readNtp, wallClock, writeNtp } from './wall-clock.ts';

describe('NTP timestamps', () => {
  it('are read as they were written, to the microsecond', () => {
    const buffer = Buffer.alloc(10);
    for (const ms of [0, 1_700_000_000_123.456, 1_999_999_999_999.999]) {
      writeNtp(buffer, 2, ms);
      expect(Math.abs(readNtp(buffer, 2) - ms)).toBeLessThan(0.001);
    }
  });

  it('begin in 1900', () => {
    const buffer = Buffer.alloc(8);
    writeNtp(buffer, 0, 500);
    expect(buffer.toString('hex')).toBe('83aa7e8080000000');
  });

  it('tell the time of day', () => {
    const before = Date.now();
    const now = wallClock(performance.now());
    expect(Math.abs(now - before)).toBeLessThan(1000);
  });
});
