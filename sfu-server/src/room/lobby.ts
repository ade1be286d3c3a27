/** Who waits at the door of a room. One person is there once, however many sockets of theirs have knocked. */
import {
  AppError,
  LIMITS,
  type EventPayload,
  type ParticipantId,
  type SessionEndReason,
  type WaitingPerson,
} from '@vcallpe/shared';
import type { Channel } from './channel.ts';

/** A crowd at the door is told in so many messages per second, ms. */
const INTERVAL_MS = 200;

export interface Knock {
  participantId: ParticipantId;
  displayName: string;
  channel: Channel;
  /** There is an answer: this socket does not wait any more. */
  onAnswer: () => void;
}

interface Waiting {
  person: WaitingPerson;
  knocks: Map<Channel, Knock>;
}

export class Lobby {
  /** Who came first is first. */
  readonly #waiting = new Map<ParticipantId, Waiting>();
  readonly #onChange: (waiting: WaitingPerson[]) => void;
  #message: EventPayload<'lobbyMessage'> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param onChange told at most every 200 ms, with everyone who can be shown */
  constructor(onChange: (waiting: WaitingPerson[]) => void) {
    this.#onChange = onChange;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** The first of those who wait, as many as hosts are shown. */
  view(): WaitingPerson[] {
    return [...this.#waiting.values()].slice(0, LIMITS.lobbyShown).map(({ person }) => person);
  }

  has(participantId: ParticipantId): boolean {
    return this.#waiting.has(participantId);
  }

  people(): WaitingPerson[] {
    return [...this.#waiting.values()].map(({ person }) => person);
  }

  /** Somebody waits from now on. The same socket again changes nothing. @throws {AppError} LIMIT_REACHED */
  add(knock: Knock): void {
    const { participantId, displayName, channel } = knock;
    let waiting = this.#waiting.get(participantId);
    if (!waiting) {
      if (this.#waiting.size >= LIMITS.lobbyMax) {
        throw new AppError('LIMIT_REACHED', 'Too many people are waiting already: try again later');
      }
      waiting = { person: { participantId, displayName, since: Date.now() }, knocks: new Map() };
      this.#waiting.set(participantId, waiting);
    }
    if (waiting.knocks.has(channel)) return;
    if (waiting.knocks.size >= LIMITS.lobbySockets) {
      throw new AppError('LIMIT_REACHED', 'You are waiting already, in several other windows');
    }
    waiting.knocks.set(channel, knock);
    waiting.person = { ...waiting.person, displayName };
    if (this.#message) channel.send('lobbyMessage', this.#message);
    this.#changed();
  }

  /** This socket does not wait any more, without an answer. */
  remove(participantId: ParticipantId, channel: Channel): void {
    const waiting = this.#waiting.get(participantId);
    if (!waiting?.knocks.delete(channel) || waiting.knocks.size > 0) return;
    this.#waiting.delete(participantId);
    this.#changed();
  }

  /** @returns whom, or undefined when they are not waiting (any more) */
  answer(
    participantId: ParticipantId,
    answer: EventPayload<'admission'>['answer'],
  ): WaitingPerson | undefined {
    const waiting = this.#waiting.get(participantId);
    if (!waiting) return undefined;
    this.#waiting.delete(participantId);
    this.#changed();
    for (const { channel, onAnswer } of waiting.knocks.values()) {
      onAnswer();
      channel.send('admission', { answer });
    }
    return waiting.person;
  }

  /** To all who wait, and to who comes later. */
  tell(message: EventPayload<'lobbyMessage'>): void {
    this.#message = message;
    for (const { knocks } of this.#waiting.values()) {
      for (const channel of knocks.keys()) channel.send('lobbyMessage', message);
    }
  }

  /** What was said in one meeting is not for who waits for the next. */
  forgetMessage(): void {
    this.#message = undefined;
  }

  /** Nobody is going to let anyone in any more. */
  close(reason: SessionEndReason): void {
    clearTimeout(this.#timer);
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { knocks } of waiting) for (const channel of knocks.keys()) channel.end(reason);
  }

  #changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#onChange(this.view());
    }, INTERVAL_MS);
  }
}
