/** How well media has flowed in the last two minutes, and what to make of it now. */
import type { PeerId } from '@vcallpe/shared';
import { Store } from '../store.ts';
import {
  compareLevels,
  judgeDownlink,
  judgeOthers,
  judgeUplink,
  RECENT,
  type Level,
  type Verdict,
} from './judge.ts';
import {
  reasonReceived,
  reasonSent,
  type Reception,
  type ReceivedReason,
  type SentReason,
} from './reasons.ts';
import type { LinkSample, ReceivedSample, SentSample } from './sample.ts';

const KEPT_MS = 120_000;
/** A mark that says bad things says them for so long at least, ms: it must not blink. */
const BETTER_AFTER_MS = 6_000;

/** One moment of the whole, for a curve. */
export interface QualityPoint {
  /** Unix ms. */
  at: number;
  rttMs?: number;
  jitterMs?: number;
  sentBps?: number;
  receivedBps?: number;
  sentLoss?: number;
  receivedLoss?: number;
}

export interface QualityNow extends Omit<LinkSample, 'sent' | 'received'> {
  sent: (SentSample & { reason?: SentReason })[];
  received: (ReceivedSample & { reason?: ReceivedReason })[];
}

export interface QualityState {
  /** Undefined until there is something to tell, and while the media connection is away. */
  now?: QualityNow;
  /** The oldest first. */
  history: readonly QualityPoint[];
  uplink: Verdict;
  downlink: Verdict;
  /** How each of the others arrives; who sends nothing is missing. */
  others: ReadonlyMap<PeerId, Level>;
}

const UNKNOWN: Omit<QualityState, 'history'> = {
  now: undefined,
  uplink: { level: 'good', cause: 'none' },
  downlink: { level: 'good', cause: 'none' },
  others: new Map(),
};

export class QualityLog {
  readonly #store = new Store<QualityState>({ ...UNKNOWN, history: [] });
  #recent: LinkSample[] = [];
  readonly #steady = new Steady();

  getState = (): QualityState => this.#store.get();

  subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  /** @param at Unix ms */
  add(sample: LinkSample, { limited, shown }: Pick<Reception, 'limited' | 'shown'>, at: number): void {
    this.#recent = [...this.#recent, sample].slice(-RECENT);
    const recent = this.#recent;
    const uplink = this.#steady.verdict('up', judgeUplink(recent), at);
    const downlink = this.#steady.verdict('down', judgeDownlink(recent, limited.size), at);
    const others = judgeOthers(recent, ({ producerId }) => limited.has(producerId));
    const reception = { limited, shown, well: downlink.level === 'good' };
    this.#store.update(({ history }) => ({
      now: {
        ...sample,
        sent: sample.sent.map((each) => ({ ...each, reason: reasonSent(each) })),
        received: sample.received.map((each) => ({ ...each, reason: reasonReceived(each, reception) })),
      },
      history: [...history.filter((point) => at - point.at < KEPT_MS), pointOf(sample, at)],
      uplink,
      downlink,
      others: new Map([...others].map(([peerId, level]) => [peerId, this.#steady.level(peerId, level, at)])),
    }));
  }

  /** The media connection is gone. What comes next is another one; the curves go on. */
  restart(): void {
    this.#recent = [];
    this.#steady.clear();
    this.#store.update(({ history }) => ({ ...UNKNOWN, history }));
  }
}

function pointOf({ send, recv }: LinkSample, at: number): QualityPoint {
  return {
    at,
    rttMs: (send.path ?? recv.path)?.rttMs,
    jitterMs: recv.jitterMs ?? send.jitterMs,
    sentBps: send.bps,
    receivedBps: recv.bps,
    sentLoss: send.loss,
    receivedLoss: recv.loss,
  };
}

/** Worse is told at once, better only when it has lasted. */
class Steady {
  readonly #told = new Map<string, { verdict: Verdict; lastAt: number }>();

  verdict(key: string, verdict: Verdict, at: number): Verdict {
    const told = this.#told.get(key);
    const better = told && compareLevels(verdict.level, told.verdict.level) < 0;
    if (better && at - told.lastAt < BETTER_AFTER_MS) return told.verdict;
    this.#told.set(key, { verdict, lastAt: at });
    return verdict;
  }

  level(key: string, level: Level, at: number): Level {
    return this.verdict(key, { level, cause: 'none' }, at).level;
  }

  clear(): void {
    this.#told.clear();
  }
}
