/** What the cameras of a load test send. */
import type { VideoLayer } from './media/publisher.ts';

/**
 * Rates of synthetic VP8 for each height, px. They are those of a talking head in small meetings, one packet a frame on
 * the lowest layer, so that a page of small tiles costs the server what it costs with real cameras.
 */
const RATES = {
  180: { fps: 15, bps: 100_000 },
  360: { fps: 20, bps: 300_000 },
  720: { fps: 25, bps: 800_000 },
  1080: { fps: 30, bps: 2_500_000 },
} as const;

export type VideoHeight = keyof typeof RATES;

export const VIDEO_HEIGHTS = Object.keys(RATES).map(Number) as VideoHeight[];

/** At most this many layers, as browsers send them. */
const MAX_LAYERS = 3;

/** Lowest first. Without simulcast it is the one layer of that height. */
export function videoLayers(height: VideoHeight, simulcast: boolean): VideoLayer[] {
  const heights = VIDEO_HEIGHTS.filter((each) => each <= height).slice(simulcast ? -MAX_LAYERS : -1);
  return heights.map((each, index) => ({
    // A single encoding has no rid: without simulcast there is nothing to tell apart.
    ...(heights.length > 1 ? { rid: `r${index}` } : {}),
    width: Math.round((each * 16) / 9),
    height: each,
    ...RATES[each],
  }));
}
