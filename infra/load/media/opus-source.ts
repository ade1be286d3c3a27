/** Packets as an Opus encoder would send them: a steady flow in speech, and DTX in silence. They decode to silence. */
import { OutgoingStream, type Outlet } from './outgoing-stream.ts';

export const OPUS_PAYLOAD_TYPE = 111;
export const OPUS_CLOCK_RATE = 48_000;

/** CELT, full band, 20 ms, stereo. Ones after it are read as "silence" by its decoder. */
const HEAD = Buffer.from([0xfc]);
const FILLER = 0xff;
/** 32 kbit/s. */
const SPEECH = { intervalMs: 20, length: 80, level: 25, voice: 0x80 };
/** A packet each 400 ms, as Opus does in DTX. */
const SILENCE = { intervalMs: 400, length: 3, level: 127, voice: 0 };
/** Further behind than this, packets that were missed are left out, ms. */
const MAX_BACKLOG_MS = 200;

export class OpusSource {
  readonly stream: OutgoingStream;
  #mode: typeof SPEECH;
  #nextAt = Infinity;

  constructor(speaking: boolean, ssrc: number, mid: string, outlet: Outlet) {
    this.#mode = speaking ? SPEECH : SILENCE;
    this.stream = new OutgoingStream(
      {
        ssrc,
        payloadType: OPUS_PAYLOAD_TYPE,
        clockRate: OPUS_CLOCK_RATE,
        mid,
        hasAudioLevel: true,
        filler: FILLER,
      },
      outlet,
    );
  }

  get running(): boolean {
    return this.#nextAt !== Infinity;
  }

  run(nowMs: number): void {
    this.#nextAt = nowMs;
  }

  stop(): void {
    this.#nextAt = Infinity;
  }

  setSpeaking(speaking: boolean, nowMs: number): void {
    this.#mode = speaking ? SPEECH : SILENCE;
    if (this.running) this.#nextAt = Math.min(this.#nextAt, nowMs + this.#mode.intervalMs);
  }

  /** Sends the packets that are due. */
  tick(nowMs: number): void {
    const { intervalMs, length, level, voice } = this.#mode;
    if (nowMs - this.#nextAt > MAX_BACKLOG_MS) this.#nextAt = nowMs;
    while (this.#nextAt <= nowMs) {
      this.stream.send(this.#nextAt, false, { head: HEAD, length }, voice | level);
      this.#nextAt += intervalMs;
    }
  }
}
