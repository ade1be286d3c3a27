/** Which simulcast layer a tile needs. Pure. */
import type { types } from 'mediasoup';

/** Height of a camera at full size, px. A camera of another size only shifts where the layers change. */
const CAMERA_HEIGHT = 720;
/** Up to this much of a tile's height may be missing before the next layer is worth its bits. */
const TOLERANCE = 0.75;

interface Box {
  /** Device pixels. */
  width: number;
  height: number;
}

/** Heights of the layers that a producer sends, lowest first, px. Without simulcast there is one. */
export function layerHeights({ encodings = [] }: Pick<types.RtpParameters, 'encodings'>): number[] {
  const count = Math.max(encodings.length, 1);
  return Array.from({ length: count }, (_, layer) => {
    // Not part of mediasoup's type: the sender's own word for how much smaller than the camera this layer is.
    const encoding = encodings[layer] as { scaleResolutionDownBy?: number } | undefined;
    return CAMERA_HEIGHT / (encoding?.scaleResolutionDownBy ?? 2 ** (count - 1 - layer));
  });
}

/** The lowest layer that fills the box well enough, from 0. */
export function layerFor(box: Box, heights: readonly number[]): number {
  // A video of 16:9 that covers the box is as high as this.
  const needed = Math.max(box.height, (box.width * 9) / 16) * TOLERANCE;
  const layer = heights.findIndex((height) => height >= needed);
  return layer === -1 ? Math.max(heights.length - 1, 0) : layer;
}
