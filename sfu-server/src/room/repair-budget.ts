/**
 * How much of the heavy kind may be repaired in a room at a time. What seems broken for hundreds at once is a machine that is full,
 * and new paths, which cost it most, would keep it so.
 */
import type { Direction } from '../media/transports.ts';
import type { Cause } from './diagnosis.ts';
import type { Peer } from './peer.ts';
import type { Held } from './receiving.ts';
import { HELPS_WITHIN_MS, type Step } from './repairs.ts';
import { TokenBucket } from '../token-bucket.ts';

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
  readonly #heavy: TokenBucket;
  readonly #now: () => number;
  readonly #asked = new WeakMap<Peer, Map<Direction, Asked>>();

  /** @param now a clock in ms that never goes back */
  constructor(now = () => performance.now()) {
    this.#now = now;
    this.#heavy = new TokenBucket({ points: BURST, perMs: (BURST / PER_SECOND) * 1_000 }, now);
  }

  leave(peer: Peer, { from }: Pick<Held, 'from'>, cause: Cause, step: Step): Leave {
    if (!isHeavy(step)) return 'granted';
    const now = this.#now();
    const ofPath = step !== 'consumeAgain';
    const [owner, direction] =
      cause === 'publisherSilent' ? ([from, 'send'] as const) : ([peer, 'recv'] as const);
    const asked = this.#asked.get(owner) ?? new Map<Direction, Asked>();
    const last = asked.get(direction);
    if (ofPath && last && now < last.until) {
      return last.step === step || last.step === 'openTransports' ? 'taken' : 'wait';
    }
    if (!this.#heavy.take()) return 'wait';
    if (ofPath) this.#asked.set(owner, asked.set(direction, { step, until: now + HELPS_WITHIN_MS[step] }));
    return 'granted';
  }
}

function isHeavy(step: Step): boolean {
  return step === 'consumeAgain' || step === 'restartIce' || step === 'openTransports';
}
