import { describe, expect, it } from '@jest/globals';
import { hueOf, initialsOf } from './initials.ts';

describe('initialsOf', () => {
  it.each([
    ['Mia Wong', 'MW'],
    ['mia', 'M'],
    ['Ana María de la Cruz', 'AC'],
    ['  Émile   Zola ', 'ÉZ'],
    ['(Tom) [desk]', 'TD'],
    ['李小龙', '李'],
    ['Room 42', 'R4'],
    ['🙂', '?'],
  ])('%s becomes %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('hueOf', () => {
  it('is an angle, and the same each time', () => {
    const hue = hueOf('u:64b7f0c2a1d2e3f405162738');
    expect(hue).toBe(hueOf('u:64b7f0c2a1d2e3f405162738'));
    expect(Number.isInteger(hue) && hue >= 0 && hue < 360).toBe(true);
  });

  it('spreads ids that differ in the last digits', () => {
    const hues = Array.from({ length: 25 }, (_, i) =>
      hueOf(`u:64b7f0c2a1d2e3f4051627${(16 + i).toString(16)}`),
    );
    const sextants = new Set(hues.map((hue) => Math.floor(hue / 60)));
    expect(sextants.size).toBe(6);
  });
});
