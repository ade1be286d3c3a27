import { describe, expect, it } from '@jest/globals';
import { Histogram } from './histogram.ts';

function filled(values: number[]): Histogram {
  const histogram = new Histogram();
  values.forEach((value) => histogram.add(value));
  return histogram;
}

describe('Histogram', () => {
  it('tells quantiles within 5 %', () => {
    const histogram = filled(Array.from({ length: 1000 }, (_, i) => i + 1));
    for (const [q, exact] of [
      [0.5, 500],
      [0.95, 950],
      [0.99, 990],
      [1, 1000],
    ] as const) {
      expect(Math.abs(histogram.quantile(q) / exact - 1)).toBeLessThan(0.05);
    }
    expect(histogram.count).toBe(1000);
  });

  it('keeps what is out of its range in the outermost buckets', () => {
    const histogram = filled([-3, 0, 1e9]);
    expect(histogram.count).toBe(3);
    expect(histogram.quantile(0.5)).toBeLessThan(0.2);
    expect(histogram.quantile(1)).toBeGreaterThan(7000);
  });

  it('has no quantile when it is empty, and is empty when cleared', () => {
    const histogram = filled([5]);
    histogram.clear();
    expect(histogram.count).toBe(0);
    expect(histogram.quantile(0.5)).toBeNaN();
  });

  it('adds up with others that came as JSON', () => {
    const one = filled([1, 2, 3]);
    one.addAll(Histogram.from(JSON.parse(JSON.stringify(filled([100, 200])))));
    expect(one.toJSON()).toEqual(filled([1, 2, 3, 100, 200]).toJSON());
    expect(one.count).toBe(5);
  });
});
