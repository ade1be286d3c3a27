/** Pictures: from a camera, to see that they come, and made up, to have something to send. */

const FIRST_WITHIN_MS = 5_000;
const [WIDTH, HEIGHT, FPS] = [320, 180, 15];

export interface PictureSize {
  /** px */
  width: number;
  height: number;
}

/** The size of the first picture of a track; undefined when none comes. */
export async function firstPicture(track: MediaStreamTrack): Promise<PictureSize | undefined> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  try {
    await Promise.race([
      video.play(),
      new Promise((_, reject) => setTimeout(() => reject(new Error('No picture')), FIRST_WITHIN_MS)),
    ]);
    const { videoWidth: width, videoHeight: height } = video;
    return height > 0 ? { width, height } : undefined;
  } catch {
    return undefined;
  } finally {
    video.srcObject = null;
  }
}

/** A small moving picture that shows nothing of anybody. */
export function testPicture(): { track: MediaStreamTrack; stop: () => void } {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  let drawn = 0;
  const draw = () => {
    if (!context) return;
    drawn += 1;
    // A turning hue, and noise in it so that every frame costs a few kilobytes.
    context.fillStyle = `hsl(${(drawn * 3) % 360} 40% 40%)`;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    for (let i = 0; i < 200; i += 1) {
      context.fillStyle = `hsl(0 0% ${Math.random() * 100}%)`;
      context.fillRect(Math.random() * WIDTH, Math.random() * HEIGHT, 8, 8);
    }
  };
  draw();
  const timer = setInterval(draw, 1000 / FPS);
  const [track] = canvas.captureStream(FPS).getVideoTracks();
  if (!track) throw new Error('A canvas gave no track');
  return {
    track,
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}
