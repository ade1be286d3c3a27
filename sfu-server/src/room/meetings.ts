/** The meetings of this node's rooms: finds the one that goes on, or makes the next, and knows what is still unwritten. */
import { setTimeout as delay } from 'node:timers/promises';
import { LIMITS, withinDeadline } from '@vcallpe/shared';
import type { Database, MeetingDoc } from '@vcallpe/shared/db';
import mongoose from 'mongoose';
import type { Logger } from '../logger.ts';
import { Meeting } from './meeting.ts';
import { MeetingRecord } from './meeting-record.ts';

/** The last words may take so long when the node closes, ms. */
const LAST_WORDS_MS = 3_000;

export class Meetings {
  readonly #meetings: Database['meetings'];
  readonly #log: Logger;
  /** Records in use or with something left to write, and the room of each. */
  readonly #records = new Map<MeetingRecord, string>();

  constructor({ meetings }: Pick<Database, 'meetings'>, log: Logger) {
    this.#meetings = meetings;
    this.#log = log;
  }

  /** The meeting that a restart interrupted, or that everyone left, a short time ago, or else the next one. */
  async current(roomId: string): Promise<Meeting> {
    // What was written last decides whether there is one, so it has to be there.
    await withinDeadline(this.#written(roomId), LAST_WORDS_MS).catch(() => undefined);
    const doc = await this.#meetings
      .findOne({ roomId, endedAt: { $exists: false } })
      .sort({ startedAt: -1 })
      .lean();
    const goesOn = doc && Date.now() - doc.aliveAt.getTime() < LIMITS.meetingResumesWithinMs;
    return goesOn ? this.#make(doc, true) : this.next(roomId);
  }

  next(roomId: string): Meeting {
    const now = new Date();
    const doc: MeetingDoc = {
      _id: new mongoose.Types.ObjectId(),
      roomId: new mongoose.Types.ObjectId(roomId),
      startedAt: now,
      aliveAt: now,
      locked: false,
      removed: [],
      admitted: [],
      attendances: [],
      acts: [],
    };
    return this.#make(doc, false);
  }

  /** Writes what is left, as far as the database lets it. */
  async close(): Promise<void> {
    const all = Promise.all([...this.#records.keys()].map((record) => record.settle()));
    await Promise.race([all, delay(LAST_WORDS_MS, undefined, { ref: false })]);
  }

  #make(doc: MeetingDoc, stored: boolean): Meeting {
    const roomId = doc.roomId.toHexString();
    const log = this.#log.child({ roomId, meetingId: doc._id.toHexString() });
    const record: MeetingRecord = new MeetingRecord(this.#meetings, doc, {
      stored,
      log,
      onStart: () => this.#records.set(record, roomId),
      onDone: () => this.#records.delete(record),
    });
    return new Meeting(doc, record, stored);
  }

  async #written(roomId: string): Promise<void> {
    const records = [...this.#records].filter(([, of]) => of === roomId).map(([record]) => record);
    await Promise.all(records.map((record) => record.settle()));
  }
}
