import { describe, expect, it } from '@jest/globals';
import type { types } from 'mediasoup';
import { CapabilitiesByCodec } from './capabilities.ts';

const codec = (
  mimeType: string,
  preferredPayloadType: number,
  parameters = {},
): types.RtpCodecCapability => ({
  kind: mimeType.startsWith('audio') ? 'audio' : 'video',
  mimeType,
  clockRate: 90_000,
  preferredPayloadType,
  parameters,
});

const DEVICE: types.RtpCapabilities = {
  codecs: [
    codec('audio/opus', 111),
    codec('video/VP8', 96),
    codec('video/rtx', 97, { apt: 96 }),
    codec('video/H264', 98, { 'packetization-mode': 1 }),
    codec('video/rtx', 99, { apt: 98 }),
    codec('video/H264', 100, { 'packetization-mode': 0 }),
    codec('video/rtx', 101, { apt: 100 }),
  ],
  headerExtensions: [
    { kind: 'audio', uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', preferredId: 1 },
    { kind: 'video', uri: 'urn:3gpp:video-orientation', preferredId: 2 },
  ],
};
const payloadTypes = ({ codecs = [] }: types.RtpCapabilities) =>
  codecs.map((each) => each.preferredPayloadType);

describe('CapabilitiesByCodec', () => {
  it('keeps a codec in all its profiles, each with its repair, and the extensions of its kind', () => {
    const byCodec = new CapabilitiesByCodec();
    expect(payloadTypes(byCodec.for('video/vp8', DEVICE))).toEqual([96, 97]);
    expect(payloadTypes(byCodec.for('video/H264', DEVICE)).sort()).toEqual([100, 101, 98, 99]);
    expect(byCodec.for('video/VP8', DEVICE).headerExtensions).toEqual([
      expect.objectContaining({ kind: 'video' }),
    ]);
    expect(payloadTypes(byCodec.for('audio/opus', DEVICE))).toEqual([111]);
  });

  it('has nothing for a codec that the device does not know', () => {
    expect(new CapabilitiesByCodec().for('video/AV1', DEVICE).codecs).toEqual([]);
  });
});
