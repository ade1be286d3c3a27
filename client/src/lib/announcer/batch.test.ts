import { describe, expect, it } from '@jest/globals';
import { kept, sentencesOf, told, type Topic } from './batch.ts';

const ACT: Topic<string> = { sentences: (texts) => [...texts], first: true };
const COUNTED: Topic<string> = { sentences: (names) => [`${names.length} of them`] };
const SILENT: Topic<string> = { sentences: () => [] };

const texts = (...batch: Parameters<typeof sentencesOf>[0]) => sentencesOf(batch).map(({ text }) => text);

describe('a batch of news', () => {
  it('says together what is of one topic, and what goes first before it', () => {
    expect(
      texts(
        told(COUNTED, 'Ben', true),
        told(ACT, 'Mia muted you', true),
        told(COUNTED, 'Zoe', true),
        told(ACT, 'Mia lowered your hand', true),
      ),
    ).toEqual(['Mia muted you', 'Mia lowered your hand', '2 of them']);
  });

  it('is for the ears only where the page shows all of it', () => {
    expect(sentencesOf([told(COUNTED, 'Ben', false)])).toMatchObject([{ shown: false }]);
    expect(sentencesOf([told(COUNTED, 'Ben', false), told(COUNTED, 'Zoe', true)])).toMatchObject([
      { shown: true },
    ]);
  });

  it('may come to nothing', () => {
    expect(texts(told(SILENT, 'Ben', true))).toEqual([]);
  });
});

describe('what is kept on the screen', () => {
  const act = (text: string) => ({ text, first: true });
  const other = (text: string) => ({ text, first: false });
  const keep = (shown: Parameters<typeof kept>[0], fresh: Parameters<typeof kept>[1]) =>
    kept(shown, fresh, 2);

  it('is the newest', () => {
    expect(keep([other('a'), other('b')], [other('c')])).toEqual([other('b'), other('c')]);
  });

  it('is never what a host did while there is anything else', () => {
    expect(keep([act('muted'), other('a')], [other('b'), other('c')])).toEqual([act('muted'), other('c')]);
    expect(keep([act('muted'), act('lowered')], [other('a')])).toEqual([act('muted'), act('lowered')]);
    expect(keep([act('muted'), act('lowered')], [act('shown')])).toEqual([act('lowered'), act('shown')]);
  });
});
