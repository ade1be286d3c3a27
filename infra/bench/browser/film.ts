/**
 * A short film in VP8, recorded once by the browser itself, so that a dozen cameras that a browser can really decode cost
 * next to nothing while they play: encoding them would take the CPU that is to be measured.
 */
import type { Page } from 'playwright-core';

/** A tile of a gallery on a large screen. */
export const FILM = { width: 640, height: 360, fps: 30, frames: 150, bps: 600_000 } as const;

export interface FilmFrame {
  /** Can be decoded without those before. The first one is. */
  key: boolean;
  /** Base64, because it goes from process to process. */
  data: string;
}

/**
 * Draws and encodes the film in this page, which must be from a secure origin: elsewhere there is no WebCodecs.
 *
 * @throws when the browser can not encode VP8
 */
export async function recordFilm(page: Page): Promise<FilmFrame[]> {
  return page.evaluate(async ({ width, height, fps, frames, bps }) => {
    const film: { key: boolean; data: string }[] = [];
    let failure: Error | undefined;
    const encoder = new VideoEncoder({
      output(chunk) {
        const bytes = new Uint8Array(chunk.byteLength);
        chunk.copyTo(bytes);
        film.push({ key: chunk.type === 'key', data: btoa(String.fromCharCode(...bytes)) });
      },
      error: (error) => (failure = error),
    });
    encoder.configure({ codec: 'vp8', width, height, framerate: fps, bitrate: bps, latencyMode: 'realtime' });

    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('There is no canvas to draw on');
    for (let i = 0; i < frames; i += 1) {
      const turn = (2 * Math.PI * i) / frames;
      const light = context.createLinearGradient(0, 0, width, height);
      light.addColorStop(0, `hsl(${(360 * i) / frames} 40% 45%)`);
      light.addColorStop(1, '#223');
      context.fillStyle = light;
      context.fillRect(0, 0, width, height);
      // A head and shoulders that sway, and something finer than a face in front of them.
      context.fillStyle = '#d9a58c';
      context.beginPath();
      context.ellipse(width / 2 + 30 * Math.sin(turn * 3), height * 0.45, 60, 80, 0, 0, 2 * Math.PI);
      context.fill();
      context.fillStyle = '#345';
      context.fillRect(width / 2 - 130 + 15 * Math.sin(turn * 3), height * 0.7, 260, height);
      context.fillStyle = '#fff';
      context.font = '20px sans-serif';
      context.fillText(`frame ${i}`, 20 + 100 * Math.cos(turn), 40 + 20 * Math.sin(turn));

      const frame = new VideoFrame(canvas, { timestamp: (i * 1e6) / fps });
      encoder.encode(frame, { keyFrame: i === 0 });
      frame.close();
      // An encoder in real time drops what it gets faster than it can encode.
      await encoder.flush();
    }
    encoder.close();
    if (failure) throw failure;
    if (film.length !== frames) throw new Error(`Encoded ${film.length} of ${frames} frames`);
    return film;
  }, FILM);
}
