/** Feedback of arrival times, from which the sender estimates bandwidth (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
import { RTCP } from './rtcp.ts';
import { extensionOffset } from './rtp-packet.ts';

const FORMAT = 15;
const HEADER = 20;
/** Sequence numbers that are remembered until they are reported; at 100 ms that is 10,000 packets/s. A power of two. */
const SPAN = 1024;
/** Sequence numbers in one feedback packet: with all deltas large it has 920 bytes. */
const PER_PACKET = 392;
/** A status vector chunk holds seven two-bit symbols. */
const PER_CHUNK = 7;
/** Deltas are in units of 250 µs, the reference time in units of 64 ms. */
const TICKS_PER_MS = 4;
const TICKS_PER_REFERENCE = 256;

const scratch = Buffer.alloc(HEADER + (PER_PACKET / PER_CHUNK) * 2 + PER_PACKET * 2 + 4);

export class TwccRecorder {
  readonly #sender: number;
  readonly #extensionId: number;
  /** Ticks of arrival by sequence number; 0 is none. */
  readonly #arrivals = new Int32Array(SPAN);
  /** The first that is not reported yet, and the last that came. −1 before the first. */
  #base = -1;
  #last = -1;
  #media = 0;
  #feedbacks = 0;

  constructor(sender: number, extensionId: number) {
    this.#sender = sender;
    this.#extensionId = extensionId;
  }

  arrived(packet: Buffer, atMs: number): void {
    const offset = extensionOffset(packet, this.#extensionId, 2);
    if (offset === -1) return;
    const sequence = packet.readUInt16BE(offset);
    if (this.#base === -1) this.#begin(sequence);
    const ahead = (sequence - this.#base) & 0xffff;
    // Older than what was reported.
    if (ahead >= 0x8000) return;
    // A hole longer than the memory: it is not reported.
    if (ahead >= SPAN) this.#begin(sequence);
    this.#arrivals[sequence & (SPAN - 1)] = Math.round(atMs * TICKS_PER_MS);
    if (((sequence - this.#last) & 0xffff) < 0x8000) this.#last = sequence;
    this.#media = packet.readUInt32BE(8);
  }

  /** The next feedback packet, or undefined when all is reported. It is valid until the next call. */
  feedback(): Buffer | undefined {
    while (this.#base !== -1) {
      const waiting = ((this.#last - this.#base) & 0xffff) + 1;
      // `last` is behind `base` once all is reported.
      if (waiting > SPAN) return undefined;
      const count = Math.min(waiting, PER_PACKET);
      const written = this.#write(count);
      this.#base = (this.#base + count) & 0xffff;
      if (written) return written;
    }
    return undefined;
  }

  #begin(sequence: number): void {
    this.#arrivals.fill(0);
    this.#base = sequence;
    this.#last = sequence;
  }

  #write(count: number): Buffer | undefined {
    const chunks = Math.ceil(count / PER_CHUNK);
    const chunksEnd = HEADER + chunks * 2;
    scratch.fill(0, HEADER, chunksEnd);
    let at = chunksEnd;
    let reference = -1;
    let previous = 0;
    for (let i = 0; i < count; i++) {
      const slot = (this.#base + i) & (SPAN - 1);
      const ticks = this.#arrivals[slot] ?? 0;
      if (ticks === 0) continue;
      this.#arrivals[slot] = 0;
      if (reference === -1) {
        reference = Math.floor(ticks / TICKS_PER_REFERENCE);
        previous = reference * TICKS_PER_REFERENCE;
      }
      const delta = Math.min(Math.max(ticks - previous, -0x8000), 0x7fff);
      previous += delta;
      const small = delta >= 0 && delta <= 0xff;
      at = small ? scratch.writeUInt8(delta, at) : scratch.writeInt16BE(delta, at);
      const chunk = HEADER + Math.floor(i / PER_CHUNK) * 2;
      const symbol = (small ? 1 : 2) << (12 - 2 * (i % PER_CHUNK));
      scratch.writeUInt16BE(scratch.readUInt16BE(chunk) | symbol, chunk);
    }
    if (reference === -1) return undefined;
    for (let chunk = HEADER; chunk < chunksEnd; chunk += 2) scratch[chunk] = (scratch[chunk] ?? 0) | 0xc0;

    const padding = -at & 3;
    scratch.fill(0, at, at + padding);
    at += padding;
    if (padding > 0) scratch[at - 1] = padding;
    scratch[0] = 0x80 | (padding > 0 ? 0x20 : 0) | FORMAT;
    scratch[1] = RTCP.rtpfb;
    scratch.writeUInt16BE(at / 4 - 1, 2);
    scratch.writeUInt32BE(this.#sender, 4);
    scratch.writeUInt32BE(this.#media, 8);
    scratch.writeUInt16BE(this.#base, 12);
    scratch.writeUInt16BE(count, 14);
    scratch.writeUInt32BE((((reference & 0xffffff) << 8) | (this.#feedbacks++ & 0xff)) >>> 0, 16);
    return scratch.subarray(0, at);
  }
}
