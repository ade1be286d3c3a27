import { FrameFlow } from './frame-flow.ts';
import { Histogram } from './histogram.ts';
import { SequenceTracker } from './sequence-tracker.ts';

/** Figures of one received stream since `resetStats`. Times are `performance.now()`, ms. */
export interface StreamReport {
  /** That came at the first sending. */
  packets: number;
  /** RTP packets with their headers, without retransmissions. */
  bytes: number;
  /** By sequence numbers. expected = packets + repaired + lost + pending */
  expected: number;
  /** Never came, though asked for. */
  lost: number;
  /** Missing now, and being asked for. */
  pending: number;
  /** Came when asked for. */
  repaired: number;
  reordered: number;
  duplicates: number;
  /** Gaps between frames longer than three frame intervals and 150 ms, and the one that is open now. */
  freezes: number;
  /** In audio: beyond the silence that its timestamps tell. */
  longestGapMs: number;
  nacksSent: number;
  plisSent: number;
  /** Not of the window: after `add` or `expectFirstFrame`. */
  firstFrameAtMs: number | undefined;
  /** Not of the window. */
  lastPacketAtMs: number | undefined;
  /** From abs-capture-time to arrival, ms, of every eighth packet. The one that is kept: copy it before `resetStats`. */
  latency: Histogram;
}

export interface StreamStatsOptions {
  kind: 'audio' | 'video';
  clockRate: number;
  /** Whether lost packets can be asked for. */
  nackable: boolean;
}

/** Keeps the figures of one received stream. */
export class StreamStats {
  readonly sequence: SequenceTracker;
  readonly flow: FrameFlow;
  readonly latency = new Histogram();
  bytes = 0;
  nacksSent = 0;
  plisSent = 0;
  /** NaN for none: a field that is a number at all times is written without an allocation. */
  firstFrameAtMs = NaN;
  lastPacketAtMs = NaN;

  constructor({ kind, clockRate, nackable }: StreamStatsOptions) {
    this.sequence = new SequenceTracker(nackable);
    this.flow = new FrameFlow(clockRate, kind === 'audio');
  }

  reset(): void {
    this.sequence.reset();
    this.flow.reset();
    this.latency.clear();
    this.bytes = this.nacksSent = this.plisSent = 0;
  }

  report(nowMs: number): StreamReport {
    const { sequence, flow, latency, bytes, nacksSent, plisSent } = this;
    const { packets, expected, lost, pending, repaired, reordered, duplicates } = sequence;
    const openGapMs = flow.openGapMs(nowMs);
    return {
      packets,
      bytes,
      expected,
      lost,
      pending,
      repaired,
      reordered,
      duplicates,
      freezes: flow.freezes + (flow.isFreeze(openGapMs) ? 1 : 0),
      longestGapMs: Math.max(flow.longestGapMs, openGapMs),
      nacksSent,
      plisSent,
      firstFrameAtMs: known(this.firstFrameAtMs),
      lastPacketAtMs: known(this.lastPacketAtMs),
      latency,
    };
  }
}

const known = (ms: number): number | undefined => (Number.isNaN(ms) ? undefined : ms);
