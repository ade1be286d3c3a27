/**
 * The chat of one room. Every message passes one queue: it gets its number, is stored, and only then told and
 * acknowledged, so that what is told is in the order of the numbers, and what is acknowledged is never lost.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, LIMITS, withinDeadline, type ChatMessage, type FileView } from '@vcallpe/shared';
import type { ChatMessageDoc, Database, PersonDoc } from '@vcallpe/shared/db';
import type { Room } from './room.ts';

/** What comes within this time is stored and told together, ms. A single message does not wait. */
const BATCH_MS = 50;
const BATCH_MAX = 200;
/**
 * The driver gives up on a database that is away after 5 s; see `connectDatabase`. What it does not notice ends after
 * this, ms, still before the client stops waiting.
 */
const STORE_WITHIN_MS = 7_000;

export interface Draft {
  messageId: string;
  from: PersonDoc;
  to: PersonDoc | undefined;
  text: string;
  file: FileView | undefined;
}

interface Waiting {
  draft: Draft;
  resolve: (message: ChatMessage) => void;
  reject: (error: unknown) => void;
}

type Models = Pick<Database, 'rooms' | 'chatMessages'>;

export class Chat {
  readonly #room: Room;
  readonly #models: Models;
  readonly #waiting: Waiting[] = [];
  /** A message that comes again while it is being stored is answered together with the first. */
  readonly #underWay = new Map<string, Promise<ChatMessage>>();
  #working = false;
  #lastBatchAt = -Infinity;
  /** The number up to which everything is told; undefined before the first message. */
  #toldSeq: number | undefined;
  /** Something may have been stored that was not told, because the database did not say. */
  #unsure = false;

  constructor(room: Room, models: Models) {
    this.#room = room;
    this.#models = models;
  }

  /**
   * Resolves when the message is stored. The same messageId of the same person is the same message, always.
   *
   * @throws what the database failed with; ROOM_NOT_FOUND; TIMEOUT. The message may be stored even so, and is the same one
   *   when it is sent again.
   */
  send(draft: Draft): Promise<ChatMessage> {
    const key = keyOf(draft);
    let sending = this.#underWay.get(key);
    if (!sending) {
      const { promise, resolve, reject } = Promise.withResolvers<ChatMessage>();
      this.#waiting.push({ draft, resolve, reject });
      sending = promise.finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, sending);
      void this.#work();
    }
    return sending;
  }

  /** The message that this person has sent under this id, if it is stored. */
  async find(from: string, messageId: string): Promise<ChatMessage | undefined> {
    const doc = await this.#models.chatMessages
      .findOne({ roomId: this.#room.info.id, messageId, 'from.participantId': from })
      .lean();
    return doc ? toMessage(doc) : undefined;
  }

  /**
   * A page of what this person may see of the meeting that began at `since`; see `chatHistory` in the contract.
   *
   * @param since Unix ms
   */
  async history(
    reader: string,
    since: number,
    { after, before }: { after?: number | undefined; before?: number | undefined },
  ): Promise<{ messages: ChatMessage[]; more: boolean }> {
    const range = after === undefined ? before !== undefined && { $lt: before } : { $gt: after };
    const docs = await this.#models.chatMessages
      .find({
        roomId: this.#room.info.id,
        sentAt: { $gte: new Date(since) },
        ...(range && { seq: range }),
        $or: [{ to: { $exists: false } }, { 'to.participantId': reader }, { 'from.participantId': reader }],
      })
      .sort({ seq: after === undefined ? -1 : 1 })
      .limit(LIMITS.chatPage + 1)
      .lean();
    const messages = docs.slice(0, LIMITS.chatPage).map(toMessage);
    if (after === undefined) messages.reverse();
    return { messages, more: docs.length > LIMITS.chatPage };
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    while (this.#waiting.length > 0) {
      const wait = this.#lastBatchAt + BATCH_MS - performance.now();
      if (wait > 0) await delay(wait);
      this.#lastBatchAt = performance.now();
      const batch = this.#waiting.splice(0, BATCH_MAX);
      const giveUp = new AbortController();
      try {
        await withinDeadline(this.#store(batch, giveUp.signal), STORE_WITHIN_MS);
      } catch (error) {
        // What it was about to do must not happen behind the back of the next batch.
        giveUp.abort(error);
        this.#unsure = true;
        // Who came meanwhile would wait as long again, for the same.
        for (const { reject } of [...batch, ...this.#waiting.splice(0)]) reject(error);
      }
    }
    this.#working = false;
  }

  async #store(batch: readonly Waiting[], signal: AbortSignal): Promise<void> {
    const { rooms, chatMessages } = this.#models;
    const roomId = this.#room.info.id;
    if (this.#toldSeq === undefined) {
      const room = await rooms.findById(roomId).select('chatSeq').lean();
      this.#toldSeq = room?.chatSeq ?? 0;
    }
    if (this.#unsure) await this.#tellRest(signal);

    const stored = await chatMessages
      .find({ roomId, messageId: { $in: batch.map(({ draft }) => draft.messageId) } })
      .lean();
    signal.throwIfAborted();
    const known = new Map(stored.map((doc) => [keyOf(doc), toMessage(doc)]));
    const fresh = batch.filter(({ draft }) => !known.has(keyOf(draft)));
    if (fresh.length > 0) {
      // On the room itself, so that nobody writes into one that is deleted.
      const room = await rooms
        .findByIdAndUpdate(roomId, { $inc: { chatSeq: fresh.length } }, { returnDocument: 'after' })
        .select('chatSeq')
        .lean();
      signal.throwIfAborted();
      if (!room?.chatSeq) throw new AppError('ROOM_NOT_FOUND', 'This room no longer exists');
      const first = room.chatSeq - fresh.length + 1;
      const sentAt = new Date();
      const numbered = fresh.map(({ draft }, index) => ({ ...draft, seq: first + index, sentAt }));
      await chatMessages.insertMany(numbered.map((message) => ({ ...message, roomId })));
      signal.throwIfAborted();
      const messages = numbered.map(toMessage);
      for (const message of messages) known.set(keyOf(message), message);
      this.#tell(messages);
    }
    for (const { draft, resolve } of batch) {
      const message = known.get(keyOf(draft));
      if (message) resolve(message);
    }
  }

  /** Tells what was stored by a batch of which the database did not say so. */
  async #tellRest(signal: AbortSignal): Promise<void> {
    const docs = await this.#models.chatMessages
      .find({ roomId: this.#room.info.id, seq: { $gt: this.#toldSeq } })
      .sort({ seq: 1 })
      .lean();
    signal.throwIfAborted();
    this.#tell(docs.map(toMessage));
    this.#unsure = false;
  }

  #tell(messages: readonly ChatMessage[]): void {
    const toAll = messages.filter(({ to }) => !to);
    if (toAll.length > 0) this.#room.tell('chat', { messages: toAll });
    const toOne = messages.filter(({ to }) => to);
    for (const peer of toOne.length > 0 ? this.#room.joinedPeers() : []) {
      const { participantId } = peer.identity;
      const theirs = toOne.filter(
        ({ from, to }) => from.participantId === participantId || to?.participantId === participantId,
      );
      if (theirs.length > 0) peer.channel.send('chat', { messages: theirs });
    }
    this.#toldSeq = messages.at(-1)?.seq ?? this.#toldSeq;
  }
}

function keyOf({ from, messageId }: Pick<Draft, 'from' | 'messageId'>): string {
  return `${from.participantId} ${messageId}`;
}

type Stored = Omit<ChatMessageDoc, '_id' | 'roomId' | 'to' | 'file'> & {
  to?: PersonDoc | undefined;
  file?: FileView | undefined;
};

function toMessage({ seq, messageId, from, to, text, file, sentAt }: Stored): ChatMessage {
  return { seq, messageId, from, ...(to && { to }), text, ...(file && { file }), sentAt: sentAt.getTime() };
}
