import { beforeEach, describe, expect, it } from '@jest/globals';
import { SpeakerRanking } from './speaker-ranking.ts';

const mic = (id: string) => ({ id });
const loud = (producerId: string, dBov = -30) => ({ producerId, dBov });

describe('SpeakerRanking', () => {
  let ranking: SpeakerRanking<{ id: string }>;
  const heard = () => ranking.heard.map(({ id }) => id).sort();
  const warm = () => ranking.warm.map(({ id }) => id);
  const speaking = (now: number) => ranking.speaking(now).map(({ id }) => id);

  beforeEach(() => {
    ranking = new SpeakerRanking(2, 2);
    for (const id of ['a', 'b', 'c', 'd', 'e']) ranking.add(mic(id), { likely: false });
  });

  it('gives free places to whoever comes, so that a small meeting hears everyone', () => {
    expect(heard()).toEqual(['a', 'b']);
    expect(warm()).toEqual([]);
    expect(speaking(0)).toEqual([]);
  });

  it('gives a speaker the place of who has been silent for longest', () => {
    ranking.report([loud('a')], 1000);
    ranking.report([loud('c')], 1100);
    expect(heard()).toEqual(['a', 'c']);
    expect(warm()).toEqual(['b']);
    ranking.report([loud('d')], 5000);
    expect(heard()).toEqual(['c', 'd']);
    expect(warm()).toEqual(['a', 'b']);
  });

  it('keeps the place of who falls silent until another speaks', () => {
    ranking.report([loud('a')], 1000);
    expect(speaking(1500)).toEqual(['a']);
    expect(speaking(1600)).toEqual([]);
    expect(heard()).toEqual(['a', 'b']);
  });

  it('lets a much louder one in while all places speak, and nobody else', () => {
    ranking.report([loud('a', -30), loud('b', -40)], 1000);
    ranking.report([loud('c', -38)], 1100);
    expect(heard()).toEqual(['a', 'b']);
    ranking.report([loud('c', -34)], 1200);
    expect(heard()).toEqual(['a', 'c']);
    expect(speaking(1200)).toEqual(['a', 'c']);
  });

  it('never puts somebody who speaks last while another is silent', () => {
    ranking = new SpeakerRanking(3, 2);
    for (const id of ['a', 'b', 'c', 'd']) ranking.add(mic(id), { likely: false });
    const last = () => ranking.heard.at(-1)?.id;
    ranking.report([loud('c')], 1000);
    expect(last()).not.toBe('c');
    ranking.report([loud('d')], 1100);
    expect(heard()).toEqual(expect.arrayContaining(['c', 'd']));
    expect(['c', 'd']).not.toContain(last());
    // D goes on, the others fall silent, and a third begins.
    for (let now = 1200; now <= 3000; now += 200) ranking.report([loud('d')], now);
    ranking.report([loud('a')], 3100);
    expect(['a', 'd']).not.toContain(last());
    // When all speak, the quietest is the one that others miss.
    ranking.report([loud('a', -20), loud('d', -25), loud('c', -50)], 3200);
    expect(last()).toBe('c');
    // And as soon as a louder one falls silent, it is heard.
    ranking.report([loud('c', -50), loud('a', -20)], 4200);
    expect(last()).toBe('d');
  });

  it('fills the place of who mutes, first with who is warm', () => {
    ranking.add(mic('f'), { likely: true });
    expect(warm()).toEqual(['f']);
    ranking.remove('a');
    expect(heard()).toEqual(['b', 'f']);
    expect(warm()).toEqual([]);
    ranking.remove('b');
    expect(heard()).toEqual(['c', 'f']);
  });

  it('keeps warm no more than it should, latest first', () => {
    for (const id of ['x', 'y', 'z']) ranking.add(mic(id), { likely: true });
    expect(warm()).toEqual(['z', 'y']);
  });

  it('forgets who is gone, wherever it stood', () => {
    ranking.add(mic('f'), { likely: true });
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) ranking.remove(id);
    expect(heard()).toEqual([]);
    expect(warm()).toEqual([]);
    ranking.report([loud('a')], 1000);
    expect(heard()).toEqual([]);
  });
});
