import { describe, expect, it } from '@jest/globals';
import type { ChatMessage } from '@vcallpe/shared';
import { merge, unreadIn, withoutSent, type PendingMessage } from './chat-log.ts';

const MIA = 'u:000000000000000000000001';
const BEN = 'u:000000000000000000000002';

const message = (seq: number, from = BEN): ChatMessage => ({
  seq,
  messageId: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`,
  from: { participantId: from, displayName: 'Somebody' },
  text: `Message ${seq}`,
  sentAt: seq,
});
const pending = (seq: number): PendingMessage => ({
  messageId: message(seq).messageId,
  text: '',
  state: 'sending',
  writtenAt: 0,
});
const seqs = (messages: readonly ChatMessage[]) => messages.map(({ seq }) => seq);

describe('merge', () => {
  it('puts what comes late in its place, and takes each message once', () => {
    const before = [message(2), message(5)];
    expect(seqs(merge(before, [message(7), message(3), message(5), message(3), message(1)]))).toEqual([
      1, 2, 3, 5, 7,
    ]);
  });

  it('keeps the list as it is when nothing is new', () => {
    const before = [message(2), message(5)];
    expect(merge(before, [message(5)])).toBe(before);
  });
});

describe('withoutSent', () => {
  it('takes away what is there now, if it is one’s own', () => {
    const waiting = [pending(1), pending(2)];
    expect(withoutSent(waiting, MIA, [message(2, MIA)])).toEqual([pending(1)]);
    expect(withoutSent(waiting, MIA, [message(2, BEN)])).toBe(waiting);
  });
});

describe('unreadIn', () => {
  it('counts messages of others after the last one read', () => {
    const all = [message(1), message(2, MIA), message(3), message(4)];
    expect(unreadIn(all, 1, MIA)).toBe(2);
    expect(unreadIn(all, 4, MIA)).toBe(0);
  });
});
