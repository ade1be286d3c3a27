import { describe, expect, it } from '@jest/globals';
import { packetize } from './vp8-packets.ts';

const HEADER = { ssrc: 7, payloadType: 96, sequence: 0xffff, timestamp: 2 ** 32 + 5, pictureId: 0x8001 };

describe('packetize', () => {
  it('splits a frame and marks where it begins and ends', () => {
    const frame = Buffer.from(Array.from({ length: 2_500 }, (_, i) => i & 0xff));
    const packets = packetize(frame, HEADER);
    expect(packets.map((packet) => packet.readUInt16BE(2))).toEqual([0xffff, 0, 1]);
    expect(packets.map((packet) => packet.readUInt8(1))).toEqual([96, 96, 0x80 | 96]);
    expect(packets.map((packet) => packet.readUInt8(12))).toEqual([0x90, 0x80, 0x80]);
    expect(packets.map((packet) => packet.readUInt16BE(14))).toEqual([0x8001, 0x8001, 0x8001]);
    expect(packets.every((packet) => packet.readUInt32BE(4) === 5 && packet.readUInt32BE(8) === 7)).toBe(
      true,
    );
    expect(Buffer.concat(packets.map((packet) => packet.subarray(16)))).toEqual(frame);
  });

  it('needs one packet for a small frame', () => {
    const [packet, ...others] = packetize(Buffer.from([1, 2, 3]), HEADER);
    expect(others).toEqual([]);
    expect(packet?.readUInt8(1)).toBe(0x80 | 96);
    expect(packet?.readUInt8(12)).toBe(0x90);
    expect(packet?.subarray(16)).toEqual(Buffer.from([1, 2, 3]));
  });
});
