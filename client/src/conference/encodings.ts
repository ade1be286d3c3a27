/** How each source is encoded. Bitrates are bps and the ceiling of what the encoder may use. */
import type { types } from 'mediasoup-client';
import type { TrackSource } from '@vcallpe/shared';

type SendOptions = Required<Pick<types.ProducerOptions, 'encodings' | 'codecOptions'>>;

/**
 * Three VP8 layers of a 1280×720 camera: 180p for small tiles, 360p, 720p. Every layer has the temporal layers
 * of L1T3, so that an SFU can halve the frame rate without asking for a keyframe. Bitrates follow libwebrtc's own
 * simulcast table (150/500/2500 kbps for 180p/360p/720p), with the top a little lower for rooms of many, and the lowest such
 * that sound and its half frame rate fit through 150 kbps: with 150 the picture came and went there.
 */
const CAMERA: SendOptions = {
  encodings: [
    { rid: 'r0', scaleResolutionDownBy: 4, maxBitrate: 100_000, scalabilityMode: 'L1T3' },
    { rid: 'r1', scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
    { rid: 'r2', scaleResolutionDownBy: 1, maxBitrate: 1_700_000, scalabilityMode: 'L1T3' },
  ],
  // Where the encoder starts, kbps, before the first bandwidth estimate: enough for the lower two layers.
  codecOptions: { videoGoogleStartBitrate: 800 },
};

/** DTX sends next to nothing in silence; in-band FEC repairs single losses without a retransmission. */
const MICROPHONE: SendOptions = {
  encodings: [{ maxBitrate: 40_000, networkPriority: 'high' }],
  codecOptions: { opusDtx: true, opusFec: true, opusStereo: false },
};

/**
 * One layer, because text that is scaled down can't be read, and few frames, because each one must be sharp:
 * 2.5 Mbps is what libwebrtc itself gives to a 1080p screen. Whoever captures it sets the content hint.
 */
const SCREEN: SendOptions = {
  encodings: [{ maxBitrate: 2_500_000, maxFramerate: 15, scalabilityMode: 'L1T3' }],
  codecOptions: { videoGoogleStartBitrate: 1000 },
};

/** The sound of what is shared: music and films, so in stereo, and without DTX, which would cut quiet passages. */
const SCREEN_AUDIO: SendOptions = {
  encodings: [{ maxBitrate: 128_000 }],
  codecOptions: { opusDtx: false, opusFec: true, opusStereo: true },
};

export const SEND_OPTIONS: Record<TrackSource, SendOptions> = {
  camera: CAMERA,
  microphone: MICROPHONE,
  screen: SCREEN,
  screenAudio: SCREEN_AUDIO,
};

/** How many simulcast layers a source has in every client. */
export const layersOf = (source: TrackSource): number => SEND_OPTIONS[source].encodings.length;
