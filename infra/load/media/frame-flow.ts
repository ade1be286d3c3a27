/** Whether frames keep coming: gaps, freezes and jitter of one received stream. Times are `performance.now()`, ms. */

/** A gap is a freeze when it is longer than so many frame intervals and than this. */
const FREEZE_FRAMES = 3;
const FREEZE_MS = 150;
/** Longer steps between two timestamps say nothing about the frame rate. */
const MAX_INTERVAL_MS = 1000;
/** A timestamp further back than this is not a late packet: the sender's clock has jumped. */
const MAX_LATE_MS = 5000;
/** Share of a new frame in the moving averages. */
const INTERVAL_WEIGHT = 1 / 8;
const JITTER_WEIGHT = 1 / 16;

export class FrameFlow {
  freezes = 0;
  longestGapMs = 0;
  /** RFC 3550 section 6.4.1, in units of the timestamp; told by the first packets of frames. */
  jitter = 0;
  readonly #unitsPerMs: number;
  readonly #mayFallSilent: boolean;
  #intervalMs = 0;
  #timestamp = 0;
  /** Of the last frame; NaN for none. */
  #atMs = NaN;

  /** @param mayFallSilent DTX: then only what comes later than its timestamp says is late. */
  constructor(clockRate: number, mayFallSilent: boolean) {
    this.#unitsPerMs = clockRate / 1000;
    this.#mayFallSilent = mayFallSilent;
  }

  /** The first packet of a frame, or of what looks like one. @param timestamp of RTP, signed or not */
  frame(timestamp: number, atMs: number): void {
    const stepMs = ((timestamp - this.#timestamp) | 0) / this.#unitsPerMs;
    if (Number.isNaN(this.#atMs) || stepMs < -MAX_LATE_MS) {
      this.#atMs = atMs;
      this.#timestamp = timestamp;
      return;
    }
    // A late packet of an earlier frame.
    if (stepMs <= 0) return;
    const passed = atMs - this.#atMs;
    this.jitter += (Math.abs(passed - stepMs) * this.#unitsPerMs - this.jitter) * JITTER_WEIGHT;
    // Before the first step there is no interval to judge it by.
    if (this.#intervalMs === 0) this.#intervalMs = stepMs;
    this.#judge(this.#mayFallSilent ? passed - stepMs : passed);
    if (stepMs < MAX_INTERVAL_MS) this.#intervalMs += (stepMs - this.#intervalMs) * INTERVAL_WEIGHT;
    this.#atMs = atMs;
    this.#timestamp = timestamp;
  }

  /** The gap that is open now, ms; 0 while none is expected to close, and in audio, where it may be silence. */
  openGapMs(nowMs: number): number {
    return Number.isNaN(this.#atMs) || this.#mayFallSilent ? 0 : nowMs - this.#atMs;
  }

  isFreeze(gapMs: number): boolean {
    // Packets of DTX say nothing about an interval.
    const usual = this.#mayFallSilent ? 0 : FREEZE_FRAMES * this.#intervalMs;
    return gapMs > Math.max(usual, FREEZE_MS);
  }

  /** The gap until the next frame is on purpose. */
  interrupt(): void {
    this.#atMs = NaN;
  }

  reset(): void {
    this.freezes = 0;
    this.longestGapMs = 0;
  }

  #judge(gapMs: number): void {
    if (gapMs > this.longestGapMs) this.longestGapMs = gapMs;
    if (this.isFreeze(gapMs)) this.freezes++;
  }
}
