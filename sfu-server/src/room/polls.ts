/** Polls of one room. Votes are single writes; what is told is always read anew, so that the last vote is in it. */
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, LIMITS, type Input, type PollView } from '@vcallpe/shared';
import { isDuplicateKey, type Database, type PersonDoc, type PollDoc } from '@vcallpe/shared/db';
import type { Room } from './room.ts';

/** A poll on which many vote at once is told at most every so often, ms. */
const INTERVAL_MS = 200;

export class Polls {
  readonly #room: Room;
  readonly #polls: Database['polls'];
  /** Changed, and to be told. */
  readonly #changed = new Set<string>();
  #telling = false;

  constructor(room: Room, polls: Database['polls']) {
    this.#room = room;
    this.#polls = polls;
  }

  /**
   * The same startId of the same person is the same poll.
   *
   * @param since when the meeting began, Unix ms
   * @throws {AppError} LIMIT_REACHED
   */
  async start(by: PersonDoc, since: number, { startId, ...asked }: Input<'startPoll'>): Promise<PollView> {
    const roomId = this.#room.info.id;
    const made = await this.#polls.findOne({ roomId, startId, 'by.participantId': by.participantId }).lean();
    if (made) return toView(made);
    if ((await this.#ofMeeting(since).countDocuments()) >= LIMITS.pollsPerMeeting) {
      throw new AppError('LIMIT_REACHED', `A meeting can have ${LIMITS.pollsPerMeeting} polls`);
    }
    try {
      const poll = await this.#polls.create({
        roomId,
        startId,
        ...asked,
        by,
        startedAt: new Date(),
        closed: false,
        votes: {},
      });
      return this.#told(poll.toObject());
    } catch (error) {
      // The same request came twice at once.
      if (isDuplicateKey(error)) return this.start(by, since, { startId, ...asked });
      throw error;
    }
  }

  /**
   * Replaces this person's vote; without choices it is taken back.
   *
   * @throws {AppError} NOT_FOUND; WRONG_STATE when it is closed; VALIDATION_FAILED for choices that it does not offer
   */
  async vote(participantId: string, pollId: string, choices: readonly number[]): Promise<PollView> {
    const chosen = [...new Set(choices)].sort((a, b) => a - b);
    const poll = await this.#find(pollId);
    if (chosen.some((choice) => choice >= poll.options.length) || (chosen.length > 1 && !poll.multiple)) {
      throw new AppError('VALIDATION_FAILED', 'This poll has no such choice');
    }
    const path = `votes.${participantId}`;
    const change = chosen.length > 0 ? { $set: { [path]: chosen } } : { $unset: { [path]: true } };
    const after = await this.#polls
      .findOneAndUpdate({ _id: pollId, roomId: this.#room.info.id, closed: false }, change, {
        returnDocument: 'after',
      })
      .lean();
    if (!after) throw new AppError('WRONG_STATE', 'This poll is closed');
    return this.#told(after);
  }

  /** @throws {AppError} NOT_FOUND; FORBIDDEN when it is somebody else's and `anybodys` is false */
  async close(participantId: string, pollId: string, anybodys: boolean): Promise<PollView> {
    const { by } = await this.#find(pollId);
    if (!anybodys && by.participantId !== participantId) {
      throw new AppError('FORBIDDEN', 'Only a host, or who has started a poll, can close it');
    }
    const poll = await this.#polls
      .findByIdAndUpdate(pollId, { $set: { closed: true } }, { returnDocument: 'after' })
      .lean();
    return this.#told(poll ?? notFound());
  }

  /** Those of the meeting that began at `since`, Unix ms, oldest first, with what this person chose. */
  async list(participantId: string, since: number): Promise<(PollView & { myChoices: number[] })[]> {
    const polls = await this.#ofMeeting(since).sort({ startedAt: 1, _id: 1 }).lean();
    return polls.map((poll) => ({ ...toView(poll), myChoices: poll.votes[participantId] ?? [] }));
  }

  #ofMeeting(since: number) {
    return this.#polls.find({ roomId: this.#room.info.id, startedAt: { $gte: new Date(since) } });
  }

  async #find(pollId: string): Promise<PollDoc> {
    const poll = await this.#polls.findOne({ _id: pollId, roomId: this.#room.info.id }).lean();
    return poll ?? notFound();
  }

  #told(poll: PollDoc): PollView {
    const view = toView(poll);
    this.#changed.add(view.pollId);
    void this.#tell();
    return view;
  }

  async #tell(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    while (this.#changed.size > 0) {
      const ids = [...this.#changed];
      this.#changed.clear();
      try {
        const polls = await this.#polls.find({ _id: { $in: ids } }).lean();
        for (const poll of polls) this.#room.tell('pollChanged', { poll: toView(poll) });
      } catch (error) {
        this.#room.log.warn({ err: error }, 'a poll could not be told');
      }
      await delay(INTERVAL_MS);
    }
    this.#telling = false;
  }
}

function toView({ _id, question, options, multiple, by, startedAt, closed, votes }: PollDoc): PollView {
  const chosen = Object.values(votes);
  return {
    pollId: _id.toHexString(),
    question,
    options: options.map((text, index) => ({
      text,
      votes: chosen.filter((choices) => choices.includes(index)).length,
    })),
    multiple,
    by,
    startedAt: startedAt.getTime(),
    closed,
    voters: chosen.length,
  };
}

function notFound(): never {
  throw new AppError('NOT_FOUND', 'This poll no longer exists');
}
