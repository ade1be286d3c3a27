import { describe, expect, it } from '@jest/globals';
import type { GenericNack, ReceiverEstimatedMaxBitrate } from 'werift';
import {
  PictureLossIndication,
  RtcpPacketConverter,
  RtcpPayloadSpecificFeedback,
  RtcpRrPacket,
  RtcpSrPacket,
  RtcpTransportLayerFeedback,
} from 'werift';
import {
  forEachRtcp,
  nack,
  pictureLossIndication,
  readFeedback,
  receiverEstimatedMaximumBitrate,
  receiverReport,
  senderReport,
} from './rtcp.ts';

/** As another implementation reads it. */
function read<T>(packet: Buffer, type: abstract new (...args: never[]) => T): T {
  const [parsed] = RtcpPacketConverter.deSerialize(packet);
  if (!(parsed instanceof type)) throw new Error(`Read as ${parsed?.constructor.name}`);
  return parsed;
}

/** What `readFeedback` reports, in order. */
function feedbackOf(packet: Buffer): [string, ...number[]][] {
  const seen: [string, ...number[]][] = [];
  readFeedback(packet, {
    nacked: (media, sequence) => seen.push(['nack', media, sequence]),
    keyframeRequested: (media) => seen.push(['keyframe', media]),
  });
  return seen;
}

describe('RTCP as werift reads it', () => {
  it('sender report', () => {
    const atMs = performance.now();
    const report = read(
      senderReport({ ssrc: 7, atMs, timestamp: 99, packets: 3, octets: 400 }),
      RtcpSrPacket,
    );
    const { ntpTimestamp, ...rest } = report.senderInfo;
    expect(report.ssrc).toBe(7);
    expect(rest).toMatchObject({ rtpTimestamp: 99, packetCount: 3, octetCount: 400 });
    const unixMs = (Number(ntpTimestamp >> 32n) - 2_208_988_800) * 1000;
    expect(Math.abs(unixMs - (performance.timeOrigin + atMs))).toBeLessThanOrEqual(1000);
  });

  it('receiver report', () => {
    const block = { ssrc: 4_000_000_000, fractionLost: 5, cumulativeLost: 6, extendedSequence: 70_000 };
    const times = { jitter: 8, lastSr: 0xfedcba98, sinceLastSr: 65_536 };
    const report = read(
      receiverReport(1, [
        { ...block, ...times },
        { ...block, ...times, ssrc: 2, cumulativeLost: -3 },
      ]),
      RtcpRrPacket,
    );
    expect(report.reports.map(({ ssrc, packetsLost }) => [ssrc, packetsLost])).toEqual([
      [4_000_000_000, 6],
      [2, 0],
    ]);
    expect(report.reports[0]).toMatchObject({
      fractionLost: 5,
      highestSequence: 70_000,
      jitter: 8,
      lsr: 0xfedcba98,
      dlsr: 65_536,
    });
  });

  it('NACK over the wrap of sequence numbers', () => {
    const sequences = [65_530, 65_531, 65_535, 3, 10, 11];
    const { feedback } = read(nack(1, 9, sequences), RtcpTransportLayerFeedback);
    // werift counts on beyond 16 bits.
    expect((feedback as GenericNack).lost.map((sequence) => sequence & 0xffff)).toEqual(sequences);
  });

  it('PLI', () => {
    const { feedback } = read(pictureLossIndication(1, 9), RtcpPayloadSpecificFeedback);
    expect(feedback).toBeInstanceOf(PictureLossIndication);
    expect((feedback as PictureLossIndication).mediaSsrc).toBe(9);
  });

  it.each([100, 262_143, 262_144, 50_000_000, 3_000_000_000])('REMB of %d bps', (bps) => {
    const { feedback } = read(receiverEstimatedMaximumBitrate(1, bps, [8, 9]), RtcpPayloadSpecificFeedback);
    const remb = feedback as ReceiverEstimatedMaxBitrate;
    expect(remb.ssrcFeedbacks).toEqual([8, 9]);
    const relativeError = Math.abs(Number(remb.bitrate) / bps - 1);
    expect(relativeError).toBeLessThan(1e-4);
  });
});

describe('reading RTCP', () => {
  it('hears what a compound packet asks for', () => {
    const fir = Buffer.from([0x84, 206, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 5, 1, 0, 0, 0]);
    const compound = Buffer.concat([
      receiverReport(1, []),
      nack(1, 9, [65_535, 0, 20]),
      pictureLossIndication(1, 9),
      fir,
    ]);
    expect(feedbackOf(compound)).toEqual([
      ['nack', 9, 65_535],
      ['nack', 9, 0],
      ['nack', 9, 20],
      ['keyframe', 9],
      ['keyframe', 5],
    ]);
  });

  it('stops at a packet that is cut off', () => {
    const compound = Buffer.concat([pictureLossIndication(1, 9), nack(1, 9, [5]).subarray(0, 12)]);
    expect(feedbackOf(compound)).toEqual([['keyframe', 9]]);
    const types: number[] = [];
    forEachRtcp(Buffer.alloc(40), (type) => types.push(type));
    expect(types).toEqual([]);
  });
});
