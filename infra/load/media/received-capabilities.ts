/** The RTP capabilities that a subscriber gives to `receive`: of what the router has, what is understood here. */
import type { RtpCapabilities } from '@vcallpe/shared';
import { URI } from './header-extensions.ts';

export type BandwidthEstimation = 'twcc' | 'remb' | 'none';

/** The header extension and the RTCP feedback by which an SFU sees that a receiver speaks one of them. */
const SPOKEN: Record<BandwidthEstimation, { extension: string | undefined; feedback: string | undefined }> = {
  twcc: { extension: URI.transportWideCc, feedback: 'transport-cc' },
  remb: { extension: URI.absSendTime, feedback: 'goog-remb' },
  none: { extension: undefined, feedback: undefined },
};

/** @throws when the router has no VP8 or no Opus. */
export function receivedCapabilities(
  router: RtpCapabilities,
  bandwidthEstimation: BandwidthEstimation,
): RtpCapabilities {
  const { codecs = [], headerExtensions = [] } = router;
  const named = (name: string) => codecs.find(({ mimeType }) => mimeType.toLowerCase() === name);
  const opus = named('audio/opus');
  const vp8 = named('video/vp8');
  if (!opus || !vp8) throw new Error('The router has no Opus or no VP8');
  const rtx = codecs.find(
    ({ mimeType, parameters }) =>
      mimeType.toLowerCase() === 'video/rtx' && parameters?.apt === vp8.preferredPayloadType,
  );
  const { extension, feedback } = SPOKEN[bandwidthEstimation];
  const others = ['transport-cc', 'goog-remb'].filter((type) => type !== feedback);
  const uris = new Set<string | undefined>([URI.mid, URI.absCaptureTime, extension]);
  return {
    codecs: [opus, vp8, ...(rtx ? [rtx] : [])].map((codec) => ({
      ...codec,
      rtcpFeedback: codec.rtcpFeedback?.filter(({ type }) => !others.includes(type)) ?? [],
    })),
    headerExtensions: headerExtensions.filter(({ uri }) => uris.has(uri)),
  };
}
