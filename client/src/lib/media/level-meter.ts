/** How often a level is measured, in ms: 15 a second looks live and costs little. */
const PERIOD_MS = 66;
/** Quietest and loudest shown, in dBFS: room noise, and speech close to a microphone. */
const FLOOR_DB = -60;
const CEILING_DB = -15;

/** Loudness of samples between −1 and 1 as a level from 0 (room noise) to 1 (loud speech). */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const db = 10 * Math.log10(sum / Math.max(1, samples.length) || Number.MIN_VALUE);
  return Math.min(1, Math.max(0, (db - FLOOR_DB) / (CEILING_DB - FLOOR_DB)));
}

/**
 * Reports the level of an audio track, about 15 times a second, until the returned function is called.
 * Browsers may hold an AudioContext until the person touches the page, so a touch wakes it.
 */
export function meterLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);

  const wake = () => void context.resume();
  document.addEventListener('pointerdown', wake);
  document.addEventListener('keydown', wake);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(levelOf(samples));
  }, PERIOD_MS);

  return () => {
    clearInterval(timer);
    document.removeEventListener('pointerdown', wake);
    document.removeEventListener('keydown', wake);
    void context.close();
  };
}
