import { describe, expect, it } from '@jest/globals';
import type { RtpParameters } from '@vcallpe/shared';
import { readSdp, writeSdp, type LocalDescription } from './janus-sdp.ts';

const VIDEO: RtpParameters = {
  mid: 'v',
  codecs: [
    {
      payloadType: 96,
      mimeType: 'video/VP8',
      clockRate: 90_000,
      rtcpFeedback: [{ type: 'nack', parameter: 'pli' }, { type: 'transport-cc' }],
    },
    { payloadType: 97, mimeType: 'video/rtx', clockRate: 90_000, parameters: { apt: 96 } },
  ],
  headerExtensions: [
    { id: 1, uri: 'urn:ietf:params:rtp-hdrext:sdes:mid' },
    { id: 5, uri: 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01' },
  ],
  encodings: [{ ssrc: 1234, rtx: { ssrc: 1235 } }],
  rtcp: { cname: 'me' },
};
const AUDIO: RtpParameters = {
  mid: 'a',
  codecs: [
    {
      payloadType: 111,
      mimeType: 'audio/opus',
      clockRate: 48_000,
      channels: 2,
      parameters: { usedtx: 1, stereo: 0 },
    },
  ],
  encodings: [{ ssrc: 99 }],
};
const FINGERPRINT = 'AA:BB:CC';
const LOCAL: LocalDescription = {
  iceParameters: { usernameFragment: 'user', password: 'word' },
  dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: FINGERPRINT }] },
  setup: 'actpass',
  direction: 'sendonly',
  media: [
    { kind: 'video', rtpParameters: VIDEO },
    { kind: 'audio', rtpParameters: AUDIO },
  ],
};
const CANDIDATE = 'a=candidate:1 1 udp 2015363327 127.0.0.1 20345 typ host\r\n';

describe('writeSdp', () => {
  it('offers what is sent, without RTX and transport-wide feedback', () => {
    const sdp = writeSdp(LOCAL);
    expect(sdp).toContain('a=group:BUNDLE v a\r\n');
    expect(sdp).toContain('m=video 9 UDP/TLS/RTP/SAVPF 96\r\n');
    expect(sdp).toContain('a=ssrc:1234 cname:me\r\n');
    expect(sdp).toContain('a=rtpmap:111 opus/48000/2\r\na=fmtp:111 usedtx=1;stereo=0\r\n');
    expect(sdp).not.toMatch(/rtx|transport/);
    expect(sdp.endsWith('\r\n')).toBe(true);
  });

  it('needs a fingerprint that Janus knows', () => {
    expect(() => writeSdp({ ...LOCAL, dtlsParameters: { fingerprints: [] } })).toThrow('sha-256');
  });
});

describe('readSdp', () => {
  it('reads what writeSdp wrote', () => {
    const { transport, media } = readSdp(writeSdp(LOCAL) + CANDIDATE);
    expect(transport).toMatchObject({
      iceParameters: { usernameFragment: 'user', password: 'word', iceLite: false },
      iceCandidates: [{ address: '127.0.0.1', port: 20_345, protocol: 'udp', type: 'host' }],
      dtlsParameters: { fingerprints: [{ value: FINGERPRINT }] },
    });
    expect(media).toMatchObject([
      {
        kind: 'video',
        rtpParameters: {
          mid: 'v',
          codecs: [{ payloadType: 96, mimeType: 'video/VP8', clockRate: 90_000 }],
          headerExtensions: [{ id: 1, uri: 'urn:ietf:params:rtp-hdrext:sdes:mid' }],
          encodings: [{ ssrc: 1234 }],
        },
      },
      { kind: 'audio', rtpParameters: { mid: 'a', codecs: [{ channels: 2 }], encodings: [{ ssrc: 99 }] } },
    ]);
    expect(media[0]?.rtpParameters.codecs[0]?.rtcpFeedback).toEqual([{ type: 'nack', parameter: 'pli' }]);
  });

  it('says what is missing', () => {
    expect(() => readSdp(writeSdp(LOCAL))).toThrow('no UDP candidate');
    expect(() => readSdp(`v=0\r\n${CANDIDATE}`)).toThrow('ice-ufrag');
  });
});
