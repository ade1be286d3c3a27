/** One clock for all processes of a machine. */
import { wallClock } from './media/wall-clock.ts';

/** Unix time in ms, with fractions, and steady within a process. */
export function now(): number {
  return wallClock(performance.now());
}
