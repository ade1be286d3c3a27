import { describe, expect, it } from '@jest/globals';
import type { ChatMessage } from '@vcallpe/shared';
import { rowsOf } from './rows.ts';

const MIA = { participantId: 'u:000000000000000000000001', displayName: 'Mia' };
const BEN = { participantId: 'u:000000000000000000000002', displayName: 'Ben' };
const NOON = new Date(2026, 4, 20, 12).getTime();
const MINUTE = 60_000;

const message = (seq: number, minutes: number, from = BEN, to?: typeof BEN): ChatMessage => ({
  seq,
  messageId: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`,
  from,
  ...(to && { to }),
  text: 'Hello',
  sentAt: NOON + minutes * MINUTE,
});
/** `d` a day, `n` the mark of the new, a number a message, with `*` where it begins a group. */
const drawn = (messages: ChatMessage[], readSeq?: number) =>
  rowsOf(messages, readSeq, MIA.participantId)
    .map((row) => (row.kind === 'message' ? `${row.message.seq}${row.first ? '*' : ''}` : row.kind.charAt(0)))
    .join(' ');

describe('rowsOf', () => {
  it('groups what one person says within minutes', () => {
    expect(drawn([message(1, 0), message(2, 1), message(3, 2, MIA), message(4, 3), message(5, 20)])).toBe(
      'd 1* 2 3* 4* 5*',
    );
  });

  it('keeps private and open apart', () => {
    expect(drawn([message(1, 0), message(2, 1, BEN, MIA), message(3, 2)])).toBe('d 1* 2* 3*');
  });

  it('begins each day', () => {
    expect(drawn([message(1, 0), message(2, 13 * 60)])).toBe('d 1* d 2*');
  });

  it('marks where the new of others begins', () => {
    const all = [message(1, 0), message(2, 1, MIA), message(3, 2), message(4, 3)];
    expect(drawn(all, 1)).toBe('d 1* 2* n 3* 4');
    expect(drawn(all, 4)).toBe('d 1* 2* 3* 4');
  });

  it('gives different keys to the same id of two people', () => {
    const twice = [message(1, 0), { ...message(2, 0, MIA), messageId: message(1, 0).messageId }];
    const keys = rowsOf(twice, undefined, '').map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
