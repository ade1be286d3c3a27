/**
 * Keeps the document of one meeting in line with what is in memory. What changed is written together, at most once a
 * second, and never waited for: while the database is away people go on talking, and what is missing is written later.
 */
import { withinDeadline } from '@vcallpe/shared';
import type { Database, MeetingDoc } from '@vcallpe/shared/db';
import type { Logger } from '../logger.ts';

/** The pause between two writes, ms; longer after one that failed. */
const WRITE_EVERY_MS = 1_000;
const RETRY_AFTER_MS = 5_000;
const WRITE_WITHIN_MS = 8_000;
/** How often a meeting in which nothing happens says that it goes on, ms. */
const ALIVE_EVERY_MS = 30_000;
/** After so many failures in a row the end of a meeting is given up: its last sign of life is its end then. */
const MAX_FAILURES_AT_END = 60;

interface MeetingRecordOptions {
  /** Whether the document is there already. */
  stored: boolean;
  log: Logger;
  /** From now on something may be left to write. */
  onStart: () => void;
  /** The last word is written, or given up. */
  onDone: () => void;
}

export class MeetingRecord {
  readonly #meetings: Database['meetings'];
  readonly #doc: MeetingDoc;
  readonly #log: Logger;
  readonly #onStart: () => void;
  readonly #onDone: () => void;
  /** Paths of the document and what is to be there; each can be written again without harm. */
  #pending = new Map<string, unknown>();
  /** Whether the document is there. */
  #stored: boolean;
  #started = false;
  #finishing = false;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;

  constructor(
    meetings: Database['meetings'],
    doc: MeetingDoc,
    { stored, log, onStart, onDone }: MeetingRecordOptions,
  ) {
    this.#meetings = meetings;
    this.#doc = doc;
    this.#stored = stored;
    this.#log = log;
    this.#onStart = onStart;
    this.#onDone = onDone;
  }

  /** From now on changes are written. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#finishing = false;
    this.#onStart();
    this.#heartbeat = setInterval(() => this.#schedule(), ALIVE_EVERY_MS);
    this.#schedule();
  }

  /** @param path of the document; an element of a list by its index. @param value undefined takes it away */
  set(path: string, value: unknown): void {
    this.#pending.set(path, value);
    if (this.#started) this.#schedule();
  }

  /** Nobody is there any more: writes the rest, and then nothing. */
  finish(): void {
    if (!this.#started) return;
    clearInterval(this.#heartbeat);
    this.#started = false;
    this.#finishing = true;
    void this.flush();
  }

  /** The room was deleted, and its meetings with it. */
  discard(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timer);
    this.#started = false;
    this.#pending.clear();
    const remove = () => this.#meetings.deleteOne({ _id: this.#doc._id });
    // A first write that was under way would bring it back.
    void Promise.resolve(this.#writing)
      .then(remove)
      .catch((error: unknown) => this.#log.warn({ err: error }, 'the record of a deleted room may be left'))
      .finally(this.#onDone);
  }

  /** Writes what there is now. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
      if (this.#pending.size > 0 && (this.#started || this.#finishing)) return this.#schedule();
      if (this.#finishing) this.#done();
    });
    return this.#writing;
  }

  /** Resolves when there is nothing left to write, or the database does not take it now. Never rejects. */
  async settle(): Promise<void> {
    do await this.flush();
    while (this.#pending.size > 0 && this.#failures === 0);
  }

  #done(): void {
    this.#finishing = false;
    this.#onDone();
  }

  #schedule(): void {
    if (this.#writing) return;
    this.#timer ??= setTimeout(() => void this.flush(), this.#failures > 0 ? RETRY_AFTER_MS : WRITE_EVERY_MS);
  }

  async #write(): Promise<void> {
    const changes = this.#pending;
    this.#pending = new Map();
    try {
      await withinDeadline(this.#store(changes), WRITE_WITHIN_MS);
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      this.#log.warn({ err: error }, 'the record of the meeting could not be written');
      const giveUp = this.#finishing && this.#failures > MAX_FAILURES_AT_END;
      // What has changed again meanwhile is newer.
      if (!giveUp) this.#pending = new Map([...changes, ...this.#pending]);
    }
  }

  async #store(changes: ReadonlyMap<string, unknown>): Promise<void> {
    const { _id } = this.#doc;
    if (!this.#finishing) this.#doc.aliveAt = new Date();
    if (!this.#stored) {
      await this.#meetings.replaceOne({ _id }, this.#doc, { upsert: true });
      this.#stored = true;
      return;
    }
    const there = [...changes].filter(([, value]) => value !== undefined);
    const gone = [...changes].filter(([, value]) => value === undefined).map(([path]) => [path, true]);
    await this.#meetings.updateOne(
      { _id },
      {
        $set: { ...Object.fromEntries(there), aliveAt: this.#doc.aliveAt },
        ...(gone.length > 0 && { $unset: Object.fromEntries(gone) }),
      },
    );
  }
}
