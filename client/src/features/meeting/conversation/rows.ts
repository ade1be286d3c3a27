/** The chat as it is drawn: days, groups of one person, and where the new begins. Data from a pure function. */
import type { ChatMessage } from '@vcallpe/shared';

export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'new'; key: string }
  | {
      kind: 'message';
      key: string;
      message: ChatMessage;
      /** Begins a group: shows who and when. */ first: boolean;
    };

/** Messages further apart than this are not one group, ms. */
const GROUP_MS = 5 * 60_000;

/**
 * @param readSeq what is after it is new; undefined when nothing is to be marked
 * @param self whose messages are never new
 */
export function rowsOf(messages: readonly ChatMessage[], readSeq: number | undefined, self: string): Row[] {
  const rows: Row[] = [];
  const firstNew =
    readSeq === undefined
      ? undefined
      : messages.find(({ seq, from }) => seq > readSeq && from.participantId !== self);
  let before: ChatMessage | undefined;
  for (const message of messages) {
    const newDay = !before || dayOf(before.sentAt) !== dayOf(message.sentAt);
    if (newDay) rows.push({ kind: 'day', key: `day ${message.seq}`, at: message.sentAt });
    if (message === firstNew) rows.push({ kind: 'new', key: 'new' });
    const first = newDay || message === firstNew || !before || !together(before, message);
    rows.push({ kind: 'message', key: message.messageId + message.from.participantId, message, first });
    before = message;
  }
  return rows;
}

function together(a: ChatMessage, b: ChatMessage): boolean {
  return (
    a.from.participantId === b.from.participantId &&
    a.from.displayName === b.from.displayName &&
    a.to?.participantId === b.to?.participantId &&
    b.sentAt - a.sentAt < GROUP_MS
  );
}

/** By the reader's own zone. */
function dayOf(at: number): string {
  return new Date(at).toDateString();
}
