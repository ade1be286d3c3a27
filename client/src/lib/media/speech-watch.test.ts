import { describe, expect, it } from '@jest/globals';
import { speechDetector } from './speech-watch.ts';

/** What it says after each level. */
function run(levels: number[]): boolean[] {
  const detect = speechDetector();
  return levels.map((level) => detect(level));
}
const lasting = (count: number, level: number) => Array.from({ length: count }, () => level);

describe('speechDetector', () => {
  it('takes a loud noise that is over soon for no speech', () => {
    expect(run([...lasting(5, 1), ...lasting(40, 0.1)])).not.toContain(true);
  });

  it('takes a quiet room for no speech, however long', () => {
    expect(run(lasting(200, 0.35))).not.toContain(true);
  });

  it('hears speech with its pauses, and that it has ended', () => {
    const words = Array.from({ length: 30 }, (_, i) => (i % 3 === 2 ? 0.1 : 0.7));
    const heard = run([...words, ...lasting(30, 0.1)]);
    expect(heard[29]).toBe(true);
    expect(heard.at(-1)).toBe(false);
  });
});
