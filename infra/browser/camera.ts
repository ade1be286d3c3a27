/** A camera for pictures: a person, drawn, who sways a little, as a Y4M file for Chromium's fake capture device. */
import { open } from 'node:fs/promises';

const WIDTH = 1280;
const HEIGHT = 720;
const FRAMES = 12;

export interface Portrait {
  /** Colour of the wall behind, as U and V of YUV, 0 to 255; 128 and 128 are grey. */
  wall: [u: number, v: number];
  shirt: [u: number, v: number];
  /** Brightness of the face, 0 to 255. */
  face: number;
  /** Brightness of the hair, 0 to 255. */
  hair: number;
}

/** Writes a loop of `FRAMES` frames at `fps`. */
export async function writePortrait(file: string, portrait: Portrait, fps: number): Promise<void> {
  const out = await open(file, 'w');
  try {
    await out.write(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${fps}:1 Ip A1:1 C420jpeg\n`);
    for (let i = 0; i < FRAMES; i += 1) {
      await out.write('FRAME\n');
      await out.write(drawFrame(portrait, Math.sin((2 * Math.PI * i) / FRAMES)));
    }
  } finally {
    await out.close();
  }
}

/** @param sway −1 to 1, from one side to the other */
function drawFrame(portrait: Portrait, sway: number): Buffer {
  const luma = WIDTH * HEIGHT;
  const frame = Buffer.alloc(luma * 1.5);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const [Y, U, V] = colourAt(portrait, x, y, sway);
      frame[y * WIDTH + x] = Y;
      if (x % 2 === 0 && y % 2 === 0) {
        const chroma = luma + ((y / 2) * WIDTH) / 2 + x / 2;
        frame[chroma] = U;
        frame[chroma + luma / 4] = V;
      }
    }
  }
  return frame;
}

function colourAt(
  { wall, shirt, face, hair }: Portrait,
  x: number,
  y: number,
  sway: number,
): [y: number, u: number, v: number] {
  const head = { x: WIDTH / 2 + sway * 14, y: HEIGHT * 0.42 };
  const inside = (cx: number, cy: number, rx: number, ry: number) =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
  const shade = (x - head.x) / 14;
  if (inside(head.x, head.y + 24, 104, 136)) return [face - shade, 112, 150];
  if (inside(head.x, head.y - 20, 126, 150)) return [hair - shade / 2, 122, 136];
  if (inside(WIDTH / 2 + sway * 6, HEIGHT + 90, 330, 300)) return [92 - shade, ...shirt];
  if (inside(head.x, head.y + 150, 52, 90)) return [face - 24 - shade, 112, 150];
  // A wall that is lit from the upper left.
  return [176 - (x / WIDTH) * 50 - (y / HEIGHT) * 40, ...wall];
}
