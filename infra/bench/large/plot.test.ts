import { describe, expect, it } from '@jest/globals';
import { svgOf } from './plot.ts';

const plot = (points: [number, number][]) =>
  svgOf({ title: 'a < b & c', x: 'people', y: 'consumers', lines: [{ name: 'measured', points }] });
const coordinates = (svg: string) =>
  [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);

describe('svgOf', () => {
  it('draws larger values further right and further up', () => {
    const [first, second] = coordinates(
      plot([
        [50, 700],
        [100, 1400],
      ]),
    );
    expect(second?.[0]).toBeGreaterThan(first?.[0] ?? Infinity);
    expect(second?.[1]).toBeLessThan(first?.[1] ?? -Infinity);
  });

  it('escapes words', () => {
    expect(plot([[1, 1]])).toContain('a &lt; b &amp; c');
  });
});
