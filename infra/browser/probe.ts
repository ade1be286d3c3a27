/** What a participant really sees and hears: decoded frames, their pixels, and the energy of each remote voice. */
import type { Page } from 'playwright-core';

export interface SeenVideo {
  /** Frames decoded so far. */
  frames: number;
  width: number;
  height: number;
  /** Average luminance of a coarse grid of the current frame; two of them tell whether the picture moves. */
  pixels: number[];
}

export interface HeardTone {
  /** Strongest frequency, Hz. */
  hertz: number;
  /** Its level, dB relative to full scale. */
  level: number;
}

/** What the tile of `name` shows now; undefined while it has no video that is being decoded. */
export function seeVideo(page: Page, name: string): Promise<SeenVideo | undefined> {
  return page.evaluate((label) => {
    const tile = document.querySelector(`[role="group"][aria-label="${CSS.escape(label)}"]`);
    const video = tile?.querySelector('video');
    if (!video || video.videoWidth === 0) return undefined;
    const size = 16;
    const canvas = new OffscreenCanvas(size, size);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return undefined;
    context.drawImage(video, 0, 0, size, size);
    const { data } = context.getImageData(0, 0, size, size);
    const pixels = Array.from({ length: size * size }, (_, i) => {
      const [r = 0, g = 0, b = 0] = data.subarray(i * 4, i * 4 + 3);
      return Math.round(0.3 * r + 0.6 * g + 0.1 * b);
    });
    return {
      frames: video.getVideoPlaybackQuality().totalVideoFrames,
      width: video.videoWidth,
      height: video.videoHeight,
      pixels,
    };
  }, name);
}

/** Listens to what comes from the peer of tile `name` for one spectrum; undefined while nothing is played. */
export function hearTone(
  page: Page,
  name: string,
  source: 'microphone' | 'screenAudio' = 'microphone',
): Promise<HeardTone | undefined> {
  return page.evaluate(
    async ({ label, kind }) => {
      const tile = document.querySelector(`[role="group"][aria-label="${CSS.escape(label)}"]`);
      const peerId = tile?.getAttribute('data-peer');
      const audio = document.querySelector<HTMLAudioElement>(
        `audio[data-peer="${peerId}"][data-source="${kind}"]`,
      );
      if (!audio || audio.paused || audio.muted || !(audio.srcObject instanceof MediaStream))
        return undefined;
      const context = new AudioContext();
      try {
        const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
        context.createMediaStreamSource(audio.srcObject).connect(analyser);
        // One window of fftSize samples has to pass before the spectrum means anything.
        const until = context.currentTime + 1.5 * (analyser.fftSize / context.sampleRate);
        while (context.currentTime < until) await new Promise(requestAnimationFrame);
        const spectrum = new Float32Array(analyser.frequencyBinCount);
        analyser.getFloatFrequencyData(spectrum);
        let best = 1;
        for (let bin = 1; bin < spectrum.length; bin += 1) {
          if ((spectrum[bin] ?? -Infinity) > (spectrum[best] ?? -Infinity)) best = bin;
        }
        return { hertz: (best * context.sampleRate) / analyser.fftSize, level: spectrum[best] ?? -Infinity };
      } finally {
        await context.close();
      }
    },
    { label: name, kind: source },
  );
}

/** Share of grid cells, 0 to 1, whose luminance changed visibly between two looks. */
export function changedShare(before: SeenVideo, after: SeenVideo): number {
  const changed = after.pixels.filter((value, i) => Math.abs(value - (before.pixels[i] ?? 0)) > 8);
  return changed.length / after.pixels.length;
}
