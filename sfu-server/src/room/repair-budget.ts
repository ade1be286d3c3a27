/**
 * How much of the heavy kind may be repaired in a room at a time. What seems broken for hundreds at once is a machine that is full,
 * and new paths, which cost it most, would keep it so.
 */
import type { Direction } from '../media/transports.ts';
import type { Cause } from './diagnosis.ts';
import type { Peer } from './peer.ts';
import type { Held } from './receiving.ts';
import { HELPS_WITHIN_MS, type Step } from './repairs.ts';

/** So many at once, and then so many a second. A worker that died is none of them: that is known, and not found out by silence. */
const BURST = 20;
const PER_SECOND = 4;

/** `taken`: the same path was asked for it, or for more, a moment ago, for another of its streams. `wait`: it may come to that. */
export type Leave = 'granted' | 'taken' | 'wait';

/** What was asked of a path, and until when that has time to help, ms. */
interface Asked {
  step: Step;
  until: number;
}

export class RepairBudget {
  #left = BURST;
  #countedAt = performance.now();
  readonly #asked = new WeakMap<Peer, Map<Direction, Asked>>();

  /** @param now ms */
  leave(peer: Peer, { from }: Pick<Held, 'from'>, cause: Cause, step: Step, now = performance.now()): Leave {
    if (!isHeavy(step)) return 'granted';
    const ofPath = step !== 'consumeAgain';
    const [owner, direction] =
      cause === 'publisherSilent' ? ([from, 'send'] as const) : ([peer, 'recv'] as const);
    const asked = this.#asked.get(owner) ?? new Map<Direction, Asked>();
    const last = asked.get(direction);
    if (ofPath && last && now < last.until) {
      return last.step === step || last.step === 'openTransports' ? 'taken' : 'wait';
    }
    this.#left = Math.min(BURST, this.#left + ((now - this.#countedAt) / 1_000) * PER_SECOND);
    this.#countedAt = now;
    if (this.#left < 1) return 'wait';
    this.#left -= 1;
    if (ofPath) this.#asked.set(owner, asked.set(direction, { step, until: now + HELPS_WITHIN_MS[step] }));
    return 'granted';
  }
}

function isHeavy(step: Step): boolean {
  return step === 'consumeAgain' || step === 'restartIce' || step === 'openTransports';
}
