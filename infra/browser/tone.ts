/** A microphone that can be told apart: a WAV file with one tone, for Chromium's fake capture device. */
import { writeFile } from 'node:fs/promises';

const RATE = 48_000;
const SECONDS = 4;
/** The tone is pulsed, because noise suppression takes a steady one for hum and removes it. */
const ON_MS = 400;
const PERIOD_MS = 500;
const AMPLITUDE = 0.5;
/** Fade at both ends of a pulse, ms: a hard edge clicks, and a click has every frequency. */
const FADE_MS = 20;

/** Writes a mono 16-bit WAV of `hertz`, which Chromium plays in a loop. */
export async function writeTone(file: string, hertz: number): Promise<void> {
  const samples = RATE * SECONDS;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20); // PCM
  wav.writeUInt16LE(1, 22); // mono
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i += 1) {
    const ms = ((i / RATE) * 1000) % PERIOD_MS;
    const gain = Math.max(0, Math.min(1, ms / FADE_MS, (ON_MS - ms) / FADE_MS));
    const value = AMPLITUDE * gain * Math.sin((2 * Math.PI * hertz * i) / RATE);
    wav.writeInt16LE(Math.round(value * 32_767), 44 + i * 2);
  }
  await writeFile(file, wav);
}
