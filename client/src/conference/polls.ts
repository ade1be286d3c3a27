/** The polls of the meeting as they are now, with one's own votes. */
import {
  AppError,
  type EventName,
  type EventPayload,
  type Input,
  type Method,
  type Output,
  type PollView,
} from '@vcallpe/shared';
import { backoffMs } from './backoff.ts';
import { Pause } from './pause.ts';
import { watchPresence } from './presence-watch.ts';
import type { ConferenceState } from './state.ts';
import { Store } from './store.ts';

export type Poll = PollView & { myChoices: readonly number[] };

export interface PollState {
  /** Oldest first. */
  polls: readonly Poll[];
  /** Until the list is there for the first time. */
  loading: boolean;
  problem: AppError | undefined;
}

interface PollConference {
  getState(): ConferenceState;
  subscribe(listener: () => void): () => void;
  request<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>;
  on<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void;
}

export class Polls {
  readonly #conference: PollConference;
  readonly #store = new Store<PollState>({ polls: [], loading: true, problem: undefined });
  readonly #stops: (() => void)[] = [];
  readonly #pause = new Pause();
  #here = false;
  #closed = false;

  constructor(conference: PollConference) {
    this.#conference = conference;
    this.#stops.push(conference.on('pollChanged', ({ poll }) => this.#set(poll)));
    const presence = {
      onHere: () => {
        this.#here = true;
        void this.reload();
      },
      onAway: () => (this.#here = false),
      onEnded: () => this.close(),
    };
    this.#stops.push(watchPresence(conference, presence));
  }

  getState = (): PollState => this.#store.get();

  subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  /** Asks for all of them anew, and again when that fails for now. */
  async reload(): Promise<void> {
    for (let failed = 0; this.#here && !this.#closed; failed += 1) {
      try {
        const { polls } = await this.#conference.request('listPolls', {});
        return this.#store.update(() => ({ polls, loading: false, problem: undefined }));
      } catch (error) {
        const problem =
          error instanceof AppError ? error : new AppError('INTERNAL', String(error), { cause: error });
        this.#store.update((state) => ({ ...state, loading: false, problem }));
        if (!problem.retry) return;
        await this.#pause.wait(backoffMs(failed));
      }
    }
  }

  /** @throws {AppError} */
  async start(asked: Omit<Input<'startPoll'>, 'startId'>): Promise<void> {
    const startId = crypto.randomUUID();
    this.#set(await this.#conference.request('startPoll', { startId, ...asked }));
  }

  /** Replaces the vote given before. It shows at once, and is as before when it does not work. @throws {AppError} */
  async vote(pollId: string, choices: readonly number[]): Promise<void> {
    const before = this.getState().polls.find((poll) => poll.pollId === pollId);
    if (before) this.#set(before, choices);
    try {
      this.#set(await this.#conference.request('vote', { pollId, choices: [...choices] }), choices);
    } catch (error) {
      const now = this.getState().polls.find((poll) => poll.pollId === pollId);
      if (before && now?.myChoices === choices) this.#set(now, before.myChoices);
      throw error;
    }
  }

  /** @throws {AppError} */
  async end(pollId: string): Promise<void> {
    this.#set(await this.#conference.request('closePoll', { pollId }));
  }

  close(): void {
    this.#closed = true;
    this.#pause.end();
    for (const stop of this.#stops) stop();
  }

  #set(poll: PollView, choices?: readonly number[]): void {
    this.#store.update((state) => {
      const before = state.polls.find(({ pollId }) => pollId === poll.pollId);
      const after = { ...poll, myChoices: choices ?? before?.myChoices ?? [] };
      const polls = before
        ? state.polls.map((each) => (each === before ? after : each))
        : [...state.polls, after].sort((a, b) => a.startedAt - b.startedAt);
      return { ...state, polls };
    });
  }
}
