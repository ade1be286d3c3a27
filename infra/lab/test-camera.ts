/** A camera of any size, as a Y4M file for Chromium's fake capture device: blocks of grey that wander, at times in jumps. */
import { open } from 'node:fs/promises';
import { seededRandom } from '../load/random.ts';

/** One side of a block, px. */
const BLOCK = 16;
const FRAMES = 20;

export interface CameraPicture {
  /** px, divisible by 16 */
  width: number;
  height: number;
  fps: number;
  /**
   * How much of the picture is new with each frame, 0 to 1. A camera that is to need its whole bitrate needs a picture that
   * does not compress.
   */
  unrest: number;
}

/** Writes a loop of frames, the same ones for the same picture. */
export async function writeTestCamera(file: string, picture: CameraPicture): Promise<void> {
  const { width, height, fps, unrest } = picture;
  const random = seededRandom(1);
  const columns = Math.ceil(width / BLOCK);
  const blocks = Array.from({ length: columns * Math.ceil(height / BLOCK) }, () => shade(random));
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const out = await open(file, 'w');
  try {
    await out.write(`YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`);
    for (let i = 0; i < FRAMES; i += 1) {
      for (let block = 0; block < blocks.length; block += 1) {
        if (random() < unrest) blocks[block] = shade(random);
      }
      const luma = Buffer.alloc(width * height);
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          luma[y * width + x] = blocks[Math.floor(y / BLOCK) * columns + Math.floor(x / BLOCK)] ?? 0;
        }
      }
      await out.write('FRAME\n');
      await out.write(luma);
      await out.write(chroma);
    }
  } finally {
    await out.close();
  }
}

function shade(random: () => number): number {
  return 48 + Math.floor(random() * 160);
}
