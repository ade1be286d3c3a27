/** The client's half of the chat against a server that loses connections, answers and news when the test says so. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AppError,
  type ChatMessage,
  type EventName,
  type EventPayload,
  type Input,
  type Method,
  type Output,
} from '@vcallpe/shared';
import { Chat, type ChatConference } from './chat.ts';
import { INITIAL_STATE, type ConferenceState } from './state.ts';
import { Store } from './store.ts';

const MIA = { participantId: 'u:000000000000000000000001', displayName: 'Mia' };
const BEN = { participantId: 'u:000000000000000000000002', displayName: 'Ben' };
const PAGE = 3;

/** A room in memory, and one client's connection to it. */
class ScriptedRoom implements ChatConference {
  readonly stored: ChatMessage[] = [];
  readonly asked: string[] = [];
  /** What the next requests fail with; those of `lostAnswers` are carried out first. */
  failures: AppError[] = [];
  lostAnswers = 0;
  connected = false;
  readonly #state = new Store<ConferenceState>(INITIAL_STATE);
  readonly #listeners = new Set<(payload: EventPayload<'chat'>) => void>();

  getState = () => this.#state.get();
  subscribe = (listener: () => void) => this.#state.subscribe(listener);

  on<E extends EventName>(_name: E, listener: (payload: EventPayload<E>) => void): () => void {
    const heard = listener as (payload: EventPayload<'chat'>) => void;
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }

  async request<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
    this.asked.push(method);
    await Promise.resolve();
    if (!this.connected) throw new AppError('UNAVAILABLE', 'No connection');
    if (this.lostAnswers === 0) {
      const failure = this.failures.shift();
      if (failure) throw failure;
    }
    const answer =
      method === 'sendChat'
        ? this.say(MIA, (input as Input<'sendChat'>).text, (input as Input<'sendChat'>).messageId)
        : this.#history(input as Input<'chatHistory'>);
    if (this.lostAnswers > 0) {
      this.lostAnswers -= 1;
      throw new AppError('TIMEOUT', 'The answer was lost');
    }
    return answer as Output<M>;
  }

  #history({ after, before = Infinity }: Input<'chatHistory'>): Output<'chatHistory'> {
    const range = this.stored.filter(({ seq }) => seq > (after ?? 0) && seq < before);
    const messages = after === undefined ? range.slice(-PAGE) : range.slice(0, PAGE);
    return { messages, more: range.length > PAGE };
  }

  say(from = BEN, text = 'Hello', messageId: string = crypto.randomUUID()): ChatMessage {
    const made = this.stored.find((message) => message.messageId === messageId);
    if (made) return made;
    const seq = this.stored.length + 1;
    const message = { seq, messageId, from, text, sentAt: seq };
    this.stored.push(message);
    if (this.connected) for (const listener of this.#listeners) listener({ messages: [message] });
    return message;
  }

  arrive(peerId: string): void {
    this.connected = true;
    const self = { ...MIA, peerId, role: 'participant' as const };
    this.#state.update((state) => ({ ...state, status: 'joined', recovery: undefined, self }));
  }

  /** The socket is lost, the place is not. */
  cut(): void {
    this.connected = false;
    this.#state.update((state) => ({ ...state, recovery: 'signaling' }));
  }

  mend(): void {
    this.connected = true;
    this.#state.update((state) => ({ ...state, recovery: undefined }));
  }

  lose(): void {
    this.connected = false;
    this.#state.update((state) => ({ ...state, status: 'reconnecting', recovery: undefined }));
  }

  end(): void {
    this.connected = false;
    this.#state.update((state) => ({ ...state, status: 'ended' }));
  }
}

let room: ScriptedRoom;
let chat: Chat;
beforeEach(() => {
  room = new ScriptedRoom();
  chat = new Chat(room);
});
afterEach(() => chat.close());

const seqs = () => chat.getState().messages.map(({ seq }) => seq);
const texts = () => chat.getState().messages.map(({ text }) => text);
/** Resolves as soon as the chat is so. */
const becomes = (holds: () => boolean) =>
  new Promise<void>((resolve) => {
    if (holds()) return resolve();
    const stop = chat.subscribe(() => {
      if (!holds()) return;
      stop();
      resolve();
    });
  });
const arriveAndLoad = () => {
  room.arrive('first');
  return becomes(() => chat.getState().loading === undefined);
};
const say = (count: number) => Array.from({ length: count }, () => room.say());

describe('history', () => {
  it('begins with the newest page, which counts as read, and goes back page by page', async () => {
    say(7);
    room.arrive('first');
    await becomes(() => chat.getState().loading === undefined);
    await becomes(() => seqs().length === 3);
    expect(chat.getState()).toMatchObject({ earlier: true, unread: 0 });
    expect(seqs()).toEqual([5, 6, 7]);
    await chat.loadEarlier();
    await chat.loadEarlier();
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(chat.getState().earlier).toBe(false);
    await chat.loadEarlier();
    expect(room.asked.filter((method) => method === 'chatHistory')).toHaveLength(3);
  });

  it('is filled up after a lost socket, also when news come before what was missed', async () => {
    await arriveAndLoad();
    say(2);
    room.cut();
    say(5);
    room.mend();
    // Told over the new connection before the answer about the old times is there.
    room.say();
    await becomes(() => seqs().length === 8);
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(chat.getState().unread).toBe(8);
  });

  it('is filled up when the connection is lost again while it is being filled up', async () => {
    await arriveAndLoad();
    say(1);
    room.cut();
    say(2);
    room.mend();
    room.say();
    room.lose();
    say(2);
    room.arrive('second');
    await becomes(() => seqs().length === 6);
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('has no gap when the connection is lost before the first page is there', async () => {
    room.arrive('first');
    say(1);
    room.cut();
    say(5);
    room.mend();
    await becomes(() => chat.getState().loading === undefined);
    expect(seqs()).toEqual([4, 5, 6]);
    await chat.loadEarlier();
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('says why it is not there, and asks again by itself', async () => {
    say(1);
    room.failures = [new AppError('UNAVAILABLE', 'The database is away')];
    room.arrive('first');
    await becomes(() => chat.getState().problem?.code === 'UNAVAILABLE');
    await becomes(() => seqs().length === 1);
    expect(chat.getState()).toMatchObject({ problem: undefined, loading: undefined });
  });
});

describe('sending', () => {
  it('shows a message at once, and once only when it is there', async () => {
    room.arrive('first');
    chat.send({ text: 'Hi' });
    expect(chat.getState().pending).toMatchObject([{ text: 'Hi', state: 'sending' }]);
    await becomes(() => chat.getState().pending.length === 0);
    expect(texts()).toEqual(['Hi']);
    expect(chat.getState().unread).toBe(0);
  });

  it('sends again what was not acknowledged, and the room has it once', async () => {
    room.arrive('first');
    room.lostAnswers = 1;
    chat.send({ text: 'Hi' });
    await becomes(() => chat.getState().pending.length === 0);
    await becomes(() => texts().length === 1);
    expect(room.stored.map(({ text }) => text)).toEqual(['Hi']);
  });

  it('keeps the order in which messages were written, through a time without a connection', async () => {
    room.arrive('first');
    room.lose();
    for (const text of ['one', 'two', 'three']) chat.send({ text });
    expect(chat.getState().pending.map(({ state }) => state)).toEqual(['sending', 'sending', 'sending']);
    room.arrive('second');
    chat.send({ text: 'four' });
    await becomes(() => chat.getState().pending.length === 0);
    expect(room.stored.map(({ text }) => text)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('fails at once when it can’t work, goes on with the next, and can be tried again or given up', async () => {
    await arriveAndLoad();
    const gone = new AppError('NOT_FOUND', 'This person has left the meeting');
    room.failures = [gone, gone];
    chat.send({ text: 'Psst', to: BEN });
    chat.send({ text: 'Psst again', to: BEN });
    chat.send({ text: 'To all' });
    await becomes(() => texts().includes('To all'));
    const [first, second] = chat.getState().pending;
    expect(first).toMatchObject({ state: 'failed', error: { code: 'NOT_FOUND' } });
    chat.discard(second?.messageId ?? '');
    chat.retry(first?.messageId ?? '');
    await becomes(() => chat.getState().pending.length === 0);
    expect(texts()).toEqual(['To all', 'Psst']);
  });

  it('fails when the meeting is over', async () => {
    room.arrive('first');
    room.lose();
    chat.send({ text: 'Hi' });
    room.end();
    expect(chat.getState().pending).toMatchObject([{ state: 'failed' }]);
  });
});

describe('unread', () => {
  it('counts what others say until it is read', async () => {
    await arriveAndLoad();
    say(2);
    expect(chat.getState().unread).toBe(2);
    chat.markRead();
    expect(chat.getState().unread).toBe(0);
    say(1);
    expect(chat.getState()).toMatchObject({ unread: 1, readSeq: 2 });
  });
});
