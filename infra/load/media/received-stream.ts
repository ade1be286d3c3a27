/** One consumer as its receiver sees it: what a browser does about loss and keyframes, and the figures. */
import type { RtpParameters } from '@vcallpe/shared';
import { URI } from './header-extensions.ts';
import { nack, pictureLossIndication, type ReportBlock } from './rtcp.ts';
import { extensionOffset, payloadOffset, sequenceOf, signedTimestampOf } from './rtp-packet.ts';
import { nearest } from './sequence-tracker.ts';
import { StreamStats } from './stream-stats.ts';
import { startsKeyframe } from './vp8-payload.ts';
import { readNtp, wallClock } from './wall-clock.ts';

/** Without a keyframe so long after the first packet, one is asked for, ms. */
const KEYFRAME_PATIENCE_MS = 250;
/** And again each so many ms. */
const PLI_REPEAT_MS = 500;
/** Of how many packets one tells its latency; a power of two. */
const LATENCY_SAMPLE = 8;
/** Of how many packets one is authenticated; a power of two. */
const AUTHENTICITY_SAMPLE = 32;
/** Bytes of the original sequence number, with which the payload of RTX begins (RFC 4588). */
const OSN = 2;

/** A consumer, in the SFU's words. */
export interface Subscription {
  consumerId: string;
  producerId: string;
  kind: 'audio' | 'video';
  rtpParameters: RtpParameters;
}

/** What a stream needs of its subscriber. */
export interface StreamHost {
  /** SSRC of our RTCP. */
  readonly ssrc: number;
  send(packet: Buffer): void;
  decrypt(packet: Buffer, rollover: number): Buffer | undefined;
  firstFrame(consumerId: string, atMs: number): void;
  /** Something is missing: `repair` is to be called until it says that nothing is. */
  lossBegan(stream: ReceivedStream): void;
}

export class ReceivedStream {
  readonly consumerId: string;
  readonly ssrc: number;
  readonly rtxSsrc: number | undefined;
  readonly stats: StreamStats;
  readonly #host: StreamHost;
  readonly #video: boolean;
  readonly #captureTimeId: number | undefined;
  #count = 0;
  /** Of the packet before. */
  #timestamp = NaN;
  #rtxHighest = -1;
  #awaitsFirstFrame = true;
  #needsKeyframe: boolean;
  /** Extended sequence number of the last keyframe's first packet. */
  #keyframeAt = -1;
  /** When the next PLI is due, unless a keyframe comes. */
  #pliAtMs = Infinity;
  #silent = false;
  #lastSr = 0;
  #lastSrAtMs = 0;
  /** As of the last report block. */
  #reported = { expected: 0, received: 0 };

  /** @throws when the parameters name no codec or SSRC. */
  constructor({ consumerId, kind, rtpParameters }: Subscription, host: StreamHost) {
    const { codecs, encodings = [], headerExtensions = [] } = rtpParameters;
    const [codec] = codecs;
    const [encoding] = encodings;
    if (!codec || encoding?.ssrc === undefined) throw new TypeError('Consumer without a codec or an SSRC');
    const nackable =
      codec.rtcpFeedback?.some(({ type, parameter }) => type === 'nack' && !parameter) ?? false;
    this.consumerId = consumerId;
    this.ssrc = encoding.ssrc;
    this.rtxSsrc = encoding.rtx?.ssrc;
    this.stats = new StreamStats({ kind, clockRate: codec.clockRate, nackable });
    this.#host = host;
    this.#video = kind === 'video';
    this.#needsKeyframe = this.#video;
    this.#captureTimeId = headerExtensions.find(({ uri }) => uri === URI.absCaptureTime)?.id;
  }

  /** Packets since the beginning, in no window. */
  get arrived(): number {
    return this.#count;
  }

  rtp(packet: Buffer, atMs: number): void {
    const { sequence, flow } = this.stats;
    const arrival = sequence.arrived(sequenceOf(packet), atMs);
    if (arrival === 'duplicate') return;
    this.stats.bytes += packet.length;
    this.stats.lastPacketAtMs = atMs;
    const count = ++this.#count;
    if (count % LATENCY_SAMPLE === 0) this.#sampleLatency(packet, atMs);
    if (this.#awaitsFirstFrame || this.#needsKeyframe) this.#awaited(packet, atMs);
    else if (count % AUTHENTICITY_SAMPLE === 0) this.#host.decrypt(packet, sequence.extended >> 16);

    const timestamp = signedTimestampOf(packet);
    if (timestamp !== this.#timestamp) {
      this.#timestamp = timestamp;
      // A frame that can't be decoded for want of a keyframe is none.
      if (!this.#needsKeyframe && !this.#silent) flow.frame(timestamp, atMs);
    }
    if (arrival === 'afterGap') {
      this.#host.lossBegan(this);
      this.repair(atMs);
    }
  }

  /** A packet of the RTX SSRC. Its payload has to be opened, for it says which packet it repeats. */
  rtx(packet: Buffer, atMs: number): void {
    const sequence = sequenceOf(packet);
    const extended = this.#rtxHighest === -1 ? sequence : nearest(this.#rtxHighest, sequence);
    this.#rtxHighest = Math.max(this.#rtxHighest, extended);
    const plain = this.#host.decrypt(packet, extended >> 16);
    const start = payloadOffset(packet);
    // Without a payload it is a probe for bandwidth.
    if (!plain || plain.length < start + OSN) return;
    if (!this.stats.sequence.retransmitted(plain.readUInt16BE(start))) return;
    if (this.#needsKeyframe && startsKeyframe(plain, start + OSN))
      this.#keyframe(signedTimestampOf(packet), atMs);
  }

  senderReport(middleOfNtp: number, atMs: number): void {
    this.#lastSr = middleOfNtp;
    this.#lastSrAtMs = atMs;
  }

  /** Asks for what is due. False when nothing is missing any more. */
  repair(nowMs: number): boolean {
    const { sequence } = this.stats;
    const due = sequence.due(nowMs);
    if (due.length > 0) {
      this.#host.send(nack(this.#host.ssrc, this.ssrc, due));
      this.stats.nacksSent++;
    }
    if (this.#video && !this.#needsKeyframe && sequence.lastLost > this.#keyframeAt && !this.#silent) {
      this.#needsKeyframe = true;
      this.#pliAtMs = nowMs;
      this.requestKeyframeIfDue(nowMs);
    }
    return sequence.missing > 0;
  }

  requestKeyframeIfDue(nowMs: number): void {
    if (nowMs < this.#pliAtMs) return;
    this.#pliAtMs = nowMs + PLI_REPEAT_MS;
    this.stats.plisSent++;
    this.#host.send(pictureLossIndication(this.#host.ssrc, this.ssrc));
  }

  expectFirstFrame(): void {
    this.#silent = false;
    this.#awaitsFirstFrame = true;
    this.#needsKeyframe = this.#video;
    this.#pliAtMs = Infinity;
    this.stats.firstFrameAtMs = NaN;
    this.stats.flow.interrupt();
  }

  expectSilence(): void {
    this.#silent = true;
    this.#awaitsFirstFrame = false;
    this.#needsKeyframe = false;
    this.#pliAtMs = Infinity;
    this.stats.sequence.forgetMissing();
    this.stats.flow.interrupt();
  }

  /** Since the last one; undefined before the first packet. */
  reportBlock(nowMs: number): ReportBlock | undefined {
    const { sequence, flow } = this.stats;
    if (sequence.highest === -1) return undefined;
    const { totalExpected: expected, received } = sequence;
    const newlyExpected = expected - this.#reported.expected;
    const newlyLost = Math.max(0, newlyExpected - (received - this.#reported.received));
    this.#reported = { expected, received };
    return {
      ssrc: this.ssrc,
      fractionLost: newlyExpected > 0 ? Math.min(255, Math.floor((newlyLost / newlyExpected) * 256)) : 0,
      cumulativeLost: expected - received,
      extendedSequence: sequence.highest,
      jitter: Math.round(flow.jitter),
      lastSr: this.#lastSr,
      sinceLastSr: this.#lastSr === 0 ? 0 : Math.round((nowMs - this.#lastSrAtMs) * 65.536),
    };
  }

  #awaited(packet: Buffer, atMs: number): void {
    if (!this.#video) {
      this.#firstFrame(atMs);
      return;
    }
    const plain = this.#host.decrypt(packet, this.stats.sequence.extended >> 16);
    if (plain && startsKeyframe(plain, payloadOffset(plain))) this.#keyframe(signedTimestampOf(packet), atMs);
    else if (this.#pliAtMs === Infinity) this.#pliAtMs = atMs + KEYFRAME_PATIENCE_MS;
  }

  #keyframe(timestamp: number, atMs: number): void {
    this.#keyframeAt = this.stats.sequence.extended;
    this.#needsKeyframe = false;
    this.#pliAtMs = Infinity;
    this.stats.flow.frame(timestamp, atMs);
    if (this.#awaitsFirstFrame) this.#firstFrame(atMs);
  }

  #firstFrame(atMs: number): void {
    this.#awaitsFirstFrame = false;
    this.stats.firstFrameAtMs = atMs;
    this.#host.firstFrame(this.consumerId, atMs);
  }

  #sampleLatency(packet: Buffer, atMs: number): void {
    if (this.#captureTimeId === undefined) return;
    const offset = extensionOffset(packet, this.#captureTimeId, 8);
    if (offset !== -1) this.stats.latency.add(wallClock(atMs) - readNtp(packet, offset));
  }
}
