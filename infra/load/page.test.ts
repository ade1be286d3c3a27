import { describe, expect, it } from '@jest/globals';
import { fillPage, nextPage, tilesOf } from './page.ts';
import { sample, seededRandom } from './random.ts';

const people = Array.from({ length: 40 }, (_, i) => `p${i}`);
const publishers = new Set(people);

describe('a page', () => {
  it('keeps those who are there, and fills the places of those who left', () => {
    const page = fillPage([], publishers, 9, seededRandom(1));
    expect(new Set(page).size).toBe(9);
    const stayed = new Set(people.filter((peerId) => peerId !== page[4]));
    const after = fillPage(page, stayed, 9, seededRandom(2));
    expect(after).toEqual(expect.arrayContaining(page.filter((_, i) => i !== 4)));
    expect(after).not.toContain(page[4]);
    expect(new Set(after).size).toBe(9);
  });

  it('is as long as there are people', () => {
    expect(fillPage([], new Set(['p1', 'p2']), 9, seededRandom(1)).sort()).toEqual(['p1', 'p2']);
    expect(fillPage(['p1', 'p2'], publishers, 0, seededRandom(1))).toEqual([]);
  });

  it('turns to other people, and to all it can where there are too few', () => {
    const page = fillPage([], publishers, 9, seededRandom(1));
    const next = nextPage(page, publishers, 9, seededRandom(2));
    expect(next.filter((peerId) => page.includes(peerId))).toEqual([]);
    const few = new Set(people.slice(0, 12));
    const turned = nextPage(people.slice(0, 9), few, 9, seededRandom(3));
    expect(turned.slice(0, 3).sort()).toEqual(['p10', 'p11', 'p9']);
    expect(new Set(turned).size).toBe(9);
  });

  it('is the same with the same seed, and another with another', () => {
    const choose = (seed: number) => fillPage([], publishers, 9, seededRandom(seed));
    expect(choose(7)).toEqual(choose(7));
    expect(choose(7)).not.toEqual(choose(8));
  });

  it('names cameras', () => {
    expect(tilesOf(['p1'])).toEqual([{ peerId: 'p1', source: 'camera', width: 320, height: 180 }]);
  });
});

describe('a sample', () => {
  it('takes everybody equally often', () => {
    const random = seededRandom(5);
    const taken = new Map<string, number>();
    for (let i = 0; i < 4_000; i += 1) {
      for (const peerId of sample(people, 4, random)) taken.set(peerId, (taken.get(peerId) ?? 0) + 1);
    }
    // 400 each; five standard deviations are 95.
    for (const peerId of people) expect(Math.abs((taken.get(peerId) ?? 0) - 400)).toBeLessThan(95);
  });
});
