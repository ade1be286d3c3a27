/** Who is heard: a pure ranking of microphones by how loud and how lately they were. Times are ms of one clock. */

/** A microphone that was loud within this time speaks now. Reports of a speaking one come every 16 to 250 ms. */
const SPEAKING_MS = 600;
/** While every place is taken by somebody who speaks, a newcomer has to be this much louder than the quietest, dB. */
const MARGIN_DB = 6;

interface Microphone<T> {
  readonly source: T;
  dBov: number;
  /** −Infinity until it was heard for the first time. */
  heardAt: number;
}

/**
 * A fixed number of places for those who are heard. Somebody who falls silent keeps the place until another needs it,
 * so that whoever speaks again is heard from the first syllable; those who lost theirs last are kept warm.
 */
export class SpeakerRanking<T extends { id: string }> {
  readonly #places: number;
  readonly #warmPlaces: number;
  readonly #microphones = new Map<string, Microphone<T>>();
  #heard: Microphone<T>[] = [];
  /** Latest first. */
  #warm: Microphone<T>[] = [];

  constructor(places: number, warmPlaces: number) {
    this.#places = places;
    this.#warmPlaces = warmPlaces;
  }

  /**
   * Who has a place. The last is the one to leave out for whoever has no place and so would hear one too many: nobody who
   * speaks, unless all do.
   */
  get heard(): T[] {
    return this.#heard.map(({ source }) => source);
  }

  /** Who is likely to speak next: had a place until lately, or has just unmuted. */
  get warm(): T[] {
    return this.#warm.map(({ source }) => source);
  }

  /** Who speaks now, loudest first. */
  speaking(now: number): T[] {
    return this.#heard
      .filter((microphone) => isSpeaking(microphone, now))
      .sort((a, b) => b.dBov - a.dBov)
      .map(({ source }) => source);
  }

  /** @param likely it has just been unmuted, and so will probably be spoken into. */
  add(source: T, { likely }: { likely: boolean }): void {
    if (this.#microphones.has(source.id)) return;
    const microphone = { source, dBov: -127, heardAt: -Infinity };
    this.#microphones.set(source.id, microphone);
    if (this.#heard.length < this.#places) this.#heard.push(microphone);
    else if (likely) this.#keepWarm(microphone);
  }

  /** Muted, or gone. Its place goes to the likeliest of the others. */
  remove(id: string): void {
    const microphone = this.#microphones.get(id);
    if (!microphone) return;
    this.#microphones.delete(id);
    this.#warm = this.#warm.filter((other) => other !== microphone);
    const without = this.#heard.filter((other) => other !== microphone);
    if (without.length === this.#heard.length) return;
    this.#heard = without;
    const next = this.#warm.shift() ?? this.#waiting();
    if (next) this.#heard.push(next);
  }

  /** A report of who is loud. Silence is not reported. */
  report(levels: readonly { producerId: string; dBov: number }[], now: number): void {
    for (const { producerId, dBov } of levels) {
      const microphone = this.#microphones.get(producerId);
      if (!microphone) continue;
      microphone.dBov = dBov;
      microphone.heardAt = now;
      if (!this.#heard.includes(microphone)) this.#promote(microphone, now);
    }
    const last = this.#heard.at(-1);
    // Only when it matters: each change of the order is a change of what everybody receives.
    if (last && isSpeaking(last, now) && this.#heard.some((other) => !isSpeaking(other, now)))
      this.#sort(now);
  }

  /** Those who speak, loudest first, and then who spoke last. */
  #sort(now: number): void {
    const loudness = (microphone: Microphone<T>) =>
      isSpeaking(microphone, now) ? microphone.dBov : -Infinity;
    this.#heard = this.#heard.toSorted((a, b) => {
      const byLoudness = loudness(b) - loudness(a);
      // The difference of two who are silent is no number.
      return byLoudness || b.heardAt - a.heardAt || 0;
    });
  }

  #promote(microphone: Microphone<T>, now: number): void {
    if (this.#heard.length >= this.#places) {
      const loser = this.#loser(microphone, now);
      if (!loser) return;
      this.#heard = this.#heard.filter((other) => other !== loser);
      this.#keepWarm(loser);
    }
    this.#warm = this.#warm.filter((other) => other !== microphone);
    this.#heard.push(microphone);
    this.#sort(now);
  }

  /** Who gives way: the one who has been silent for longest, or else the quietest if it is clearly quieter. */
  #loser(newcomer: Microphone<T>, now: number): Microphone<T> | undefined {
    const silent = this.#heard.filter((microphone) => !isSpeaking(microphone, now));
    const first = silent.sort((a, b) => a.heardAt - b.heardAt)[0];
    if (first) return first;
    const quietest = [...this.#heard].sort((a, b) => a.dBov - b.dBov)[0];
    return quietest && newcomer.dBov >= quietest.dBov + MARGIN_DB ? quietest : undefined;
  }

  #keepWarm(microphone: Microphone<T>): void {
    this.#warm = [microphone, ...this.#warm.filter((other) => other !== microphone)].slice(
      0,
      this.#warmPlaces,
    );
  }

  #waiting(): Microphone<T> | undefined {
    for (const microphone of this.#microphones.values()) {
      if (!this.#heard.includes(microphone)) return microphone;
    }
    return undefined;
  }
}

function isSpeaking({ heardAt }: Microphone<unknown>, now: number): boolean {
  return now - heardAt < SPEAKING_MS;
}
