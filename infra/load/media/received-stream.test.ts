import { beforeEach, describe, expect, it } from '@jest/globals';
import { ReceivedStream, type StreamHost } from './received-stream.ts';
import { readFeedback } from './rtcp.ts';
import { isRtcp, payloadOffset } from './rtp-packet.ts';
import { Vp8Source } from './vp8-source.ts';

const SSRC = 5;
const RTX_SSRC = 6;
/** One packet each, so that frames can be lost one by one; keyframes have three. */
const LAYER = { width: 320, height: 180, fps: 25, bps: 200_000 };

/** What the stream asked of its SFU, its application, and its transport. */
let asked: [string, number][];
let firstFrames: number[];
let opened: { sequence: number; rollover: number }[];
let damaged: boolean;
let stream: ReceivedStream;

const host: StreamHost = {
  ssrc: 1,
  send: (packet) =>
    readFeedback(packet, {
      nacked: (_media, sequence) => asked.push(['nack', sequence]),
      keyframeRequested: (media) => asked.push(['keyframe', media]),
    }),
  decrypt: (packet, rollover) => {
    opened.push({ sequence: packet.readUInt16BE(2), rollover });
    return packet;
  },
  firstFrame: (_consumerId, atMs) => firstFrames.push(atMs),
  lossBegan: () => (damaged = true),
};

beforeEach(() => {
  asked = [];
  firstFrames = [];
  opened = [];
  damaged = false;
  stream = new ReceivedStream(
    {
      consumerId: 'c',
      producerId: 'p',
      kind: 'video',
      rtpParameters: {
        codecs: [
          {
            mimeType: 'video/VP8',
            payloadType: 96,
            clockRate: 90_000,
            rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
          },
        ],
        encodings: [{ ssrc: SSRC, rtx: { ssrc: RTX_SSRC } }],
      },
    },
    host,
  );
});

interface Sent {
  atMs: number;
  packet: Buffer;
}

/** A publisher whose clock the test holds, at 0 first. */
class Source {
  readonly #packets: Sent[] = [];
  #nowMs = 0;
  readonly #vp8 = new Vp8Source(LAYER, SSRC, '0', {
    transportSequence: 0,
    send: (packet) => {
      if (!isRtcp(packet)) this.#packets.push({ atMs: this.#nowMs, packet: Buffer.from(packet) });
    },
  });

  constructor() {
    this.#vp8.run(0, 0);
  }

  /** What is sent until then, `toMs` not included. */
  until(toMs: number): Sent[] {
    for (; this.#nowMs < toMs; this.#nowMs += 5) this.#vp8.tick(this.#nowMs);
    return this.#packets.splice(0);
  }

  keyframe(): Sent[] {
    this.#vp8.requestKeyframe();
    return this.until(this.#nowMs + 40);
  }
}

function receive(packets: readonly Sent[]): void {
  for (const { packet, atMs } of packets) {
    stream.rtp(packet, atMs);
    stream.repair(atMs);
    stream.requestKeyframeIfDue(atMs);
  }
}

/** As an SFU sends it again, RFC 4588. */
function rtx(packet: Buffer, sequence: number): Buffer {
  const start = payloadOffset(packet);
  const again = Buffer.concat([packet.subarray(0, start), packet.subarray(2, 4), packet.subarray(start)]);
  again.writeUInt16BE(sequence, 2);
  again.writeUInt32BE(RTX_SSRC, 8);
  return again;
}

const report = (nowMs = 0) => stream.stats.report(nowMs);
const keyframesAsked = () => asked.filter(([what]) => what === 'keyframe').length;

describe('ReceivedStream', () => {
  it('shows its first frame with the first packet of a keyframe, and then opens every 32nd packet', () => {
    const packets = new Source().until(4000);
    receive(packets);
    expect(firstFrames).toEqual([0]);
    expect(report()).toMatchObject({ packets: packets.length, freezes: 0, firstFrameAtMs: 0 });
    expect(opened).toHaveLength(1 + Math.floor(packets.length / 32));
    expect(asked).toEqual([]);
  });

  it('asks for a keyframe 250 ms after the first packet, and each 500 ms, until one comes', () => {
    const source = new Source();
    source.until(40);
    receive(source.until(2000));
    // Packets come from 40 ms to 1960 ms; due at 290, 790, 1290, 1790 ms.
    expect(asked).toEqual(Array.from({ length: 4 }, () => ['keyframe', SSRC]));
    expect(firstFrames).toEqual([]);

    receive(source.keyframe());
    expect(firstFrames).toEqual([2000]);
    stream.requestKeyframeIfDue(5000);
    expect(asked).toHaveLength(4);
  });

  it('asks for what is missing at once, and counts what RTX brings', () => {
    const packets = new Source().until(400);
    const [lost] = packets.splice(5, 1);
    if (!lost) throw new Error('Too few packets');
    for (const { packet, atMs } of packets.slice(0, 6)) stream.rtp(packet, atMs);
    expect(damaged).toBe(true);
    expect(asked).toEqual([['nack', lost.packet.readUInt16BE(2)]]);
    stream.rtx(rtx(lost.packet, 9), 1);
    expect(stream.repair(400)).toBe(false);
    expect(report()).toMatchObject({ repaired: 1, lost: 0, pending: 0, expected: 7, packets: 6 });
  });

  it('takes a keyframe that RTX brings for one', () => {
    const [first, second] = new Source().until(200);
    if (!first || !second) throw new Error('Too few packets');
    // Something has to come before, or the loss could not be seen.
    const before = Buffer.from(first.packet);
    before.writeUInt16BE((first.packet.readUInt16BE(2) - 1) & 0xffff, 2);
    before[payloadOffset(before)] = 0;
    stream.rtp(before, 0);
    stream.rtp(second.packet, 0);
    expect(firstFrames).toEqual([]);
    stream.rtx(rtx(first.packet, 9), 7);
    expect(firstFrames).toEqual([7]);
  });

  it('asks for a keyframe when it has to do without a packet, and is frozen until one comes', () => {
    const source = new Source();
    receive(source.until(1000).filter((_, i) => i !== 8));
    expect(asked.filter(([what]) => what === 'nack')).toHaveLength(10);
    expect(keyframesAsked()).toBe(1);
    expect(report()).toMatchObject({ lost: 1, plisSent: 1 });
    receive(source.keyframe());
    expect(report().freezes).toBe(1);
    stream.requestKeyframeIfDue(5000);
    expect(keyframesAsked()).toBe(1);
  });

  it('counts no freeze and asks for nothing while it is silent on purpose', () => {
    const source = new Source();
    receive(source.until(400));
    stream.expectSilence();
    expect(report(10_000)).toMatchObject({ freezes: 0, longestGapMs: 40 });
    stream.requestKeyframeIfDue(10_000);
    expect(asked).toEqual([]);

    stream.expectFirstFrame();
    expect(report().firstFrameAtMs).toBeUndefined();
    receive(source.keyframe());
    expect(firstFrames).toEqual([0, 400]);
    expect(report(440)).toMatchObject({ freezes: 0, longestGapMs: 40 });
  });

  it('opens packets with the rollover of their sequence number', () => {
    const [first] = new Source().until(5);
    if (!first) throw new Error('No packet');
    for (let i = 0; i < 64; i++) {
      const packet = Buffer.from(first.packet);
      packet.writeUInt16BE((65_510 + i) & 0xffff, 2);
      stream.rtp(packet, i);
    }
    expect(opened.map(({ sequence, rollover }) => [sequence, rollover])).toEqual([
      [65_510, 0],
      [5, 1],
      [37, 1],
    ]);
  });

  it('reports loss as RFC 3550 wants it', () => {
    expect(stream.reportBlock(0)).toBeUndefined();
    const packets = new Source().until(1000);
    const lost = new Set([4, 5, 10]);
    receive(packets.filter((_, i) => !lost.has(i)));
    stream.senderReport(0x12345678, 500);
    expect(stream.reportBlock(1000)).toMatchObject({
      ssrc: SSRC,
      cumulativeLost: 3,
      fractionLost: Math.floor((3 * 256) / packets.length),
      lastSr: 0x12345678,
      sinceLastSr: 32_768,
    });
    expect(stream.reportBlock(2000)).toMatchObject({ cumulativeLost: 3, fractionLost: 0 });
  });
});
