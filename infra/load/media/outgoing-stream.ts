/** One SSRC that is sent: its packets, those that are sent again, and its sender reports. */
import { outgoingHeader, type HeaderOptions, type OutgoingHeader } from './outgoing-header.ts';
import { BEGINNING, PacketHistory } from './packet-history.ts';
import { senderReport } from './rtcp.ts';
import { wallClock, writeNtp } from './wall-clock.ts';

/** Payload of one packet, bytes: with all headers, SRTP's tag and IPv6 it stays below 1280. */
export const MAX_PAYLOAD = 1150;

/** What the streams of one transport share. */
export interface Outlet {
  /** Next sequence number for TWCC. */
  transportSequence: number;
  send(packet: Buffer): void;
}

export interface OutgoingStreamOptions extends HeaderOptions {
  clockRate: number;
  /** The byte of which payloads consist after their head. */
  filler: number;
}

export interface Payload {
  /** How it begins; the rest is filler. A few bytes. */
  head: Buffer;
  /** Bytes in all, from the length of the head to MAX_PAYLOAD. */
  length: number;
}

export class OutgoingStream {
  readonly ssrc: number;
  packets = 0;
  /** RTP packets with their headers. */
  bytes = 0;
  readonly #outlet: Outlet;
  readonly #clockRate: number;
  readonly #filler: number;
  readonly #header: OutgoingHeader;
  readonly #history = new PacketHistory();
  /** Each packet is made in it, because transports copy what they send. */
  readonly #scratch: Buffer;
  readonly #firstTimestamp = Math.floor(Math.random() * 2 ** 32);
  #sequence = Math.floor(Math.random() * 2 ** 16);

  constructor(options: OutgoingStreamOptions, outlet: Outlet) {
    this.ssrc = options.ssrc;
    this.#outlet = outlet;
    this.#clockRate = options.clockRate;
    this.#filler = options.filler;
    this.#header = outgoingHeader(options);
    this.#scratch = Buffer.alloc(this.#header.bytes.length + MAX_PAYLOAD, options.filler);
  }

  /**
   * The absolute capture time is the moment of sending: latencies that are told from it are those of the way and of the SFU,
   * and not of our own pace.
   *
   * @param atMs to which the RTP timestamp belongs, `performance.now()`.
   * @param audioLevel the byte of RFC 6464, when the header has one.
   */
  send(atMs: number, marker: boolean, { head, length }: Payload, audioLevel = 0): void {
    const { bytes: header, captureTimeAt, audioLevelAt } = this.#header;
    const packet = this.#scratch.subarray(0, header.length + length);
    header.copy(packet);
    if (marker) packet[1] = (packet[1] ?? 0) | 0x80;
    packet.writeUInt16BE(this.#sequence, 2);
    packet.writeUInt32BE(this.#timestampAt(atMs), 4);
    writeNtp(packet, captureTimeAt, wallClock(performance.now()));
    if (audioLevelAt >= 0) packet[audioLevelAt] = audioLevel;
    // The head of the packet before may have been longer.
    packet.fill(this.#filler, header.length, Math.min(BEGINNING, packet.length));
    head.copy(packet, header.length);
    this.#history.put(packet);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.packets++;
    this.bytes += packet.length;
    this.#dispatch(packet);
  }

  /** False when the packet is too old to be known. */
  resend(sequence: number): boolean {
    const length = this.#history.restore(sequence, this.#scratch);
    if (length > 0) this.#dispatch(this.#scratch.subarray(0, length));
    return length > 0;
  }

  /** Sends a sender report. SFUs need one of each layer before they can switch between layers. */
  report(atMs: number): void {
    const { ssrc, packets } = this;
    const octets = this.bytes - packets * this.#header.bytes.length;
    this.#outlet.send(senderReport({ ssrc, atMs, timestamp: this.#timestampAt(atMs), packets, octets }));
  }

  #timestampAt(atMs: number): number {
    return (this.#firstTimestamp + Math.round((atMs * this.#clockRate) / 1000)) % 2 ** 32;
  }

  /** Also a packet that is sent again has its own sequence number in the transport. */
  #dispatch(packet: Buffer): void {
    packet.writeUInt16BE(this.#outlet.transportSequence, this.#header.transportSequenceAt);
    this.#outlet.transportSequence = (this.#outlet.transportSequence + 1) & 0xffff;
    this.#outlet.send(packet);
  }
}
