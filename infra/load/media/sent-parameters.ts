/** The RTP parameters that a publisher gives to `produce`: what the sources send, put into words. */
import type { RtpParameters } from '@vcallpe/shared';
import { SENT_ID, URI } from './header-extensions.ts';
import { OPUS_CLOCK_RATE, OPUS_PAYLOAD_TYPE } from './opus-source.ts';
import { VP8_CLOCK_RATE, VP8_PAYLOAD_TYPE, type VideoLayer } from './vp8-source.ts';

/** Of the m-lines that a browser would have. */
export const MID = { video: '0', audio: '1' } as const;

const COMMON_EXTENSIONS = [
  { uri: URI.mid, id: SENT_ID.mid },
  { uri: URI.transportWideCc, id: SENT_ID.transportWideCc },
  { uri: URI.absCaptureTime, id: SENT_ID.absCaptureTime },
];

/** @param ssrcs in the order of the layers. */
export function videoParameters(
  layers: readonly VideoLayer[],
  ssrcs: readonly number[],
  cname: string,
): RtpParameters {
  return {
    mid: MID.video,
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: VP8_PAYLOAD_TYPE,
        clockRate: VP8_CLOCK_RATE,
        parameters: {},
        rtcpFeedback: [
          { type: 'nack' },
          { type: 'nack', parameter: 'pli' },
          { type: 'ccm', parameter: 'fir' },
          { type: 'transport-cc' },
        ],
      },
    ],
    headerExtensions: [...COMMON_EXTENSIONS, { uri: URI.rid, id: SENT_ID.rid }],
    encodings: layers.map(({ rid, bps }, i) => ({
      // The SFU learns the SSRC of a layer from the packets that carry its rid, as it does with browsers.
      ...(rid === undefined ? { ssrc: ssrcs[i] } : { rid }),
      maxBitrate: bps,
      scalabilityMode: 'L1T1',
    })),
    rtcp: { cname, reducedSize: true },
  };
}

export function audioParameters(ssrc: number, cname: string): RtpParameters {
  return {
    mid: MID.audio,
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: OPUS_PAYLOAD_TYPE,
        clockRate: OPUS_CLOCK_RATE,
        channels: 2,
        parameters: { useinbandfec: 1, usedtx: 1 },
        rtcpFeedback: [{ type: 'nack' }, { type: 'transport-cc' }],
      },
    ],
    headerExtensions: [...COMMON_EXTENSIONS, { uri: URI.audioLevel, id: SENT_ID.audioLevel }],
    encodings: [{ ssrc, dtx: true }],
    rtcp: { cname, reducedSize: true },
  };
}
