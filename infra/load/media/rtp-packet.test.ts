import { describe, expect, it } from '@jest/globals';
import { extensionOffset, isRtcp, payloadOffset, signedSsrcOf } from './rtp-packet.ts';

/** One CSRC, and extensions: id 3 with two bytes, padding, id 5 with eight bytes. */
const PACKET = Buffer.from([
  ...[0x91, 0xe0, 0x12, 0x34, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xfe],
  ...[0, 0, 0, 7],
  ...[0xbe, 0xde, 0, 4],
  ...[0x31, 0xaa, 0xbb, 0, 0x57, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0],
  ...[0x90],
]);

describe('reading RTP packets', () => {
  it('finds extensions after CSRCs and over padding', () => {
    expect(PACKET.readUInt16BE(extensionOffset(PACKET, 3, 2))).toBe(0xaabb);
    expect(PACKET[extensionOffset(PACKET, 5, 8)]).toBe(1);
  });

  it('finds none that is missing, too short, or cut off', () => {
    expect(extensionOffset(PACKET, 4, 1)).toBe(-1);
    expect(extensionOffset(PACKET, 3, 3)).toBe(-1);
    expect(extensionOffset(PACKET.subarray(0, 28), 5, 8)).toBe(-1);
    expect(extensionOffset(PACKET.subarray(0, 18), 3, 2)).toBe(-1);
    const without = Buffer.from(PACKET);
    without[0] = 0x81;
    expect(extensionOffset(without, 3, 2)).toBe(-1);
  });

  it('finds the payload', () => {
    expect(PACKET[payloadOffset(PACKET)]).toBe(0x90);
    expect(payloadOffset(PACKET.subarray(0, 18))).toBe(Infinity);
  });

  it('tells RTCP from RTP with the marker bit', () => {
    expect(isRtcp(PACKET)).toBe(false);
    expect(isRtcp(Buffer.from([0x81, 201]))).toBe(true);
  });

  it('reads SSRCs as signed integers', () => {
    expect(signedSsrcOf(PACKET)).toBe(0xfffffffe | 0);
  });
});
