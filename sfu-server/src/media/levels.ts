/** How loud each microphone on a router is, from the audio levels that mediasoup reads in RTP headers. */
import type { types } from 'mediasoup';
import type { ProducerId } from '@vcallpe/shared';

/** Loudness of one microphone, dBov: 0 is the loudest there is, speech is around −30, a quiet room below −60. */
export interface Level {
  producerId: ProducerId;
  dBov: number;
}

/** The shortest interval that mediasoup knows, ms. */
const INTERVAL_MS = 250;
/**
 * A single observer needs ten packets, 200 ms of speech, within one of its intervals, so it can take 440 ms to hear
 * somebody. Several whose intervals begin at different times hear everyone within 200 + 250/16 ms. Each costs a report
 * every interval and a request for each microphone.
 */
const PRECISE_OBSERVERS = 16;
/**
 * The first observer hears a new microphone at once, the others so much later, ms: in a storm of joins those requests would delay
 * everybody's pictures, and who has just come in seldom speaks first.
 */
const PRECISE_AFTER_MS = 3_000;
/** Average level below which a microphone counts as quiet, dBov. */
const THRESHOLD_DBOV = -55;
const MAX_ENTRIES = 12;

export class LevelObservers {
  readonly #router: types.Router;
  readonly #onLevels: (levels: Level[]) => void;
  readonly #observers: types.AudioLevelObserver[] = [];
  readonly #producers = new Set<types.Producer>();
  #precise = false;

  constructor(router: types.Router, onLevels: (levels: Level[]) => void) {
    this.#router = router;
    this.#onLevels = onLevels;
  }

  /** Resolves when it listens, with one observer. */
  start(): Promise<void> {
    return this.#addObserver();
  }

  /** From now on a speaker's first words count: more observers follow, each a part of an interval later. Idempotent. */
  bePrecise(): void {
    if (this.#precise) return;
    this.#precise = true;
    for (let i = 1; i < PRECISE_OBSERVERS; i += 1) {
      setTimeout(
        () => {
          // The router may close meanwhile, and its observers with it.
          this.#addObserver().catch(() => undefined);
        },
        (i * INTERVAL_MS) / PRECISE_OBSERVERS,
      ).unref();
    }
  }

  /** mediasoup takes a producer out of its observers by itself when it closes. */
  async add(producer: types.Producer): Promise<void> {
    this.#producers.add(producer);
    const [first, ...others] = this.#observers;
    const timer = setTimeout(() => {
      for (const observer of others) listen(observer, producer).catch(() => undefined);
    }, PRECISE_AFTER_MS).unref();
    producer.observer.once('close', () => {
      clearTimeout(timer);
      this.#producers.delete(producer);
    });
    if (first) await listen(first, producer);
  }

  async #addObserver(): Promise<void> {
    if (this.#router.closed) return;
    const observer = await this.#router.createAudioLevelObserver({
      interval: INTERVAL_MS,
      threshold: THRESHOLD_DBOV,
      maxEntries: MAX_ENTRIES,
    });
    observer.on('volumes', (volumes) => {
      this.#onLevels(volumes.map(({ producer, volume }) => ({ producerId: producer.id, dBov: volume })));
    });
    this.#observers.push(observer);
    await Promise.all([...this.#producers].map((producer) => listen(observer, producer)));
  }
}

/** One that closes meanwhile need not be listened to. */
async function listen(observer: types.AudioLevelObserver, producer: types.Producer): Promise<void> {
  try {
    await observer.addProducer({ producerId: producer.id });
  } catch (error) {
    if (!producer.closed) throw error;
  }
}
