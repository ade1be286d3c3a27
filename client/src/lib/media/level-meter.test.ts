import { describe, expect, it } from '@jest/globals';
import { levelOf } from './level-meter.ts';

function tone(amplitude: number): Float32Array {
  return Float32Array.from({ length: 1024 }, (_, i) => amplitude * Math.sin((2 * Math.PI * i) / 32));
}

describe('levelOf', () => {
  it('is 0 for silence and for no samples', () => {
    expect(levelOf(new Float32Array(1024))).toBe(0);
    expect(levelOf(new Float32Array(0))).toBe(0);
  });

  it('is 1 for a full-scale tone, and never more', () => {
    expect(levelOf(tone(1))).toBe(1);
  });

  it('grows with loudness', () => {
    const levels = [0.002, 0.01, 0.05, 0.2].map((amplitude) => levelOf(tone(amplitude)));
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect(levels[0]).toBeGreaterThan(0);
    expect(levels[3]).toBeLessThan(1);
  });
});
