/**
 * The chat as a page sees it: every message of the room once, in order, and one's own until they are acknowledged. What was
 * missed while the connection was lost is asked for, and what was not acknowledged is sent again under the same id.
 */
import {
  AppError,
  type ChatMessage,
  type EventName,
  type EventPayload,
  type FileView,
  type Input,
  type Method,
  type Output,
  type ParticipantId,
} from '@vcallpe/shared';
import { backoffMs } from './backoff.ts';
import { merge, unreadIn, withoutSent, type PendingMessage } from './chat-log.ts';
import { Pause } from './pause.ts';
import { watchPresence } from './presence-watch.ts';
import type { ConferenceState } from './state.ts';
import { Store } from './store.ts';

/** For so long a message is tried over one connection, ms; then the person is told that it failed. */
const TRY_FOR_MS = 30_000;

/** What the chat needs of a conference. */
export interface ChatConference {
  getState(): ConferenceState;
  subscribe(listener: () => void): () => void;
  request<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>;
  on<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void;
}

export interface ChatState {
  messages: readonly ChatMessage[];
  pending: readonly PendingMessage[];
  /** Messages before the first one that is here. */
  earlier: boolean;
  /** `first` until the history is there. */
  loading: 'first' | 'earlier' | undefined;
  /** Why the history could not be had; it is asked for again with `retryLoading`, or when the connection is back. */
  problem: AppError | undefined;
  /** Messages up to this one have been read. */
  readSeq: number;
  /** Messages of others that have not. */
  unread: number;
}

const INITIAL: ChatState = {
  messages: [],
  pending: [],
  earlier: false,
  loading: 'first',
  problem: undefined,
  readSeq: 0,
  unread: 0,
};

export interface Outgoing {
  text: string;
  to?: PendingMessage['to'];
  file?: FileView | undefined;
}

export class Chat {
  readonly #conference: ChatConference;
  readonly #store = new Store<ChatState>(INITIAL);
  readonly #stops: (() => void)[] = [];
  readonly #pause = new Pause();
  /** Everything up to this number is here, as far as this person may see it; undefined until the history is. */
  #complete: number | undefined;
  /** News come without a gap now, so that they are complete up to the last one. */
  #live = false;
  /** Counts the times without a connection, so that what was asked before one is not taken for all. */
  #absences = 0;
  #here = false;
  #sending = false;
  #closed = false;

  constructor(conference: ChatConference) {
    this.#conference = conference;
    this.#stops.push(conference.on('chat', ({ messages }) => this.#add(messages)));
    const presence = {
      onHere: () => this.#onHere(),
      onAway: () => this.#onAway(),
      onEnded: () => this.#onEnded(),
    };
    this.#stops.push(watchPresence(conference, presence));
  }

  getState = (): ChatState => this.#store.get();

  subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  /** Shown at once, and sent as soon as it can be. Messages go out in the order in which they were written. */
  send({ text, to, file }: Outgoing): void {
    const messageId = crypto.randomUUID();
    const message: PendingMessage = { messageId, text, to, file, state: 'sending', writtenAt: Date.now() };
    this.#store.update((state) => ({ ...state, pending: [...state.pending, message] }));
    void this.#sendAll();
  }

  /** Tries one that failed once more, as the last one. */
  retry(messageId: string): void {
    this.#store.update((state) => {
      const again = state.pending.find((message) => message.messageId === messageId);
      if (again?.state !== 'failed') return state;
      const others = state.pending.filter((message) => message !== again);
      const sending = { ...again, state: 'sending' as const, error: undefined, writtenAt: Date.now() };
      return { ...state, pending: [...others, sending] };
    });
    void this.#sendAll();
  }

  /** Gives up one that failed. */
  discard(messageId: string): void {
    this.#store.update((state) => ({
      ...state,
      pending: state.pending.filter((each) => each.messageId !== messageId || each.state !== 'failed'),
    }));
  }

  /** Everything that is here has been read. */
  markRead(): void {
    this.#store.update((state) => {
      const readSeq = state.messages.at(-1)?.seq ?? state.readSeq;
      return readSeq === state.readSeq ? state : { ...state, readSeq, unread: 0 };
    });
  }

  /** Asks for the page before the first message that is here. */
  async loadEarlier(): Promise<void> {
    const { earlier, loading, messages } = this.getState();
    const [first] = messages;
    if (!earlier || loading || !first) return;
    this.#store.update((state) => ({ ...state, loading: 'earlier', problem: undefined }));
    try {
      const page = await this.#conference.request('chatHistory', { before: first.seq });
      this.#add(page.messages, { earlier: page.more });
    } catch (error) {
      this.#store.update((state) => ({ ...state, problem: toError(error) }));
    } finally {
      this.#store.update((state) => ({ ...state, loading: undefined }));
    }
  }

  retryLoading(): void {
    if (this.#complete === undefined || !this.#live) void this.#catchUp();
    else void this.loadEarlier();
  }

  close(): void {
    this.#closed = true;
    this.#pause.end();
    for (const stop of this.#stops) stop();
  }

  get #self(): ParticipantId | undefined {
    return this.#conference.getState().self?.participantId;
  }

  #onHere(): void {
    this.#here = true;
    void this.#catchUp();
    this.#pause.end();
    void this.#sendAll();
  }

  #onAway(): void {
    this.#here = false;
    this.#live = false;
    this.#absences += 1;
  }

  #onEnded(): void {
    const error = new AppError('UNAVAILABLE', 'You are no longer in the meeting');
    this.#store.update((state) => ({
      ...state,
      pending: state.pending.map((message) => ({ ...message, state: 'failed' as const, error })),
    }));
    this.close();
  }

  /** Asks for everything since the last message before which none is missing; at first for the newest page. */
  async #catchUp(): Promise<void> {
    const absences = this.#absences;
    this.#store.update((state) => ({ ...state, problem: undefined }));
    try {
      for (let more = true; more;) {
        const after = this.#complete;
        const page = await this.#conference.request('chatHistory', after === undefined ? {} : { after });
        if (this.#closed) return;
        const last = page.messages.at(-1)?.seq ?? 0;
        this.#complete = Math.max(this.#complete ?? 0, last);
        more = after !== undefined && page.more;
        if (after === undefined) this.#addHistory(page);
        else this.#add(page.messages);
      }
      // A connection that was lost meanwhile is followed by a catching up of its own.
      if (absences === this.#absences) this.#live = true;
      this.#completeUpToLast();
    } catch (error) {
      if (absences !== this.#absences || this.#closed) return;
      const problem = toError(error);
      this.#store.update((state) => ({ ...state, problem, loading: undefined }));
      if (!problem.retry) return;
      await this.#pause.wait(backoffMs(3));
      if (absences === this.#absences && !this.#closed && !this.#live) void this.#catchUp();
    }
  }

  /** The first page. What was said before one came counts as read. */
  #addHistory({ messages, more }: Output<'chatHistory'>): void {
    const first = messages[0]?.seq ?? 0;
    const readSeq = messages.at(-1)?.seq ?? 0;
    this.#store.update((state) => {
      // News that came before it may have a gap to it; they come again with the earlier pages.
      const connected = state.messages.filter(({ seq }) => !more || seq > first);
      return { ...state, messages: connected, loading: undefined, readSeq };
    });
    this.#add(messages, { earlier: more });
  }

  #add(incoming: readonly ChatMessage[], change: Partial<ChatState> = {}): void {
    this.#store.update((state) => {
      const messages = merge(state.messages, incoming);
      const pending = withoutSent(state.pending, this.#self, incoming);
      if (messages === state.messages && pending === state.pending && !('earlier' in change)) return state;
      return {
        ...state,
        ...change,
        messages,
        pending,
        unread: unreadIn(messages, state.readSeq, this.#self),
      };
    });
    this.#completeUpToLast();
  }

  #completeUpToLast(): void {
    const last = this.getState().messages.at(-1)?.seq;
    if (this.#live && last !== undefined) this.#complete = Math.max(this.#complete ?? 0, last);
  }

  /** One at a time, so that they arrive in the order in which they were written. */
  async #sendAll(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    let trying: { messageId: string; since: number; failed: number } | undefined;
    while (this.#here && !this.#closed) {
      const next = this.getState().pending.find(({ state }) => state === 'sending');
      if (!next) break;
      const { messageId, text, to, file } = next;
      if (trying?.messageId !== messageId) trying = { messageId, since: performance.now(), failed: 0 };
      try {
        const request = { messageId, text, to: to?.participantId, fileId: file?.fileId };
        this.#add([await this.#conference.request('sendChat', request)]);
      } catch (error) {
        // When the connection went, whatever it failed with is no answer; it goes out again when there is one.
        if (!this.#here || this.#closed) break;
        const cause = toError(error);
        const passing = cause.retry || cause.code === 'WRONG_STATE';
        trying.failed += 1;
        if (passing && performance.now() - trying.since < TRY_FOR_MS) {
          await this.#pause.wait(backoffMs(trying.failed));
        } else {
          this.#fail(messageId, cause);
        }
      }
    }
    this.#sending = false;
  }

  #fail(messageId: string, error: AppError): void {
    this.#store.update((state) => ({
      ...state,
      pending: state.pending.map((message) =>
        message.messageId === messageId ? { ...message, state: 'failed' as const, error } : message,
      ),
    }));
  }
}

function toError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('INTERNAL', error instanceof Error ? error.message : String(error), { cause: error });
}
