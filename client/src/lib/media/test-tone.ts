/** Two soft notes on a chosen speaker, so that a person knows where sound comes out. */

const NOTES_HZ = [523, 659];
const NOTE_S = 0.35;
/** Well below full scale: somebody may have headphones on. */
const LOUDNESS = 0.2;

/**
 * Resolves when it has been played.
 *
 * @param speakerId undefined for whatever the browser plays on
 * @throws {DOMException} when the speaker is gone, or the browser does not let the page play
 */
export async function playTestTone(speakerId: string | undefined): Promise<void> {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const element = new Audio();
  try {
    element.srcObject = out.stream;
    if (speakerId !== undefined && 'setSinkId' in element) await element.setSinkId(speakerId);
    await Promise.all([element.play(), context.resume()]);
    await playNotes(context, out);
  } finally {
    element.srcObject = null;
    await context.close();
  }
}

function playNotes(context: AudioContext, out: AudioNode): Promise<void> {
  return new Promise((resolve) => {
    NOTES_HZ.forEach((frequency, index) => {
      const note = new OscillatorNode(context, { frequency });
      const gain = new GainNode(context, { gain: 0 });
      const start = context.currentTime + 0.1 + index * NOTE_S;
      gain.gain.setTargetAtTime(LOUDNESS, start, 0.02);
      gain.gain.setTargetAtTime(0, start + NOTE_S * 0.7, 0.05);
      note.connect(gain).connect(out);
      note.start(start);
      note.stop(start + NOTE_S + 0.2);
      if (index === NOTES_HZ.length - 1) note.onended = () => resolve();
    });
  });
}
