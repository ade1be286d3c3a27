/** Many participants in one room: who comes, who goes, what went wrong, and what all of them receive. */
import { AppError, type PeerId } from '@vcallpe/shared';
import { now } from './clock.ts';
import {
  addSent,
  countDeparted,
  countPresent,
  isSettled,
  receptionOf,
  totalOf,
  type Counted,
  type Measurement,
} from './measure.ts';
import type { MediaPool, ProcessFigures, SentFigures } from './media-calls.ts';
import type { VideoLayer } from './media/publisher.ts';
import type { BandwidthEstimation } from './media/subscriber.ts';
import { Participant, type Admission } from './participant.ts';
import { seededRandom } from './random.ts';
import { UsageMeter } from './usage.ts';

export interface CrowdOptions {
  admit: (displayName: string) => Promise<Admission>;
  media: MediaPool;
  /** What each publisher's camera sends, lowest layer first; empty for none. */
  video: VideoLayer[];
  /** Tiles that each one looks at. */
  page: number;
  bandwidthEstimation: BandwidthEstimation;
  /** Runs with the same seed look at the same pages, as far as people come in the same order. */
  seed: number;
}

export interface Part {
  publishes: boolean;
  /** Whether a publisher speaks; its microphone is on in any case. */
  speaks: boolean;
}

export interface JoinTimes {
  joinMs: number;
  /** Undefined when there was nobody to look at, or when not all tiles came. */
  allTilesMs: number | undefined;
}

/** How often something went wrong, by its code. */
export type Tally = Record<string, number>;

export class Crowd {
  readonly joins: JoinTimes[] = [];
  /** Participants that could not come in. */
  readonly joinFailures: Tally = {};
  /** Participants that the server threw out, or that lost their connection. */
  readonly lost: Tally = {};
  /** Requests that were refused to somebody who was in. */
  readonly problems: Tally = {};
  readonly #options: CrowdOptions;
  readonly #usage = new UsageMeter();
  readonly #parts = new Map<Participant, Part>();
  readonly #byId = new Map<number, Participant>();
  readonly #names = new Map<PeerId, string>();
  #departed: { counted: Counted; sent: SentFigures | undefined }[] = [];
  readonly #leaving = new Set<Promise<void>>();
  #lateOfDeparted = 0;
  #windowSinceMs = now();
  #count = 0;
  #closed = false;

  constructor(options: CrowdOptions) {
    this.#options = options;
    for (const media of options.media.all) {
      media.onFirstFrame = (id, consumerId, atMs) => this.#byId.get(id)?.firstFrame(consumerId, atMs);
      media.onStalled = (id, consumerIds) => this.#byId.get(id)?.stalled(consumerIds);
    }
  }

  /** Those who are in, oldest first. */
  get participants(): Participant[] {
    return [...this.#parts.keys()];
  }

  partOf(participant: Participant): Part | undefined {
    return this.#parts.get(participant);
  }

  /** How often those who are in opened new transports, because a worker died or was drained. */
  get moves(): number {
    return this.participants.reduce((sum, { moves }) => sum + moves, 0);
  }

  /** Tiles that took longer to begin than a client waits before it tells the server, in the whole run. */
  get lateTiles(): number {
    return this.participants.reduce((sum, { viewing }) => sum + viewing.ledger.late, this.#lateOfDeparted);
  }

  /** Tiles of all pages that do not show anything yet. */
  get waitingTiles(): number {
    return this.participants.reduce((sum, { viewing }) => sum + viewing.ledger.waiting.length, 0);
  }

  /** Those who have come so lately that nothing is missed of theirs yet. */
  get waitingPeople(): number {
    return this.participants.filter((participant) => !isSettled(participant, now())).length;
  }

  /** Voices that somebody should hear and does not now. Who has just come is not counted yet, nor heard. */
  async waitingVoices(): Promise<number> {
    const { total } = await this.measure();
    return total.audio.expected - total.audio.received;
  }

  /** Never rejects: a failure is counted. @returns undefined when it could not come in */
  async join(part: Part): Promise<Participant | undefined> {
    const participant = this.#make(part);
    this.#byId.set(participant.id, participant);
    try {
      await participant.enter();
      if (this.#closed) throw new AppError('WRONG_STATE', 'The run has ended meanwhile');
    } catch (error) {
      add(this.joinFailures, codeOf(error));
      this.#byId.delete(participant.id);
      await participant.leave();
      return undefined;
    }
    this.#parts.set(participant, part);
    if (participant.peerId) this.#names.set(participant.peerId, participant.name);
    const times: JoinTimes = { joinMs: participant.joinMs, allTilesMs: undefined };
    this.joins.push(times);
    void participant.viewing.firstPage.then(({ allTilesMs }) => {
      times.allTilesMs = allTilesMs;
    });
    return participant;
  }

  async leave(participant: Participant): Promise<void> {
    if (!this.#parts.delete(participant)) return;
    const leaving = this.#takeOut(participant);
    this.#leaving.add(leaving);
    await leaving;
    this.#leaving.delete(leaving);
  }

  async leaveAll(): Promise<void> {
    await Promise.all(this.participants.map((participant) => this.leave(participant)));
  }

  /** Figures count from here. */
  async beginWindow(): Promise<void> {
    await Promise.all(this.#options.media.all.map((media) => media.call('beginWindow', {})));
    this.#departed = [];
    for (const { viewing } of this.participants) viewing.ledger.beginWindow();
    this.#usage.reset();
    this.#windowSinceMs = now();
  }

  /** What came since the window began. */
  async measure(): Promise<Measurement> {
    const usage = this.#usage.read();
    await Promise.all(this.#leaving);
    const { all } = this.#options.media;
    const figures = await Promise.all(all.map((media) => media.call('figures', {})));
    const nowMs = now();
    const received = Object.assign({}, ...figures.map((each) => each.received)) as ProcessFigures['received'];
    const crowd = this.participants;
    const counted = [
      ...crowd.map((participant) => countPresent(participant, received[participant.id], crowd, nowMs)),
      ...this.#departed.map((departed) => departed.counted),
    ];
    const sent = [
      ...figures.flatMap((each) => Object.values(each.sent)),
      ...this.#departed.map((departed) => departed.sent).filter((each) => each !== undefined),
    ];
    return {
      seconds: (nowMs - this.#windowSinceMs) / 1000,
      participants: counted.map(receptionOf),
      total: totalOf(counted),
      sent: addSent(sent),
      authFailures: counted.reduce((sum, each) => sum + (each.received?.authFailures ?? 0), 0),
      processes: [
        { name: 'signaling', ...usage },
        ...figures.map((each, i) => ({ name: all[i]?.name ?? 'media', ...each.usage })),
      ],
    };
  }

  /** Everybody leaves, and the processes end. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.leaveAll();
    await Promise.all(this.#leaving);
    await Promise.all(this.#options.media.all.map((media) => media.close()));
    this.#usage.close();
  }

  async #takeOut(participant: Participant): Promise<void> {
    const { ledger } = participant.viewing;
    const atMs = now();
    const { sent, received } = await participant.leave();
    this.#byId.delete(participant.id);
    const nameOf = (id: PeerId) => this.#names.get(id) ?? id;
    this.#departed.push({ counted: countDeparted(participant.name, ledger, received, atMs, nameOf), sent });
    this.#lateOfDeparted += ledger.late;
  }

  #make({ publishes, speaks }: Part): Participant {
    const { admit, media, video, page, bandwidthEstimation, seed } = this.#options;
    this.#count += 1;
    const id = this.#count;
    const name = `Load ${id}`;
    const participant: Participant = new Participant({
      id,
      name,
      admit: () => admit(name),
      video: publishes && video.length > 0 ? video : undefined,
      audio: publishes ? { speaking: speaks } : undefined,
      pageSize: page,
      random: seededRandom(seed * 1_000_003 + id),
      sender: media.sender(id),
      receiver: media.receiver(id),
      bandwidthEstimation,
      onProblem: (error) => add(this.problems, codeOf(error)),
      onLost: (reason) => {
        if (!this.#parts.has(participant)) return;
        add(this.lost, reason);
        void this.leave(participant);
      },
    });
    return participant;
  }
}

function add(tally: Tally, code: string): void {
  tally[code] = (tally[code] ?? 0) + 1;
}

function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  return error instanceof Error ? error.message : String(error);
}
