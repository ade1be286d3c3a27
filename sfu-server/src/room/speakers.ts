/** Who speaks, told to the room, and whose microphones are forwarded. */
import type { PeerId } from '@vcallpe/shared';
import type { Level } from '../media/levels.ts';
import type { MediaProducer, Peer } from './peer.ts';
import { SpeakerRanking } from './speaker-ranking.ts';

/** How often somebody who has fallen silent is looked for, ms. */
const SILENCE_CHECK_MS = 300;

interface Microphone {
  id: string;
  producer: MediaProducer;
  peer: Peer;
}

export interface SpeakersOptions {
  /** How many others each peer hears at most: the K loudest. */
  audible: number;
  /** Who speaks now, loudest first; called when the set changes. */
  onSpeaking: (peerIds: PeerId[]) => void;
  /** Who is to be received has changed. */
  onAudible: () => void;
  /** There are more microphones than can be heard, so loudness decides. */
  onContested: () => void;
}

export class Speakers {
  readonly #audible: number;
  readonly #ranking: SpeakerRanking<Microphone>;
  readonly #onSpeaking: (peerIds: PeerId[]) => void;
  readonly #onAudible: () => void;
  readonly #onContested: () => void;
  #microphones = 0;
  #speaking: PeerId[] = [];
  #received: Microphone[] = [];
  #silenceTimer: NodeJS.Timeout | undefined;

  constructor({ audible, onSpeaking, onAudible, onContested }: SpeakersOptions) {
    this.#audible = audible;
    // One place more than anybody hears: nobody receives oneself.
    this.#ranking = new SpeakerRanking(audible + 1, audible);
    this.#onSpeaking = onSpeaking;
    this.#onAudible = onAudible;
    this.#onContested = onContested;
  }

  /** Loudest first, as last told. */
  get speaking(): readonly PeerId[] {
    return this.#speaking;
  }

  /** Whether the peer was among the speakers when they were last told. */
  isSpeaking(peerId: PeerId): boolean {
    return this.#speaking.includes(peerId);
  }

  /** Microphones that a peer hears now, and those that it is to have ready, paused, because they may speak next. */
  microphonesFor(peer: Peer): { heard: Microphone[]; warm: Microphone[] } {
    const others = this.#ranking.heard.filter((microphone) => microphone.peer !== peer);
    const warm = this.#ranking.warm.filter((microphone) => microphone.peer !== peer);
    return { heard: others.slice(0, this.#audible), warm: [...others.slice(this.#audible), ...warm] };
  }

  /** A microphone that is sent, muted or not. */
  add(peer: Peer, producer: MediaProducer): void {
    const microphone = { id: producer.id, producer, peer };
    this.#microphones += 1;
    // One more than is heard is no contest: nobody receives oneself.
    if (this.#microphones === this.#audible + 2) this.#onContested();
    if (!producer.paused) this.#change(() => this.#ranking.add(microphone, { likely: false }));
    producer.observer.on('pause', () => this.#change(() => this.#ranking.remove(producer.id)));
    producer.observer.on('resume', () => this.#change(() => this.#ranking.add(microphone, { likely: true })));
    producer.observer.once('close', () => {
      this.#microphones -= 1;
      this.#change(() => this.#ranking.remove(producer.id));
    });
  }

  report(levels: readonly Level[]): void {
    this.#change(() => this.#ranking.report(levels, performance.now()));
  }

  close(): void {
    clearTimeout(this.#silenceTimer);
  }

  #change(apply: () => void): void {
    apply();
    const received = [...this.#ranking.heard, ...this.#ranking.warm];
    // A microphone that goes from warm to heard changes what is received, so the order counts.
    if (!same(received, this.#received)) {
      this.#received = received;
      this.#onAudible();
    }
    this.#tellSpeaking();
  }

  #tellSpeaking(): void {
    const peerIds = this.#ranking.speaking(performance.now()).map(({ peer }) => peer.id);
    // The order alone changes many times a second while two people talk; that is nobody's news.
    const changed =
      peerIds.length !== this.#speaking.length || peerIds.some((id) => !this.#speaking.includes(id));
    this.#speaking = peerIds;
    if (changed) this.#onSpeaking(peerIds);
    clearTimeout(this.#silenceTimer);
    // Nothing reports silence: while somebody speaks, look again.
    if (peerIds.length > 0) this.#silenceTimer = setTimeout(() => this.#tellSpeaking(), SILENCE_CHECK_MS);
  }
}

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
