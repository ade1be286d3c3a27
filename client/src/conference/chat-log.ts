/** Messages as they stand in the room, and one's own that are on their way: pure steps. */
import type { AppError, ChatMessage, FileView, ParticipantId } from '@vcallpe/shared';

/** A message of one's own that the server has not acknowledged. */
export interface PendingMessage {
  messageId: string;
  text: string;
  to?: { participantId: ParticipantId; displayName: string } | undefined;
  file?: FileView | undefined;
  /** `sending`: goes out by itself, also after a time without a connection. `failed`: a person decides. */
  state: 'sending' | 'failed';
  /** Why it failed. */
  error?: AppError | undefined;
  /** Unix ms, by this client's clock. */
  writtenAt: number;
}

/** New messages put among those that are there, each once, in the order of the room. */
export function merge(
  before: readonly ChatMessage[],
  incoming: readonly ChatMessage[],
): readonly ChatMessage[] {
  const known = new Set(before.map(({ seq }) => seq));
  const fresh = incoming.filter(({ seq }) => !known.has(seq) && known.add(seq));
  if (fresh.length === 0) return before;
  return [...before, ...fresh].sort((a, b) => a.seq - b.seq);
}

/** What is still on its way once these are known to be there. */
export function withoutSent(
  pending: readonly PendingMessage[],
  self: ParticipantId | undefined,
  incoming: readonly ChatMessage[],
): readonly PendingMessage[] {
  const mine = incoming.filter(({ from }) => from.participantId === self);
  const sent = new Set(mine.map(({ messageId }) => messageId));
  const left = pending.filter(({ messageId }) => !sent.has(messageId));
  return left.length === pending.length ? pending : left;
}

/** How many messages of others came after the one that was read last. */
export function unreadIn(
  messages: readonly ChatMessage[],
  readSeq: number,
  self: ParticipantId | undefined,
): number {
  return messages.filter(({ seq, from }) => seq > readSeq && from.participantId !== self).length;
}
