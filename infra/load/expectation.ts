/** Which tracks a participant should be receiving, and which it is. Pure. */
import type { PeerId, PeerView, ProducerId } from '@vcallpe/shared';

/**
 * Who speaks is heard, but no more than this many at once: the server's own default (AUDIBLE_SPEAKERS). One that is set
 * lower lets a test with as many speakers find voices missing.
 */
export const VOICES = 5;
/** So long a track may take to begin before it counts as missing, ms. The aim is a fraction of it. */
export const GRACE_MS = 5_000;
/** A track flows when its last packet is no older than this, ms: five times the pause between packets of DTX. */
export const FLOWING_MS = 2_000;
/** A tile that has not begun by then is told to the server, which repairs it, ms: as the product's own client does. */
export const LATE_MS = 1_500;

/** The camera of a peer that sends it now, unless it is paused. */
export function sentCamera(peer: PeerView | undefined): ProducerId | undefined {
  return peer?.producers.find(({ source, paused }) => source === 'camera' && !paused)?.producerId;
}

export function sentMicrophone(peer: PeerView | undefined): ProducerId | undefined {
  return peer?.producers.find(({ source, paused }) => source === 'microphone' && !paused)?.producerId;
}

/** How many of our own speakers must be heard, when others, whom we do not drive, speak too and take places. */
export function voicesExpected(speakersOfOurs: number, speakersOfOthers: number, voices = VOICES): number {
  return Math.max(0, Math.min(speakersOfOurs, voices - speakersOfOthers));
}

interface Expected {
  peerId: PeerId;
  sinceMs: number;
  firstFrameAtMs: number | undefined;
}

export interface TrackCount {
  expected: number;
  received: number;
  /** Those that were not, in words for people. */
  missing: string[];
}

/**
 * The videos of one participant, from the moment that each should be there. One that should have come, and had not when
 * it was no longer wanted, stays on record. Times are ms of one clock.
 */
export class VideoLedger {
  readonly #tracks = new Map<ProducerId, Expected>();
  /** Tracks that began late, or never did while they were wanted for longer than that; of all time. */
  late = 0;
  #endedReceived = 0;
  #endedMissing: string[] = [];

  /** Brings it in line with what should be received now. */
  expect(wanted: ReadonlyMap<ProducerId, PeerId>, atMs: number): void {
    for (const [producerId, track] of this.#tracks) {
      if (wanted.get(producerId) === track.peerId) continue;
      this.#tracks.delete(producerId);
      if (track.firstFrameAtMs !== undefined) this.#endedReceived += 1;
      else if (atMs - track.sinceMs > GRACE_MS) this.#endedMissing.push(track.peerId);
      if (track.firstFrameAtMs === undefined && atMs - track.sinceMs > LATE_MS) this.late += 1;
    }
    for (const [producerId, peerId] of wanted) {
      if (!this.#tracks.has(producerId)) {
        this.#tracks.set(producerId, { peerId, sinceMs: atMs, firstFrameAtMs: undefined });
      }
    }
  }

  firstFrame(producerId: ProducerId, atMs: number): void {
    const track = this.#tracks.get(producerId);
    if (!track || track.firstFrameAtMs !== undefined) return;
    track.firstFrameAtMs = atMs;
    if (atMs - track.sinceMs > LATE_MS) this.late += 1;
  }

  /** Tracks that have not begun. */
  get waiting(): ProducerId[] {
    return [...this.#tracks].filter(([, track]) => track.firstFrameAtMs === undefined).map(([id]) => id);
  }

  /** Tracks that are wanted now. */
  get current(): ProducerId[] {
    return [...this.#tracks.keys()];
  }

  /** Forgets what ended before. */
  beginWindow(): void {
    this.#endedReceived = 0;
    this.#endedMissing = [];
  }

  /**
   * @param isFlowing whether packets of this producer arrive now
   * @param nameOf a peer, for people
   */
  count(atMs: number, isFlowing: (id: ProducerId) => boolean, nameOf: (id: PeerId) => string): TrackCount {
    const missing = this.#endedMissing.map((peerId) => `video of ${nameOf(peerId)}`);
    let received = this.#endedReceived;
    for (const [producerId, track] of this.#tracks) {
      if (isFlowing(producerId)) received += 1;
      else if (atMs - track.sinceMs > GRACE_MS) missing.push(`video of ${nameOf(track.peerId)}`);
    }
    return { expected: received + missing.length, received, missing };
  }
}
