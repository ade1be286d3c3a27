import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { de } from '../../../i18n/de/index.ts';
import { HAND, KNOCK, MESSAGE, POLL, PRESENCE, REACTION } from './topics.ts';

const joined = (name: string) => ({ change: 'joined' as const, name });
const left = (name: string) => ({ change: 'left' as const, name });
const many = <T>(count: number, each: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => each(i));

describe('news of others', () => {
  it('are told in full while they are few', () => {
    expect(MESSAGE.sentences(['Mia: Hello', 'Ben: Hi'])).toEqual(['Mia: Hello', 'Ben: Hi']);
    expect(HAND.sentences(['Mia'])).toEqual(['Mia raised a hand']);
    expect(REACTION.sentences(['Mia: Applause'])).toEqual(['Mia: Applause']);
    expect(KNOCK.sentences(['Mia'])).toEqual(['Mia wants to join']);
  });

  it('are one sentence in a storm', () => {
    expect(MESSAGE.sentences(many(5, String))).toEqual(['5 new messages']);
    expect(POLL.sentences(many(3, String))).toEqual(['3 new polls']);
    expect(HAND.sentences(many(3, String))).toEqual(['3 hands raised']);
    expect(REACTION.sentences(many(7, String))).toEqual(['7 reactions']);
    expect(KNOCK.sentences(['Mia', 'Ben', 'Zoe'])).toEqual(['Mia and 2 others want to join']);
    expect(PRESENCE.sentences(many(12, (i) => joined(`G${i}`)))).toEqual(['G0 and 11 others joined']);
  });

  it('are none of who left and is back, or came and left, before it was told', () => {
    expect(PRESENCE.sentences([left('Mia'), joined('Mia')])).toEqual([]);
    expect(PRESENCE.sentences([joined('Ben'), left('Ben'), joined('Zoe')])).toEqual(['Zoe joined']);
  });

  describe('in German', () => {
    beforeAll(async () => {
      for (const [namespace, words] of Object.entries(de)) i18next.addResourceBundle('de', namespace, words);
      await i18next.changeLanguage('de');
    });
    afterAll(() => i18next.changeLanguage('en'));

    it('too', () => {
      expect(MESSAGE.sentences(many(5, String))).toEqual(['5 neue Nachrichten']);
      expect(HAND.sentences(many(3, String))).toEqual(['3 Hände gehoben']);
      expect(REACTION.sentences(many(7, String))).toEqual(['7 Reaktionen']);
      expect(POLL.sentences(many(3, String))).toEqual(['3 neue Umfragen']);
    });
  });
});
