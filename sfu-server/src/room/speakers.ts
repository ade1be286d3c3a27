/** Tells the room who speaks, from the audio levels that mediasoup reads in the RTP headers. */
import type { types } from 'mediasoup';
import type { PeerId } from '@vcallpe/shared';
import type { MediaProducer } from './peer.ts';

/** How often levels are averaged, ms. Short enough that a ring follows speech, long enough not to flicker. */
const INTERVAL_MS = 400;
/** Average level below which a microphone counts as quiet, dBov. Speech is around −30, a quiet room below −60. */
const THRESHOLD_DBOV = -55;
const MAX_SPEAKERS = 5;

export function createSpeakerObserver(router: types.Router): Promise<types.AudioLevelObserver> {
  return router.createAudioLevelObserver({
    interval: INTERVAL_MS,
    threshold: THRESHOLD_DBOV,
    maxEntries: MAX_SPEAKERS,
  });
}

export class Speakers {
  readonly #observer: types.AudioLevelObserver;
  readonly #peerOf = new Map<string, PeerId>();
  #current: PeerId[] = [];

  constructor(observer: types.AudioLevelObserver, onChange: (peerIds: PeerId[]) => void) {
    this.#observer = observer;
    const set = (peerIds: PeerId[]) => {
      // The order alone changes many times a second while two people talk; that is nobody's news.
      const same =
        peerIds.length === this.#current.length && peerIds.every((id) => this.#current.includes(id));
      this.#current = peerIds;
      if (!same) onChange(peerIds);
    };
    observer.on('silence', () => set([]));
    observer.on('volumes', (volumes) => {
      const ids = volumes.map(({ producer }) => this.#peerOf.get(producer.id));
      set(ids.filter((id) => id !== undefined));
    });
  }

  /** Loudest first, as last told. */
  get current(): readonly PeerId[] {
    return this.#current;
  }

  /** mediasoup removes a producer from its observers by itself when it closes. */
  async add(peerId: PeerId, producer: MediaProducer): Promise<void> {
    this.#peerOf.set(producer.id, peerId);
    producer.observer.once('close', () => this.#peerOf.delete(producer.id));
    await this.#observer.addProducer({ producerId: producer.id });
  }
}
