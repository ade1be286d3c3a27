/** The RTCP packets that a participant sends and reads (RFC 3550, 4585, 5104, and the REMB draft). */
import { wallClock, writeNtp } from './wall-clock.ts';

export const RTCP = { sr: 200, rr: 201, rtpfb: 205, psfb: 206 } as const;
const NACK = 1;
const PLI = 1;
const FIR = 4;
const REMB = 15;

/** At most this many report blocks fit a receiver report. */
export const REPORT_BLOCKS = 31;
const BLOCK = 24;

function packet(count: number, type: number, length: number, sender: number): Buffer {
  const buffer = Buffer.alloc(length);
  buffer[0] = 0x80 | count;
  buffer[1] = type;
  buffer.writeUInt16BE(length / 4 - 1, 2);
  buffer.writeUInt32BE(sender, 4);
  return buffer;
}

export interface SenderReport {
  ssrc: number;
  /** `performance.now()`, to which `timestamp` belongs. */
  atMs: number;
  timestamp: number;
  packets: number;
  /** Of payload. */
  octets: number;
}

export function senderReport({ ssrc, atMs, timestamp, packets, octets }: SenderReport): Buffer {
  const buffer = packet(0, RTCP.sr, 28, ssrc);
  writeNtp(buffer, 8, wallClock(atMs));
  buffer.writeUInt32BE(timestamp >>> 0, 16);
  buffer.writeUInt32BE(packets >>> 0, 20);
  buffer.writeUInt32BE(octets >>> 0, 24);
  return buffer;
}

export interface ReportBlock {
  ssrc: number;
  /** Of 256. */
  fractionLost: number;
  cumulativeLost: number;
  extendedSequence: number;
  /** In units of the timestamp. */
  jitter: number;
  /** Middle of the NTP time of the last sender report, and since when it has been here, in 1/65536 s. */
  lastSr: number;
  sinceLastSr: number;
}

/** @param blocks at most REPORT_BLOCKS. */
export function receiverReport(sender: number, blocks: readonly ReportBlock[]): Buffer {
  const buffer = packet(blocks.length, RTCP.rr, 8 + blocks.length * BLOCK, sender);
  blocks.forEach((block, i) => {
    const at = 8 + i * BLOCK;
    const lost = Math.min(Math.max(block.cumulativeLost, 0), 0x7fffff);
    buffer.writeUInt32BE(block.ssrc, at);
    buffer.writeUInt32BE(((block.fractionLost << 24) | lost) >>> 0, at + 4);
    buffer.writeUInt32BE(block.extendedSequence >>> 0, at + 8);
    buffer.writeUInt32BE(block.jitter >>> 0, at + 12);
    buffer.writeUInt32BE(block.lastSr, at + 16);
    buffer.writeUInt32BE(block.sinceLastSr >>> 0, at + 20);
  });
  return buffer;
}

/** @param sequences in order, at least one. */
export function nack(sender: number, media: number, sequences: readonly number[]): Buffer {
  const items: { first: number; following: number }[] = [];
  for (const sequence of sequences) {
    const last = items.at(-1);
    const distance = last ? (sequence - last.first) & 0xffff : Infinity;
    if (last && distance <= 16) last.following |= 1 << (distance - 1);
    else items.push({ first: sequence, following: 0 });
  }
  const buffer = packet(NACK, RTCP.rtpfb, 12 + items.length * 4, sender);
  buffer.writeUInt32BE(media, 8);
  items.forEach(({ first, following }, i) => {
    buffer.writeUInt16BE(first, 12 + i * 4);
    buffer.writeUInt16BE(following, 14 + i * 4);
  });
  return buffer;
}

export function pictureLossIndication(sender: number, media: number): Buffer {
  const buffer = packet(PLI, RTCP.psfb, 12, sender);
  buffer.writeUInt32BE(media, 8);
  return buffer;
}

/** @param ssrcs at most 255. */
export function receiverEstimatedMaximumBitrate(
  sender: number,
  bps: number,
  ssrcs: readonly number[],
): Buffer {
  const buffer = packet(REMB, RTCP.psfb, 20 + 4 * ssrcs.length, sender);
  const exponent = Math.max(0, Math.ceil(Math.log2((bps + 1) / 2 ** 18)));
  const mantissa = Math.floor(bps / 2 ** exponent);
  buffer.write('REMB', 12, 'ascii');
  buffer.writeUInt32BE(((ssrcs.length << 24) | (exponent << 18) | mantissa) >>> 0, 16);
  ssrcs.forEach((ssrc, i) => buffer.writeUInt32BE(ssrc, 20 + 4 * i));
  return buffer;
}

/** Calls `visit` for each packet of a compound one, with where it begins and ends. Stops at what is malformed. */
export function forEachRtcp(
  compound: Buffer,
  visit: (type: number, count: number, start: number, end: number) => void,
): void {
  let start = 0;
  while (start + 8 <= compound.length) {
    const end = start + (compound.readUInt16BE(start + 2) + 1) * 4;
    if (end > compound.length || end < start + 8) return;
    visit(compound[start + 1] ?? 0, (compound[start] ?? 0) & 0x1f, start, end);
    start = end;
  }
}

export interface FeedbackHandler {
  nacked(media: number, sequence: number): void;
  keyframeRequested(media: number): void;
}

/** What an SFU asks of a sender in a compound packet: NACK, PLI and FIR. All else is passed over. */
export function readFeedback(compound: Buffer, handler: FeedbackHandler): void {
  forEachRtcp(compound, (type, format, start, end) => {
    if (type === RTCP.rtpfb && format === NACK && end >= start + 12) {
      const media = compound.readUInt32BE(start + 8);
      for (let at = start + 12; at + 4 <= end; at += 4) {
        const first = compound.readUInt16BE(at);
        const following = compound.readUInt16BE(at + 2);
        handler.nacked(media, first);
        for (let bit = 0; bit < 16; bit++) {
          if ((following >> bit) & 1) handler.nacked(media, (first + bit + 1) & 0xffff);
        }
      }
    } else if (type === RTCP.psfb && format === PLI && end >= start + 12) {
      handler.keyframeRequested(compound.readUInt32BE(start + 8));
    } else if (type === RTCP.psfb && format === FIR) {
      for (let at = start + 12; at + 8 <= end; at += 8) handler.keyframeRequested(compound.readUInt32BE(at));
    }
  });
}
