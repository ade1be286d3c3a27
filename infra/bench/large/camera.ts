import type { VideoLayer } from '../../load/media/publisher.ts';

/** Three layers of simulcast as in ../../../client/src/conference/encodings.ts, at frame rates that encoders give them. */
export const CAMERA: VideoLayer[] = [
  { rid: 'r0', width: 320, height: 180, fps: 15, bps: 100_000 },
  { rid: 'r1', width: 640, height: 360, fps: 20, bps: 300_000 },
  { rid: 'r2', width: 1280, height: 720, fps: 25, bps: 800_000 },
];
